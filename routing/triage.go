package routing

import (
	"fmt"

	"verbale/intake"
)

// triage decides whether the desk has to look first, and says why.
func (d *decision) triage(rule *Rule) {
	policy := d.table.rules.Triage
	if rule.Then.Triage {
		d.hold("the rules ask for it in this case")
	}
	if d.Confidence < policy.ConfidenceUnder {
		d.hold("the division is right with a probability of %s only", percent(d.Confidence))
	}
	if lead, ok := d.ahead(); ok && lead < policy.RunnerUpWithin {
		d.hold("%s is close behind", d.name(d.RunnerUp.Division))
	}
	for _, field := range policy.Doubts {
		if d.question.Reading != nil && d.question.Reading.Doubtful(field) {
			d.hold("a doubt stands on %s", field)
		}
	}
}

func (d *decision) hold(format string, values ...any) {
	d.Triage = true
	d.because("the desk decides: "+format, values...)
}

// ahead is how far the division is ahead of the runner-up; false where no other
// division was read, or where none is meant to lead.
func (d *decision) ahead() (float64, bool) {
	next, ok := d.survey.next(d.Division)
	if !ok || d.survey.multiSector(d.Division, d.table.rules) {
		return 0, false
	}
	return d.survey.subject(d.Division).Weight - next.Weight, true
}

func (d *decision) runnerUp(division, why string, values ...any) intake.RunnerUp {
	return intake.RunnerUp{Division: division, WhyNot: fmt.Sprintf(why, values...)}
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
