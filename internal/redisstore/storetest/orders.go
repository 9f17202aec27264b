package storetest

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

var orderTests = map[string]func(*testing.T, Store){
	"an order is carried out once":                                once,
	"an order is known before all else":                           onceFirst,
	"an order that is refused may come again":                     onceRefused,
	"an order without a record is known too":                      onceWithoutRecord,
	"what is set aside comes back with its letter":                asideLetter,
	"what asks to join a record is listed until it is dealt with": toConfirm,
	"the letter of what is set aside is cut":                      asideLetterCut,
	"of a bounce no letter is kept":                               asideBounce,
	"what is set aside becomes a record":                          promoted,
	"what is set aside joins a record":                            joinedFromAside,
	"what is taken is taken once":                                 takenOnce,
	"what is dismissed stays without its doubts":                  dismissed,
	"second messages of one id are told apart":                    secondOfOneID,
	"what has no id is found by its text":                         asideWithoutID,
	"cards stand where they were set":                             cards,
	"a card never goes back":                                      cardNeverBack,
	"who is away is kept until they are back":                     leaves,
	"of two who take one message, one succeeds":                   raceTaken,
	"of one order delivered many times, one is carried out":       raceOnce,
}

// ordered changes the first record as an order would.
func ordered(t *testing.T, s Store, id string) bot.Change {
	t.Helper()
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	r.Status = intake.StatusAccepted
	return bot.Change{Once: id, Record: r, History: []intake.HistoryEntry{{At: Start, Actor: "aida@unece.example", What: "accept"}}}
}

func once(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	commit(t, s, ordered(t, s, "click-1"))
	want := bot.Committed{Seen: true, Reference: Reference(1), Revision: 2}
	if got := must[bot.Committed](t)(s.Commit(t.Context(), ordered(t, s, "click-1"))); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(1))); len(got) != 2 {
		t.Errorf("history has %d entries", len(got))
	}
	commit(t, s, ordered(t, s, "click-2"))
}

func onceFirst(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	again := ordered(t, s, "click-1")
	commit(t, s, ordered(t, s, "click-1"))
	// The same order as it was decided the first time: stale by now, but known.
	if got := must[bot.Committed](t)(s.Commit(t.Context(), again)); !got.Seen {
		t.Errorf("got %+v", got)
	}
}

func onceRefused(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	stale := ordered(t, s, "click-1")
	stale.Record.Revision = 7
	if _, err := s.Commit(t.Context(), stale); !errors.Is(err, bot.ErrStale) {
		t.Fatalf("got %v", err)
	}
	commit(t, s, ordered(t, s, "click-1"))
}

func onceWithoutRecord(t *testing.T, s Store) {
	commit(t, s, newSetAside(1), bot.Change{Once: "click-1", Dismissed: MessageID(1)})
	if got := must[bot.Committed](t)(s.Commit(t.Context(), bot.Change{Once: "click-1", Dismissed: MessageID(1)})); got != (bot.Committed{Seen: true}) {
		t.Errorf("got %+v", got)
	}
}

// asideWithLetter sets the n-th mail aside with a letter of the given text.
func asideWithLetter(n int, text string) bot.Change {
	c := newSetAside(n)
	c.Letter = &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: text}}}}
	return c
}

func setAsideMessage(t *testing.T, s Store, identity string) (*intake.SetAside, *bot.Letter) {
	t.Helper()
	aside, letter, err := s.SetAsideMessage(t.Context(), identity)
	settled(t, err)
	return aside, letter
}

func asideLetter(t *testing.T, s Store) {
	c := asideWithLetter(1, "Dear colleagues")
	commit(t, s, c, newSetAside(2))
	aside, letter := setAsideMessage(t, s, MessageID(1))
	if !reflect.DeepEqual(aside, c.SetAside) || !reflect.DeepEqual(letter, c.Letter) {
		t.Errorf("got %+v, %+v", aside, letter)
	}
	if _, letter := setAsideMessage(t, s, MessageID(2)); letter != nil {
		t.Errorf("a letter that nobody gave: %+v", letter)
	}
	if _, _, err := s.SetAsideMessage(t.Context(), MessageID(3)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("an unknown message: %v", err)
	}
}

func asideLetterCut(t *testing.T, s Store) {
	commit(t, s, asideWithLetter(1, strings.Repeat("a", bot.MaxLetterBytes)))
	_, letter := setAsideMessage(t, s, MessageID(1))
	if n := len(letter.Parts[0].Text.Content); n == 0 || n >= bot.MaxLetterBytes {
		t.Errorf("%d bytes are kept", n)
	}
}

func asideBounce(t *testing.T, s Store) {
	c := asideWithLetter(1, "User unknown")
	c.SetAside.Kind = intake.KindBounce
	commit(t, s, c)
	if _, letter := setAsideMessage(t, s, MessageID(1)); letter != nil {
		t.Errorf("kept %+v", letter)
	}
}

