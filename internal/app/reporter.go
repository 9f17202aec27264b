package app

import (
	"context"
	"fmt"

	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/report"
)

// A reporter makes reports for the desk in Slack (desk.Reporter).
type reporter struct{ server *Server }

// Report makes the report of a period as of now.
func (r reporter) Report(ctx context.Context, from, until intake.Date, lang string) (string, []desk.File, error) {
	s := r.server
	names := report.Names{Language: lang, Vocabulary: s.office.vocabulary, Directory: s.office.directory, Phrases: s.office.phrases}
	question, err := ReportOptions{From: from, Until: until}.question(names, s.office.policy, s.timing.Now())
	if err != nil {
		return "", nil, err
	}
	made, err := makeReport(ctx, s.store, question)
	if err != nil {
		return "", nil, err
	}
	charts, err := report.Charts(made, names)
	if err != nil {
		return "", nil, fmt.Errorf("draw the charts of a report: %w", err)
	}
	files := make([]desk.File, len(charts))
	for i, c := range charts {
		files[i] = desk.File{Name: c.Name + ".png", Title: c.Title, Alt: c.Alt, Content: c.PNG}
	}
	return report.Text(made, names), files, nil
}
