package followup_test

import (
	"testing"
	"time"

	"verbale/intake"
)

// BenchmarkReminders computes the reminders for an assigned request with an activity, as every
// commit does.
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

// BenchmarkReplan plans 100,000 records again, as required after a change of the policy: the
// due dates of each, its reminders, and the earliest time of each reminder.
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
