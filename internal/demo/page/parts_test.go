package page

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/eml"
)

func TestWordsOfTheLetterAreMarkedByTheirFields(t *testing.T) {
	text := "The Ministry of Water of Kyrgyzstan asks."
	at := func(field intake.Field, quote, source string) intake.Evidence {
		start := strings.Index(text, quote)
		return intake.Evidence{Field: field, Quote: quote, Source: source, Start: start, End: start + len(quote)}
	}
	parts := marked([]bot.LetterPart{{Source: "body", Text: intake.Text{Content: text}}}, []intake.Evidence{
		at(intake.FieldInstitution, "Ministry of Water of Kyrgyzstan", "body"),
		at(intake.FieldCountries, "Kyrgyzstan", "body"),
		at(intake.FieldCountries, "asks", "subject"), // evidence in another text
		{Field: intake.FieldThemes, Source: "body", Start: 30, End: 4000},
	})
	var got []string
	for _, s := range parts[0].Stretches {
		got = append(got, s.Words+"|"+s.Fields)
	}
	want := []string{"The |", "Ministry of Water of |institution", "Kyrgyzstan|institution countries", " asks.|"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADraftBecomesAMail(t *testing.T) {
	now := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	raw, from, err := Draft{
		From: "Айгуль Примерова <A@ministry.gov.kg>", To: "tc@desk.unece.example", Subject: "О содействии", Body: "Просим.\n",
		Answers: "first@desk.example", Filename: "письмо.pdf", Document: []byte("%PDF-1.7"),
	}.mail(now)
	if err != nil || from != "A@ministry.gov.kg" {
		t.Fatalf("%v, sender %q", err, from)
	}
	m := eml.Parse(context.Background(), raw, eml.Options{})
	if m.Subject != "О содействии" || m.From.Name != "Айгуль Примерова" || !slices.Equal(m.InReplyTo, []string{"first@desk.example"}) || !m.Date.Equal(now) {
		t.Errorf("got %+v", m)
	}
	if m.Text.Content != "Просим.\n" || len(m.Attachments) != 1 || m.Attachments[0].Filename != "письмо.pdf" || len(m.Problems) > 0 {
		t.Errorf("got %q, %+v, %q", m.Text.Content, m.Attachments, m.Problems)
	}
	if _, _, err := (Draft{From: "nobody"}).mail(now); err == nil {
		t.Error("a mail without a sender is sent")
	}
}

func TestClockIsPushedForwardAlone(t *testing.T) {
	var c Clock
	c.Push(48 * time.Hour)
	c.Push(-time.Hour)
	if ahead := time.Until(c.Now()).Round(time.Minute); ahead != 48*time.Hour {
		t.Errorf("it is %v ahead", ahead)
	}
}

func TestAMomentOfAnotherYearTellsItsYear(t *testing.T) {
	p := &Page{Options: Options{Clock: &Clock{}}}
	now := p.Clock.Now()
	if got, want := p.short(now), now.In(zone).Format("2 Jan, 15:04"); got != want {
		t.Errorf("this year: %q, want %q", got, want)
	}
	next := now.AddDate(1, 0, 0)
	if got, want := p.short(next), next.In(zone).Format("2 Jan 2006, 15:04"); got != want {
		t.Errorf("next year: %q, want %q", got, want)
	}
}

func TestAnEmptyTextOfALetterIsKnown(t *testing.T) {
	for text, want := range map[string]bool{"": true, " \n": true, "We ask.": false} {
		part := marked([]bot.LetterPart{{Source: "body", Text: intake.Text{Content: text}}}, nil)[0]
		if part.Empty() != want {
			t.Errorf("%q: empty is %v", text, part.Empty())
		}
	}
}

func TestChangesAreGathered(t *testing.T) {
	var f feed
	h := f.join()
	f.tell(regionMail, regionSlack)
	f.tell(regionMail)
	<-h.more
	if got := f.take(h); !slices.Equal(got, []string{regionMail, regionSlack}) {
		t.Errorf("got %q", got)
	}
	f.leave(h)
	f.tell(regionMail) // has no listener any more
	if got := f.take(h); len(got) > 0 {
		t.Errorf("got %q after leaving", got)
	}
}
