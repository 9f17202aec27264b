package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/slackpeer"
)

// kept is the number of records in the store of the measured office.
const kept = 100_000

// fill stores the records of the benchmark. One in a hundred is open and overdue.
func fill(b *testing.B, s *service) {
	b.Helper()
	for n := range kept {
		received := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
		rec, born := intake.NewRecord(intake.NewRecordInput{
			Reading: intake.Reading{Kind: intake.KindRequest, Language: "ru", Request: &intake.Request{
				Countries: []string{[]string{"KG", "UZ", "GE"}[n%3]}, Themes: []string{"road-safety"}, Summary: fmt.Sprint("Roads, part ", n),
			}},
			Routing:    &intake.Routing{Division: "transport", Assignee: "ra-transport", CarriedBy: intake.CarriedByAdviser},
			ReceivedAt: received, Now: received,
		})
		if n%100 > 0 {
			rec.Status, rec.Outcome = intake.StatusClosed, intake.OutcomeDelivered
		} else {
			rec.Plan = []intake.PlanStep{{Step: intake.StepAccept, At: received.AddDate(0, 0, 1), To: "ra-transport"}}
		}
		var err error
		if rec.Reference, err = s.server.Store().NextReference(b.Context(), received.Year()); err != nil {
			b.Fatal(err)
		}
		if _, err := s.server.Store().Commit(b.Context(), bot.Change{Record: &rec, History: []intake.HistoryEntry{born}}); err != nil {
			b.Fatal(err)
		}
		if err := s.server.Store().SetDue(b.Context(), rec.Reference, bot.Appointments(&rec)); err != nil { // as drawing a card would do
			b.Fatal(err)
		}
	}
}

// measure reports the time from an interaction to its acknowledgement.
func measure(b *testing.B, act func(n int) (slackpeer.Seen, error), between func()) {
	b.Helper()
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		begun := time.Now()
		seen, err := act(n)
		took = append(took, time.Since(begun))
		if err != nil || !seen.Acked {
			b.Fatalf("%+v, %v", seen, err)
		}
		between()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}

// BenchmarkAcknowledge measures the time from the envelope of an interaction to its
// acknowledgement, with 100,000 records in Redis: for a button, a command, and a form, which
// redraws the home tab. All are acknowledged after they are done.
func BenchmarkAcknowledge(b *testing.B) {
	o := newSlackOffice(b)
	s := o.serve()
	fill(b, s)
	o.deliver(request(1))
	ref := reference(kept + 1)
	card := o.card(deskRoom, ref)
	desk := o.as(ana)
	closed := func() {
		o.until("a window", func() bool { _, open := o.peer.Modal(ana); return open })
		if _, err := desk.CloseModal(true); err != nil {
			b.Fatal(err)
		}
		s.forward(3 * time.Second) // a second click earlier would count as a repeat
	}
	b.Run("press", func(b *testing.B) {
		measure(b, func(int) (slackpeer.Seen, error) { return desk.Press(card, "hand_over") }, closed)
	})
	b.Run("command", func(b *testing.B) {
		told := len(o.peer.Ephemerals(ana))
		measure(b, func(int) (slackpeer.Seen, error) { return desk.Command(deskRoom, "/tc find kyrgyzstan road") }, func() {
			told++
			o.until("an answer", func() bool { return len(o.peer.Ephemerals(ana)) >= told })
		})
	})
	b.Run("home", func(b *testing.B) {
		shown := func() int { return len(o.peer.Calls("views.publish")) }
		for n := shown() + 1; b.Loop(); n++ {
			if _, err := desk.OpenHome(); err != nil {
				b.Fatal(err)
			}
			o.until("the home tab", func() bool { return shown() >= n })
		}
	})
	b.Run("form", func(b *testing.B) {
		open := func() {
			desk.types("note " + ref)
			o.until("a window", func() bool { _, open := o.peer.Modal(ana); return open })
		}
		open()
		measure(b, func(n int) (slackpeer.Seen, error) {
			return desk.Submit(map[string]any{"text": fmt.Sprint("note ", n)})
		}, open)
	})
}

// BenchmarkBurst delivers 1,000 requests at once to a workspace with Slack's rate limits. It
// reports the messages posted until each request had a card or was in a summary, and how often
// Slack answered with a rate limit error.
func BenchmarkBurst(b *testing.B) {
	const requests = 1000
	for b.Loop() {
		options := slackOptions()
		options.Unlimited = false
		o := slackOfficeOn(b, options)
		o.timing.Messages = 0 // the rate limit of Slack
		s := o.serve()
		for n := range requests {
			o.deliver(request(n))
		}
		o.await("cards and summaries", func() bool { return o.drawn(s, requests) })
		refused := 0
		for _, c := range o.peer.Calls("") {
			if c.Error == "ratelimited" {
				refused++
			}
		}
		b.ReportMetric(float64(len(o.peer.Messages(deskRoom))), "messages")
		b.ReportMetric(float64(refused), "refused")
		s.stop()
	}
}

// recorded reports whether the given number of records exist and have actions.
func (o *slackOffice) recorded(s *service, requests int) bool {
	for n := range requests {
		if actions, err := s.server.Store().Actions(o.t.Context(), reference(n+1)); err != nil || len(actions) == 0 {
			return false
		}
	}
	return true
}

// drawn reports whether the given number of records have a card in the channel or are in a summary.
func (o *slackOffice) drawn(s *service, requests int) bool { return o.cardsAre(s, requests, settled) }

func settled(a bot.Action) bool { return a.State == bot.ActionDone || a.State == bot.ActionSkipped }

// cardsAre reports whether a condition holds for the cards of the given number of records.
func (o *slackOffice) cardsAre(s *service, requests int, so func(bot.Action) bool) bool {
	for n := range requests {
		actions, err := s.server.Store().Actions(o.t.Context(), reference(n+1))
		if err != nil || len(actions) == 0 || slices.ContainsFunc(actions, func(a bot.Action) bool {
			return a.Kind == bot.ActionCard && a.Room == bot.RoomDesk && !so(a)
		}) {
			return false
		}
	}
	return true
}
