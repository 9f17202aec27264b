package registry_test

import (
	"slices"
	"strings"
	"testing"

	"verbale/bot/registry"
	"verbale/intake"
)

// unopened returns an office that has asked for an unreadable letter to be sent again. Its
// reader recognizes a request only in a mail outside the thread.
func unopened(t *testing.T) *office {
	o := open(t, func(opt *registry.Options) { opt.Reader = reader{opt.Reader} })
	o.arrives(letter("a@water.gov.kg"), reading(intake.KindOther, intake.ReasonUnreadable))
	o.wantActions(resendThis)
	return o
}

type reader struct{ registry.Reader }

func (r reader) Read(m *intake.Message) intake.Reading {
	if len(m.InReplyTo) == 0 && !strings.Contains(m.Subject+m.Text.Content, first) && strings.Contains(m.Text.Content, "We request") {
		return request("fr")
	}
	return r.Reader.Read(m)
}

func resent(text string) *intake.Message {
	return letter("b@water.gov.kg", inReplyTo("acknowledge.tc-2026-00042.0011223344@desk.unece.example"), func(m *intake.Message) {
		m.Subject = "Re: Request [" + first + "]"
		m.Text.Content = text
	})
}

func TestLetterSentAgainInReadableForm(t *testing.T) {
	o := unopened(t)
	o.arrives(resent("We request help.\n\n> under reference "+first), quoting(first))
	rec := o.record(first)
	if rec.Status != intake.StatusAssigned || rec.Kind != intake.KindRequest || rec.Language != "fr" || rec.Request == nil || rec.Owner != "ra-environment" {
		t.Errorf("record is %s, %s in %q, held by %s", rec.Status, rec.Kind, rec.Language, rec.Owner)
	}
	o.wantHistory(first, "recorded", "mail_in", "complete")
	keys := []string{ackFirst, resendThis, "assign:TC-2026-00042:2:ra-environment", "inform:TC-2026-00042:2:environment"}
	o.wantActions(keys...)
	if m := o.action(ackFirst).Mail; m.InReplyTo != "b@water.gov.kg" || m.Language != "fr" {
		t.Errorf("acknowledged in %s, in reply to %s", m.Language, m.InReplyTo)
	}
	if body := o.store.Letters[first].Parts[1].Text.Content; !strings.HasPrefix(body, "We request help.") {
		t.Errorf("letter kept: %q", body)
	}
}

func TestLetterSentAgainIsTriagedWhereRoutingIsUnsure(t *testing.T) {
	o := unopened(t)
	o.route = unsure()
	o.arrives(resent("We request help."), quoting(first))
	if rec := o.record(first); rec.Status != intake.StatusNeedsReading || rec.Owner != intake.ToDesk || rec.Request == nil {
		t.Errorf("%s held by %s, request %v", rec.Status, rec.Owner, rec.Request)
	}
	o.wantActions(ackFirst, resendThis)
}

func TestWhatDoesNotCompleteARecord(t *testing.T) {
	again := reading(intake.KindOther, intake.ReasonUnreadable)
	again.Reference = first
	for name, tt := range map[string]struct {
		text    string
		reading intake.Reading
		before  func(*intake.Record)
	}{
		"unreadable again":  {"We request", again, nil},
		"no request either": {"Did you get our mail?", quoting(first), nil},
		"backfilled":        {"We request help.", quoting(first), func(r *intake.Record) { r.Backfilled = true }},
		"completed by hand": {"We request help.", quoting(first), func(r *intake.Record) { r.Status = intake.StatusAssigned }},
	} {
		o := unopened(t)
		if tt.before != nil {
			o.change(first, tt.before)
		}
		o.arrives(resent(tt.text), tt.reading)
		if rec := o.record(first); rec.Request != nil {
			t.Errorf("%s: record was completed", name)
		}
		if !slices.Equal(o.keys(), []string{resendThis}) {
			t.Errorf("%s: actions %v", name, o.keys())
		}
	}
}
