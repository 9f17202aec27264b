package registry

import (
	"context"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Still says why an action that has come due need not be done any more; "" where
// it does (outbox.Options.Still). Whose letter was merged into another is written to
// from the record that stays (unheard).
func (s *Service) Still(ctx context.Context, a bot.Action) (string, error) {
	reminds := strings.HasPrefix(a.Key, string(bot.ActionRemind)+":")
	assigns := a.Kind == bot.ActionAssign
	if !reminds && !assigns && (a.Kind != bot.ActionAcknowledge || !s.Office.Slack) {
		return "", nil
	}
	rec, err := s.lookUp(ctx, a.Reference)
	switch {
	case err != nil || rec == nil:
		return "", err
	case reminds:
		return s.inVain(rec, a.Key), nil
	case assigns:
		return s.noneOfTheirs(rec, a.Key), nil
	case rec.MergedInto != "":
		return "merged into " + rec.MergedInto + " before it was acknowledged", nil
	case rec.Outcome == intake.OutcomeNotARequest:
		return "the desk found that it is no request", nil
	}
	return "", nil
}

// reasonWithAnother is why somebody is not written to any more.
const reasonWithAnother = "the request is with another"

func (s *Service) standsAt(rec *intake.Record) string {
	return "the request is " + s.Phrases.Text(phrases.English, "status."+string(rec.Status), nil)
}

// noneOfTheirs says why an assignment that had to wait gives nobody a request any more:
// it was handed on meanwhile, or closed; "" where it is still theirs.
func (s *Service) noneOfTheirs(rec *intake.Record, key string) string {
	switch id := key[strings.LastIndexByte(key, ':')+1:]; {
	case !rec.Status.Open():
		return s.standsAt(rec)
	case id != rec.Owner:
		return reasonWithAnother
	}
	return ""
}

// inVain says why a reminder that had to wait, as while no mail goes out, asks for
// nothing any more; "" where it does.
func (s *Service) inVain(rec *intake.Record, key string) string {
	at := slices.IndexFunc(rec.FollowUp.Ledger, func(r intake.Reminder) bool { return bot.ReminderKey(rec.Reference, r) == key })
	if at < 0 {
		return ""
	}
	line := rec.FollowUp.Ledger[at]
	_, due := bot.DueAt(rec.Plan, line.Step)
	switch line.Step {
	case intake.StepOwn:
		due = rec.Status.Open()
	case intake.StepRequester:
		due = rec.Status == intake.StatusWaiting
	}
	_, holds := s.Directory.DivisionOf(line.To)
	switch {
	case !due:
		return s.standsAt(rec)
	case holds && line.Step != intake.StepOwn && line.To != rec.Owner:
		return reasonWithAnother
	}
	return ""
}
