package intake

import (
	"testing"
	"time"
)

// Where the desk is tc@unece.org, the mails of all colleagues have a Message-ID
// in its domain, and who answers one of them answers no mail of ours.
func TestAnswerToAColleagueInTheDesksDomain(t *testing.T) {
	r := NewReader(newTestReader(t).vocabulary, Ours{Domain: "unece.org", Prefix: "TC", InternalDomains: []string{"UNECE.org"}})
	for id, want := range map[string]Kind{
		"AM0PR05MB1234@unece.org":                          KindRequest,
		"acknowledge.tc-2026-00042.0011223344@unece.org":   KindFollowUp,
		"acknowledge.tc-2026-00042.0011223344@ministry.kg": KindRequest,
	} {
		m := Message{InReplyTo: []string{id}, Date: time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC),
			Text: Text{Content: "Dear colleagues,\n\nWe request an expert mission to Osh in May.\n\nKind regards,\nAida Karimova\n"}}
		if got := r.Read(&m); got.Kind != want {
			t.Errorf("%s: got %s (%s), want %s", id, got.Kind, got.KindReason, want)
		}
	}
}
