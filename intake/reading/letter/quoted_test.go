package letter

import (
	"strings"
	"testing"
	"time"

	"verbale/intake"
)

// passedOn returns a mail with a letter quoted below the words of two people who forwarded it.
func passedOn(above, quoted string) *intake.Message {
	header := "---------- Forwarded message ---------\nFrom: Ana Sample <ana@agency.example>\n"
	text := above + "\n" + header + quoted
	return &intake.Message{Subject: "Fwd: Fwd: letter", Date: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC),
		From: intake.Address{Address: "office@ministry.example"}, Forwarded: &intake.Forward{From: intake.Address{Address: "ana@agency.example"}},
		Text: intake.Text{Content: text, Sections: []intake.Section{
			{Kind: intake.SectionNew, Start: 0, End: len(above) + 1},
			{Kind: intake.SectionForwardHeader, Start: len(above) + 1, End: len(above) + 1 + len(header)},
			{Kind: intake.SectionQuoted, Start: len(above) + 1 + len(header), End: len(text)},
		}}}
}

func TestALetterQuotedByThoseWhoPassItOn(t *testing.T) {
	const quoted = "> From: Beta Example <beta@roads.example>\n> Subject: inspectors\n>\n> Dear colleagues,\n>\n> we kindly request UNECE to train in spring the thirty inspectors of our road\n> agency who examine the tank vehicles that carry fuel.\n>\n> Beta Example\n"
	for _, c := range []struct{ name, above, author, words string }{
		{"nothing above asks", "fyi, see the bottom.\n", "beta@roads.example", "inspectors of our road\n> agency who"},
		{"what is above asks, and the rest is history", "Dear UNECE,\nwe kindly request you to send an expert for a review of our law on waste.\n", "office@ministry.example", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := passedOn(c.above, quoted)
			l := testWording().Lay(testVocabulary(), m)
			if l.Main.Author.Address != c.author {
				t.Fatalf("the letter is that of %q, want %q", l.Main.Author.Address, c.author)
			}
			best, _ := l.Main.BestAsk()
			x := l.Main.Sentences[best]
			e := l.Main.Evidence(intake.FieldKind, "request", x.Start, x.End)
			if e.Quote != m.Text.Content[e.Start:e.End] {
				t.Errorf("evidence %q is not what stands there", e.Quote)
			}
			if !strings.Contains(e.Quote, c.words) {
				t.Errorf("what asks is %q, want %q", e.Quote, c.words)
			}
		})
	}
}
