package registry

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// purposes are the effects of a Reply: the kind of its mail and the step that follows, "" for
// none.
var purposes = map[bot.Purpose]struct {
	kind bot.ActionKind
	verb intake.Verb
}{
	bot.PurposeAnswer:  {bot.ActionAnswer, intake.VerbAnswer},
	bot.PurposeAsk:     {bot.ActionAsk, intake.VerbAsk},
	bot.PurposeInterim: {bot.ActionInterim, ""},
}

// reply sends a colleague's mail and moves the record on. While sending is off the mail is
// kept and the status does not change, since the requester has received nothing.
func (s *Service) reply(m *loadedOrder, d bot.Reply) (bot.Change, error) {
	purpose, known := purposes[d.Purpose]
	if !known {
		return bot.Change{}, fmt.Errorf("a reply has no purpose %q", d.Purpose)
	}
	if err := s.mayGoOut(m, d); err != nil {
		return bot.Change{}, err
	}
	change := m.with()
	key := fmt.Sprintf("%s:%s:%s", purpose.kind, m.Reference, bot.ShortHash(m.ID))
	action := bot.Action{
		Key: key, Kind: purpose.kind, Reference: m.Reference, State: bot.ActionPending, Due: m.now,
		Mail: s.outgoing(m, d, purpose.kind, key),
	}
	if !s.Office.Send {
		action.State = bot.ActionWithheld
		change.History = append(change.History, m.entry(bot.WhatWithheld, "sending is off", key))
		change.Actions = append(change.Actions, action)
		s.say(m.occasion, &change, change.History[0], d.Text)
		return change, nil
	}
	change.Actions = append(change.Actions, action)
	change.Record.Correspondents = s.alsoKnown(m.rec, d)
	return change, s.afterReply(m, d, &change, purpose.verb)
}

// afterReply takes the steps that a mail to the requester implies, and posts in the thread
// what was sent.
func (s *Service) afterReply(m *loadedOrder, d bot.Reply, change *bot.Change, verb intake.Verb) error {
	said := m.entry(string(d.Purpose), "", recipients(d))
	if verb == "" {
		change.History = append(change.History, said)
	}
	for _, verb := range pathTo(verb, m.rec.Status) {
		step := intake.Step{Verb: verb, Actor: m.By.ID, At: m.now, Owner: s.replier(m), OnBehalf: s.replier(m), Reason: recipients(d)}
		if err := s.step(change, step); err != nil {
			return err
		}
	}
	if d.Purpose == bot.PurposeAnswer {
		s.clearTakeUp(change.Record)
	}
	s.say(m.occasion, change, said, d.Text)
	return nil
}

// pathTo lists the steps to the status that a reply leads to.
func pathTo(verb intake.Verb, from intake.Status) []intake.Verb {
	switch {
	case verb == intake.VerbAnswer && len(answerPath[from]) > 0:
		return answerPath[from]
	case verb == intake.VerbAnswer, verb == "": // already answered or closed: this is an additional mail
		return nil
	}
	return []intake.Verb{verb}
}

// replier is on whose behalf a colleague writes: the owner, else a post or division of their
// own, else the proposed assignee.
func (s *Service) replier(m *loadedOrder) string {
	switch {
	case m.rec.Owner != "" && m.rec.Owner != intake.ToDesk:
		return m.rec.Owner
	case len(m.By.Posts) > 0:
		return m.By.Posts[0]
	case m.rec.Routing != nil:
		return m.rec.Routing.Assignee
	}
	return intake.ToDesk
}

// mayGoOut refuses a mail that must not be sent as it is.
func (s *Service) mayGoOut(m *loadedOrder, d bot.Reply) error {
	switch {
	case m.rec.MergedInto != "":
		return &bot.Refusal{Phrase: "refused.merged", Values: map[string]any{"reference": m.Reference, "into": m.rec.MergedInto}}
	case m.rec.Parent != "":
		return &bot.Refusal{Phrase: "refused.part", Values: map[string]any{"parent": m.rec.Parent}}
	case strings.TrimSpace(d.Text) == "" || strings.TrimSpace(d.Subject) == "" || len(d.To) == 0:
		return &bot.Refusal{Phrase: "refused.empty"}
	}
	for _, to := range slices.Concat(d.To, d.Cc) {
		if parsed, err := mail.ParseAddress(to.Address); err != nil || parsed.Address != to.Address || s.own(to.Address) {
			return &bot.Refusal{Phrase: "refused.recipient", Values: map[string]any{"address": to.Address}}
		}
	}
	if e, ok := m.wroteMeanwhile(d.Since); ok {
		return &bot.Refusal{Phrase: "refused.answered_meanwhile", Values: map[string]any{"actor": e.Actor, "at": e.At}}
	}
	return nil
}

// wroteMeanwhile finds mail to or from the requester since the colleague began to write. The
// answer might be given twice, or miss the point.
func (m *loadedOrder) wroteMeanwhile(since time.Time) (intake.HistoryEntry, bool) {
	if since.IsZero() {
		return intake.HistoryEntry{}, false
	}
	for i := len(m.history) - 1; i >= 0 && m.history[i].At.After(since); i-- {
		if e := m.history[i]; e.Actor != intake.ActorBot && slices.Contains(conversation, e.What) {
			return e, true
		}
	}
	return intake.HistoryEntry{}, false
}

// conversation are the history entries for mail between us and the requester.
var conversation = []string{
	bot.WhatMailIn, bot.WhatMailOut, bot.WhatJoined, string(intake.VerbAnswer), string(intake.VerbAsk), string(bot.PurposeInterim),
}

func (s *Service) outgoing(m *loadedOrder, d bot.Reply, kind bot.ActionKind, key string) *bot.Mail {
	out := &bot.Mail{
		MessageID: s.messageID(kind, m.Reference, s.Sign(key)), To: d.To, Cc: d.Cc,
		Subject: bot.WithReference(d.Subject, m.Reference), Text: d.Text, Language: d.Language,
	}
	id, references := s.lastLetter(m)
	inThread(out, id, references)
	return out
}

// lastLetter is the requester's last mail, which ours answers. A colleague's mail that forwarded
// the letter does not count.
func (s *Service) lastLetter(m *loadedOrder) (id string, references []string) {
	first := m.rec.Origin
	if s.Directory.Internal(first.From.Address) {
		first.MessageID, first.References = "", nil
	}
	for _, e := range slices.Backward(m.history) {
		if e.What == bot.WhatMailIn && strings.Contains(e.Detail, "@") && m.rec.Origin.MessageID != "" {
			return e.Detail, slices.DeleteFunc([]string{first.MessageID}, func(id string) bool { return id == "" })
		}
	}
	return first.MessageID, first.References
}

// alsoKnown adds the recipients to the correspondents, so that their answers are added to the
// record.
func (s *Service) alsoKnown(rec *intake.Record, d bot.Reply) []string {
	known := slices.Clone(rec.Correspondents)
	for _, to := range slices.Concat(d.To, d.Cc) {
		if !s.Directory.Internal(to.Address) {
			known = append(known, lower(to.Address))
		}
	}
	slices.Sort(known)
	return slices.Compact(known)
}

func recipients(d bot.Reply) string {
	addresses := make([]string, len(d.To))
	for i, to := range d.To {
		addresses[i] = to.Address
	}
	return strings.Join(addresses, ", ")
}
