package redisstore

import (
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

var dueFrom = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

func dueOn(hours int, whose ...string) []bot.Appointment {
	var all []bot.Appointment
	for _, each := range whose {
		all = append(all, bot.Appointment{Whose: each, At: dueFrom.Add(time.Duration(hours) * time.Hour)})
	}
	return all
}

func TestAgendaGivesWhatIsDueFirstFirst(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		for reference, due := range map[string][]bot.Appointment{
			"TC-2026-00001": dueOn(3, bot.DueAtAll, "ra-trade"),
			"TC-2026-00002": append(dueOn(1, bot.DueAtAll, "ra-trade"), dueOn(2, bot.OwnReminders("ana@desk.example"))...),
			"TC-2026-00003": dueOn(2, bot.DueAtAll, "ra-trade/2"),
			"TC-2026-00004": dueOn(9, bot.DueAtAll, "ra-trade"),
			"TC-2026-00005": dueOn(0, bot.DueAtAll, "ra-energy"),
		} {
			if err := s.SetDue(t.Context(), reference, due); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			whose       string
			from, until int // hours; 0 means no bound
			want        string
			count       int
		}{
			{bot.DueAtAll, 0, 0, "5 2", 5},
			{bot.DueAtAll, 1, 3, "2 3", 2},
			{"ra-trade", 0, 9, "2 1", 2},
			{"ra-trade/2", 0, 0, "3", 1},
			{bot.OwnReminders("ana@desk.example"), 0, 0, "2", 1},
			{"ra-nobody", 0, 0, "", 0},
		} {
			var from, until time.Time
			if c.from > 0 {
				from = dueOn(c.from, "")[0].At
			}
			if c.until > 0 {
				until = dueOn(c.until, "")[0].At
			}
			found, count, err := s.Due(t.Context(), c.whose, from, until, 2)
			if got := numbers(found); err != nil || got != c.want || count != c.count {
				t.Errorf("%+v: got %q of %d, %v", c, got, count, err)
			}
		}
	})
}

// numbers returns the last digits of references.
func numbers(references []string) string {
	var all []string
	for _, r := range references {
		all = append(all, r[len(r)-1:])
	}
	return strings.Join(all, " ")
}

func TestAgendaForgetsWhatIsDueNoMore(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		for _, due := range [][]bot.Appointment{dueOn(1, bot.DueAtAll, "ra-trade"), dueOn(2, bot.DueAtAll, "ra-energy"), nil} {
			if err := s.SetDue(t.Context(), "TC-2026-00001", due); err != nil {
				t.Fatal(err)
			}
			for _, whose := range []string{bot.DueAtAll, "ra-trade", "ra-energy"} {
				want := slices.ContainsFunc(due, func(a bot.Appointment) bool { return a.Whose == whose })
				if found, count, err := s.Due(t.Context(), whose, time.Time{}, time.Time{}, 9); err != nil || len(found) != count || count == 1 != want {
					t.Errorf("%v: found %v for %q, %v", due, found, whose, err)
				}
			}
		}
		if n := s.client.Exists(t.Context(), s.keys.agenda(), s.keys.agendaOf()).Val(); n != 0 {
			t.Errorf("%d keys are left of nothing", n)
		}
	})
}

// FillAgenda adds the records of an older version to the agenda once. Entries made since then must
// not change.
func TestAgendaIsFilledOnce(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		for n := 1; n <= 2; n++ {
			change := storetest.NewChange(n)
			change.Record.Plan = []intake.PlanStep{{Step: intake.StepAnswer, At: dueFrom}}
			if _, err := s.Commit(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.SetDue(t.Context(), storetest.Reference(2), dueOn(5, bot.DueAtAll)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.FillAgenda(t.Context()); err != nil {
				t.Fatal(err)
			}
			found, _, err := s.Due(t.Context(), bot.DueAtAll, time.Time{}, dueFrom.Add(time.Hour), 9)
			if err != nil || !slices.Equal(found, []string{storetest.Reference(1)}) {
				t.Errorf("found %v, %v", found, err)
			}
		}
		if err := s.SetDue(t.Context(), storetest.Reference(1), nil); err != nil {
			t.Fatal(err)
		}
		if err := s.FillAgenda(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, count, err := s.Due(t.Context(), bot.DueAtAll, time.Time{}, time.Time{}, 9); err != nil || count != 1 {
			t.Errorf("%d are due after a second filling, %v", count, err)
		}
	})
}

func TestKeysOfTheAgendaCarryTheTag(t *testing.T) {
	k := keys{"unece"}
	for _, key := range []string{k.agenda(), k.agendaOf(), k.agendaForm()} {
		if !strings.HasPrefix(key, "verbale:{unece}:agenda") {
			t.Errorf("%s does not begin with the tag", key)
		}
	}
}

// overdueOn stores the nth record with an answer due the given number of hours after dueFrom.
func overdueOn(t *testing.T, s *Store, n, hours int, adjust ...func(*intake.Record)) {
	t.Helper()
	c := storetest.NewChange(n)
	c.Record.Plan = []intake.PlanStep{{At: dueOn(hours, "")[0].At, Step: intake.StepAnswer, To: c.Record.Owner}}
	for _, a := range adjust {
		a(c.Record)
	}
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if err := s.SetDue(t.Context(), c.Record.Reference, bot.Appointments(c.Record)); err != nil {
		t.Fatal(err)
	}
}

// pagesOwed returns the numbers of the records on each page of Owed.
func pagesOwed(t *testing.T, s *Store, whose []string, q bot.Query) (pages []string) {
	t.Helper()
	for {
		records, cursor, err := s.Owed(t.Context(), whose, dueFrom.Add(10*time.Hour), q)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, numbers(each(records, func(r *intake.Record) string { return r.Reference })))
		if q.Cursor = cursor; cursor == "" {
			return pages
		}
	}
}

