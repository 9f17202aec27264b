package registry

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
	"verbale/routing"
)

// plan sets what is due on a record in its current state. Backfilled mail that nobody has
// taken up has no plan.
func (s *Service) plan(rec *intake.Record) {
	if !rec.Backfilled {
		rec.Plan = s.Policy.Plan(rec)
	}
}

// finish completes a change with everything that follows from it: what is due, when the record
// is looked at again, its cards, corrections of earlier posts that are now wrong, and changes
// of its parts.
func (s *Service) finish(o occasion, change *bot.Change) {
	if change.Record != nil {
		s.plan(change.Record)
		s.scheduleWake(o, change.Record)
	}
	s.draw(o, change)
	s.enqueuePostUpdates(o, change)
	s.makePartsConfidential(o, change)
}

// Recheck verifies that a record will be looked at when something is due by the current policy
// and directory; wakes is when the store will do so, zero for never. If not, it corrects that,
// as Wake does, and reports it.
func (s *Service) Recheck(ctx context.Context, rec *intake.Record, wakes time.Time) (mended bool, err error) {
	now := *rec
	s.plan(&now)
	s.scheduleWake(occasion{now: s.Now()}, &now)
	next := now.FollowUp.Next
	asPlanned := slices.EqualFunc(now.Plan, rec.Plan, sameStep) && next.Key == rec.FollowUp.Next.Key && next.At.Equal(rec.FollowUp.Next.At)
	rings := next.Key == "" || !wakes.IsZero() && !wakes.After(latest(next.At, s.Now().Add(wakeLease)))
	if asPlanned && rings {
		return false, nil
	}
	_, err = s.Wake(ctx, rec.Reference)
	return err == nil, err
}

// sameStep compares times as instants, since stored times have lost their time zone.
func sameStep(a, b intake.PlanStep) bool {
	return a.At.Equal(b.At) && a.Step == b.Step && a.To == b.To
}

// wakeLease is how long a due wake-up may be held by a process that works on it.
const wakeLease = 10 * time.Minute

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Planned lists the reminders planned for a record in its current state, earliest first, by
// the current policy and directory.
func (s *Service) Planned(rec *intake.Record) []intake.Reminder {
	if rec.Backfilled {
		return nil
	}
	return s.Policy.Reminders(rec, s.zoneOf(rec))
}

// zoneOf returns the time zones of the recipients of a record's reminders.
func (s *Service) zoneOf(rec *intake.Record) func(to string) *time.Location {
	return func(to string) *time.Location {
		if to == intake.ToChief { // the chief works where the division is, not where its advisers are
			division, _ := s.Directory.DivisionOf(rec.Owner)
			if division == nil {
				return nil
			}
			to = division.ID
		}
		return s.zoneWhere(to)
	}
}

// zoneWhere is the time zone of somebody in the directory; nil means the office's.
func (s *Service) zoneWhere(id string) *time.Location {
	if zone := s.Directory.ZoneOf(id); zone != nil || s.Zones == nil {
		return zone
	}
	return s.Zones(id)
}

// scheduleWake sets when the record is looked at again. If the next reminder is no longer planned,
// it goes into the ledger with the reason, so that "why did nobody get a reminder?" has an
// answer. If it is planned again, it is removed from there.
func (s *Service) scheduleWake(o occasion, rec *intake.Record) {
	planned := s.Planned(rec)
	before := rec.FollowUp.Next
	ledger := slices.DeleteFunc(slices.Clone(rec.FollowUp.Ledger), func(r intake.Reminder) bool { return hasKey(planned, r.Key) })
	if before.Key != "" && !hasKey(planned, before.Key) && !hasKey(ledger, before.Key) {
		before.State, before.DoneAt, before.Reason = intake.ReminderSkipped, o.now, whyGone(rec, before.Step)
		ledger = append(ledger, before)
	}
	rec.FollowUp.Ledger, rec.FollowUp.Next = ledger, intake.Reminder{}
	rec.FollowUp.Next = s.nextOf(rec, planned, o.now)
}

// nextOf is the first planned reminder that can be sent. Reminders missed while the program
// was down wait until their recipient is at work again.
func (s *Service) nextOf(rec *intake.Record, planned []intake.Reminder, now time.Time) (next intake.Reminder) {
	for _, r := range planned {
		r.At = s.Policy.Soonest(r, s.zoneOf(rec), now)
		if next.Key == "" || r.At.Before(next.At) {
			next = r
		}
	}
	return next
}

