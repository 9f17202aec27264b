package desk_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/bottest"
	"verbale/bot/desk"
	"verbale/bot/mailtext"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
	"verbale/routing/followup"
)

var (
	geneva = time.FixedZone("CET", 3600)
	noon   = time.Date(2026, time.November, 25, 12, 0, 0, 0, geneva)
	ctx    = context.Background()
)

var (
	admin    = bot.Colleague{ID: "admin@unece.example", Name: "Nadia Admin", Language: "en", Roles: []routing.Role{routing.RoleAdmin}}
	triage   = bot.Colleague{ID: "ana@unece.example", Name: "Ana Triage", Language: "en", Roles: []routing.Role{routing.RoleTriage}}
	holder   = bot.Colleague{ID: "omar@unece.example", Name: "Omar Adviser", Language: "en", Roles: []routing.Role{routing.RoleAdviser}, Posts: []string{"ra-environment"}}
	other    = bot.Colleague{ID: "vera@unece.example", Name: "Vera Adviser", Language: "en", Roles: []routing.Role{routing.RoleAdviser}, Posts: []string{"ra-transport"}}
	viewer   = bot.Colleague{ID: "viktor@unece.example", Name: "Viktor Viewer", Language: "en", Roles: []routing.Role{routing.RoleViewer}}
	nobody   = bot.Colleague{ID: "nemo@unece.example", Name: "Nemo", Language: "en"}
	everyone = map[string]bot.Colleague{"admin": admin, "triage": triage, "holder": holder, "other": other, "viewer": viewer, "nobody": nobody}
)

func in(lang string, by bot.Colleague) bot.Colleague {
	by.Language = lang
	return by
}

var vocabulary = sync.OnceValue(func() *lexicon.Vocabulary {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	return v
})

// fixture is a Desk on a Service with a fakeStore.
type fixture struct {
	*desk.Desk
	t       *testing.T
	service *registry.Service
	store   *fakeStore
	clicks  int
}

func (h *fixture) Read(*intake.Message) intake.Reading { return intake.Reading{Language: "en"} }

func (h *fixture) ReadRequest(m *intake.Message) intake.Reading { return h.Read(m) }

func (h *fixture) KindOf(m *intake.Message) intake.Kind { return h.Read(m).Kind }

func (h *fixture) Route(routing.Question) intake.Routing { return *proposed() }

// habits and policy are loaded once for all tests, since a Service does not change them.
var (
	habits = sync.OnceValues(func() (*mailtext.Habits, error) { return mailtext.Load(nil) })
	policy = sync.OnceValues(followup.Embedded)
)

func open(t *testing.T, change ...func(*registry.Options)) *fixture {
	t.Helper()
	directory, err := routing.EmbeddedDirectory()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := policy()
	if err != nil {
		t.Fatal(err)
	}
	habits, err := habits()
	if err != nil {
		t.Fatal(err)
	}
	h := &fixture{t: t, store: newFakeStore()}
	options := registry.Options{
		Store: h.store, Reader: h, Router: h, Policy: policy, Directory: directory, Habits: habits,
		Vocabulary: vocabulary(), Phrases: phrases.Default(),
		Office: registry.Office{
			Name: "Technical Cooperation Desk", Prefix: "TC", Domain: "desk.unece.example",
			Desk: intake.Address{Name: "UNECE Technical Cooperation", Address: "tc@desk.unece.example"},
			Zone: geneva, Send: true, Slack: true,
		},
		Sign:  bottest.Sign,
		Token: func() string { return "token" }, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
	}
	for _, c := range change {
		c(&options)
	}
	service, err := registry.New(options)
	if err != nil {
		t.Fatal(err)
	}
	h.service = service
	people := called{}
	for _, c := range everyone {
		people[c.ID] = c.Name
	}
	parked := parkedOf{{Key: "acknowledge:TC-2026-00042", Kind: bot.ActionAcknowledge, Reference: "TC-2026-00042", Due: noon, LastError: "552 mailbox of a.official@water.gov.kg full"}}
	h.Desk = desk.New(desk.Options{Service: service, People: people, Agenda: h.store, Parked: parked, Reporter: h, Log: options.Log})
	return h
}

// Report returns the requested period as the text of the report.
func (h *fixture) Report(_ context.Context, from, until intake.Date, lang string) (string, []desk.File, error) {
	charts := []desk.File{{Name: "months.png", Title: "Requests by month", Alt: "none", Content: []byte("PNG")}}
	return fmt.Sprintf("Report (%s) from %s until %s", lang, from, until), charts, h.store.fault
}

func proposed() *intake.Routing {
	return &intake.Routing{
		Division: "environment", CarriedBy: intake.CarriedByAdviser, Assignee: "ra-environment",
		Support: []string{"environment"}, DivisionsSupport: []string{}, Rule: "advisory", Confidence: 0.92,
		Reasons: []intake.Remark{{ID: "route.theme", Args: map[string]string{"theme": "water", "division": "environment"}}, {Said: map[string]string{
			"en": "advisory services alone are carried out by the Regional Adviser of the area, supported by the division",
			"fr": "les services consultatifs seuls sont assurés par le conseiller régional du domaine, avec l’appui de la division",
			"ru": "только консультативные услуги оказывает региональный советник по этой теме при поддержке отдела",
		}}},
	}
}

