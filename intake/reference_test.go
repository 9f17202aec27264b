package intake_test

import (
	"testing"

	"verbale/intake"
)

func TestOurReferenceIsFoundAsPeopleWriteIt(t *testing.T) {
	ours := intake.Ours{Prefix: "TC"}
	for text, want := range map[string]string{
		"Re: Mission [TC-2026-00042]":       "TC-2026-00042",
		"your tc-2026-00042, and TC-2026-7": "TC-2026-00042",
		"На Ваш № ТС-2026-00042":            "TC-2026-00042", // Cyrillic letters
		"TC-2026-123456789":                 "TC-2026-123456789",
		"a-b TC-2026-00042":                 "TC-2026-00042",
		"TC-2026-0042":                      "", // too short
		"TC-2026-1234567890":                "", // a telephone number
		"ETC-2026-00042":                    "", // the end of another word
		"TC-26-00042":                       "",
		"-----":                             "",
		"":                                  "",
	} {
		got, start, end := ours.FindReference(text)
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if got != "" && text[start:end][len(text[start:end])-5:] != got[len(got)-5:] {
			t.Errorf("%q: it stands at %q", text, text[start:end])
		}
	}
}

func TestWhichAddressesAreOurs(t *testing.T) {
	ours := intake.Ours{Domain: "Desk.unece.example"}
	for address, want := range map[string]bool{
		"tc@desk.unece.example": true, "TC@DESK.UNECE.EXAMPLE": true, "id@mail.desk.unece.example": true,
		"a@unece.example": false, "a@mydesk.unece.example": false, "": false,
	} {
		if got := ours.Owns(address); got != want {
			t.Errorf("%q: got %v", address, got)
		}
	}
	if (intake.Ours{}).Owns("a@ministry.example") {
		t.Error("without a domain nothing is ours")
	}
}

// If colleagues share the desk's domain, the Message-IDs of their mails have it as well. Ours
// must then be recognised by the reference in them.
func TestWhichMailsAnswerOurs(t *testing.T) {
	const theirs, acknowledgement = "AM0PR05@desk.unece.example", "acknowledge.tc-2026-00042.0011@desk.unece.example"
	alone := intake.Ours{Domain: "desk.unece.example", Prefix: "TC"}
	shared := alone
	shared.InternalDomains = []string{"DESK.unece.example"}
	for _, c := range []struct {
		ours intake.Ours
		mail intake.Message
		want bool
	}{
		{alone, intake.Message{InReplyTo: []string{theirs}}, true},
		{alone, intake.Message{References: []string{"a@ministry.example", theirs}}, true},
		{alone, intake.Message{InReplyTo: []string{"a@ministry.example"}}, false},
		{alone, intake.Message{}, false},
		{shared, intake.Message{InReplyTo: []string{theirs}}, false},
		{shared, intake.Message{InReplyTo: []string{acknowledgement}}, true},
		{shared, intake.Message{InReplyTo: []string{"tc-2026-00042@ministry.example"}}, false},
	} {
		if got := c.ours.AnsweredBy(&c.mail); got != c.want {
			t.Errorf("%v %v: got %v", c.mail.InReplyTo, c.mail.References, got)
		}
	}
}

func TestReferenceAfter(t *testing.T) {
	for reference, want := range map[string]string{
		"TC-2026-00042": "TC-2026-00043", "TC-2026-99999": "TC-2026-100000", "T-C-0001-00009": "T-C-0001-00010",
		"": "", "TC-2026-": "TC-2026-",
	} {
		if got := intake.ReferenceAfter(reference); got != want {
			t.Errorf("after %q comes %q, want %q", reference, got, want)
		}
	}
}
