package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var partNames = map[part]string{
	partIgnored: "ignored", partLetterhead: "letterhead", partReference: "reference", partDateline: "dateline",
	partAddressee: "addressee", partTopic: "topic", partSalutation: "salutation", partBody: "body",
	partClosing: "closing", partSignature: "signature", partBelow: "below", partContact: "contact",
}

// Each file of testdata/letters is a letter with the name of its place before
// every line.
func TestEveryLineOfALetterHasItsPlace(t *testing.T) {
	r := newTestReader(t)
	files, err := filepath.Glob("testdata/letters/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no letters", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var places, lines []string
			for line := range strings.Lines(string(data)) {
				place, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "|")
				if !ok {
					t.Fatalf("line %q names no place", line)
				}
				places, lines = append(places, place), append(lines, text)
			}
			s := r.newSource("body", strings.Join(lines, "\n"), Address{})
			r.wording.layLines(&s, sectionsOf(Text{Content: s.text}))
			for i, l := range s.lines {
				if got := partNames[l.part]; got != places[i] {
					t.Errorf("%q: got %s, want %s", lines[i], got, places[i])
				}
			}
		})
	}
}

func TestTheLetterSpeaksAndTheCoverDoesNot(t *testing.T) {
	r := newTestReader(t)
	const cover = "Dear Sir/Madam,\n\nPlease find attached the letter of our Minister.\n\nKind regards,\nRegistry\n"
	const inner = "No. 12-3/45\n\nDear Madam,\n\nThe Ministry of Waters requests UNECE to send two experts in May 2026.\n\nYours sincerely,\nAida Karimova\nDeputy Minister\n"
	const terms = "Annex 1\nTerms of reference\n\nThe experts will organise a workshop in July 2026.\n"
	forward := cover + "-----Original Message-----\nFrom: Aida Karimova <a.karimova@waters.example>\nSent: 3 May\n\n" + inner
	at := len(cover)
	header := strings.Index(forward, "\n\nNo.") + 2
	for _, c := range []struct {
		name, want string
		mail       Message
	}{
		{"attached letter", "attachment:1", Message{Text: Text{Content: cover}, Attachments: []Attachment{{Filename: "letter.pdf", Text: Text{Content: inner}}}}},
		{"letter among annexes", "attachment:2", Message{Text: Text{Content: cover}, Attachments: []Attachment{{Text: Text{Content: terms}}, {Text: Text{Content: inner}}}}},
		{"letter in the body with an annex", "body", Message{Text: Text{Content: inner}, Attachments: []Attachment{{Text: Text{Content: terms}}}}},
		{"inline forward", "body", Message{Text: Text{Content: forward, Sections: []Section{
			{SectionNew, 0, at}, {SectionForwardHeader, at, header}, {SectionForwarded, header, len(forward)}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := r.letterOf(&c.mail)
			s := l.sources[l.main]
			if s.name != c.want || !strings.Contains(s.text, "requests UNECE") {
				t.Fatalf("the letter is %s, want %s", s.name, c.want)
			}
			if c.name == "inline forward" && s.author.Address != "a.karimova@waters.example" {
				t.Errorf("its author is %v", s.author)
			}
			reading := r.Read(&c.mail)
			if reading.Request == nil || reading.Request.Requester.Name != "Aida Karimova" {
				t.Errorf("requester: %+v", reading.Request)
			}
		})
	}
}

func TestQuotedHistoryIsNotReadForTheAsk(t *testing.T) {
	r := newTestReader(t)
	const fresh = "Dear Claire,\n\nThank you for the workshop and the advice of your experts, our team is most grateful to you.\n\nBest wishes,\nAna\n"
	const quoted = "> We request that UNECE organise a training of inspectors in May 2026.\n"
	m := &Message{Subject: "Thank you", Text: Text{Content: fresh + quoted, Sections: []Section{
		{SectionNew, 0, len(fresh)}, {SectionQuoted, len(fresh), len(fresh) + len(quoted)}}}}
	if got := r.Read(m); got.Kind != KindOther {
		t.Errorf("got %s (%s)", got.Kind, got.KindReason)
	}
}
