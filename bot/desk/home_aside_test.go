package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/golden"
)

// strangers returns mails set aside that refer to a record, latest first, as a store lists them.
func strangers(reference string, many int) (aside []intake.SetAside) {
	for n := many; n > 0; n-- {
		aside = append(aside, intake.SetAside{
			Identity: fmt.Sprintf("s%d@mail.example", n), Kind: intake.KindFollowUp, Reference: reference,
			KindReason: intake.Remark{ID: "kind.of_stranger", Args: map[string]string{"reference": reference}},
			Doubts:     []intake.Doubt{{Field: intake.FieldReference, Candidates: []string{reference}}},
			Origin:     intake.Origin{MessageID: fmt.Sprintf("s%d@mail.example", n), From: intake.Address{Address: "someone@mail.example"}, Subject: fmt.Sprint("Secret plan ", n)}, ReceivedAt: after(n),
		})
	}
	return aside
}

// Mails to be confirmed are listed first. They used to be lost among undelivered mail.
func TestAMailToBeConfirmedStandsFirstAtHome(t *testing.T) {
	h := busy(t)
	for n := range 30 {
		h.store.aside = append(h.store.aside, intake.SetAside{
			Identity: fmt.Sprint(n), Kind: intake.KindBounce, Origin: intake.Origin{Subject: "Undeliverable"}, ReceivedAt: after(9),
		})
	}
	h.store.aside = append(h.store.aside, strangers("TC-2026-00043", 7)...)
	page, err := h.Home(ctx, triage)
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/home-confirm.txt", picture(page))
	page, err = h.Home(ctx, holder)
	if err != nil || strings.Contains(picture(page), "Secret plan") {
		t.Errorf("an adviser is shown %s, %v", picture(page), err)
	}
}

// Mail by a person that asks for nothing, such as "Hello, just testing your address", is shown
// and can be recorded as a request, even if many automatic mails arrived after it.
func TestWhatAPersonWroteIsSeenAmongMailOfMachines(t *testing.T) {
	h := busy(t)
	for n := range 30 {
		kind := []intake.Kind{intake.KindBounce, intake.KindAutoReply, intake.KindSpam}[n%3]
		h.store.aside = append(h.store.aside, intake.SetAside{Identity: fmt.Sprint(n), Kind: kind, Origin: intake.Origin{Subject: "Noise"}, ReceivedAt: after(9)})
	}
	h.store.aside = append(h.store.aside, intake.SetAside{
		Identity: "hello@mail.example", Kind: intake.KindOther, Origin: intake.Origin{Subject: "Hello, just testing your address"}, ReceivedAt: after(1),
	})
	page, err := h.Home(ctx, triage)
	if err != nil {
		t.Fatal(err)
	}
	shown := picture(page)
	for _, want := range []string{"Hello, just testing your address\n  other mail · 25 November 2026, 13:00\n  [Full text] [Record as a request ?]", "23 more, not shown here."} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
}

// When many mails are to be confirmed, the channel has one message that lists them instead of
// one for each. It must not quote mail that may be confidential.
func TestASummaryOfMailsToBeConfirmed(t *testing.T) {
	h := busy(t)
	meant := strangers("TC-2026-00043", 7)
	var marks []string
	for _, m := range meant {
		marks = append(marks, bot.MarkOfAside(bot.NameOfAside(m.Origin)))
	}
	h.store.aside = append(meant, strangers("TC-2026-00042", 1)...)
	h.store.aside[7].Origin.MessageID = "asked about by itself"
	asks := bot.Action{
		Kind: bot.ActionSummary, Records: []string{"TC-2026-00043"},
		Post: &bot.Post{Identity: bot.AsidesToConfirm, Detail: strings.Join(marks, " "), Language: "en"},
	}
	page, err := h.Summary(ctx, asks)
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/summary-confirm.txt", picture(page))
	h.store.aside = nil
	page, err = h.Summary(ctx, asks)
	if err != nil || !strings.Contains(picture(page), "all are dealt with") {
		t.Errorf("once all are: %s, %v", picture(page), err)
	}
}
