package routing

import (
	"fmt"

	"verbale/intake"
)

// triage decides whether the desk has to decide first, and why.
func (d *decision) triage(rule *Rule) {
	policy := d.table.rules.Triage
	if rule.Then.Triage {
		d.hold(intake.Remark{ID: "triage.rule"})
	}
	if d.Confidence < policy.ConfidenceUnder {
		d.hold(intake.Remark{ID: "triage.unsure", Args: map[string]string{"percent": percent(d.Confidence)}})
	}
	if lead, ok := d.ahead(); ok && lead < policy.RunnerUpWithin {
		d.hold(intake.Remark{ID: "triage.close", Args: map[string]string{"division": d.RunnerUp.Division}})
	}
	for _, field := range policy.Doubts {
		if d.question.Reading != nil && d.question.Reading.Doubtful(field) {
			d.hold(intake.Remark{ID: "triage.doubt", Args: map[string]string{"field": string(field)}})
		}
	}
}

func (d *decision) hold(why intake.Remark) {
	d.Triage = true
	d.because(why)
}

// ahead returns how far the division's share is ahead of the runner-up's; false if there is
// no other division, or if no sector is meant to lead.
func (d *decision) ahead() (float64, bool) {
	next, ok := d.survey.next(d.Division)
	if !ok || d.survey.multiSector(d.Division, d.table.rules) {
		return 0, false
	}
	return d.survey.subject(d.Division).Weight - next.Weight, true
}

// percent formats a share, 0 to 1, as a whole percentage.
func percent(share float64) string { return fmt.Sprintf("%.0f", 100*share) }
