package intake_test

import (
	"testing"

	"verbale/intake"
)

func TestStatusAtBirth(t *testing.T) {
	confident := &intake.Routing{Assignee: "ra-energy", Rule: "advisory-alone"}
	tests := []struct {
		name    string
		reading intake.Reading
		routing *intake.Routing
		status  intake.Status
		owner   string
		reason  string
	}{
		{"confident request", intake.Reading{Kind: intake.KindRequest}, confident, intake.StatusAssigned, "ra-energy", "advisory-alone"},
		{"unsure routing", intake.Reading{Kind: intake.KindRequest, KindReason: intake.Remark{ID: "kind.asks"}}, &intake.Routing{Assignee: "ra-energy", Triage: true}, intake.StatusNeedsTriage, intake.ToDesk, ""},
		{"nothing to route", intake.Reading{Kind: intake.KindRequest}, nil, intake.StatusNeedsTriage, intake.ToDesk, ""},
		{"doubtful non-request", intake.Reading{Kind: intake.KindOther, KindReason: intake.Plain("invitation")}, nil, intake.StatusNeedsTriage, intake.ToDesk, ""},
		{"unreadable", intake.Reading{Kind: intake.KindOther, KindReason: intake.Remark{ID: intake.ReasonUnreadable}}, nil, intake.StatusNeedsReading, intake.ToDesk, ""},
		{"unreadable, as once written", intake.Reading{Kind: intake.KindOther, KindReason: intake.Plain("unreadable")}, nil, intake.StatusNeedsReading, intake.ToDesk, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, entry := intake.NewRecord(intake.NewRecordInput{Reading: tt.reading, Routing: tt.routing, Now: noon})
			if r.Status != tt.status || r.Owner != tt.owner {
				t.Errorf("%s held by %s, want %s held by %s", r.Status, r.Owner, tt.status, tt.owner)
			}
			if entry.To != tt.status || entry.Actor != intake.ActorBot || entry.Reason != tt.reason {
				t.Errorf("history begins with %+v", entry)
			}
			if assigned := tt.status == intake.StatusAssigned; assigned == r.AssignedAt.IsZero() {
				t.Errorf("assigned %t but at %s", assigned, r.AssignedAt)
			}
		})
	}
}
