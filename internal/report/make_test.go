package report

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbale/bot"
	"verbale/intake"
)

// road returns a request of Kyrgyzstan received on Monday 2 March 2026 at 09:00.
func road(t *testing.T) *recordHistory {
	return born(t, 1, day(3, 2), "KG", "road-safety", "transport", "ra-transport")
}

func TestWhatCounts(t *testing.T) {
	later := day(6, 1)
	for _, tt := range []struct {
		name string
		life *recordHistory
		want string // the list it is in
	}{
		{"a request", road(t), "requests"},
		{"a closed request", road(t).does(day(3, 3), intake.VerbAccept).closes(day(3, 9), intake.OutcomeDelivered), "requests"},
		{"a withdrawn request", road(t).does(day(3, 3), intake.VerbWithdraw), "requests"},
		{"a confidential request", confidential(road(t)), "requests"},
		{"one merged into another", road(t).step(day(3, 3), intake.Step{Verb: intake.VerbMerge, Into: "TC-2026-00009"}), "duplicates"},
		{"one merged after the cut-off", road(t).step(day(7, 3), intake.Step{Verb: intake.VerbMerge, Into: "TC-2026-00009"}), "requests"},
		{"one found to be none", road(t).does(day(3, 3), intake.VerbNotARequest), "no_requests"},
		{"mail of another kind", otherMail(t), "others"},
		{"mail that became a request after the cut-off", settled(otherMail(t), day(7, 3)), "others"},
		{"one that came in after the cut-off", born(t, 1, day(6, 2), "KG", "road-safety", "transport", "ra-transport"), ""},
		{"one that came in before the period", born(t, 1, day(1, 31), "KG", "road-safety", "transport", "ra-transport"), ""},
		{"one imported after the cut-off", imported(t, day(3, 2), day(7, 1)), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := asOf(later)
			q.From, q.Until = day(2, 1), day(12, 1)
			r := mustMake(t, q, tt.life)
			var on []string
			for _, h := range r.Headlines() {
				if h.Count > 0 && slices.Contains([]string{"requests", "duplicates", "no_requests", "others"}, h.ID) {
					on = append(on, h.ID)
				}
			}
			want := []string{}
			if tt.want != "" {
				want = append(want, tt.want)
			}
			if !slices.Equal(on, want) {
				t.Errorf("it stands on %v, not on %v", on, want)
			}
		})
	}
}

func confidential(l *recordHistory) *recordHistory {
	l.Record.Confidential = true
	return l
}

// otherMail returns a record for which the desk must decide whether it is a request.
func otherMail(t *testing.T) *recordHistory {
	rec, entry := intake.NewRecord(intake.NewRecordInput{
		Reading:    intake.Reading{Kind: intake.KindFollowUp, Request: &intake.Request{}},
		ReceivedAt: day(3, 2), Now: day(3, 2),
	})
	rec.Reference = "TC-2026-00001"
	return &recordHistory{t: t, Past: Past{Record: &rec, History: []intake.HistoryEntry{entry}}}
}

// settled records that the desk decided the record is a request.
func settled(l *recordHistory, at time.Time) *recordHistory {
	l.Record.Kind = intake.KindRequest
	return l.note(at, bot.WhatSettled, "kind: request")
}

// imported returns a record of an imported old mail.
func imported(t *testing.T, received, recorded time.Time) *recordHistory {
	rec, entry := intake.NewRecord(intake.NewRecordInput{
		Reading:    intake.Reading{Kind: intake.KindRequest, Request: &intake.Request{}},
		Routing:    &intake.Routing{Division: "transport", Assignee: "ra-transport"},
		ReceivedAt: received, Now: recorded, Backfilled: true,
	})
	rec.Reference = "TC-2026-00001"
	return &recordHistory{t: t, Past: Past{Record: &rec, History: []intake.HistoryEntry{entry}}}
}

// one makes a report of one request and returns the request in it.
func one(t *testing.T, at time.Time, l *recordHistory) Request {
	t.Helper()
	r := mustMake(t, asOf(at), l)
	if len(r.Requests) != 1 {
		t.Fatalf("%d requests", len(r.Requests))
	}
	return r.Requests[0]
}

func TestTimes(t *testing.T) {
	const workday = 8*time.Hour + 30*time.Minute // 09:00 to 17:30
	for _, tt := range []struct {
		name              string
		life              *recordHistory
		accepted, answerd time.Duration // -1 if not done
	}{
		{"nothing was done", road(t), -1, -1},
		{"accepted after a day, answered after a week of work",
			road(t).does(day(3, 3), intake.VerbAccept).does(day(3, 9), intake.VerbAnswer), workday - time.Second, 5 * workday},
		{"a weekend does not count",
			road(t).does(day(3, 7), intake.VerbAccept).does(day(3, 8), intake.VerbAnswer), 5*workday - time.Second, 5 * workday},
		{"acceptance counts from the last assignment",
			road(t).step(day(3, 4), intake.Step{Verb: intake.VerbHandOver, Owner: "transport"}).does(day(3, 5), intake.VerbAccept), workday, -1},
		{"waiting for the requester does not count",
			road(t).does(day(3, 3), intake.VerbAccept).does(day(3, 4), intake.VerbAsk).does(day(3, 6), intake.VerbRequesterAnswered).does(day(3, 9), intake.VerbAnswer),
			workday - time.Second, 3 * workday},
		{"an answer while we wait ends the wait",
			road(t).does(day(3, 3), intake.VerbAccept).does(day(3, 4), intake.VerbAsk).does(day(3, 9), intake.VerbAnswer), workday - time.Second, 2 * workday},
		{"the first answer counts, not the second",
			road(t).does(day(3, 3), intake.VerbAccept).does(day(3, 4), intake.VerbAnswer).does(day(3, 5), intake.VerbAskAgain).does(day(3, 12), intake.VerbAnswer),
			workday - time.Second, 2 * workday},
		{"an answer after the cut-off is not known",
			road(t).does(day(3, 3), intake.VerbAccept).does(day(7, 4), intake.VerbAnswer), workday - time.Second, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := one(t, day(6, 1), tt.life)
			check := func(what string, got Taken, want time.Duration) {
				if got.Done() != (want >= 0) || got.Done() && got.Took != want {
					t.Errorf("%s: %v (done: %v), want %v", what, got.Took, got.Done(), want)
				}
			}
			check("accepted", q.Accepted, tt.accepted)
			check("answered", q.Answered, tt.answerd)
			check("acknowledged", q.Acknowledged, 6*time.Second)
		})
	}
}

