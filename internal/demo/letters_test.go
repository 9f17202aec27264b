package demo

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"verbale/internal/phrases"
)

type isoDates struct{}

func (isoDates) Date(_ string, day time.Time) string { return day.Format("2 January 2006") }

func TestEveryLetterBecomesAMail(t *testing.T) {
	now := time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)
	letters, err := Letters(now, isoDates{})
	if err != nil {
		t.Fatal(err)
	}
	if len(letters) < 12 {
		t.Fatalf("%d letters, want a dozen", len(letters))
	}
	for _, l := range letters {
		raw, err := l.Mail("tc@desk.unece.example", now)
		if err != nil {
			t.Errorf("%s: %v", l.Name, err)
			continue
		}
		if strings.Contains(l.Body, "{{") || l.Attachment != nil && strings.Contains(l.Attachment.Text, "{{") {
			t.Errorf("%s: a placeholder was left open", l.Name)
		}
		if !bytes.Contains(raw, []byte("To: <tc@desk.unece.example>")) {
			t.Errorf("%s: not addressed to the desk:\n%.300s", l.Name, raw)
		}
	}
}

// Dates in Russian end with an abbreviation and a full stop. At the end of a sentence there must
// not be two.
func TestNoSentenceEndsTwice(t *testing.T) {
	letters, err := Letters(time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC), phrases.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		text := l.Body
		if l.Attachment != nil {
			text += l.Attachment.Text
		}
		if strings.Contains(text, "..") {
			t.Errorf("%s: a sentence ends with two full stops", l.Name)
		}
	}
}

func TestDatesAreCountedFromNow(t *testing.T) {
	sunday := time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)
	got, err := fill("{{day 1}}, {{monday 1}}, {{wednesday 1}}", "en", sunday, isoDates{})
	if want := "1 February 2027, 1 February 2027, 3 February 2027"; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}
