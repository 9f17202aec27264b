package registry_test

import (
	"context"
	"errors"
	"testing"

	"verbale/bot"
	"verbale/bot/bottest"
	"verbale/bot/registry"
	"verbale/intake"
)

var errBroken = errors.New("connection lost")

func TestNumberTakenMeanwhileIsDecidedAnew(t *testing.T) {
	o := open(t)
	taken := false
	o.store.Fault = func(c bot.Change) error {
		if taken {
			return nil
		}
		taken = true
		o.store.Records[c.Record.Reference] = intake.Record{Reference: c.Record.Reference, Revision: 1}
		o.store.Next++
		return bot.ErrRenumber
	}
	done := o.arrives(letter("a@water.gov.kg"), request("en"))
	if done.Reference != "TC-2026-00043" {
		t.Errorf("recorded as %s", done.Reference)
	}
	if mail := o.action("acknowledge:TC-2026-00043").Mail; mail.Subject != "Re: Request for assistance [TC-2026-00043]" {
		t.Errorf("the acknowledgement kept the lost number: %s", mail.Subject)
	}
}

func TestRecordChangedMeanwhileIsDecidedAnew(t *testing.T) {
	o := opened(t)
	stale := true
	o.store.Fault = func(c bot.Change) error {
		if stale {
			stale = false
			o.change(first, func(r *intake.Record) {
				r.Revision++
				r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted
			})
		}
		return nil
	}
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	if rec := o.record(first); rec.Status != intake.StatusAccepted {
		t.Errorf("status %s: decided on a record that was no longer so", rec.Status)
	}
	o.wantHistory(first, "recorded", "mail_in", "requester_answered")
}

func TestEveryRaceLostIsTemporary(t *testing.T) {
	for _, lost := range []error{bot.ErrStale, bot.ErrRenumber} {
		o := open(t)
		attempts := 0
		o.store.Fault = func(bot.Change) error { attempts++; return lost }
		_, err := o.handle(letter("a@water.gov.kg"), request("en"))
		if _, temporary := bot.IsTemporary(err); !temporary || !errors.Is(err, lost) {
			t.Errorf("error %v, want a temporary one", err)
		}
		if attempts < 2 || attempts > 20 {
			t.Errorf("%d attempts", attempts)
		}
	}
}

func TestStoreFailureIsPassedOnAndLeavesNothing(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(*bottest.Memory)
	}{
		{"commit", func(m *bottest.Memory) { m.Fault = func(bot.Change) error { return bot.Temporary(errBroken) } }},
		{"load", func(m *bottest.Memory) { m.LoadFault = bot.Temporary(errBroken) }},
		{"number", func(m *bottest.Memory) { m.NumberFault = bot.Temporary(errBroken) }},
		{"count", func(m *bottest.Memory) { m.CountFault = bot.Temporary(errBroken) }},
		{"thread", func(m *bottest.Memory) { m.ThreadFault = bot.Temporary(errBroken) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			tt.spoil(o.store)
			r := request("en")
			if tt.name == "load" {
				r.Reference = first
			}
			_, err := o.handle(letter("a@water.gov.kg", inReplyTo("x@water.gov.kg")), r)
			if _, temporary := bot.IsTemporary(err); !temporary || !errors.Is(err, errBroken) {
				t.Errorf("error %v, want the store's own, still temporary", err)
			}
			if len(o.store.Records)+len(o.store.Aside) != 0 {
				t.Error("something was kept")
			}
		})
	}
}

type unknownEvent struct{ bot.Event }

func TestUnknownEventIsRefused(t *testing.T) {
	if _, err := open(t).Handle(context.Background(), unknownEvent{}); err == nil {
		t.Error("an event that means nothing was handled")
	}
}

// A brokenList is a store whose List panics for queries with a division, or for those without
// one.
type brokenList struct {
	bot.Store
	ofDivision bool
}

func (s brokenList) List(ctx context.Context, q bot.Query) ([]*intake.Record, string, error) {
	if (q.Division != "") == s.ofDivision {
		panic("broken")
	}
	return s.Store.List(ctx, q)
}

func TestWhatBreaksALookAtTheStoreBreaksWhoHandlesTheMail(t *testing.T) {
	for look, ofDivision := range map[string]bool{"what the country asked before": false, "what may be the same": true} {
		t.Run(look, func(t *testing.T) {
			o := open(t, func(options *registry.Options) { options.Store = brokenList{options.Store, ofDivision} })
			defer func() {
				if recover() == nil {
					t.Error("the mail was handled all the same")
				}
			}()
			_, _ = o.handle(letter("a@water.gov.kg"), request("en"))
		})
	}
}