// request is the record of a letter from a ministry that was read completely and is with the
// desk.
func request(number int, change ...func(*intake.Record)) intake.Record {
	rec := intake.Record{
		Reference: fmt.Sprintf("TC-2026-%05d", number), Revision: 3, Status: intake.StatusNeedsTriage, Owner: intake.ToDesk,
		Kind: intake.KindRequest, Language: "ru", Routing: proposed(),
		Request: &intake.Request{
			Countries: []string{"KG"}, Scope: intake.ScopeNational, Services: []intake.Service{intake.ServiceAdvisory},
			Themes: []string{"water"}, Urgency: intake.UrgencyUrgent, ReplyBy: intake.Date{Year: 2026, Month: 12, Day: 10},
			ProposedStart: intake.Date{Year: 2027, Month: 3, Day: 1}, ProposedEnd: intake.Date{Year: 2027, Month: 3, Day: 5},
			Institution: "Ministry of Water Resources", OfficialRef: "04-12/388", Official: true,
			Requester: intake.Requester{Name: "Aida Official", Title: "Deputy Minister", Email: "a.official@water.gov.kg"},
			Summary:   "Assistance in preparing the accession of Kyrgyzstan to the Water Convention.",
		},
		Evidence: []intake.Evidence{
			{Field: intake.FieldCountries, Value: "KG", Quote: "Кыргызская Республика", Source: "body"},
			{Field: intake.FieldThemes, Value: "water", Quote: "водных ресурсов", Source: "attachment:1"},
		},
		Origin: intake.Origin{
			MessageID: "letter@water.gov.kg", Subject: "Re: Запрос о содействии", From: intake.Address{Name: "Aida Official", Address: "a.official@water.gov.kg"},
			AnswerTo: intake.Address{Name: "Aida Official", Address: "a.official@water.gov.kg"},
		},
		ReceivedAt: noon.Add(-26 * time.Hour), Correspondents: []string{"a.official@water.gov.kg"}, Rooms: []string{bot.RoomDesk},
		Plan: []intake.PlanStep{
			{At: noon.Add(-26 * time.Hour), Step: intake.StepAcknowledge, To: intake.ToRequester},
			{At: after(4), Step: intake.StepTriage, To: intake.ToDesk},
			{At: after(24), Step: intake.StepAccept, To: "ra-environment"},
			{At: after(13 * 24), Step: intake.StepAnswer, To: "ra-environment"},
			{At: after(106 * 24), Step: intake.StepOutcome, To: "ra-environment"},
		},
	}
	for _, c := range change {
		c(&rec)
	}
	return rec
}

// as sets the status and the owner of a record.
func as(status intake.Status, owner string) func(*intake.Record) {
	return func(rec *intake.Record) { rec.Status, rec.Owner = status, owner }
}

func held(status intake.Status) func(*intake.Record) { return as(status, "ra-environment") }

func confidential(rec *intake.Record) { rec.Confidential = true }

func asked(field intake.Field, reason string, candidates ...string) func(*intake.Record) {
	return func(rec *intake.Record) {
		rec.Doubts = append(rec.Doubts, intake.Doubt{Field: field, Reason: intake.Plain(reason), Candidates: candidates})
	}
}

// keep stores a record and returns its reference.
func (h *fixture) keep(rec intake.Record, history ...intake.HistoryEntry) string {
	h.store.records[rec.Reference] = rec
	first := intake.HistoryEntry{At: rec.ReceivedAt, Actor: intake.ActorBot, What: intake.WhatRecorded, To: intake.StatusNeedsTriage}
	h.store.history[rec.Reference] = append([]intake.HistoryEntry{first}, history...)
	return rec.Reference
}

func (h *fixture) click() string {
	h.clicks++
	return fmt.Sprint("click", h.clicks)
}

func (h *fixture) press(by bot.Colleague, p desk.Press) (desk.Answer, error) {
	return h.Press(ctx, by, h.click(), p)
}

func (h *fixture) mustPress(by bot.Colleague, p desk.Press) desk.Answer {
	h.t.Helper()
	answer, err := h.press(by, p)
	if err != nil {
		h.t.Fatalf("press %s: %v", p.Name, err)
	}
	return answer
}

// send submits the form of an answer.
func (h *fixture) send(by bot.Colleague, a desk.Answer, v desk.Values) desk.Answer {
	h.t.Helper()
	if a.Form == nil {
		h.t.Fatalf("no form was opened: %s", answerPicture(a))
	}
	f := desk.Form{Name: a.Form.Name, Press: a.Form.Press, State: a.Form.State} // what Slack returns of a form
	for _, b := range a.Form.Blocks {
		if input, ok := b.(desk.Input); ok && len(input.Initial) > 0 {
			if _, filled := v[input.ID]; !filled {
				v[input.ID] = input.Initial
			}
		}
	}
	answer, err := h.Submit(ctx, by, h.click(), f, v)
	if err != nil {
		h.t.Fatalf("submit %s: %v", f.Name, err)
	}
	return answer
}

func (h *fixture) record(reference string) intake.Record { return h.store.records[reference] }

func about(name, reference string, value ...string) desk.Press {
	p := desk.Press{Name: name, Reference: reference}
	if len(value) > 0 {
		p.Value = value[0]
	}
	return p
}

// refusedAs returns the phrase key of a refusal, or "" for any other error.
func refusedAs(err error) string {
	if refused, ok := errors.AsType[*bot.Refusal](err); ok {
		return refused.Phrase
	}
	return ""
}
