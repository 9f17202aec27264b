package chaos

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/daemon"
	"verbale/internal/mailtest"
	"verbale/internal/redisstore"
	"verbale/internal/wait"
)

// Patterns that identify the steps of a reminder in the traffic of the proxies: parts of the Redis
// protocol, keys, and the Message-ID. The placeholder REF stands for the reference, LOW for the
// reference in lower case, and walk-NN for the office.
const (
	wakesAsked   = "\r\n$1\r\n1\r\n$23\r\nverbale:{walk-NN}:wakes\r\n" // a script whose only key is that of the wake-ups
	wakesGiven   = "$7\r\nclaimed\r\n$13\r\nREF\r\n"
	reminderKey  = "remind:REF:accept"
	mailClaimed  = "\r\n$4\r\nmail\r\n"
	noted        = "\r\n$4\r\ndone\r\n"
	messageID    = "remind.LOW."
	lastOfMail   = "\r\n.\r\n"
	walkTakeover = 6 * time.Second
)

// A step is a point between two operations of a process at which it is killed.
type step struct {
	name   string
	smtp   bool // the trap is on the proxy to SMTP, not on the proxy to Redis
	trap   func(patternWords) *Trap
	copies int  // how often the recipient must get the reminder
	due    bool // the trap is set only when the reminder is due
}

// steps are the steps of a reminder. If the process is killed after the mail was sent and before
// that is recorded, the mail is sent twice with the same Message-ID. In all other cases it is sent
// once.
var steps = []step{
	{name: "the wake-up is due", due: true, copies: 1, trap: func(w patternWords) *Trap { return newTrap(toServer, w(wakesAsked)...) }},
	{name: "the wake-up is claimed", copies: 1, trap: func(w patternWords) *Trap { return newTrap(toClient, w(wakesGiven)...) }},
	{name: "the reminder is to be committed", copies: 1, trap: func(w patternWords) *Trap { return newTrap(toServer, w(reminderKey)...) }},
	{name: "the reminder is committed", copies: 1, trap: func(w patternWords) *Trap { return newAnswerTrap(w(reminderKey)...) }},
	{name: "the action is to be claimed", copies: 1, trap: func(w patternWords) *Trap { return newTrap(toServer, w(mailClaimed)...).after(w(reminderKey)...) }},
	{name: "the action is claimed", copies: 1, trap: func(w patternWords) *Trap { return newTrap(toClient, w("claimed", reminderKey)...) }},
	{name: "the mail is on its way", smtp: true, copies: 1, trap: func(w patternWords) *Trap { return newTrap(toServer, w(messageID)...) }},
	{name: "the relay has the mail", smtp: true, copies: 2, trap: func(w patternWords) *Trap { return newAnswerTrap(w(messageID, lastOfMail)...) }},
	{name: "the mail is to be noted", copies: 2, trap: func(w patternWords) *Trap { return newTrap(toServer, w(reminderKey, noted)...) }},
	{name: "the mail is noted", copies: 1, trap: func(w patternWords) *Trap { return newAnswerTrap(w(reminderKey, noted)...) }},
}

// patternWords replaces the placeholders in patterns.
type patternWords func(patterns ...string) []string

// walkers is the number of offices that go through the steps in parallel.
const walkers = 5

func TestAReminderSurvivesItsProcessAtEveryStep(t *testing.T) {
	t.Parallel()
	program := theProgram(t)
	folder := t.TempDir()
	s, err := openEnvironment(folder, program)
	if errors.Is(err, ErrNoServer) && !daemon.ServersRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	var all sync.WaitGroup
	for n := range walkers {
		w, err := newTwoProcessOffice(s, n)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(w.smtp.Close)
		all.Go(func() {
			for i := n; i < len(steps); i += walkers {
				if err := w.survive(t.Context(), i); err != nil {
					t.Errorf("killed when %s: %v\n%s", steps[i].name, err, w.logs())
				}
			}
		})
	}
	all.Wait()
}

// A twoProcessOffice is an office with two processes.
type twoProcessOffice struct {
	site   *environment
	smtp   *mailtest.SMTPServer // one per office, since the offices use the same references and Message-IDs
	office office
	bots   []*process
}

func newTwoProcessOffice(s *environment, n int) (*twoProcessOffice, error) {
	name := fmt.Sprintf("walk-%02d", n)
	w := &twoProcessOffice{site: s, office: office{name: name, user: name, takeover: walkTakeover, policy: "office/walk"}}
	var err error
	if w.smtp, err = mailtest.StartSMTP(mailtest.SMTPOptions{}); err != nil {
		return nil, err
	}
	for range 2 {
		p, err := s.addProcess(w.office)
		if err != nil {
			return nil, err
		}
		p.smtp.SetTarget(w.smtp.Address())
		w.bots = append(w.bots, p)
	}
	return w, nil
}

// survive delivers a request, kills the process that reaches a step of its reminder, and checks
// that the other process continues correctly.
func (w *twoProcessOffice) survive(ctx context.Context, i int) error {
	ctx, cancel := context.WithTimeout(ctx, *patience)
	defer cancel()
	raw, err := letter{form: "request-en", mark: fmt.Sprintf("%s-%d", w.office.name, i), from: fmt.Sprintf("official@%s-%d.example", w.office.name, i), nth: 1 + i%9}.write(time.Now(), nil)
	if err != nil {
		return err
	}
	if err := w.site.imap.Deliver(w.office.user, raw); err != nil {
		return err
	}
	rec, err := w.record(ctx, i)
	if err != nil {
		return err
	}
	if err := w.killAt(ctx, steps[i], rec); err != nil {
		return err
	}
	return w.sentOnce(ctx, steps[i], rec.Reference)
}

