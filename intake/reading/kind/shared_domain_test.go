package kind_test

import (
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/reading"
	"verbale/intake/reading/readingtest"
)

// If the desk's address is tc@unece.org, the Message-IDs of all colleagues' mails have its
// domain. A reply to one of them must not be taken for a reply to our own mail.
func TestAnswerToAColleagueInTheDesksDomain(t *testing.T) {
	r := reading.NewReader(readingtest.Vocabulary(), intake.Ours{Domain: "unece.org", Prefix: "TC", InternalDomains: []string{"UNECE.org"}})
	for id, want := range map[string]intake.Kind{
		"AM0PR05MB1234@unece.org":                          intake.KindRequest,
		"acknowledge.tc-2026-00042.0011223344@unece.org":   intake.KindFollowUp,
		"acknowledge.tc-2026-00042.0011223344@ministry.kg": intake.KindRequest,
	} {
		m := intake.Message{InReplyTo: []string{id}, Date: time.Date(2026, 2, 11, 0, 0, 0, 0, time.UTC),
			Text: intake.Text{Content: "Dear colleagues,\n\nWe request an expert mission to Osh in May.\n\nKind regards,\nAida Karimova\n"}}
		if got := r.Read(&m); got.Kind != want {
			t.Errorf("%s: got %s (%s), want %s", id, got.Kind, got.KindReason, want)
		}
	}
}
