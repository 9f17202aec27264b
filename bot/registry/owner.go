package registry

import (
	"cmp"
	"fmt"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
	"verbale/internal/phrases"
)

// tellsOwner is the key prefix of the mails that tell a record's owner about incoming mail.
func tellsOwner(reference string) string {
	return fmt.Sprintf("%s:%s:%s:", bot.ActionInform, reference, bot.WhatMailIn)
}

// nameOf identifies a mail uniquely, even among mails with the same Message-ID: some programs
// use one Message-ID for all mail they send.
func nameOf(m *intake.Message) string {
	return bot.NameOfAside(intake.Origin{MessageID: m.MessageID, Fingerprint: m.Fingerprint})
}

// tellOwner tells the owner of a record that its requester wrote again, or notes why not. The
// desk is not written to, since it has the mail in its own mailbox. Backfilled mail triggers
// nothing.
func (s *Service) tellOwner(a *arrival, change *bot.Change) {
	owner := a.found.Owner
	if owner == "" || owner == intake.ToDesk || a.Backfilled || a.found.Backfilled {
		return
	}
	present := s.Directory.With(a.leaves).Present(owner, s.today(a.now))
	contact, _ := s.Directory.Contact(present)
	if s.own(contact.Address) {
		return
	}
	if s.inSlack(present) {
		s.tellOwnerInSlack(a, change, present)
		return
	}
	if reason := s.ownerNotTold(a, present, contact.Address); reason != "" {
		change.History = append(change.History, intake.HistoryEntry{
			At: a.now, Actor: intake.ActorBot, What: bot.WhatOwnerNotTold, Detail: a.Message.Identity(), Reason: reason,
		})
		return
	}
	rec := change.Record
	key := tellsOwner(rec.Reference) + bot.ShortHash(nameOf(a.Message))
	in := letters.MailIn{Message: a.Message, ReceivedAt: a.ReceivedAt, What: a.whatCameIn()}
	written := s.letters.MailIn(rec, present, in, effectOf(rec, present))
	m := s.mail(bot.ActionInform, rec.Reference, s.Sign(key), s.named(present, contact.Address, written), written)
	rec.OwnerTold = a.now
	s.propose(a.occasion, change, bot.Action{Key: key, Kind: bot.ActionInform, Mail: m})
}

// tellOwnerInSlack tells the owner, or the stand-in, in the thread of the record's card.
func (s *Service) tellOwnerInSlack(a *arrival, change *bot.Change, present string) {
	if machineMade(a.Message) != "" {
		return
	}
	change.Record.Rooms = withRoom(change.Record.Rooms, present)
	lang := s.LanguageOf(present)
	s.post(a.occasion, change, present, bot.Post{
		Title: s.letters.MailInLead(change.Record, present, lang), Body: s.shownOf(a.Message), Language: lang,
	})
}

// tellHolder sends a notice to the record's owner, or the stand-in: in the thread of their
// card, or by mail with the given subject phrase. The desk reads it in its own thread. unique
// distinguishes the mail from others.
func (s *Service) tellHolder(o occasion, change *bot.Change, unique, subject string, text func(lang string) string) {
	rec := change.Record
	if rec.Owner == "" || rec.Owner == intake.ToDesk || rec.Backfilled {
		return
	}
	present := s.Directory.With(o.leaves).Present(rec.Owner, s.today(o.now))
	lang := s.LanguageOf(present)
	contact, known := s.Directory.Contact(present)
	if s.inSlack(present) {
		rec.Rooms = withRoom(rec.Rooms, present)
		s.post(o, change, present, bot.Post{Title: text(lang), Language: lang})
		return
	}
	if !known || contact.Address == "" || s.own(contact.Address) {
		return
	}
	key := fmt.Sprintf("%s:%s:%s", bot.ActionInform, rec.Reference, bot.ShortHash(unique))
	written := s.letters.Notice(rec, present, subject, text)
	m := s.mail(bot.ActionInform, rec.Reference, s.Sign(key), s.named(present, contact.Address, written), written)
	s.propose(o, change, bot.Action{Key: key, Kind: bot.ActionInform, Mail: m})
}

// ownerNotTold says why the owner is not told of a mail; "" if they are. Automatic mail
// carries no news, and unverified mail from a colleague's address may be the owner's own
// automatic reply.
func (s *Service) ownerNotTold(a *arrival, id, address string) string {
	switch sign := machineMade(a.Message); {
	case sign != "":
		return sign
	case a.reading.Kind == intake.KindAutoReply, a.reading.Kind == intake.KindSpam:
		return cmp.Or(s.inHistory(a.reading.KindReason), "it is: "+s.kindNamed(a.reading.Kind))
	case s.Directory.Internal(a.Message.From.Address):
		return "it is from an address of ours"
	case address == "":
		return "the directory has no address of " + s.Directory.Name(id, phrases.English)
	case a.now.Before(a.told.Add(s.Habits.TellOwner.Every)):
		return fmt.Sprintf("the owner was told of another mail less than %s before", s.Habits.TellOwner.Every)
	}
	return ""
}

// whatCameIn is the phrase that says what a mail seems to be, judging by its content and by
// what the record was waiting for.
func (a *arrival) whatCameIn() string {
	switch {
	case a.unreadable():
		return "mail_in.unreadable"
	case a.earlier.withdraw:
		return "mail_in.withdrawal"
	case a.found.Status == intake.StatusWaiting:
		return "mail_in.answer"
	case a.earlier.dates:
		return "mail_in.new_dates"
	case a.earlier.chases:
		return "mail_in.chaser"
	case a.reading.Kind == intake.KindRequest:
		return "mail_in.request"
	}
	return "mail_in.reply"
}
