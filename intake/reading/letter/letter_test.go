package letter

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"verbale/intake"
	"verbale/intake/lexicon"
)

var partNames = map[Part]string{
	PartIgnored: "ignored", PartLetterhead: "letterhead", PartReference: "reference", PartDateline: "dateline",
	PartAddressee: "addressee", PartTopic: "topic", PartSalutation: "salutation", PartBody: "body",
	PartClosing: "closing", PartSignature: "signature", PartBelow: "below", PartContact: "contact",
}

// testVocabulary is the embedded vocabulary.
var testVocabulary = sync.OnceValue(func() *lexicon.Vocabulary {
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		panic(err)
	}
	return v
})

// testWording is the wording of the data files.
var testWording = sync.OnceValue(func() *Wording {
	w, err := Load(os.DirFS("../data"))
	if err != nil {
		panic(err)
	}
	return w
})

// Each file of testdata/letters is a letter in which every line is preceded by the name of the
// part that it must be assigned to.
func TestEveryLineOfALetterHasItsPlace(t *testing.T) {
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
			m := &intake.Message{Text: intake.Text{Content: strings.Join(lines, "\n")}}
			for i, l := range testWording().Lay(testVocabulary(), m).Main.Lines {
				if got := partNames[l.Part]; got != places[i] {
					t.Errorf("%q: got %s, want %s", lines[i], got, places[i])
				}
			}
		})
	}
}

func TestTheLetterSpeaksAndTheCoverDoesNot(t *testing.T) {
	const cover = "Dear Sir/Madam,\n\nPlease find attached the letter of our Minister.\n\nKind regards,\nRegistry\n"
	const inner = "No. 12-3/45\n\nDear Madam,\n\nThe Ministry of Waters requests UNECE to send two experts in May 2026.\n\nYours sincerely,\nAida Karimova\nDeputy Minister\n"
	const terms = "Annex 1\nTerms of reference\n\nThe experts will organise a workshop in July 2026.\n"
	forward := cover + "-----Original Message-----\nFrom: Aida Karimova <a.karimova@waters.example>\nSent: 3 May\n\n" + inner
	at := len(cover)
	header := strings.Index(forward, "\n\nNo.") + 2
	for _, c := range []struct {
		name, want string
		mail       intake.Message
	}{
		{"attached letter", "attachment:1", intake.Message{Text: intake.Text{Content: cover}, Attachments: []intake.Attachment{{Filename: "letter.pdf", Text: intake.Text{Content: inner}}}}},
		{"letter among annexes", "attachment:2", intake.Message{Text: intake.Text{Content: cover}, Attachments: []intake.Attachment{{Text: intake.Text{Content: terms}}, {Text: intake.Text{Content: inner}}}}},
		{"letter in the body with an annex", "body", intake.Message{Text: intake.Text{Content: inner}, Attachments: []intake.Attachment{{Text: intake.Text{Content: terms}}}}},
		{"inline forward", "body", intake.Message{Text: intake.Text{Content: forward, Sections: []intake.Section{
			{Kind: intake.SectionNew, Start: 0, End: at}, {Kind: intake.SectionForwardHeader, Start: at, End: header}, {Kind: intake.SectionForwarded, Start: header, End: len(forward)}}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testWording().Lay(testVocabulary(), &c.mail).Main
			if s.Name != c.want || !strings.Contains(s.Text, "requests UNECE") {
				t.Fatalf("the letter is %s, want %s", s.Name, c.want)
			}
			if c.name == "inline forward" && s.Author.Address != "a.karimova@waters.example" {
				t.Errorf("its author is %v", s.Author)
			}
		})
	}
}
