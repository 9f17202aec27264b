package storetest

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

var commitTests = map[string]func(*testing.T, Store){
	"a record comes back as it was committed":      roundTrip,
	"a change needs the revision that was loaded":  staleRevision,
	"a change of an unknown record is stale":       unknownRecord,
	"numbers follow without gap":                   numbersFollow,
	"a number out of turn is refused":              renumber,
	"years count apart":                            yearsApart,
	"a refused change writes nothing":              refusedWritesNothing,
	"an action whose key exists is left as it was": actionLeft,
	"a letter is cut to its limit":                 letterCut,
	"what is not there is not found":               notFound,
	"open records are counted by owner":            openByOwner,
}

func roundTrip(t *testing.T, s Store) {
	c := NewChange(1)
	commit(t, s, c)
	want := NewRecord(1)
	want.Revision = 1
	if got := must[*intake.Record](t)(s.Load(t.Context(), Reference(1))); !reflect.DeepEqual(got, want) {
		t.Errorf("record\n got %+v\nwant %+v", got, want)
	}
	if got := must[*bot.Letter](t)(s.Letter(t.Context(), Reference(1))); !reflect.DeepEqual(got, c.Letter) {
		t.Errorf("letter: got %+v", got)
	}
	if got := must[[]intake.HistoryEntry](t)(s.History(t.Context(), Reference(1))); !reflect.DeepEqual(got, c.History) {
		t.Errorf("history: got %+v", got)
	}
	if got := must[[]bot.Action](t)(s.Actions(t.Context(), Reference(1))); !reflect.DeepEqual(got, c.Actions) {
		t.Errorf("actions\n got %+v\nwant %+v", got, c.Actions)
	}
}

func staleRevision(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	first := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	second := *first
	first.Status = intake.StatusAccepted
	done := must[bot.Committed](t)(s.Commit(t.Context(), bot.Change{Record: first}))
	if done.Revision != 2 || done.Reference != Reference(1) {
		t.Errorf("commit says %+v", done)
	}
	if _, err := s.Commit(t.Context(), bot.Change{Record: &second}); !errors.Is(err, bot.ErrStale) {
		t.Errorf("the second change of revision 1: %v", err)
	}
	if got := must[*intake.Record](t)(s.Load(t.Context(), Reference(1))); got.Status != intake.StatusAccepted || got.Revision != 2 {
		t.Errorf("the first change did not stay: %s at revision %d", got.Status, got.Revision)
	}
}

func unknownRecord(t *testing.T, s Store) {
	r := NewRecord(1)
	r.Revision = 3
	if _, err := s.Commit(t.Context(), bot.Change{Record: r}); !errors.Is(err, bot.ErrStale) {
		t.Errorf("got %v", err)
	}
}

func numbersFollow(t *testing.T, s Store) {
	for n := 1; n <= 3; n++ {
		if got := must[string](t)(s.NextReference(t.Context(), 2026)); got != Reference(n) {
			t.Fatalf("next is %s, want %s", got, Reference(n))
		}
		commit(t, s, NewChange(n))
	}
}

func renumber(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	for _, n := range []int{1, 3} {
		c := NewChange(n)
		c.Arrival.MessageID = "another@stat.example"
		if _, err := s.Commit(t.Context(), c); !errors.Is(err, bot.ErrRenumber) {
			t.Errorf("number %d after 1: %v", n, err)
		}
	}
	if got := must[string](t)(s.NextReference(t.Context(), 2026)); got != Reference(2) {
		t.Errorf("a refused commit used up a number: next is %s", got)
	}
}

func yearsApart(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	if got := must[string](t)(s.NextReference(t.Context(), 2027)); got != "TC-2027-00001" {
		t.Errorf("next of 2027 is %s", got)
	}
}

