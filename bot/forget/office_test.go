package forget_test

import (
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/bottest"
	"verbale/bot/forget"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
	"verbale/routing/followup"
)

var noon = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)

var vocabulary = sync.OnceValues(func() (*lexicon.Vocabulary, error) { return lexicon.Load(lexicon.Embedded()) })

// office is a Forgetter on an in-memory store.
type office struct {
	*forget.Forgetter
	*interruptedEraser
	t *testing.T
}

func (o *office) Read(*intake.Message) intake.Reading {
	return intake.Reading{Kind: intake.KindRequest, Language: "en", Request: &intake.Request{
		Countries: []string{"KG"}, Themes: []string{"water"}, Institution: "Ministry of Water",
		Requester: intake.Requester{Name: "A. Official"}, Summary: "Assistance in preparing accession to the Water Convention.",
	}}
}

func (o *office) ReadRequest(m *intake.Message) intake.Reading { return o.Read(m) }

func (o *office) KindOf(m *intake.Message) intake.Kind { return o.Read(m).Kind }

func (o *office) Route(routing.Question) intake.Routing {
	return intake.Routing{Division: "environment", CarriedBy: intake.CarriedByAdviser, Assignee: "ra-environment", Support: []string{}, Rule: "advisory-alone"}
}

// forgetful returns an office with one request.
func forgetful(t *testing.T) (*office, *interruptedEraser, string) {
	t.Helper()
	o := &office{t: t, interruptedEraser: &interruptedEraser{Memory: bottest.NewMemory()}}
	r := o.registry()
	o.Forgetter = forget.New(r, o.interruptedEraser)
	done, err := r.Handle(t.Context(), bot.MailArrived{ReceivedAt: noon, Acknowledge: true, Message: &intake.Message{
		MessageID: "first@ministry.example", Fingerprint: "first", Subject: "Request for assistance",
		From: intake.Address{Name: "A. Official", Address: "office@water.gov.kg"}, Date: noon,
		Text: intake.Text{Content: "We kindly ask for your assistance."},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return o, o.interruptedEraser, done.Reference
}

// registry returns a registry on the store of the office.
func (o *office) registry() *registry.Service {
	o.t.Helper()
	must := func(err error) {
		if err != nil {
			o.t.Fatal(err)
		}
	}
	directory, err := routing.EmbeddedDirectory()
	must(err)
	directory.Desk.InternalDomains = append(slices.Clone(directory.Desk.InternalDomains), "staff.example")
	policy, err := followup.Embedded()
	must(err)
	vocabulary, err := vocabulary()
	must(err)
	r, err := registry.New(registry.Options{
		Store: o.Memory, Reader: o, Router: o, Policy: policy, Directory: directory, Vocabulary: vocabulary, Phrases: phrases.Default(),
		Office: registry.Office{
			Name: "Technical Cooperation Desk", Prefix: "TC", Domain: "desk.unece.example", Send: true,
			Desk: intake.Address{Address: "tc@desk.unece.example"},
		},
		Sign: bottest.Sign, Token: func() string { return "token" }, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
	})
	must(err)
	return r
}

func (o *office) record(reference string) intake.Record {
	o.t.Helper()
	rec, ok := o.Records[reference]
	if !ok {
		o.t.Fatalf("no record %s", reference)
	}
	return rec
}

// change changes a stored record.
func (o *office) change(reference string, change func(*intake.Record)) {
	rec := o.record(reference)
	change(&rec)
	o.Records[reference] = rec
}

func closed(o *office, reference string) {
	o.change(reference, func(rec *intake.Record) {
		rec.Status, rec.Outcome, rec.ClosedAt = intake.StatusClosed, intake.OutcomeDelivered, noon
	})
}

func (o *office) keys() []string { return slices.Sorted(maps.Keys(o.Written)) }

func (o *office) action(key string) bot.Action {
	o.t.Helper()
	a, ok := o.Written[key]
	if !ok {
		o.t.Fatalf("no action %s among %v", key, o.keys())
	}
	return a
}

// happened lists the kinds of the entries in a record's history, in order.
func (o *office) happened(reference string) (what []string) {
	for _, e := range o.Histories[reference] {
		what = append(what, e.What)
	}
	return what
}
