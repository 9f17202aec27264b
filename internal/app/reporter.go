package app

import (
	"context"

	"verbale/intake"
	"verbale/internal/report"
)

// A reporter tells the desk in Slack the figures of a House (desk.Reporter).
type reporter struct{ house *House }

// Report makes the report of a period as it is known now.
func (r reporter) Report(ctx context.Context, from, until intake.Date, lang string) (string, error) {
	h := r.house
	names := report.Names{Language: lang, Vocabulary: h.office.vocabulary, Directory: h.office.directory, Phrases: h.office.phrases}
	question, err := ReportOptions{From: from, Until: until}.question(names, h.office.policy, h.pace.Now())
	if err != nil {
		return "", err
	}
	made, err := makeReport(ctx, h.store, question)
	if err != nil {
		return "", err
	}
	return report.Text(made, names), nil
}