func refusedWritesNothing(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	c := NewChange(5)
	c.Arrival = NewArrival(9)
	if _, err := s.Commit(t.Context(), c); !errors.Is(err, bot.ErrRenumber) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Load(t.Context(), Reference(5)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("the record is there: %v", err)
	}
	if got := must[[]bot.Action](t)(s.Actions(t.Context(), Reference(5))); len(got) != 0 {
		t.Errorf("actions are there: %+v", got)
	}
	if got := must[string](t)(s.ByMessageID(t.Context(), MessageID(9))); got != "" {
		t.Errorf("the message counts as seen, for %s", got)
	}
	if got := must[map[uint32]bot.Placed](t)(s.Outcomes(t.Context(), Folder)); len(got) != 1 {
		t.Errorf("the folder has outcomes %v", got)
	}
}

func actionLeft(t *testing.T, s Store) {
	commit(t, s, NewChange(1))
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	again := NewAction(1)
	again.Mail.Subject = "another subject"
	commit(t, s, bot.Change{Record: r, Actions: []bot.Action{again}})
	got := must[[]bot.Action](t)(s.Actions(t.Context(), Reference(1)))
	if !reflect.DeepEqual(got, []bot.Action{NewAction(1)}) {
		t.Errorf("got %+v", got)
	}
}

func letterCut(t *testing.T, s Store) {
	long := strings.Repeat("я", bot.MaxLetterBytes) // two bytes each
	c := NewChange(1)
	c.Letter = &bot.Letter{Parts: []bot.LetterPart{
		{Source: "subject", Text: intake.Text{Content: "x"}},
		{Source: "body", Text: intake.Text{Content: long, Sections: []intake.Section{
			{Kind: intake.SectionNew, Start: 0, End: 20},
			{Kind: intake.SectionQuoted, Start: 20, End: len(long) - 10},
			{Kind: intake.SectionSignature, Start: len(long) - 10, End: len(long)},
		}}},
	}}
	commit(t, s, c)
	got := must[*bot.Letter](t)(s.Letter(t.Context(), Reference(1)))
	body := got.Parts[1].Text
	if want := bot.MaxLetterBytes - 2; len(body.Content) != want { // one byte of subject, one of half a letter
		t.Errorf("body has %d bytes, want %d", len(body.Content), want)
	}
	want := []intake.Section{{Kind: intake.SectionNew, Start: 0, End: 20}, {Kind: intake.SectionQuoted, Start: 20, End: len(body.Content)}}
	if !reflect.DeepEqual(body.Sections, want) {
		t.Errorf("sections %v, want %v", body.Sections, want)
	}
}

func notFound(t *testing.T, s Store) {
	if _, err := s.Load(t.Context(), Reference(1)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("Load: %v", err)
	}
	if _, err := s.Letter(t.Context(), Reference(1)); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("Letter: %v", err)
	}
	if got, err := s.ByMessageID(t.Context(), "nobody@stat.example"); err != nil || got != "" {
		t.Errorf("ByMessageID: %q, %v", got, err)
	}
	if got, err := s.History(t.Context(), Reference(1)); err != nil || len(got) != 0 {
		t.Errorf("History: %v, %v", got, err)
	}
}

func openByOwner(t *testing.T, s Store) {
	commit(t, s, NewChange(1), NewChange(2))
	expectOpen(t, s, map[string]int{"statistics": 2})
	r := must[*intake.Record](t)(s.Load(t.Context(), Reference(1)))
	r.Owner = "environment"
	commit(t, s, bot.Change{Record: r})
	expectOpen(t, s, map[string]int{"statistics": 1, "environment": 1})
	r.Revision, r.Status = 2, intake.StatusClosed
	commit(t, s, bot.Change{Record: r})
	expectOpen(t, s, map[string]int{"statistics": 1})
	r.Revision, r.Status = 3, intake.StatusNeedsTriage
	commit(t, s, bot.Change{Record: r})
	expectOpen(t, s, map[string]int{"statistics": 1, "environment": 1})
}

func expectOpen(t *testing.T, s Store, want map[string]int) {
	t.Helper()
	if got := must[map[string]int](t)(s.OpenByOwner(t.Context())); !reflect.DeepEqual(got, want) {
		t.Errorf("open records by owner %v, want %v", got, want)
	}
}