// record waits for the record of the letter.
func (w *twoProcessOffice) record(ctx context.Context, i int) (rec *intake.Record, err error) {
	return rec, w.until(ctx, "the record", func(s *redisstore.Store) (bool, error) {
		page, _, err := s.List(ctx, bot.Query{})
		if err != nil {
			return false, err
		}
		for _, each := range page {
			if strings.Contains(each.Origin.MessageID, fmt.Sprintf("%s-%d@", w.office.name, i)) {
				rec = each
			}
		}
		return rec != nil, nil
	})
}

// killAt kills the process that reaches the step first.
func (w *twoProcessOffice) killAt(ctx context.Context, at step, rec *intake.Record) error {
	if rec.FollowUp.Next.Step != intake.StepAccept {
		return fmt.Errorf("%s has no reminder of its acceptance: %+v, %s", rec.Reference, rec.FollowUp.Next, rec.Status)
	}
	if at.due { // processes ask for due wake-ups all the time, so an earlier trap would be triggered too early
		if err := wait.For(ctx, time.Until(rec.FollowUp.Next.At)); err != nil {
			return err
		}
	}
	trap := at.trap(w.wordsOf(rec.Reference))
	for _, p := range w.bots {
		p.line(at).SetTrap(trap)
	}
	defer trap.free()
	select {
	case caught := <-trap.sprung:
		for _, p := range w.bots {
			if p.line(at) == caught {
				p.KillFor(2 * walkTakeover)
				p.redis.Break()
				p.smtp.Break()
			}
			p.line(at).SetTrap(nil)
		}
		return nil
	case <-ctx.Done():
		return errors.New("no process got to this step")
	}
}

// line returns the proxy on which a step is detected.
func (p *process) line(at step) *Proxy {
	if at.smtp {
		return p.smtp
	}
	return p.redis
}

// wordsOf replaces the placeholders by the values for a record.
func (w *twoProcessOffice) wordsOf(reference string) patternWords {
	fill := strings.NewReplacer("REF", reference, "LOW", strings.ToLower(reference), "walk-NN", w.office.name)
	return func(patterns ...string) (filled []string) {
		for _, p := range patterns {
			filled = append(filled, fill.Replace(p))
		}
		return filled
	}
}

// sentOnce waits until the reminder is recorded as sent, and checks the number of copies that its
// recipient got.
func (w *twoProcessOffice) sentOnce(ctx context.Context, at step, reference string) error {
	err := w.until(ctx, "the reminder to be noted", func(s *redisstore.Store) (bool, error) {
		waiting, err := s.Waiting(ctx)
		if err != nil || waiting > 0 {
			return false, err
		}
		rec, err := s.Load(ctx, reference)
		if err != nil || len(rec.FollowUp.Ledger) == 0 {
			return false, err
		}
		if len(rec.FollowUp.Ledger) != 1 || rec.FollowUp.Ledger[0].State != intake.ReminderSent {
			return false, fmt.Errorf("the ledger says %+v", rec.FollowUp.Ledger)
		}
		actions, err := s.Actions(ctx, reference)
		return noteIn(actions), err
	})
	if err != nil {
		return err
	}
	got := w.reminders(reference)
	if len(got) != at.copies {
		return fmt.Errorf("it came %d times, not %d", len(got), at.copies)
	}
	for _, m := range got {
		if m.ID != got[0].ID || m.Text != got[0].Text {
			return fmt.Errorf("it came as %s and as %s", got[0].ID, m.ID)
		}
	}
	return nil
}

// noteIn reports whether one of the actions is a completed reminder.
func noteIn(actions []bot.Action) bool {
	for _, a := range actions {
		if a.Kind == bot.ActionRemind && a.State == bot.ActionDone {
			return true
		}
	}
	return false
}

// reminders returns the reminders sent about a record.
func (w *twoProcessOffice) reminders(reference string) (list []Received) {
	for _, m := range outgoing(w.smtp) {
		if strings.HasPrefix(m.ID, "remind."+strings.ToLower(reference)+".") {
			list = append(list, m)
		}
	}
	return list
}

// until waits until a condition on the stored records holds.
func (w *twoProcessOffice) until(ctx context.Context, what string, holds func(*redisstore.Store) (bool, error)) error {
	s, err := redisstore.Open(ctx, redisstore.Options{
		URL: "redis://" + w.site.redisAt, Office: w.office.name, Prefix: "TC", DataDir: filepath.Join(w.site.folder, "looker", w.office.name), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := wait.Until(ctx, 100*time.Millisecond, func() (bool, error) { return holds(s) }); err != nil {
		return fmt.Errorf("wait for %s: %w", what, err)
	}
	return nil
}

func (w *twoProcessOffice) logs() string {
	var all strings.Builder
	for _, p := range w.bots {
		text, _ := os.ReadFile(filepath.Join(w.site.folder, p.Name()+".log"))
		fmt.Fprintf(&all, "%s\n%s\n", p.Name(), text)
	}
	return all.String()
}
