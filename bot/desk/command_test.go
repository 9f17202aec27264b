package desk_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/golden"
	"verbale/internal/phrases"
)

// busy returns a fixture with a few records.
func busy(t *testing.T) *fixture {
	h := open(t)
	h.keep(request(42))
	h.keep(request(43, held(intake.StatusAssigned)))
	h.keep(request(44, held(intake.StatusAnswered), func(r *intake.Record) { r.Request.Countries = []string{"UZ"} }))
	h.keep(request(45, held(intake.StatusClosed), func(r *intake.Record) { r.Outcome, r.Plan = intake.OutcomeDelivered, nil }))
	h.keep(request(46, held(intake.StatusWaiting), confidential))
	old := request(7, held(intake.StatusAccepted))
	old.Reference, old.ReceivedAt = "TC-2025-00007", noon.AddDate(-1, 0, 0)
	h.keep(old)
	return h
}

// TestCommands draws the answers to commands, one file for each topic.
func TestCommands(t *testing.T) {
	type typed struct {
		by   bot.Colleague
		text string
	}
	for name, lines := range map[string][]typed{
		"help": {
			{triage, ""}, {in("fr", viewer), "aide"}, {in("ru", triage), "помощь"}, {triage, "help assign"}, {triage, "help me"},
			{in("fr", triage), "aide attribuer"}, {triage, "show"}, {holder, "accept"},
		},
		"unknown": {{triage, "asign 42 to energy"}, {triage, "hepl"}, {triage, "kyrgyzstan"}, {in("fr", triage), "bonjour"}, {nobody, "list"}},
		"lists": {
			{triage, "list"}, {triage, "LIST waiting"}, {holder, "mine"}, {viewer, "mine"}, {triage, "mine"}, {triage, "list all UZ"}, {viewer, "list waiting"},
			{triage, "find kyrgyzstan accession"}, {in("ru", triage), "найти Узбекистан"}, {triage, "find nothing like it"},
		},
		"show": {{triage, "show 42"}, {triage, "43"}, {triage, "tc-2025-7"}, {triage, "show 7"}, {triage, "show 999"}, {viewer, "show 46"}, {holder, "show 46"}},
		"give": {
			{triage, "assign 42 to ra-transport because it is about roads"}, {triage, "assign 42 Environment Division"}, {triage, "assign #42"},
			{triage, "assign 42 to regional"}, {triage, "assign 42 to the moon"}, {other, "assign 42 to ra-transport"}, {triage, "assign 43 to energy"},
			{triage, "assign 45 to energy"}, {in("ru", triage), "поручить 42 Отдел устойчивой энергетики"},
			{holder, "hand-over 43 to energy, please"}, {holder, "handover 43"},
		},
		"steps": {
			{holder, "accept 43"}, {holder, "Take TC-43"}, {other, "accept 43"}, {holder, "decline 43: not in our field"}, {holder, "decline 43"},
			{triage, "close 44 delivered workshop held"}, {triage, "close 44"}, {triage, "close 44 delivered"}, {triage, "close 45 delivered x"}, {triage, "reopen 45 wrote again"},
			{triage, "merge 43 into 42"}, {triage, "merge 42 42"}, {triage, "merge 42"}, {triage, "confidential 42"}, {triage, "confidential 46 off"},
		},
		"words": {{holder, "ask 43"}, {triage, "reply 45"}, {triage, "note 42 they  called\ntwice"}, {viewer, "note 42 hello"}, {triage, "new Ministry asks for help"}},
		"followup": {
			{holder, "remind 43 3 May at 10:00: call the ministry"}, {in("ru", other), "напомнить 43 через 2 недели"}, {holder, "remind 43 about the seal"},
			{holder, "remind 43 tomorrow at 26:00"}, {holder, "remind"}, {viewer, "remind 43 tomorrow"}, {in("fr", holder), "reporter 43 jusqu'au 10 décembre"},
			{holder, "snooze 43"}, {other, "snooze 43 tomorrow"}, {holder, "snooze 43 until 1 November 2026"}, {triage, "results 44"}, {triage, "results 42"},
			{triage, "remind 45 tomorrow"}, {triage, "snooze 45 tomorrow"},
			{triage, "report"}, {in("fr", viewer), "rapport premier semestre 2026"}, {triage, "report 2026-01-01..2026-03-31"}, {triage, "report December"}, {triage, "report soon"},
			{triage, "overdue"}, {nobody, "report"},
		},
		"away": {
			{holder, "away until 2026-12-10"}, {holder, "away from 2026-12-01 to 2026-12-10 ra-energy"}, {triage, "away ra-transport 2026-12-01..2026-12-10 ra-trade"},
			{holder, "away back"}, {viewer, "away until 2026-12-10"}, {holder, "away until 2026-11-01"}, {other, "away ra-energy until 2026-12-10"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var shown strings.Builder
			for _, line := range lines {
				h := busy(t)
				answer, err := h.Command(ctx, line.by, "click", line.text)
				fmt.Fprintf(&shown, "######## %s (%s): %s\n%s", line.by.Name, line.by.Language, line.text, answerPicture(answer))
				if err != nil {
					fmt.Fprintf(&shown, "! %s\n", h.Explain(err, line.by.Language))
				}
			}
			golden.Compare(t, "testdata/command-"+name+".txt", shown.String())
		})
	}
}

