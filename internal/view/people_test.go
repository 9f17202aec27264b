package view_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/golden"
	"verbale/internal/phrases"
	"verbale/internal/view"
	"verbale/routing"
)

var noon = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.FixedZone("CET", 3600))

func printed(print func(*view.Printer)) string {
	var out bytes.Buffer
	print(view.NewPrinter(&out, false))
	return out.String()
}

// inWords returns the printed text with the names of the embedded data.
func inWords(t *testing.T, print func(*view.Printer)) string {
	t.Helper()
	vocabulary, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	directory, err := routing.EmbeddedDirectory()
	if err != nil {
		t.Fatal(err)
	}
	names := &letters.Writer{Phrases: phrases.Default(), Directory: directory, Vocabulary: vocabulary}
	return printed(func(p *view.Printer) { print(p.Naming(names)) })
}

func reading() intake.Reading {
	return intake.Reading{
		Kind: intake.KindRequest, KindReason: intake.Remark{ID: "kind.asks"}, Language: "fr",
		Request: &intake.Request{
			Countries: []string{"KG", "TJ"}, Scope: intake.ScopeMultiCountry, Themes: []string{"water"},
			Services: []intake.Service{intake.ServiceAdvisory}, Urgency: intake.UrgencyNormal,
			Institution: "Ministère de l'eau", Requester: intake.Requester{Name: "Anne Exemple", Title: "Directrice"},
			Summary: "Le Ministère prie le secrétariat de bien vouloir envoyer un conseiller régional afin d'examiner le projet de loi sur l'eau.",
		},
		Evidence: []intake.Evidence{
			{Field: intake.FieldCountries, Quote: "Kirghizistan", Source: "body"},
			{Field: intake.FieldCountries, Quote: "KIRGHIZISTAN", Source: "subject"},
			{Field: intake.FieldCountries, Quote: "Tadjikistan", Source: "attachment:1"},
			{Field: intake.FieldThemes, Quote: "une loi qui traite de la gestion de l'eau dans tous les bassins du pays", Source: "body"},
			{Field: intake.FieldThemes, Quote: "Convention sur l'eau", Source: "subject"},
			{Field: intake.FieldInstitution, Quote: "Ministère de l'eau", Source: "body"},
		},
		Doubts: []intake.Doubt{{Field: intake.FieldServices, Reason: intake.Remark{ID: "doubt.service"}, Candidates: []string{"advisory", "project"}}},
	}
}

func routed() *intake.Routing {
	return &intake.Routing{
		Division: "environment", CarriedBy: intake.CarriedByAdviser, Assignee: "ra-environment", Rule: "advisory", Confidence: 0.99,
		DivisionsSupport: []string{"environment"}, Support: []string{"environment", "technical-cooperation"},
		Reasons: []intake.Remark{
			{ID: "route.theme", Args: map[string]string{"theme": "water", "division": "environment"}},
			{Said: map[string]string{"en": "advisory services alone are carried out by the Regional Adviser of the area, supported by the division", "fr": "le conseiller régional s’en charge"}},
		},
		RunnerUp: intake.RunnerUp{Division: "energy", WhyNot: intake.Plain("it has 5 % of the subject")}, Triage: true,
	}
}

var planned = []intake.PlanStep{
	{At: noon, Step: intake.StepAcknowledge, To: intake.ToRequester},
	{At: noon.AddDate(0, 0, 1), Step: intake.StepTriage, To: intake.ToDesk},
}

func TestPageOfAMail(t *testing.T) {
	r := reading()
	m := &intake.Message{
		Subject: "Demande\x1b[31m d'appui", From: intake.Address{Name: "Anne Exemple", Address: "anne@eau.example"}, Date: noon,
		Attachments: []intake.Attachment{
			{Filename: "lettre.pdf", Size: 1200, Method: intake.MethodText, Text: intake.Text{Content: "Tadjikistan"}},
			{Filename: "plan.dwg", Size: 10, Method: intake.MethodNone, Problem: "a format that is not read"},
		},
		Problems: []string{"the charset is not declared"},
	}
	page := printed(view.Explanation{File: "lettre.eml", Message: m, Reading: r, Routing: routed(), Plan: planned}.Print)
	golden.Compare(t, "testdata/mail.txt", page)
}

