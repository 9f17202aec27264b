package chaos

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// findings are the errors that the checks have found.
type findings []error

func (f *findings) add(format string, args ...any) { *f = append(*f, fmt.Errorf(format, args...)) }

// check compares the observations with what was delivered and done: nothing may be lost, and
// nothing done twice.
func (r *run) check(b *observations) []error {
	var f findings
	r.checkBalance(b, &f)
	r.checkLetters(b, &f)
	r.checkNumbers(b, &f)
	r.checkMails(b, &f)
	r.checkAcknowledgements(b, &f)
	r.checkMessages(b, &f)
	r.checkCards(b, &f)
	r.checkReminders(b, &f)
	r.checkUserActions(b, &f)
	for _, a := range b.parked {
		f.add("%s is parked: %s", a.Key, a.LastError)
	}
	r.env.mu.Lock()
	defer r.env.mu.Unlock()
	return append(f, r.env.trouble...)
}

// checkBalance checks that every mail on the server has one outcome.
func (r *run) checkBalance(b *observations, f *findings) {
	if b.audited != nil {
		f.add("verbale audit: %v: %s", b.audited, b.audit)
	}
	sum := b.balance.Recorded + b.balance.Joined + b.balance.SetAside + b.balance.Repeats
	if !b.balance.Even() || sum != r.bag.mails || b.balance.Messages != r.bag.mails || b.balance.Gone != 0 {
		f.add("the folder does not balance with the %d mails delivered: %s", r.bag.mails, b.balance)
	}
	if twice := r.bag.twice(); b.balance.Repeats != twice {
		f.add("%d letters came twice, and %d were taken for repeats", twice, b.balance.Repeats)
	}
}

// checkLetters checks that each letter became one thing: a record, part of a record, or a
// message set aside. A request must have become a record, a follow-up part of one.
func (r *run) checkLetters(b *observations, f *findings) {
	became := map[string][]string{}
	for _, e := range b.records {
		became[e.Origin.MessageID] = append(became[e.Origin.MessageID], e.Reference)
	}
	for _, s := range b.aside {
		became[s.Origin.MessageID] = append(became[s.Origin.MessageID], "set aside as "+string(s.Kind))
	}
	for _, e := range b.records {
		for id := range joinedTo(e) {
			became[id] = append(became[id], "joined to "+e.Reference)
		}
	}
	for _, l := range r.bag.letters {
		outcomes := became[l.messageID()]
		if len(outcomes) != 1 {
			f.add("%s %s became %d things: %q; %s", l.sort, l.mark, len(outcomes), outcomes, b.tell(l))
		}
		if l.sort == aRequest && len(outcomes) == 1 && !strings.HasPrefix(outcomes[0], "TC-") {
			f.add("request %s was %s", l.mark, outcomes[0])
		}
		if l.sort == aFollowUp && len(outcomes) == 1 && !strings.HasPrefix(outcomes[0], "joined to ") {
			f.add("follow-up %s was %s; %s", l.mark, outcomes[0], b.tell(l))
		}
	}
}

// tell describes what became of a letter, for a finding.
func (b *observations) tell(l letter) string {
	reference := b.found[l.messageID()]
	e := b.of(reference)
	if e == nil {
		return fmt.Sprintf("%s is filed under the record %q, which is not listed", l.messageID(), reference)
	}
	var lines strings.Builder
	for _, h := range e.history {
		fmt.Fprintf(&lines, "\n    %s %s %s %q %s", h.At.Format("15:04:05.000"), h.Actor, h.What, h.Reason, h.Detail)
	}
	return fmt.Sprintf("%s is filed under %s, %s at revision %d:%s", l.messageID(), reference, e.Status, e.Revision, lines.String())
}

// joinedTo returns the Message-IDs of the mails that were joined to a record.
func joinedTo(e *entry) map[string]bool {
	joined := map[string]bool{}
	for _, h := range e.history {
		if h.What == bot.WhatMailIn {
			joined[h.Detail] = true
		}
	}
	return joined
}

// checkNumbers checks that no number was given to two records, and that no letter was
// acknowledged under two numbers.
func (r *run) checkNumbers(b *observations, f *findings) {
	var all []string
	for _, e := range b.records {
		all = append(all, e.Reference)
	}
	slices.Sort(all)
	for i, reference := range all {
		if i > 0 && reference == all[i-1] {
			f.add("number %s was given twice", reference)
		}
	}
	told := map[string]string{}
	for _, m := range b.mails {
		if m.Acknowledges && m.Answers != "" {
			if other, known := told[m.Answers]; known && other != m.Subject {
				f.add("one letter was told two numbers: %q and %q", other, m.Subject)
			}
			told[m.Answers] = m.Subject
		}
	}
}

