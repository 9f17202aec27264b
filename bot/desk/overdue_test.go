package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
	"verbale/internal/golden"
)

// behind returns a fixture with overdue records and others.
func behind(t *testing.T) *fixture {
	h := open(t)
	own := func(rec *intake.Record) {
		rec.FollowUp.Own = []intake.Reminder{
			{Key: "own.1", Step: intake.StepOwn, At: after(90), Text: "ask about the seal", By: other.ID, To: "ra-transport"},
			{Key: "own.2", Step: intake.StepOwn, At: after(40), By: holder.ID, To: "ra-environment"},
		}
	}
	h.keep(request(50, late(1)))
	h.keep(request(51, held(intake.StatusAssigned), late(9), own))
	h.keep(request(52, as(intake.StatusAccepted, "ra-transport"), late(20), func(r *intake.Record) { r.Request.Countries = []string{"UZ"} }))
	h.keep(request(53, held(intake.StatusAccepted)))
	h.keep(request(54, held(intake.StatusAssigned), confidential, late(5)))
	h.keep(request(55, held(intake.StatusWaiting), func(r *intake.Record) { r.Plan = nil }))
	h.keep(request(56, held(intake.StatusClosed), func(r *intake.Record) {
		r.Outcome, r.Plan = intake.OutcomeDelivered, []intake.PlanStep{{At: after(-24), Step: intake.StepResults, To: "ra-environment"}}
	}))
	return h
}

// TestOverdue checks which records each colleague is shown, longest overdue first.
func TestOverdue(t *testing.T) {
	for _, test := range []struct {
		by   bot.Colleague
		text string
		want []int
	}{
		{triage, "overdue", []int{51, 52, 54, 56, 50}},
		{triage, "list overdue", []int{51, 52, 54, 56, 50}},
		{in("fr", triage), "en retard", []int{51, 52, 54, 56, 50}},
		{in("ru", admin), "список просроченные", []int{51, 52, 54, 56, 50}},
		{triage, "overdue UZ", []int{52}},
		{triage, "overdue with ra-environment", []int{51, 54, 56}},
		{triage, "overdue closed", []int{56}},
		{triage, "overdue waiting", nil},
		{holder, "overdue", []int{51, 54, 56}},
		{other, "overdue", []int{52}},
		{other, "overdue with ra-environment", []int{51, 56}},
		{viewer, "overdue", []int{51, 52, 56, 50}},
	} {
		h := behind(t)
		answer, err := h.Command(ctx, test.by, "click", test.text)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, b := range answer.Say.Blocks {
			if row, ok := b.(desk.Row); ok {
				var n int
				if _, err := fmt.Sscanf(row.Button.Press.Reference, "TC-2026-%d", &n); err != nil {
					t.Fatal(err)
				}
				got = append(got, n)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s, %s: %v, want %v\n%s", test.by.Name, test.text, got, test.want, answerPicture(answer))
		}
	}
}

func TestOverdueIsPictured(t *testing.T) {
	var out strings.Builder
	for _, by := range []bot.Colleague{triage, in("fr", holder), in("ru", other)} {
		h := behind(t)
		answer, err := h.Command(ctx, by, "click", "overdue")
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(answerPicture(answer))
	}
	golden.Compare(t, "testdata/overdue.txt", out.String())
}

// TestOverdueTurnsItsPages turns pages, and shares one without its confidential records.
func TestOverdueTurnsItsPages(t *testing.T) {
	h := open(t)
	for n := range 20 {
		h.keep(request(n+1, late(n+5), func(r *intake.Record) { r.Confidential = n == 19 }))
	}
	first, err := h.Command(ctx, triage, "click", "overdue")
	if err != nil {
		t.Fatal(err)
	}
	second := h.mustPress(triage, button(t, first, "Next"))
	third := h.mustPress(triage, button(t, second, "Next"))
	back := h.mustPress(triage, button(t, third, "Previous"))
	if picture(*back.Say) != picture(*second.Say) || rows(first) != 8 || rows(second) != 8 || rows(third) != 4 {
		t.Errorf("pages hold %d, %d and %d records, and back at\n%s", rows(first), rows(second), rows(third), answerPicture(back))
	}
	shared := h.mustPress(triage, button(t, first, "Share with the channel"))
	if !shared.Shared || rows(shared) != 7 {
		t.Errorf("shared is %s", answerPicture(shared))
	}
	if _, err := h.press(triage, desk.Press{Name: desk.PressList, Value: `{"d":true,"p":["x"]}`}); err == nil {
		t.Error("a page that is none was shown")
	}
}

func TestOverdueNeedsTheStore(t *testing.T) {
	h := behind(t)
	h.store.fault = bot.Temporary(fmt.Errorf("no store"))
	for _, text := range []string{"overdue", "report"} {
		if _, err := h.Command(ctx, triage, "click", text); err == nil {
			t.Errorf("%s is answered without a store", text)
		}
	}
}

// A step due on Friday at 15:00 is overdue by two working days on Wednesday at noon, on every
// page drawn for one reader. Messages posted in a channel are not updated, so that they must not
// say for how long.
func TestOverdueIsSaidAlikeEverywhere(t *testing.T) {
	const counted, posted = "Overdue by 2 working days: acceptance, due 20 November 2026, 15:00", "Overdue: acceptance, due 20 November 2026, 15:00"
	h := open(t)
	ref := h.keep(request(42, held(intake.StatusAssigned), func(rec *intake.Record) {
		rec.Plan = []intake.PlanStep{{At: time.Date(2026, time.November, 20, 15, 0, 0, 0, geneva), Step: intake.StepAccept, To: rec.Owner}}
	}))
	seen := map[string]string{}
	for _, typed := range []string{"list", "overdue", "mine", "find Kyrgyzstan", "show 42"} {
		a, err := h.Command(ctx, holder, h.click(), typed)
		if err != nil {
			t.Fatal(err)
		}
		seen[typed] = answerPicture(a)
		if typed == "list" {
			seen["shared list"] = answerPicture(h.mustPress(holder, button(t, a, "Share with the channel")))
		}
	}
	for name, draw := range map[string]func() (desk.Page, error){
		"home":    func() (desk.Page, error) { return h.Home(ctx, triage) },
		"card":    func() (desk.Page, error) { return h.Card(ctx, ref, bot.RoomDesk) },
		"summary": func() (desk.Page, error) { return h.Summary(ctx, bot.Action{Records: []string{ref}}) },
	} {
		page, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		seen[name] = picture(page)
	}
	for where, shown := range seen {
		want := counted
		if slices.Contains([]string{"card", "summary", "shared list"}, where) {
			want = posted
		}
		if !strings.Contains(shown, want) || !strings.Contains(shown, "OVERDUE") && where != "home" {
			t.Errorf("%s does not say %q:\n%s", where, want, shown)
		}
	}
}

// A step is overdue from its due time on.
func TestWhatFallsDueIsOverdue(t *testing.T) {
	for ago, overdue := range map[time.Duration]bool{-time.Second: false, time.Second: true, time.Hour: true} {
		h := open(t)
		ref := h.keep(request(42, held(intake.StatusAssigned), func(rec *intake.Record) {
			rec.Plan = []intake.PlanStep{{At: noon.Add(-ago), Step: intake.StepAccept, To: rec.Owner}}
		}))
		page, err := h.Card(ctx, ref, bot.RoomDesk)
		if shown := picture(page); err != nil || strings.Contains(shown, "OVERDUE") != overdue {
			t.Errorf("%s after it fell due: %v\n%s", ago, err, shown)
		}
	}
}