func TestPageOfARecord(t *testing.T) {
	r := reading()
	page := view.Page{
		Record: &intake.Record{
			Reference: "TC-2026-00042", Status: intake.StatusNeedsTriage, Owner: intake.ToDesk, Kind: r.Kind, KindReason: r.KindReason,
			Language: r.Language, Request: r.Request, Evidence: r.Evidence, Doubts: r.Doubts, Routing: routed(), Plan: planned,
			Backfilled: true, ReceivedAt: noon, Similar: []intake.Likeness{{Reference: "TC-2026-00040", Reason: intake.Remark{ID: "alike.subject"}}},
			Origin: intake.Origin{Subject: "Demande", From: intake.Address{Address: "anne@eau.example"}, MessageID: "a@eau.example",
				Place: intake.Place{Mailbox: "tc@imap.example:993", Folder: "INBOX", UIDValidity: 7, UID: 12}},
		},
		History: []intake.HistoryEntry{{At: noon, Actor: intake.ActorBot, What: intake.WhatRecorded, To: intake.StatusNeedsTriage, Reason: "advisory"}},
		Actions: []bot.Action{{Key: "acknowledge:TC-2026-00042", State: bot.ActionParked, LastError: "550 no such user"}},
		Letter:  &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: "Madame, Monsieur,\n\nLe Ministère prie…\n"}}}},
	}
	golden.Compare(t, "testdata/record.txt", printed(page.Print))
	golden.Compare(t, "testdata/record-in-words.txt", inWords(t, page.Print))
	golden.Compare(t, "testdata/list-in-words.txt", inWords(t, func(p *view.Printer) { view.PrintListLine(p, page.Record) }))
}

func TestAPageSaysThatTheDeskDecidesUntilItHas(t *testing.T) {
	for status, says := range map[intake.Status]bool{intake.StatusNeedsTriage: true, intake.StatusAssigned: false} {
		rec := &intake.Record{Reference: "TC-2026-00042", Status: status, Routing: routed()}
		rec.Routing.Reasons = append(rec.Routing.Reasons, intake.Remark{ID: "triage.unsure", Args: map[string]string{"percent": "64"}})
		text := printed(view.Page{Record: rec}.Print)
		if strings.Contains(text, "the desk decides") != says {
			t.Errorf("while %s, the page says:\n%s", status, text)
		}
	}
}

// The store returns times in UTC, and plans as the policy made them. All times printed must be in
// the time zone of the office.
func TestAllTimesOfAPageAreTheOffices(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	late := time.Date(2026, time.November, 25, 23, 30, 0, 0, time.UTC)
	page := view.Page{
		Record:  &intake.Record{Reference: "TC-2026-00042", ReceivedAt: late, Plan: []intake.PlanStep{{At: late, Step: intake.StepTriage, To: intake.ToDesk}}},
		History: []intake.HistoryEntry{{At: late, Actor: intake.ActorBot, What: intake.WhatRecorded}},
	}
	aside := intake.SetAside{ReceivedAt: late}
	for name, c := range map[string]struct {
		print func(*view.Printer)
		says  string
		times int
	}{
		"a record":    {page.Print, "Thu 26 Nov 2026 00:30 CET", 3},
		"a list":      {func(p *view.Printer) { view.PrintListLine(p, page.Record) }, "2026-11-26", 1},
		"a set aside": {func(p *view.Printer) { view.PrintSetAside(p, aside) }, "2026-11-26", 1},
	} {
		if text := printed(func(p *view.Printer) { c.print(p.In(zurich)) }); strings.Count(text, c.says) != c.times {
			t.Errorf("%s does not say %q %d times:\n%s", name, c.says, c.times, text)
		}
	}
}

func TestLinesAreBrokenBetweenWords(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"short":           {"a b", []string{"a b"}},
		"empty":           {"", []string{""}},
		"long":            {strings.Repeat("four ", 20) + "end", []string{strings.TrimSpace(strings.Repeat("four ", 19)), "four end"}},
		"one endless":     {strings.Repeat("x", 300), []string{strings.Repeat("x", 300)}},
		"endless in text": {"see " + strings.Repeat("x", 300) + " there", []string{"see", strings.Repeat("x", 300), "there"}},
		"indented":        {"    - item", []string{"    - item"}},
		"two lines":       {"a\n\nb\n", []string{"a", "", "b"}},
		"controls":        {"a\x1b[2Jb\u202ec", []string{"a [2Jbc"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out := printed(func(p *view.Printer) { p.Quoted(tt.text) })
			var got []string
			for line := range strings.Lines(out) {
				got = append(got, strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "  |"), " "))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestFirstErrorOfWritingIsKept(t *testing.T) {
	p := view.NewPrinter(brokenPipe{}, true)
	p.Heading("one")
	p.Field("two", "three")
	if !errors.Is(p.Err(), errBroken) {
		t.Errorf("%v", p.Err())
	}
}

var errBroken = errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

func TestImportedMailHasNoUID(t *testing.T) {
	record := &intake.Record{Origin: intake.Origin{Place: intake.Place{Mailbox: "import", Folder: "old/a.eml"}}}
	out := printed(view.Page{Record: record}.Print)
	if !strings.Contains(out, " import, folder old/a.eml\n") {
		t.Errorf("%s", out)
	}
}