// The answer repeats the reference, so that a mistyped number is noticed.
func TestAnAnswerRepeatsTheNumberThatIsNotThere(t *testing.T) {
	for _, text := range []string{"show 99", "accept 99", "note 99 they called"} {
		h := busy(t)
		_, err := h.Command(ctx, triage, "click", text)
		if said := h.Explain(err, "en"); !strings.Contains(said, "TC-2026-00099") {
			t.Errorf("%s is answered with %q", text, said)
		}
	}
}

// examples returns the examples of the data file by command and language.
func examples(t *testing.T) map[string]map[string][]string {
	t.Helper()
	raw, err := os.ReadFile("data/words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Commands []struct {
			ID       string
			Names    map[string][]string
			Examples map[string][]string
		}
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string][]string{}
	for _, c := range file.Commands {
		all[c.ID] = c.Examples
		for _, lang := range phrases.Languages {
			if len(c.Names[lang]) == 0 || len(c.Examples[lang]) == 0 {
				t.Errorf("command %s has no name or no example in %s", c.ID, lang)
			}
		}
	}
	return all
}

// TestEveryExampleIsUnderstood: each example is understood as its own command, or opens a form.
func TestEveryExampleIsUnderstood(t *testing.T) {
	for id, languages := range examples(t) {
		for lang, lines := range languages {
			for _, text := range lines {
				h := busy(t)
				answer, err := h.Command(ctx, in(lang, admin), "click", text)
				if err != nil && !elsewhere(err) {
					t.Errorf("%s %q: %v", id, text, err)
				}
				if err == nil && answer.Say == nil && answer.Form == nil {
					t.Errorf("%s %q has no answer", id, text)
				}
				title := phrases.Default().Text(lang, "command.title", nil)
				if page := answerPicture(answer); strings.Contains(page, title) || strings.Contains(page, "“"+text) {
					t.Errorf("%s %q is answered by %s", id, text, page)
				}
			}
		}
	}
}

// elsewhere reports whether an order was understood but refused because of the state of the
// record.
func elsewhere(err error) bool {
	return slices.Contains([]string{"refused.status", "refused.already", "refused.lacks"}, refusedAs(err))
}

func TestNoNameStandsForTwoCommands(t *testing.T) {
	raw, err := os.ReadFile("data/words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Commands []struct {
			ID    string
			Names map[string][]string
		}
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	taken := map[string]string{}
	for _, c := range file.Commands {
		for _, names := range c.Names {
			for _, name := range names {
				if owner, ok := taken[name]; ok && owner != c.ID {
					t.Errorf("%q stands for %s and %s", name, owner, c.ID)
				}
				taken[name] = c.ID
			}
		}
	}
}

