package registry

import (
	"cmp"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// enterRequest creates a record of what a colleague heard or read elsewhere. Values stated by the
// colleague take precedence; the rest is extracted from the text.
func (s *Service) enterRequest(m *loadedOrder, d bot.EnterRequest) (bot.Change, error) {
	if strings.TrimSpace(d.Text) == "" {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.empty"}
	}
	message := &intake.Message{
		Subject: mailtext.Cut(mailtext.OneLine(d.Text), s.Habits.SubjectLength), Text: intake.Text{Content: d.Text}, Date: m.now,
		From: intake.Address{Name: d.Requester.Name, Address: d.Requester.Email},
	}
	reading := s.Reader.Read(message)
	reading.Request = s.entered(reading.Request, d)
	reading.Doubts = withoutDoubt(reading.Doubts, intake.FieldKind)
	reading.Kind, reading.KindReason = intake.KindRequest, intake.Remark{ID: "kind.entered"}
	reading.Language = cmp.Or(d.Language, reading.Language)
	origin := s.originOf(message, intake.Place{})
	change := s.born(m, intake.NewRecordInput{Reading: reading, Origin: origin, ReceivedAt: m.now, Now: m.now}, letterOf(message))
	change.Record.Entered = true
	change.History[0].Detail = strings.TrimSpace(d.Author + " " + d.Link)
	return change, nil
}

// entered overrides extracted values with those stated by a colleague.
func (s *Service) entered(read *intake.Request, d bot.EnterRequest) *intake.Request {
	r := intake.Request{}
	if read != nil {
		r = *read
	}
	if len(d.Countries) > 0 {
		r.Countries = slices.Sorted(slices.Values(d.Countries))
	}
	r.Institution = cmp.Or(d.Institution, r.Institution)
	r.Requester.Name = cmp.Or(d.Requester.Name, r.Requester.Name)
	r.Requester.Title = cmp.Or(d.Requester.Title, r.Requester.Title)
	r.Requester.Email = cmp.Or(d.Requester.Email, r.Requester.Email)
	r.Summary = cmp.Or(r.Summary, mailtext.Cut(mailtext.OneLine(d.Text), s.Habits.NoteLength))
	r.Official = false
	return &r
}