// takenAs is the change that makes the n-th record of the mail behind it, which
// had been set aside.
func takenAs(n int) bot.Change {
	c := NewChange(n)
	c.Arrival, c.Taken = nil, MessageID(n)
	return c
}

func promoted(t *testing.T, s Store) {
	commit(t, s, asideWithLetter(1, "Dear colleagues"), newSetAside(2))
	want := bot.Committed{Reference: Reference(1), Revision: 1}
	if got := must[bot.Committed](t)(s.Commit(t.Context(), takenAs(1))); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	expectTaken(t, s, bot.Placed{Outcome: bot.ArrivalRecorded, Reference: Reference(1)})
}

func joinedFromAside(t *testing.T, s Store) {
	first := NewChange(1)
	first.Arrival.Place = At(9)
	first.Arrival.MessageID = MessageID(9)
	commit(t, s, first, newSetAside(1), newSetAside(2))
	c := ordered(t, s, "click-1")
	c.Taken = MessageID(1)
	commit(t, s, c)
	expectTaken(t, s, bot.Placed{Outcome: bot.ArrivalJoined, Reference: Reference(1)})
}

// expectTaken checks that of the first two mails the first is not set aside any
// more, and leads to its record wherever one looks.
func expectTaken(t *testing.T, s Store, want bot.Placed) {
	t.Helper()
	outcomes := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder))
	if outcomes[1] != want || outcomes[2].Outcome != bot.ArrivalSetAside {
		t.Errorf("outcomes %+v, want %+v for the first", outcomes, want)
	}
	if got := must[string](t)(s.ByMessageID(t.Context(), MessageID(1))); got != want.Reference {
		t.Errorf("its id leads to %q", got)
	}
	if _, _, err := s.SetAsideMessage(t.Context(), MessageID(1)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("it is still set aside: %v", err)
	}
	left, _, err := s.SetAside(t.Context(), 9, "")
	settled(t, err)
	if len(left) != 1 || left[0].Identity != MessageID(2) {
		t.Errorf("set aside are %+v", left)
	}
	again := newSetAside(1)
	if got := must[bot.Committed](t)(s.Commit(t.Context(), again)); !got.Seen || got.Outcome != want.Outcome || got.Reference != want.Reference {
		t.Errorf("a further copy: %+v", got)
	}
}