// TestFindUnderstands parses typical search queries.
func TestFindUnderstands(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, geneva) }
	for text, want := range map[string]bot.Query{
		"kyrgyzstan water open since 2026-10-01 from ministry": {Country: "KG", Words: []string{"water"}, Open: true, Since: day(2026, 10, 1), Person: "ministry"},
		`KG from "Ministry of Water" until 1.10.2026`:          {Country: "KG", Person: "Ministry of Water", Until: day(2026, 10, 2)},
		"кыргызстан вода":                                      {Country: "KG", Words: []string{"вода"}},
		"Kirghizistan eau ouvertes":                            {Country: "KG", Words: []string{"eau"}, Open: true},
		"Bosnia and Herzegovina waiting":                       {Country: "BA", Status: intake.StatusWaiting},
		"в работе у ra-environment":                            {Open: true, Owner: "ra-environment"},
		"environment":                                          {Division: "environment"},
		"with environment":                                     {Owner: "environment"},
		"with Regional Adviser, Statistics":                    {Owner: "ra-statistics"},
		"2026-10":                                              {Since: day(2026, 10, 1), Until: day(2026, 11, 1)},
		"2026-10-01..2026-11":                                  {Since: day(2026, 10, 1), Until: day(2026, 12, 1)},
		"from 2026-10-01 to 2026-10-05":                        {Since: day(2026, 10, 1), Until: day(2026, 10, 6)},
		"today":                                                {Since: day(2026, 11, 25), Until: day(2026, 11, 26)},
		"hier":                                                 {Since: day(2026, 11, 24), Until: day(2026, 11, 25)},
		"this week closed":                                     {Since: day(2026, 11, 23), Until: day(2026, 11, 30), Status: intake.StatusClosed},
		"2025":                                                 {Since: day(2025, 1, 1), Until: day(2026, 1, 1)},
		"the water of the lake":                                {Words: []string{"water", "lake"}},
		`"open" questions`:                                     {Words: []string{"open", "questions"}},
		"388/04":                                               {Words: []string{"388/04"}},
		"from":                                                 {Words: []string{"from"}},
		"gestion de l’eau par pays":                            {Words: []string{"gestion", "eau", "pays"}},
		`de "Ministère de l'eau" en cours`:                     {Person: "Ministère de l'eau", Open: true},
		"семинар с ведомствами по статистике": {Words: []string{"семинар", "ведомствами", "статистике"}},
	} {
		h := open(t)
		if _, err := h.Command(ctx, triage, "click", "find "+text); err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := h.store.asked[0]
		got.Limit = 0
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q is read as\n%+v, want\n%+v", text, got, want)
		}
	}
}

// TestListsTurnTheirPages turns pages forward and back, and shares a page without its
// confidential records.
func TestListsTurnTheirPages(t *testing.T) {
	h := open(t)
	for n := range 20 {
		h.keep(request(n+1, func(r *intake.Record) { r.Confidential = n == 19 }))
	}
	first, err := h.Command(ctx, triage, "click", "find kyrgyzstan")
	if err != nil {
		t.Fatal(err)
	}
	next := button(t, first, "Next")
	second := h.mustPress(triage, next)
	third := h.mustPress(triage, button(t, second, "Next"))
	back := h.mustPress(triage, button(t, third, "Previous"))
	if picture(*back.Say) != picture(*second.Say) || !back.Replace {
		t.Errorf("back at\n%s", answerPicture(back))
	}
	if rows(second) != 8 || rows(third) != 4 {
		t.Errorf("pages hold %d and %d records", rows(second), rows(third))
	}
	shared := h.mustPress(in("ru", triage), button(t, first, "Share with the channel"))
	if !shared.Shared || rows(shared) != 7 || strings.Contains(answerPicture(shared), "TC-2026-00020") {
		t.Errorf("shared is %s", answerPicture(shared))
	}
}

func rows(a desk.Answer) (n int) {
	for _, b := range a.Say.Blocks {
		if _, ok := b.(desk.Row); ok {
			n++
		}
	}
	return n
}

// button returns the press of the button with the given label.
func button(t *testing.T, a desk.Answer, label string) desk.Press {
	t.Helper()
	for _, b := range a.Say.Blocks {
		if all, ok := b.(desk.Buttons); ok {
			for _, one := range all.Buttons {
				if one.Label == label {
					return one.Press
				}
			}
		}
	}
	t.Fatalf("no button %q in %s", label, answerPicture(a))
	return desk.Press{}
}

// TestWhatButtonsCarryIsReadAgain: the button of a suggested correction runs the corrected
// command.
func TestWhatButtonsCarryIsReadAgain(t *testing.T) {
	h := busy(t)
	answer, err := h.Command(ctx, triage, "click", "asign 42 to energy")
	if err != nil {
		t.Fatal(err)
	}
	done := h.mustPress(triage, button(t, answer, "assign 42 to energy"))
	if h.record("TC-2026-00042").Owner != "energy" || !done.Replace {
		t.Errorf("answer is %s", answerPicture(done))
	}
}

func FuzzCommand(f *testing.F) {
	for _, text := range []string{"find “", `find "`, "assign 42 to «", "away 2026-13-45..", "TC-99999999999", "close 42 delivered", "\u00a0\u2028", "show 00000",
		"remind 43 in", "remind 43 «3 May» at", "snooze 43 3 мая 99999999999 дней", "report Q3", "overdue “"} {
		f.Add(text)
	}
	h := &fixture{store: newFakeStore()}
	f.Fuzz(func(t *testing.T, text string) {
		if h.Desk == nil {
			h = busy(t)
		}
		h.t = t
		if answer, err := h.Command(ctx, triage, fmt.Sprint("click ", text), text); err == nil && answer.Say == nil && answer.Form == nil {
			t.Errorf("%q has no answer", text)
		}
	})
}
