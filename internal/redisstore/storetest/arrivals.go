package storetest

import (
	"reflect"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

var arrivalTests = map[string]func(*testing.T, Store){
	"a mail seen is refused and answered with its record": seen,
	"seen comes before a number out of turn":              seenFirst,
	"the same id with another text is another mail":       otherText,
	"a mail without id is known by its text":              withoutID,
	"a further copy balances its folder":                  furtherCopy,
	"reading a place again is no further copy":            placeAgain,
	"a joined mail leads to its record":                   joined,
	"our own mail leads to its record, but may arrive":    ownMail,
	"the first known of several ids leads":                severalIDs,
	"what is set aside has no record":                     setAsideOutcome,
}

func seen(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	again := NewChange(2)
	again.Arrival = NewArrival(1)
	got := must[bot.Committed](t)(s.Commit(t.Context(), again))
	if want := (bot.Committed{Seen: true, Again: true, Outcome: bot.ArrivalRecorded, Reference: Reference(1)}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if next := must[string](t)(s.NextReference(t.Context(), 2026)); next != Reference(2) {
		t.Errorf("a mail seen used up a number: next is %s", next)
	}
}

func seenFirst(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	if got := must[bot.Committed](t)(s.Commit(t.Context(), NewChange(1))); !got.Seen {
		t.Errorf("got %+v", got)
	}
}

func otherText(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	other := NewChange(2)
	other.Arrival.MessageID = MessageID(1)
	commit(t, s, other)
	if got := must[bot.Committed](t)(s.Commit(t.Context(), other)); !got.Seen || got.Reference != Reference(2) {
		t.Errorf("the other mail again: %+v", got)
	}
	if got := must[bot.Committed](t)(s.Commit(t.Context(), NewChange(1))); !got.Seen || got.Reference != Reference(1) {
		t.Errorf("the first mail again: %+v", got)
	}
}

func withoutID(t *testing.T, s Store) {
	c := NewChange(1)
	c.Arrival.MessageID = ""
	commit(t, s, c)
	if got := must[bot.Committed](t)(s.Commit(t.Context(), c)); !got.Seen || got.Reference != Reference(1) {
		t.Errorf("the same text: %+v", got)
	}
	other := NewChange(2)
	other.Arrival.MessageID = ""
	commit(t, s, other)
}

func furtherCopy(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	copied := NewChange(1)
	copied.Arrival.Place = At(40)
	for _, again := range []bool{false, true} {
		if got := must[bot.Committed](t)(s.Commit(t.Context(), copied)); !got.Seen || got.Again != again {
			t.Errorf("got %+v, want Again %t", got, again)
		}
	}
	expectOutcomes(t, s, map[uint32]bot.Placed{
		1:  {Outcome: bot.ArrivalRecorded, Reference: Reference(1)},
		40: {Outcome: bot.ArrivalRecorded, Reference: Reference(1), Repeat: true},
	})
}

func placeAgain(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	if got := must[bot.Committed](t)(s.Commit(t.Context(), NewChange(1))); !got.Seen || !got.Again {
		t.Errorf("got %+v", got)
	}
	expectOutcomes(t, s, map[uint32]bot.Placed{1: {Outcome: bot.ArrivalRecorded, Reference: Reference(1)}})
}

func expectOutcomes(t *testing.T, s Store, want map[uint32]bot.Placed) {
	t.Helper()
	if got := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder)); !reflect.DeepEqual(got, want) {
		t.Errorf("outcomes %+v, want %+v", got, want)
	}
}

func joined(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	arrival := NewArrival(2)
	arrival.Outcome = bot.ArrivalJoined
	commit(t, s, bot.Change{Arrival: arrival, Record: r})
	if got := must[string](t)(s.ByMessageID(t.Context(), MessageID(2))); got != Reference(1) {
		t.Errorf("the joined mail leads to %q", got)
	}
	expectOutcomes(t, s, map[uint32]bot.Placed{
		1: {Outcome: bot.ArrivalRecorded, Reference: Reference(1)},
		2: {Outcome: bot.ArrivalJoined, Reference: Reference(1)},
	})
}

func ownMail(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	own := NewAction(1).Mail.MessageID
	if got := must[string](t)(s.ByMessageID(t.Context(), own)); got != Reference(1) {
		t.Errorf("the acknowledgement leads to %q", got)
	}
	copied := NewArrival(2)
	copied.MessageID, copied.Outcome = own, bot.ArrivalSetAside
	commit(t, s, bot.Change{Arrival: copied, SetAside: &intake.SetAside{Identity: own, Kind: intake.KindOther}})
}

func severalIDs(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2))
	got := must[string](t)(s.ByMessageID(t.Context(), "nobody@stat.example", MessageID(2), MessageID(1)))
	if got != Reference(2) {
		t.Errorf("got %q", got)
	}
}

// newSetAside sets the mail behind the n-th record aside.
func newSetAside(n int) bot.Change {
	arrival := NewArrival(n)
	arrival.Outcome = bot.ArrivalSetAside
	return bot.Change{Arrival: arrival, SetAside: &intake.SetAside{
		Identity: MessageID(n), Kind: intake.KindAutoReply, KindReason: intake.Remark{ID: "kind.automatic"}, Language: "fr",
		Doubts: []intake.Doubt{{Field: intake.FieldKind, Reason: intake.Remark{ID: "doubt.stranger"}}},
		Origin: NewRecord(n).Origin, ReceivedAt: arrival.ReceivedAt,
	}}
}

func setAsideOutcome(t *testing.T, s Store) {
	c := newSetAside(1)
	if got := must[bot.Committed](t)(s.Commit(t.Context(), c)); got != (bot.Committed{Outcome: bot.ArrivalSetAside}) {
		t.Errorf("got %+v", got)
	}
	if got := must[bot.Committed](t)(s.Commit(t.Context(), c)); got != (bot.Committed{Seen: true, Again: true, Outcome: bot.ArrivalSetAside}) {
		t.Errorf("again: got %+v", got)
	}
	expectOutcomes(t, s, map[uint32]bot.Placed{1: {Outcome: bot.ArrivalSetAside}})
}
