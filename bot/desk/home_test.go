package desk_test

import (
	"errors"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/golden"
)

// TestHomeByRole draws the home page of each role.
func TestHomeByRole(t *testing.T) {
	for name, by := range map[string]bot.Colleague{
		"admin": admin, "triage": triage, "adviser": holder, "viewer": viewer, "nobody": in("ru", nobody),
		"triage-fr": in("fr", triage), "adviser-ru": in("ru", holder),
	} {
		t.Run(name, func(t *testing.T) {
			h := busy(t)
			h.keep(request(47, as(intake.StatusNeedsReading, intake.ToDesk), func(r *intake.Record) { r.Request, r.Plan = nil, nil }))
			h.keep(request(48, held(intake.StatusAccepted), asked(intake.FieldInstitution, "two institutions speak", "Ministry", "Agency")))
			h.store.aside = []intake.SetAside{
				{Identity: "a@mail.example", Kind: intake.KindSpam, KindReason: intake.Remark{ID: "kind.sort", Args: map[string]string{"sort": "offer"}}, Origin: intake.Origin{From: intake.Address{Address: "sales@mail.example"}, Subject: "Best offers"}, ReceivedAt: noon},
				{Identity: "b@mail.example", Kind: intake.KindFollowUp, KindReason: intake.Remark{ID: "kind.of_stranger", Args: map[string]string{"reference": "TC-2026-00043"}}, Reference: "TC-2026-00043", Doubts: []intake.Doubt{{Field: intake.FieldReference}},
					Origin: intake.Origin{From: intake.Address{Name: "New, Person", Address: "new@mail.example"}, Subject: "Any news?"}, ReceivedAt: noon},
			}
			h.store.leaves["ra-energy"] = bot.Leave{Post: "ra-energy", Absence: away("2026-11-20", "2026-12-01")}
			h.store.leaves["ra-trade"] = bot.Leave{Post: "ra-trade", Absence: away("2026-11-02", "2026-11-24")} // in the past
			page, err := h.Home(ctx, by)
			if err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, "testdata/home-"+name+".txt", picture(page))
		})
	}
}

// TestHomeShowsWhatIsDue: the desk is shown everything that is due, others only their own, and
// each the reminders that they asked for.
func TestHomeShowsWhatIsDue(t *testing.T) {
	for name, by := range map[string]bot.Colleague{"triage": triage, "adviser": holder, "other-fr": in("fr", other)} {
		h := behind(t)
		page, err := h.Home(ctx, by)
		if err != nil {
			t.Fatal(err)
		}
		golden.Compare(t, "testdata/home-due-"+name+".txt", picture(page))
	}
}

// An adviser with 24 records is shown each of them at most once. The page used to say "Due
// within a week: 24" above ten records, and did not mention the others.
func TestAHomePageAccountsForEachRecordOnce(t *testing.T) {
	h := open(t)
	for n := range 24 {
		h.keep(request(100+n, held(intake.StatusAssigned)))
	}
	page, err := h.Home(ctx, holder)
	if err != nil {
		t.Fatal(err)
	}
	shown := picture(page)
	golden.Compare(t, "testdata/home-many.txt", shown)
	for n := range 24 {
		if ref := intake.FormatReference("TC", 2026, 100+n); strings.Count(shown, ref) > 1 {
			t.Errorf("%s stands there %d times", ref, strings.Count(shown, ref))
		}
	}
}

func TestHomeOfNobodyAsksTheStoreForNothing(t *testing.T) {
	h := busy(t)
	h.store.fault = errors.New("no store")
	if _, err := h.Home(ctx, nobody); err != nil || len(h.store.asked) > 0 {
		t.Errorf("%v, %d queries", err, len(h.store.asked))
	}
	for _, by := range []bot.Colleague{admin, triage, holder, viewer} {
		if _, err := h.Home(ctx, by); err == nil {
			t.Errorf("%s is shown a home page without a store", by.ID)
		}
	}
}

// The number of records that a home page reads does not depend on the number stored.
func TestHomeReadsWhatItShows(t *testing.T) {
	read := func(kept int) (loaded, asked int) {
		h := open(t)
		for n := range kept {
			h.keep(request(100+n, held(intake.StatusAssigned), late(3)))
		}
		h.store.loaded = 0
		page, err := h.Home(ctx, holder)
		if err != nil || len(page.Blocks) < 10 {
			t.Fatalf("%d blocks, %v", len(page.Blocks), err)
		}
		for _, q := range h.store.asked {
			asked += q.Limit
		}
		return h.store.loaded, asked
	}
	loaded, asked := read(30)
	if moreLoaded, moreAsked := read(300); moreLoaded != loaded || moreAsked != asked || loaded+asked > 100 {
		t.Errorf("of 30 records %d were loaded and %d asked for, of 300 %d and %d", loaded, asked, moreLoaded, moreAsked)
	}
}
