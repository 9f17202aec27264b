package registry

import (
	"context"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Obsolete says why a due action need not be performed any more; "" if it must be
// (outbox.Options.Obsolete). Senders whose letter was merged into another are written to from the
// remaining record (see unheard).
func (s *Service) Obsolete(ctx context.Context, a bot.Action) (string, error) {
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
		return s.reminderObsolete(rec, a.Key), nil
	case assigns:
		return s.assignmentObsolete(rec, a.Key), nil
	case rec.MergedInto != "":
		return "merged into " + rec.MergedInto + " before it was acknowledged", nil
	case rec.Outcome == intake.OutcomeNotARequest:
		return "the desk found that it is no request", nil
	}
	return "", nil
}

// reasonWithAnother is why somebody is not written to any more.
const reasonWithAnother = "the request is with another"

func (s *Service) statusReason(rec *intake.Record) string {
	return "the request is " + s.Phrases.Text(phrases.English, "status."+string(rec.Status), nil)
}

// assignmentObsolete says why a delayed assignment mail is obsolete: the record was handed over in
// the meantime, or closed; "" if it is still theirs.
func (s *Service) assignmentObsolete(rec *intake.Record, key string) string {
	switch id := key[strings.LastIndexByte(key, ':')+1:]; {
	case !rec.Status.Open():
		return s.statusReason(rec)
	case id != rec.Owner:
		return reasonWithAnother
	}
	return ""
}

// reminderObsolete says why a delayed reminder (for instance because sending was off) is obsolete; "" if
// it is not.
func (s *Service) reminderObsolete(rec *intake.Record, key string) string {
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
		return s.statusReason(rec)
	case holds && line.Step != intake.StepOwn && line.To != rec.Owner:
		return reasonWithAnother
	}
	return ""
}
