package registry

import (
	"slices"

	"verbale/intake"
)

// proposeAnother returns a routing that proposes none of those who have declined the record:
// for a post, its division is proposed, and for a division, the runner-up; if they have
// declined as well, the desk decides without a proposal.
func (s *Service) proposeAnother(rec *intake.Record, r *intake.Routing) *intake.Routing {
	if r == nil || !slices.Contains(rec.DeclinedBy, r.Assignee) {
		return r
	}
	another := *r
	another.Assignee = intake.ToDesk
	candidates := []string{r.RunnerUp.Division}
	if division, ok := s.Directory.DivisionOf(r.Assignee); ok {
		candidates = []string{division.ID, r.RunnerUp.Division}
	}
	for _, id := range candidates {
		if id != "" && s.known(id) && !slices.Contains(rec.DeclinedBy, id) {
			another.Assignee = id
			break
		}
	}
	another.Reasons = append(slices.Clone(r.Reasons), intake.Remark{ID: "route.declined", Args: map[string]string{"owner": r.Assignee}})
	another.Support = without(r.Support, another.Assignee)
	return &another
}
