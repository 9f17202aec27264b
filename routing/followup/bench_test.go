package followup_test

import (
	"testing"
	"time"

	"verbale/intake"
)

// BenchmarkReminders plans what every commit plans: all that will be said about
// an assigned request with an activity.
func BenchmarkReminders(b *testing.B) {
	p := policy(b)
	rec := &intake.Record{
		Status: intake.StatusAssigned, Owner: "ra-energy", ReceivedAt: at(b, "2026-03-10 10:00"),
		Request: &intake.Request{ProposedEnd: date("2026-06-12")},
	}
	rec.Plan = p.Plan(rec)
	b.ReportAllocs()
	for b.Loop() {
		if len(p.Reminders(rec, nil)) == 0 {
			b.Fatal("nothing is planned")
		}
	}
}

// BenchmarkReplan plans 100,000 records anew, as a changed policy asks for: what is
// due on each, what will be said about it, and when the first of that can be said.
func BenchmarkReplan(b *testing.B) {
	const records = 100_000
	p, first := policy(b), at(b, "2026-03-10 10:00")
	shelf := make([]intake.Record, records)
	for n := range shelf {
		shelf[n] = intake.Record{
			Status: []intake.Status{intake.StatusNeedsTriage, intake.StatusAssigned, intake.StatusAccepted, intake.StatusAnswered}[n%4],
			Owner:  "ra-energy", ReceivedAt: first.Add(time.Duration(n) * time.Minute),
			Request: &intake.Request{ProposedEnd: date("2026-06-12")},
		}
		shelf[n].AssignedAt = shelf[n].ReceivedAt
	}
	for b.Loop() {
		for n := range shelf {
			rec := &shelf[n]
			rec.Plan = p.Plan(rec)
			for _, r := range p.Reminders(rec, nil) {
				p.Soonest(r, nil, rec.ReceivedAt)
			}
		}
	}
	b.ReportMetric(float64(records)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
