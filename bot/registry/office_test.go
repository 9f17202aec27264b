package registry_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/bottest"
	"verbale/bot/mailtext"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/lexicon"
	letters "verbale/intake/reading"
	"verbale/intake/reading/dates"
	"verbale/internal/phrases"
	"verbale/routing"
	"verbale/routing/followup"
)

var (
	geneva = time.FixedZone("CET", 3600)
	noon   = time.Date(2026, time.November, 25, 12, 0, 0, 0, geneva)
)

var vocabulary = sync.OnceValue(func() *lexicon.Vocabulary {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	return v
})

var policy = sync.OnceValue(func() *followup.Policy {
	p, err := followup.Embedded()
	if err != nil {
		panic(err)
	}
	return p
})

// habits and days are loaded once for all tests, since a Service does not change them.
var (
	habits = sync.OnceValue(func() *mailtext.Habits {
		h, err := mailtext.Load(nil)
		if err != nil {
			panic(err)
		}
		return h
	})
	days = sync.OnceValue(func() *dates.Words {
		w, err := dates.Load(letters.Embedded())
		if err != nil {
			panic(err)
		}
		return w
	})
)

// office is a Service on an in-memory Store. The test defines what its Reader, Router and Policy
// return.
type office struct {
	*registry.Service
	*followup.Policy // all but Plan
	t                *testing.T
	store            *bottest.Memory
	readings         map[string]intake.Reading // by fingerprint of the message
	route            intake.Routing
	asked            []routing.Question
	uid              uint32
	tokens           int
}

func (o *office) Read(m *intake.Message) intake.Reading { return o.readings[m.Fingerprint] }

func (o *office) ReadRequest(m *intake.Message) intake.Reading { return o.Read(m) }

func (o *office) KindOf(m *intake.Message) intake.Kind { return o.Read(m).Kind }

func (o *office) Route(q routing.Question) intake.Routing {
	o.asked = append(o.asked, q)
	return o.route
}

func (o *office) Plan(rec *intake.Record) []intake.PlanStep {
	now := noon
	if rec.Status == intake.StatusNeedsReading {
		return []intake.PlanStep{{At: now.Add(4 * time.Hour), Step: intake.StepTriage, To: intake.ToDesk}}
	}
	return []intake.PlanStep{
		{At: now, Step: intake.StepAcknowledge, To: intake.ToRequester},
		{At: now.AddDate(0, 0, 1), Step: intake.StepAccept, To: rec.Owner},
		{At: now.AddDate(0, 0, 15), Step: intake.StepAnswer, To: rec.Owner},
	}
}

func open(t *testing.T, change ...func(*registry.Options)) *office {
	t.Helper()
	directory := ownDirectory()
	o := &office{t: t, Policy: policy(), store: bottest.NewMemory(), readings: map[string]intake.Reading{}, route: confident()}
	options := registry.Options{
		Store: o.store, Reader: o, Router: o, Policy: o, Directory: directory,
		Vocabulary: vocabulary(), Phrases: phrases.Default(), Habits: habits(), Days: days(),
		Office: registry.Office{
			Name: "Technical Cooperation Desk", Prefix: "TC", Domain: "desk.unece.example",
			Desk: intake.Address{Name: "UNECE Technical Cooperation", Address: "tc@desk.unece.example"},
			Zone: geneva, Send: true,
		},
		Sign:  bottest.Sign,
		Token: func() string { o.tokens++; return fmt.Sprintf("token%d", o.tokens) },
		Now:   func() time.Time { return noon },
		Log:   slog.New(slog.DiscardHandler),
	}
	for _, c := range change {
		c(&options)
	}
	var err error
	if o.Service, err = registry.New(options); err != nil {
		t.Fatal(err)
	}
	return o
}

var embeddedDirectory = sync.OnceValue(func() *routing.Directory {
	d, err := routing.EmbeddedDirectory()
	if err != nil {
		panic(err)
	}
	return d
})

// ownDirectory returns a copy of the embedded directory that a test may change. It has an
// additional domain of colleagues.
func ownDirectory() *routing.Directory {
	d := *embeddedDirectory()
	d.Divisions, d.Posts = slices.Clone(d.Divisions), slices.Clone(d.Posts)
	d.Desk.InternalDomains = append(slices.Clone(d.Desk.InternalDomains), "staff.example")
	return &d
}

func confident() intake.Routing {
	return intake.Routing{
		Division: "environment", CarriedBy: intake.CarriedByAdviser, Assignee: "ra-environment",
		Support: []string{"environment"}, DivisionsSupport: []string{}, Rule: "advisory-alone",
		Reasons: []intake.Remark{
			{ID: "route.theme", Args: map[string]string{"theme": "water", "division": "environment"}},
			{Said: map[string]string{"en": "advisory services alone go to the Regional Adviser", "fr": "les services consultatifs seuls vont au conseiller régional", "ru": "консультативные услуги передаются региональному советнику"}},
		},
	}
}

