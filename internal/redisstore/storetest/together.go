package storetest

import (
	"errors"
	"reflect"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

var togetherTests = map[string]func(*testing.T, Store){
	"several changes are what they are one by one":         togetherAsAlone,
	"the first that is refused ends it":                    togetherEndsAtRefusal,
	"those that were seen stop none that were":             togetherSeen,
	"what follows one that would have written is stale":    togetherForetold,
	"one that was seen and would write nothing stops none": togetherAsideSeen,
	"of one mail twice the second was seen":                togetherTwice,
	"nothing at all is no error":                           togetherNothing,
}

// asideChange sets the n-th mail aside.
func asideChange(n int) bot.Change {
	arrival := NewArrival(n)
	arrival.Outcome = bot.ArrivalSetAside
	return bot.Change{Arrival: arrival, SetAside: &intake.SetAside{
		Identity: MessageID(n), Kind: intake.KindSpam, KindReason: intake.Remark{ID: "kind.sort", Args: map[string]string{"sort": "offer"}}, ReceivedAt: arrival.ReceivedAt,
		Origin: intake.Origin{MessageID: MessageID(n), Place: At(uint32(n))},
	}}
}

func togetherAsAlone(t *testing.T, s Store) {
	joined := NewArrival(3)
	joined.Outcome = bot.ArrivalJoined
	answered := NewRecord(1)
	answered.Revision, answered.Owner = 1, "environment"
	changes := []bot.Change{NewChange(1), NewChange(2), {Arrival: joined, Record: answered}, asideChange(4)}
	done := must[[]bot.Committed](t)(s.CommitAll(t.Context(), changes))
	want := []bot.Committed{
		{Outcome: bot.ArrivalRecorded, Reference: Reference(1), Revision: 1},
		{Outcome: bot.ArrivalRecorded, Reference: Reference(2), Revision: 1},
		{Outcome: bot.ArrivalJoined, Reference: Reference(1), Revision: 2},
		{Outcome: bot.ArrivalSetAside},
	}
	if !reflect.DeepEqual(done, want) {
		t.Errorf("done\n got %+v\nwant %+v", done, want)
	}
	expectOpen(t, s, map[string]int{"statistics": 1, "environment": 1})
	if next := must[string](t)(s.NextReference(t.Context(), 2026)); next != Reference(3) {
		t.Errorf("next is %s", next)
	}
	for n := 1; n <= 2; n++ {
		if got := must[[]bot.Action](t)(s.Actions(t.Context(), Reference(n))); !reflect.DeepEqual(got, []bot.Action{NewAction(n)}) {
			t.Errorf("actions of %d: %+v", n, got)
		}
		if got := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(n))); len(got) != 1 {
			t.Errorf("history of %d: %+v", n, got)
		}
	}
	if got := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder)); len(got) != 4 || got[3].Reference != Reference(1) {
		t.Errorf("the folder has outcomes %v", got)
	}
	if aside, _, err := s.SetAside(t.Context(), 10, ""); err != nil || len(aside) != 1 {
		t.Errorf("set aside: %v, %v", aside, err)
	}
	records, _, err := s.List(t.Context(), bot.Query{Country: "KG"})
	if err != nil || len(records) != 2 || records[0].Reference != Reference(2) {
		t.Errorf("listed: %d, %v", len(records), err)
	}
}

func togetherEndsAtRefusal(t *testing.T, s Store) {
	stale := NewRecord(1)
	stale.Revision = 7
	for refusal, refused := range map[error]bot.Change{bot.ErrRenumber: NewChange(5), bot.ErrStale: {Record: stale}} {
		n := must[string](t)(s.NextReference(t.Context(), 2026))
		first := NewChange(1)
		first.Record.Reference, first.Actions = n, nil
		first.Arrival.MessageID, first.Arrival.Fingerprint = "before@"+n, n
		done, err := s.CommitAll(t.Context(), []bot.Change{first, refused, asideChange(9)})
		if !errors.Is(err, refusal) || len(done) != 1 || done[0].Reference != n {
			t.Errorf("done %+v, error %v, want one done and %v", done, err, refusal)
		}
		if _, _, err := s.SetAsideMessage(t.Context(), MessageID(9)); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("what came after the refused one is there: %v", err)
		}
		if next := must[string](t)(s.NextReference(t.Context(), 2026)); next != intake.ReferenceAfter(n) {
			t.Errorf("after %s next is %s", n, next)
		}
	}
}

// recordedAgain is the n-th mail's change once more, from another place.
func recordedAgain(n int, uid uint32) bot.Change {
	again := NewChange(n)
	again.Arrival.Place = At(uid)
	return again
}

func togetherSeen(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	commit(t, s, NewChange(2))
	done := must[[]bot.Committed](t)(s.CommitAll(t.Context(), []bot.Change{recordedAgain(1, 50), recordedAgain(2, 51)}))
	want := []bot.Committed{
		{Seen: true, Outcome: bot.ArrivalRecorded, Reference: Reference(1)},
		{Seen: true, Outcome: bot.ArrivalRecorded, Reference: Reference(2)},
	}
	if !reflect.DeepEqual(done, want) {
		t.Errorf("done\n got %+v\nwant %+v", done, want)
	}
	if got := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder)); !got[50].Repeat || !got[51].Repeat || got[2].Repeat {
		t.Errorf("the folder has outcomes %v", got)
	}
}

// What follows may have been decided on a record that the one before was to write.
func togetherForetold(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	for _, next := range []bot.Change{NewChange(2), asideChange(2)} {
		done, err := s.CommitAll(t.Context(), []bot.Change{recordedAgain(1, 50), recordedAgain(1, 51), next})
		if !errors.Is(err, bot.ErrStale) || len(done) != 2 || !done[0].Seen || !done[1].Seen {
			t.Errorf("done %+v, error %v, want both that were seen and %v", done, err, bot.ErrStale)
		}
	}
	if got := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder)); len(got) != 3 {
		t.Errorf("the folder has outcomes %v", got)
	}
	commit(t, s, NewChange(2)) // nothing of it was written
}

func togetherAsideSeen(t *testing.T, s Store) {
	commit(t, s, asideChange(1))
	again := asideChange(1)
	again.Arrival.Place = At(50)
	done := must[[]bot.Committed](t)(s.CommitAll(t.Context(), []bot.Change{again, asideChange(2), recordedAs(1, 3)}))
	if len(done) != 3 || !done[0].Seen || done[1].Seen || done[2].Reference != Reference(1) {
		t.Errorf("done %+v", done)
	}
}

// recordedAs is the change that makes a mail the n-th record.
func recordedAs(n, mail int) bot.Change {
	c := NewChange(n)
	c.Arrival = NewArrival(mail)
	return c
}

func togetherTwice(t *testing.T, s Store) {
	copied := NewChange(2)
	copied.Arrival = NewArrival(1)
	copied.Arrival.Place = At(2)
	done := must[[]bot.Committed](t)(s.CommitAll(t.Context(), []bot.Change{NewChange(1), copied}))
	if len(done) != 2 || done[0].Seen || !done[1].Seen || done[1].Reference != Reference(1) {
		t.Errorf("done %+v", done)
	}
	if _, err := s.Load(t.Context(), Reference(2)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("the copy became a record: %v", err)
	}
}

func togetherNothing(t *testing.T, s Store) {
	if done, err := s.CommitAll(t.Context(), nil); err != nil || len(done) != 0 {
		t.Errorf("done %+v, %v", done, err)
	}
}
