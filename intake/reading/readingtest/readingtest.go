// Package readingtest holds what the tests of the packages below intake/reading share: a
// Reader with the program's data, messages to read, and a check that every value is found
// where its evidence says. It is for tests only.
package readingtest

import (
	"cmp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
)

// Vocabulary returns the program's vocabulary, loaded once.
var Vocabulary = sync.OnceValue(func() *lexicon.Vocabulary {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	return v
})

// Reader returns a reader with the program's data, configured for the example desk.
var Reader = sync.OnceValue(func() *reading.Reader {
	return reading.NewReader(Vocabulary(), intake.Ours{Domain: "desk.unece.example", Prefix: "TC"})
})

// Mail returns a plain-text message of 2 March 2026.
func Mail(from, subject, body string) *intake.Message {
	return &intake.Message{
		MessageID: "1@ministry.example", Subject: subject, From: intake.Address{Address: from},
		To:   []intake.Address{{Address: "tc@desk.unece.example"}},
		Date: time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC), Text: intake.Text{Content: body},
	}
}

// Letter returns a message of 11 February 2026 with the given body, from an address that
// reveals no country.
func Letter(text string) *intake.Message {
	return &intake.Message{
		Subject: "Request", From: intake.Address{Address: "office@ministry.example"},
		Date: time.Date(2026, time.February, 11, 10, 0, 0, 0, time.FixedZone("", 5*3600)),
		Text: intake.Text{Content: text},
	}
}

// Request reads a message and fails the test if it is not read as a request.
func Request(t testing.TB, m *intake.Message) intake.Reading {
	t.Helper()
	g := Reader().Read(m)
	if g.Request == nil {
		t.Fatalf("kind %s (%s): not read as a request", g.Kind, g.KindReason)
	}
	return g
}

// CheckEvidence checks that every quote is found where its evidence says.
func CheckEvidence(t testing.TB, m *intake.Message, g intake.Reading) {
	t.Helper()
	texts := map[string]string{"subject": m.Subject, "body": m.Text.Content}
	for i, a := range m.Attachments {
		texts["attachment:"+strconv.Itoa(i+1)] = a.Text.Content
	}
	for _, e := range g.Evidence {
		text, ok := texts[e.Source]
		if !ok || e.Start < 0 || e.End > len(text) || e.Start >= e.End || text[e.Start:e.End] != e.Quote || strings.TrimSpace(e.Quote) == "" {
			t.Errorf("evidence of %s does not stand in %s: %+v", e.Field, e.Source, e)
		}
	}
}

// Join joins a list of ids with spaces.
func Join[S ~string](ids []S) string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

// Why returns the type of mail in a kind reason, or else the id of the remark.
func Why(r intake.Remark) string { return cmp.Or(r.Args["sort"], r.ID) }