func TestWhatIsOwedComesInPages(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		trade := func(r *intake.Record) { r.Owner, r.Request.Countries = "ra-trade", []string{"GE"} }
		overdueOn(t, s, 1, 5)
		overdueOn(t, s, 2, 1, trade)
		overdueOn(t, s, 3, 5, trade)
		overdueOn(t, s, 4, 3)
		overdueOn(t, s, 5, 11)
		for _, c := range []struct {
			name  string
			whose []string
			query bot.Query
			want  []string
		}{
			{"all at once", []string{bot.DueAtAll}, bot.Query{}, []string{"2 4 1 3"}},
			{"pages that part a moment", []string{bot.DueAtAll}, bot.Query{Limit: 3}, []string{"2 4 1", "3"}},
			{"full pages alone", []string{bot.DueAtAll}, bot.Query{Limit: 2}, []string{"2 4", "1 3"}},
			{"one owner's", []string{"ra-trade"}, bot.Query{Limit: 1}, []string{"2", "3"}},
			{"two owners' side by side", []string{"ra-trade", "statistics"}, bot.Query{Limit: 3}, []string{"2 4 1", "3"}},
			{"those of a query", []string{bot.DueAtAll}, bot.Query{Country: "GE", Limit: 1}, []string{"2", "3"}},
			{"nobody's", []string{"ra-nobody"}, bot.Query{}, []string{""}},
		} {
			if got := pagesOwed(t, s, c.whose, c.query); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	})
}

// Entries of the agenda that no longer match their records are not returned and are removed from
// the agenda.
func TestWhatIsOwedFollowsTheRecords(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		overdueOn(t, s, 1, 1)
		overdueOn(t, s, 2, 2)
		settled, gone := storetest.Reference(2), storetest.Reference(9)
		r, err := s.Load(t.Context(), settled)
		if err != nil {
			t.Fatal(err)
		}
		r.Plan = nil
		if _, err := s.Commit(t.Context(), bot.Change{Record: r}); err != nil {
			t.Fatal(err)
		}
		if err := s.SetDue(t.Context(), gone, dueOn(0, bot.DueAtAll)); err != nil {
			t.Fatal(err)
		}
		if got := pagesOwed(t, s, []string{bot.DueAtAll}, bot.Query{}); !slices.Equal(got, []string{"1"}) {
			t.Errorf("owed: %q", got)
		}
		if left, count, err := s.Due(t.Context(), bot.DueAtAll, time.Time{}, time.Time{}, 9); err != nil || count != 1 || left[0] != storetest.Reference(1) {
			t.Errorf("the agenda has %v, %v", left, err)
		}
	})
}

// One call reads a limited number of appointments, even if few of them match the query.
func TestWhatIsOwedIsReadWithinBounds(t *testing.T) {
	s := openAt(t, startRedis(t), t.TempDir())
	for n := 1; n <= mostOwed+5; n++ {
		overdueOn(t, s, n, 0, func(r *intake.Record) { r.Request.Countries = []string{"GE"} })
	}
	records, cursor, err := s.Owed(t.Context(), []string{bot.DueAtAll}, dueFrom.Add(time.Hour), bot.Query{Country: "UZ"})
	if err != nil || len(records) != 0 || !strings.HasSuffix(cursor, storetest.Reference(mostOwed)) {
		t.Errorf("%d records until %q, %v", len(records), cursor, err)
	}
	if records, cursor, err = s.Owed(t.Context(), []string{bot.DueAtAll}, dueFrom.Add(time.Hour), bot.Query{Cursor: cursor}); err != nil || len(records) != 5 || cursor != "" {
		t.Errorf("then %d records until %q, %v", len(records), cursor, err)
	}
}