func takenOnce(t *testing.T, s Store) {
	commit(t, s, newSetAside(1), takenAs(1))
	again := takenAs(2)
	again.Taken = MessageID(1)
	for _, c := range []bot.Change{again, {Dismissed: MessageID(1)}, {Dismissed: "nobody@stat.example"}} {
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
	if next := must[string](t)(s.NextReference(t.Context(), 2026)); next != Reference(2) {
		t.Errorf("a refused change used up a number: next is %s", next)
	}
	repeated := takenAs(1)
	repeated.Once = "click-1"
	if _, err := s.Commit(t.Context(), repeated); err == nil {
		t.Error("another order took it again")
	}
}

func dismissed(t *testing.T, s Store) {
	c := asideWithLetter(1, "Dear colleagues")
	commit(t, s, c, bot.Change{Dismissed: MessageID(1)})
	aside, letter := setAsideMessage(t, s, MessageID(1))
	want := *c.SetAside
	want.Doubts = nil
	if !reflect.DeepEqual(*aside, want) || letter == nil {
		t.Errorf("got %+v", aside)
	}
	expectOutcomes(t, s, map[uint32]bot.Placed{1: {Outcome: bot.ArrivalSetAside}})
}

func secondOfOneID(t *testing.T, s Store) {
	first, second := asideWithLetter(1, "the first"), asideWithLetter(2, "the second")
	second.Arrival.MessageID, second.SetAside.Identity, second.SetAside.Origin.MessageID = MessageID(1), MessageID(1), MessageID(1)
	commit(t, s, first, second)
	list, _, err := s.SetAside(t.Context(), 9, "")
	settled(t, err)
	texts := map[string]bool{}
	for _, a := range list {
		_, letter := setAsideMessage(t, s, a.Identity)
		texts[letter.Parts[0].Text.Content] = true
	}
	if want := map[string]bool{"the first": true, "the second": true}; !reflect.DeepEqual(texts, want) {
		t.Errorf("found %v", texts)
	}
	for _, c := range []bot.Change{first, second} {
		aside, letter := setAsideMessage(t, s, bot.NameOfAside(c.SetAside.Origin))
		if aside.Origin.Fingerprint != c.Arrival.Fingerprint || !reflect.DeepEqual(letter, c.Letter) {
			t.Errorf("%q leads to %+v, %+v", bot.NameOfAside(c.SetAside.Origin), aside, letter)
		}
	}
	third := first.SetAside.Origin
	third.Fingerprint = "print-3"
	if _, _, err := s.SetAsideMessage(t.Context(), bot.NameOfAside(third)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("a message that nobody sent: %v", err)
	}
	taken := takenAs(1)
	taken.Taken = bot.NameOfAside(first.SetAside.Origin)
	commit(t, s, taken)
	if left, _, err := s.SetAside(t.Context(), 9, ""); err != nil || len(left) != 1 || left[0].Origin.Fingerprint != second.Arrival.Fingerprint {
		t.Errorf("left is %+v, %v", left, err)
	}
}

func asideWithoutID(t *testing.T, s Store) {
	c := newSetAside(1)
	c.Arrival.MessageID, c.SetAside.Identity = "", c.Arrival.Fingerprint
	commit(t, s, c)
	taken := takenAs(1)
	taken.Taken = c.SetAside.Identity
	commit(t, s, taken)
	expectOutcomes(t, s, map[uint32]bot.Placed{1: {Outcome: bot.ArrivalRecorded, Reference: Reference(1)}})
}

func cards(t *testing.T, s Store) {
	if got := must[map[string]bot.CardPlace](t)(s.Cards(t.Context(), Reference(1))); len(got) != 0 {
		t.Errorf("cards before any was set: %v", got)
	}
	want := map[string]bot.CardPlace{
		bot.RoomDesk:  {Channel: "C024BE91L", TS: "1772442000.000100", Revision: 3, DrawnAt: Start},
		"ra-trade/éà": {Channel: "D024BFF1M", TS: "1772442001.000200", Revision: 1, DrawnAt: Start.Add(time.Second)},
	}
	for room, place := range want {
		settled(t, s.SetCard(t.Context(), Reference(1), room, place))
	}
	settled(t, s.SetCard(t.Context(), Reference(2), bot.RoomDesk, bot.CardPlace{Channel: "C1", TS: "1", Revision: 1, DrawnAt: Start}))
	if got := must[map[string]bot.CardPlace](t)(s.Cards(t.Context(), Reference(1))); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func cardNeverBack(t *testing.T, s Store) {
	at := func(ts string, revision int64) bot.CardPlace {
		return bot.CardPlace{Channel: "C1", TS: ts, Revision: revision, DrawnAt: Start}
	}
	for _, step := range []struct{ set, want bot.CardPlace }{
		{at("1", 9), at("1", 9)},
		{at("1", 8), at("1", 9)},
		{at("1", 10), at("1", 10)},
		{at("2", 10), at("2", 10)}, // posted anew
		{at("1", 9), at("2", 10)},
	} {
		settled(t, s.SetCard(t.Context(), Reference(1), bot.RoomDesk, step.set))
		if got := must[map[string]bot.CardPlace](t)(s.Cards(t.Context(), Reference(1)))[bot.RoomDesk]; got != step.want {
			t.Errorf("after %+v: %+v, want %+v", step.set, got, step.want)
		}
	}
}

func leaves(t *testing.T, s Store) {
	day := func(d int) intake.Date { return intake.Date{Year: 2026, Month: 7, Day: d} }
	trade := bot.Leave{Post: "ra-trade", Absence: routing.Absence{From: day(1), Until: day(9)}, StandIn: "trade"}
	energy := bot.Leave{Post: "ra-energy", Absence: routing.Absence{From: day(2), Until: day(3)}}
	for _, l := range []bot.Leave{{Post: "ra-trade", Absence: routing.Absence{From: day(1), Until: day(2)}}, trade, energy} {
		settled(t, s.SetLeave(t.Context(), l))
	}
	expectLeaves(t, s, map[string]bot.Leave{"ra-trade": trade, "ra-energy": energy})
	settled(t, s.SetLeave(t.Context(), bot.Leave{Post: "ra-trade"}))
	expectLeaves(t, s, map[string]bot.Leave{"ra-energy": energy})
	if err := s.SetLeave(t.Context(), bot.Leave{}); err == nil {
		t.Error("nobody is away")
	}
}

func expectLeaves(t *testing.T, s Store, want map[string]bot.Leave) {
	t.Helper()
	if got := must[map[string]bot.Leave](t)(s.Leaves(t.Context())); !reflect.DeepEqual(got, want) {
		t.Errorf("away are %+v, want %+v", got, want)
	}
}

func raceTaken(t *testing.T, s Store) {
	commit(t, s, newSetAside(1))
	won := 0
	for _, err := range race(func(i int) error {
		_, err := commitNew(t.Context(), s, takenAs(1))
		return err
	}) {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, bot.ErrNotFound):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d took it", won)
	}
}

func raceOnce(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	c := ordered(t, s, "click-1")
	errs := race(func(int) error {
		r := *c.Record
		again := c
		again.Record = &r
		_, err := s.Commit(t.Context(), again)
		return err
	})
	settled(t, errors.Join(errs...))
	if got := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(1))); len(got) != 2 {
		t.Errorf("history has %d entries", len(got))
	}
}