func unsure() intake.Routing {
	r := confident()
	r.Triage = true
	return r
}

// letter is a mail from a ministry, with changes by the test.
func letter(id string, change ...func(*intake.Message)) *intake.Message {
	m := &intake.Message{
		MessageID: id, Fingerprint: "print of " + id, Subject: "Request for assistance",
		From: intake.Address{Name: "A. Official", Address: "office@water.gov.kg"},
		To:   []intake.Address{{Address: "tc@desk.unece.example"}},
		Date: noon, Text: intake.Text{Content: "We kindly ask for your assistance in a confidential matter."},
	}
	for _, c := range change {
		c(m)
	}
	return m
}

func from(address string) func(*intake.Message) {
	return func(m *intake.Message) { m.From = intake.Address{Address: address} }
}

func to(addresses ...string) func(*intake.Message) {
	return func(m *intake.Message) {
		m.To = nil
		for _, a := range addresses {
			m.To = append(m.To, intake.Address{Address: a})
		}
	}
}

func inReplyTo(ids ...string) func(*intake.Message) {
	return func(m *intake.Message) { m.InReplyTo = ids }
}

func request(language string) intake.Reading {
	return intake.Reading{Kind: intake.KindRequest, KindReason: intake.Remark{ID: "kind.asks"}, Language: language,
		Request: &intake.Request{
			Countries: []string{"KG"}, Services: []intake.Service{intake.ServiceAdvisory},
			Themes: []string{"water"}, Urgency: intake.UrgencyNormal,
			Institution: "Ministry of Water", Requester: intake.Requester{Name: "A. Official", Title: "Deputy Minister"},
			Summary: "Assistance in preparing accession to the Water Convention.",
		}}
}

func reading(kind intake.Kind, reason string, doubts ...intake.Field) intake.Reading {
	r := intake.Reading{Kind: kind, KindReason: intake.Plain(reason), Language: "en"}
	for _, f := range doubts {
		r.Doubts = append(r.Doubts, intake.Doubt{Field: f, Reason: intake.Plain("not sure"), Candidates: []string{}})
	}
	return r
}

func quoting(reference string) intake.Reading {
	r := reading(intake.KindFollowUp, "carries our reference")
	r.Reference = reference
	return r
}

// arrives passes a mail to the Service, whose Reader returns the given reading.
func (o *office) arrives(m *intake.Message, r intake.Reading, change ...func(*bot.MailArrived)) bot.Committed {
	o.t.Helper()
	done, err := o.handle(m, r, change...)
	if err != nil {
		o.t.Fatal(err)
	}
	return done
}

func (o *office) handle(m *intake.Message, r intake.Reading, change ...func(*bot.MailArrived)) (bot.Committed, error) {
	o.uid++
	o.readings[m.Fingerprint] = r
	e := bot.MailArrived{
		Message: m, Place: intake.Place{Mailbox: "tc@imap.example:993", Folder: "INBOX", UIDValidity: 7, UID: o.uid},
		ReceivedAt: noon, Acknowledge: true,
	}
	for _, c := range change {
		c(&e)
	}
	return o.Handle(context.Background(), e)
}

// record returns the stored record with a reference.
func (o *office) record(reference string) intake.Record {
	o.t.Helper()
	rec, ok := o.store.Records[reference]
	if !ok {
		o.t.Fatalf("no record %s", reference)
	}
	return rec
}

// change changes a stored record.
func (o *office) change(reference string, change func(*intake.Record)) {
	rec := o.record(reference)
	change(&rec)
	o.store.Records[reference] = rec
}

func (o *office) keys() []string {
	var keys []string
	for key := range o.store.Written {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (o *office) action(key string) bot.Action {
	o.t.Helper()
	a, ok := o.store.Written[key]
	if !ok {
		o.t.Fatalf("no action %s among %v", key, o.keys())
	}
	return a
}

// happened lists the kinds of the entries in a record's history, in order.
func (o *office) happened(reference string) []string {
	var what []string
	for _, e := range o.store.Histories[reference] {
		what = append(what, e.What)
	}
	return what
}

func (o *office) wantHistory(reference string, want ...string) {
	o.t.Helper()
	if got := o.happened(reference); !slices.Equal(got, want) {
		o.t.Errorf("history of %s is %v, want %v", reference, got, want)
	}
}

func (o *office) wantActions(want ...string) {
	o.t.Helper()
	if got := o.keys(); !slices.Equal(got, want) {
		o.t.Errorf("actions are %v, want %v", got, want)
	}
}

// wantAside fails the test unless the mail is the last one that was set aside.
func (o *office) wantAside(done bot.Committed) intake.SetAside {
	o.t.Helper()
	if done.Outcome != bot.ArrivalSetAside || len(o.store.Aside) == 0 {
		o.t.Fatalf("outcome %s, want set aside", done.Outcome)
	}
	return o.store.Aside[len(o.store.Aside)-1]
}