func TestWhatIsOverdue(t *testing.T) {
	type due struct {
		Step intake.StepName
		At   string
	}
	for _, tt := range []struct {
		name string
		life *recordHistory
		asOf time.Time
		want []due
	}{
		{"on the day it came in, nothing", road(t), day(3, 2).Add(time.Hour), nil},
		{"two days later, the acceptance", road(t), day(3, 4), []due{{intake.StepAccept, "2026-03-03"}}},
		{"three weeks later, the answer as well", road(t), day(3, 23), []due{{intake.StepAccept, "2026-03-03"}, {intake.StepAnswer, "2026-03-16"}}},
		{"once accepted, the answer alone", road(t).does(day(3, 3), intake.VerbAccept), day(3, 23), []due{{intake.StepAnswer, "2026-03-16"}}},
		{"nothing while the requester is to answer", road(t).does(day(3, 3), intake.VerbAsk), day(3, 23), nil},
		{"what was done later was overdue then", road(t).does(day(3, 24), intake.VerbAccept), day(3, 23),
			[]due{{intake.StepAccept, "2026-03-03"}, {intake.StepAnswer, "2026-03-16"}}},
		{"nothing of what is older than the desk", imported(t, day(3, 2), day(5, 1)), day(6, 1), nil},
		{"nor before it is taken up", taken(imported(t, day(3, 2), day(5, 1)), day(7, 1)), day(6, 1), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q := one(t, tt.asOf, tt.life)
			var got []due
			for _, d := range q.Overdue {
				got = append(got, due{d.Step, d.At.Format(time.DateOnly)})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// taken records that the desk has assigned an imported record.
func taken(l *recordHistory, at time.Time) *recordHistory {
	l.step(at, intake.Step{Verb: intake.VerbAssign, Owner: "ra-transport"})
	l.Record.Backfilled = false
	return l
}

func TestWhatIsOlderThanTheDeskIsSilent(t *testing.T) {
	for name, want := range map[string]bool{"imported": true, "live": false, "found after an outage of the desk": false} {
		l := imported(t, day(3, 2), day(5, 1))
		switch name {
		case "live":
			l = road(t)
		case "found after an outage of the desk":
			l.Record.Backfilled = false
			l.note(day(5, 1), bot.WhatNotAcknowledged, "")
		}
		if got := one(t, day(6, 1), l).Silent; got != want {
			t.Errorf("%s: silent is %v", name, got)
		}
	}
}

func TestCorrectionsAfterTheCutOffDoNotCount(t *testing.T) {
	l := road(t).corrects(day(4, 1), "UZ").corrects(day(7, 1), "TJ").corrects(day(7, 2), "AZ")
	for _, tt := range []struct {
		at   time.Time
		want string
	}{{day(3, 15), "KG"}, {day(6, 1), "UZ"}, {day(7, 1), "TJ"}, {day(8, 1), "AZ"}} {
		if got := one(t, tt.at, l).Countries; !slices.Equal(got, []string{tt.want}) {
			t.Errorf("as of %s it was %v, not %s", tt.at.Format(time.DateOnly), got, tt.want)
		}
	}
	if now := l.Record.Request.Countries; !slices.Equal(now, []string{"AZ"}) {
		t.Errorf("the record itself was changed to %v", now)
	}
}

func TestErrorsOfTheStoreEndAReport(t *testing.T) {
	broken := errors.New("the store is gone")
	failing := func(yield func(Past, error) bool) { yield(Past{}, broken) }
	if _, err := Make(failing, none, asOf(day(6, 1))); !errors.Is(err, broken) {
		t.Errorf("records: %v", err)
	}
	aside := func(yield func(intake.SetAside, error) bool) { yield(intake.SetAside{}, broken) }
	if _, err := Make(records(), aside, asOf(day(6, 1))); !errors.Is(err, broken) {
		t.Errorf("messages set aside: %v", err)
	}
}

func TestMessagesSetAsideAreCountedByKind(t *testing.T) {
	aside := func(yield func(intake.SetAside, error) bool) {
		_ = yield(intake.SetAside{Kind: intake.KindSpam, ReceivedAt: day(3, 1)}, nil) &&
			yield(intake.SetAside{Kind: intake.KindSpam, ReceivedAt: day(3, 2)}, nil) &&
			yield(intake.SetAside{Kind: intake.KindBounce, ReceivedAt: day(3, 2)}, nil) &&
			yield(intake.SetAside{Kind: intake.KindBounce, ReceivedAt: day(7, 2)}, nil)
	}
	r, err := Make(records(), aside, asOf(day(6, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[intake.Kind]int{intake.KindSpam: 2, intake.KindBounce: 1}, r.LeftOut.SetAside); diff != "" {
		t.Error(diff)
	}
}