// whyGone says why no reminder is sent about a step any more, or not as planned.
func whyGone(rec *intake.Record, step intake.StepName) string {
	_, due := bot.DueAt(rec.Plan, step)
	switch {
	case slices.Contains(rec.FollowUp.Stopped, step):
		return bot.ReasonMuted
	case due:
		return bot.ReasonOtherTime
	}
	return string(rec.Status)
}

func hasKey(list []intake.Reminder, key string) bool {
	return slices.ContainsFunc(list, func(r intake.Reminder) bool { return r.Key == key })
}

// Wake handles a record whose wake-up is due: it sends the reminders due in the record's
// current state, each once, and sets the next wake-up. If nothing is due, it only does the
// latter.
func (s *Service) Wake(ctx context.Context, reference string) (bot.Committed, error) {
	return s.commit(ctx, "the wake-up of "+reference, func() (bot.Change, error) {
		m, err := s.loadOwnOrder(ctx, reference)
		if err != nil {
			return bot.Change{}, err
		}
		change := m.with()
		for _, r := range s.dueNow(m) {
			s.remind(m, &change, r)
		}
		s.finish(m.occasion, &change)
		return change, nil
	})
}

// dueNow lists the reminders that are due. Of several about one step to one recipient only the
// last is sent; the others are settled as superseded.
func (s *Service) dueNow(m *loadedOrder) []intake.Reminder {
	var due []intake.Reminder
	for _, r := range s.Planned(m.rec) {
		if r.At.After(m.now) {
			break
		}
		if !s.Policy.Soonest(r, s.zoneOf(m.rec), m.now).After(m.now) {
			due = append(due, r)
		}
	}
	for i := range due {
		if repeatedBy(due[i+1:], due[i]) {
			due[i].State, due[i].Reason = intake.ReminderSkipped, bot.ReasonSaidAgain
		}
	}
	return due
}

// repeatedBy reports whether a later reminder says the same to the same recipient.
func repeatedBy(later []intake.Reminder, earlier intake.Reminder) bool {
	return slices.ContainsFunc(later, func(l intake.Reminder) bool {
		return l.Step == earlier.Step && l.To == earlier.To && l.Step != intake.StepOwn
	})
}

// remind sends one reminder, or notes why it is not sent.
func (s *Service) remind(m *loadedOrder, change *bot.Change, line intake.Reminder) {
	f := &change.Record.FollowUp
	if line.State == intake.ReminderPlanned {
		line.State, line.Reason = s.sendReminder(m, change, line)
	}
	line.DoneAt = m.now
	f.Ledger = append(slices.Clone(f.Ledger), line)
	f.Own = slices.DeleteFunc(slices.Clone(f.Own), func(own intake.Reminder) bool { return own.Key == line.Key })
}

// sendReminder adds the message to the recipient to the change, and returns the resulting
// state.
func (s *Service) sendReminder(m *loadedOrder, change *bot.Change, line intake.Reminder) (intake.ReminderState, string) {
	if line.To == intake.ToRequester {
		return s.remindRequester(m, change, line)
	}
	id := s.recipientOf(m, line.To)
	contact, known := s.contactOf(id)
	if !known && line.Step == intake.StepOwn { // the person who asked for it holds no post any more, or never did
		id = line.By
		contact, known = inPerson(id)
	}
	switch {
	case id == intake.ToDesk && s.Office.Slack:
		s.postReminder(m, change, bot.RoomDesk, line)
	case known && s.Office.Slack && contact.Slack != "":
		change.Record.Rooms = withRoom(change.Record.Rooms, id)
		s.postReminder(m, change, id, line)
	case known && contact.Address != "" && !s.own(contact.Address):
		s.mailReminder(m, change, id, contact.Address, line)
	default:
		s.tellDeskInstead(m, change, line, id)
		return intake.ReminderSkipped, bot.ReasonNoWay
	}
	if !s.Office.Send && !(id == intake.ToDesk && s.Office.Slack) {
		return intake.ReminderSkipped, bot.ReasonSendingOff
	}
	return intake.ReminderSent, ""
}