// checkMails checks that each mail that reached somebody is noted as sent, and the other
// way round. A mail may have come more than once only if something broke between the
// copies, which must be the same.
func (r *run) checkMails(b *observations, f *findings) {
	done := map[string]string{}
	for _, e := range b.records {
		for _, a := range e.actions {
			if a.Mail != nil && a.State == bot.ActionDone {
				done[a.Result] = a.Key
			}
		}
	}
	for id, copies := range copiesOf(b.mails) {
		if done[id] == "" && !strings.HasPrefix(copies[0].ID, "digest") {
			f.add("a mail went out that is not noted as sent: %s, %q to %s", id, copies[0].Subject, copies[0].To)
		}
		delete(done, id)
		for _, c := range copies {
			if c.Text != copies[0].Text {
				f.add("%s went out with two texts", id)
			}
		}
		if n := r.journal.unexplained(copies); n > 0 {
			f.add("%s came %d times, %d of them without a fault of their own", id, len(copies), n)
		}
	}
	for id, key := range done {
		f.add("%s is noted as sent, and nobody got %s", key, id)
	}
}

// copiesOf groups mails by Message-ID.
func copiesOf(mails []Received) map[string][]Received {
	all := map[string][]Received{}
	for _, m := range mails {
		all[m.ID] = append(all[m.ID], m)
	}
	return all
}

// checkAcknowledgements checks that each request was acknowledged in one mail, which may
// acknowledge several, or has a reason why not.
func (r *run) checkAcknowledgements(b *observations, f *findings) {
	by := map[string][]string{}
	for id, copies := range copiesOf(b.mails) {
		if copies[0].Acknowledges {
			for reference := range referencesIn(copies[0].Subject + " " + copies[0].Text) {
				by[reference] = append(by[reference], id)
			}
		}
	}
	for _, e := range b.records {
		want := 0
		for _, a := range e.actions {
			if a.Kind == bot.ActionAcknowledge && a.State == bot.ActionDone {
				want = 1
			}
		}
		if e.Kind == intake.KindRequest && want == 0 && !acknowledgedNot(e) {
			f.add("%s has no acknowledgement, and no reason", e.Reference)
		}
		if got := by[e.Reference]; len(got) != want {
			f.add("%s has %d acknowledgements, not %d: %q", e.Reference, len(got), want, got)
		}
	}
}

var referenceForm = regexp.MustCompile(`TC-\d{4}-\d{5}`)

func referencesIn(text string) map[string]bool {
	found := map[string]bool{}
	for _, reference := range referenceForm.FindAllString(text, -1) {
		found[reference] = true
	}
	return found
}

// acknowledgedNot reports whether a record tells why it was not acknowledged, or holds the
// acknowledgement until the desk has decided.
func acknowledgedNot(e *entry) bool {
	return slices.ContainsFunc(e.history, func(h intake.HistoryEntry) bool { return h.What == bot.WhatNotAcknowledged }) ||
		slices.ContainsFunc(e.actions, func(a bot.Action) bool {
			return a.Kind == bot.ActionAcknowledge && (a.State == bot.ActionSkipped && a.Result != "" || held(e.Record, a))
		})
}

// checkReminders checks that each reminder that was due was sent once, or that the ledger
// tells why not.
func (r *run) checkReminders(b *observations, f *findings) {
	for _, e := range b.records {
		seen := map[string]bool{}
		for _, line := range e.FollowUp.Ledger {
			if seen[line.Key] {
				f.add("%s: reminder %s stands twice in the ledger", e.Reference, line.Key)
			}
			seen[line.Key] = true
			if err := settled(e, line); err != nil {
				f.add("%s: reminder %s: %w", e.Reference, line.Key, err)
			}
		}
		if next := e.FollowUp.Next; next.Key != "" && next.At.Before(time.Now()) {
			f.add("%s: reminder %s was due at %s and not sent", e.Reference, next.Key, next.At)
		}
	}
}

var errNotSaid = errors.New("it is noted as sent, and was not")

// settled returns an error if a line of the ledger does not hold: a reminder was not sent
// though it is noted as sent, or was left out without a reason.
func settled(e *entry, line intake.Reminder) error {
	if line.State != intake.ReminderSent {
		if line.Reason == "" {
			return fmt.Errorf("it is %s without a reason", line.State)
		}
		return nil
	}
	key := bot.ReminderKey(e.Reference, line)
	for _, a := range e.actions {
		if a.Key == key && (a.State == bot.ActionDone || a.State == bot.ActionSkipped && a.Result != "") {
			return nil
		}
	}
	return errNotSaid
}
