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
			from, until int // hours; 0 is no bound
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

// numbers are the last digits of references.
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

// What an older version left is noted once; what was noted meanwhile stays.
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