// tellDeskInstead tells the desk about a step due from somebody who cannot be reached, for
// instance because they left the directory. Otherwise nobody would learn of it.
func (s *Service) tellDeskInstead(m *loadedOrder, change *bot.Change, line intake.Reminder, id string) {
	if line.Step == intake.StepOwn || id == intake.ToDesk || id == intake.ToDeskLead {
		return
	}
	line.To = intake.ToDesk
	s.sendReminder(m, change, line)
}

// recipientOf resolves the recipient of a reminder: the chief of the record's owner, the
// stand-in of somebody away, or the recipient itself.
func (s *Service) recipientOf(m *loadedOrder, to string) string {
	switch to {
	case intake.ToChief:
		return s.Directory.Chief(m.rec.Owner)
	case intake.ToDesk, intake.ToDeskLead:
		return to
	}
	return s.Directory.With(m.leaves).Present(to, s.today(m.now))
}

// contactOf is the contact of somebody in the directory.
func (s *Service) contactOf(id string) (routing.Contact, bool) {
	if id == intake.ToDesk { // without Slack, the desk's lead is told
		id = intake.ToDeskLead
	}
	return s.Directory.Contact(id)
}

// inPerson is the contact of a colleague by the ID used in histories.
func inPerson(id string) (routing.Contact, bool) {
	if strings.Contains(id, "@") {
		return routing.Contact{Address: id}, true
	}
	return routing.Contact{Slack: id}, id != "" && id != intake.ActorBot
}

func (s *Service) postReminder(m *loadedOrder, change *bot.Change, room string, line intake.Reminder) {
	lang := phrases.English
	if room != bot.RoomDesk {
		lang = s.LanguageOf(room)
	}
	if !s.Office.Slack || change.Record.Backfilled {
		return
	}
	action := s.posting(m.occasion, m.Reference, room, line.Key, bot.Post{
		Title: s.letters.ReminderLead(m.rec, line, m.now, lang), Language: lang, Reminder: line.Key, Step: line.Step,
	})
	action.Key = bot.ReminderKey(m.Reference, line)
	if s.Policy.Late(line, m.now) { // combined with other late reminders to the same room
		action.RateGroup, action.Deferred, action.Due = "remind:"+room, true, m.now.Add(s.Habits.GatherLate)
	}
	change.Actions = append(change.Actions, action)
}

func (s *Service) mailReminder(m *loadedOrder, change *bot.Change, id, address string, line intake.Reminder) {
	key, written := bot.ReminderKey(m.Reference, line), s.letters.Reminder(m.rec, id, line, m.now, effectOf(m.rec, id))
	mail := s.mail(bot.ActionRemind, m.Reference, s.Sign(key), s.named(id, address, written), written)
	s.propose(m.occasion, change, bot.Action{
		Key: key, Kind: bot.ActionRemind, Mail: mail, RateGroup: "remind:" + lower(address), Deferred: s.Policy.Late(line, m.now),
	})
}

// remindRequester reminds the requester of our question, if a colleague has agreed to that;
// until then the owner is asked.
func (s *Service) remindRequester(m *loadedOrder, change *bot.Change, line intake.Reminder) (intake.ReminderState, string) {
	rec := change.Record
	if !rec.FollowUp.AskRequester {
		ask := line
		ask.To = rec.Owner
		if state, why := s.sendReminder(m, change, ask); state != intake.ReminderSent {
			return state, why
		}
		return intake.ReminderSkipped, bot.ReasonNotAgreed
	}
	to := rec.Origin.AnswerTo
	if problem := cmp.Or(s.unwritable(to), unreachable(rec, to.Address)); problem != "" {
		return intake.ReminderSkipped, problem
	}
	key := bot.ReminderKey(m.Reference, line)
	mail := s.mail(bot.ActionRemind, m.Reference, s.Sign(key), to, s.letters.ReminderOfQuestion(rec))
	id, references := s.lastLetter(m)
	inThread(mail, id, references)
	s.propose(m.occasion, change, bot.Action{Key: key, Kind: bot.ActionRemind, Mail: mail, RateGroup: lower(to.Address)})
	if !s.Office.Send {
		return intake.ReminderSkipped, bot.ReasonSendingOff
	}
	return intake.ReminderSent, ""
}
