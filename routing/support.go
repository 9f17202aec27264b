package routing

import (
	"slices"

	"verbale/intake"
)

// support determines who supports or is informed: the division or adviser, whichever does not
// lead; other divisions with a share in the work; and the coordinating unit for requests of a
// sub-region.
func (d *decision) support() {
	d.DivisionsSupport = d.sharing()
	d.addSupport(d.Division)
	if post, ok := d.adviser(); ok {
		if holder, ok := d.table.dir.holder(post, d.day()); ok {
			d.addSupport(holder.ID)
		}
	}
	for _, division := range d.DivisionsSupport {
		d.addSupport(division)
	}
	if d.survey.scope == intake.ScopeSubRegional {
		d.addSupport(d.table.rules.Fallback)
	}
}

func (d *decision) addSupport(id string) {
	if id != d.Assignee && !slices.Contains(d.Support, id) {
		d.Support = append(d.Support, id)
	}
}

// sharing returns, sorted, the other divisions with a sufficient share in the work. The
// coordinating unit is not among them, since its own themes are part of the work of every
// sector.
func (d *decision) sharing() []string {
	policy, out := d.table.rules.Support, []string{}
	fallback := d.table.rules.Fallback
	multi := d.survey.multiSector(d.Division, d.table.rules) && !slices.Contains(policy.OwnField, d.survey.theme)
	for _, s := range d.survey.subjects {
		enough := policy.Share
		switch {
		case s.Called:
			enough = 0
		case multi && s.Asked:
			enough = policy.ShareAsked
		case multi:
			enough = policy.ShareMultiSector
		case overlap(s.Themes, d.survey.themes):
			enough = policy.ShareNamed
		}
		if s.Division != d.Division && s.Division != fallback && s.Weight >= enough && !slices.Contains(out, s.Division) {
			out = append(out, s.Division)
		}
	}
	slices.Sort(out)
	return out
}

// compare sets the runner-up and why it was not chosen.
func (d *decision) compare() {
	s, fallback := d.survey, d.table.rules.Fallback
	next, ok := s.next(d.Division)
	switch {
	case ok && s.multiSector(d.Division, d.table.rules):
		d.runnerUp(next.Division, intake.Remark{ID: "runner_up.among", Args: map[string]string{"percent": percent(next.Weight)}})
	case ok && next.Weight > s.subject(d.Division).Weight:
		d.runnerUp(next.Division, intake.Remark{ID: "runner_up.wordier", Args: map[string]string{"percent": percent(next.Weight)}})
	case ok:
		d.runnerUp(next.Division, intake.Remark{ID: "runner_up.less", Args: map[string]string{
			"percent": percent(next.Weight), "leader": percent(s.subject(d.Division).Weight),
		}})
	case d.Division != fallback:
		d.runnerUp(fallback, intake.Remark{ID: "runner_up.single"})
	default:
		d.runnerUp("", intake.Remark{ID: "runner_up.none"})
	}
}

func (d *decision) runnerUp(division string, why intake.Remark) {
	d.RunnerUp = intake.RunnerUp{Division: division, WhyNot: why}
}
