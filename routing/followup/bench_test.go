package followup_test

import (
	"testing"

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
