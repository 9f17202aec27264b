package letter

import (
	"strings"

	"verbale/intake"
)

// How much a text must ask for what is quoted below it to be history, and how much
// what is quoted must ask to be the letter.
const (
	asksPlainly = 0.5
	asksAtAll   = 0.25
)

// takeQuoted takes what is quoted in a mail that is passed on for a letter, where
// nothing above it asks as plainly: people who pass a letter on, one after the other, quote it
// deeper each time.
func (b layout) takeQuoted(m *intake.Message, l *Letter) {
	if m.Forwarded == nil {
		return
	}
	least := asksAtAll
	for _, s := range l.Sources {
		if s.Standing == StandingSubject {
			continue
		}
		_, ask := s.BestAsk()
		if ask >= asksPlainly {
			return
		}
		least = max(least, ask)
	}
	for _, group := range authors(m.Text, m.From) {
		s := b.quotedSource(m.Text.Content, group)
		if s == nil {
			continue
		}
		s.readSentences()
		if _, ask := s.BestAsk(); ask > least {
			l.Sources = append(l.Sources, s)
		}
	}
}

// quotedSource is what stands quoted among the words of one author, with the
// marks of quotation blanked; nil where nothing does.
func (b layout) quotedSource(content string, from authored) *Source {
	var quoted []intake.Section
	for _, x := range from.sections {
		if x.Kind == intake.SectionQuoted {
			quoted = append(quoted, intake.Section{Kind: intake.SectionNew, Start: x.Start, End: x.End})
		}
	}
	if len(quoted) == 0 {
		return nil
	}
	s := b.newSource("body", blankMarks(content, quoted), from.author)
	s.written, s.Standing = content, StandingCover
	header := firstParagraph(s.Text[quoted[0].Start:quoted[0].End])
	if author := headerAuthor(header); author.Address != "" {
		s.Author = author
		quoted[0].Start += len(header)
	}
	s.layLines(quoted)
	return s
}

// headerLines is the most lines of the header of a mail that is quoted.
const headerLines = 8

// firstParagraph returns the lines up to the first blank one, where a header may
// stand; "" where they are too many for one.
func firstParagraph(text string) string {
	end, n := 0, 0
	for line := range strings.Lines(text) {
		if n++; n > headerLines {
			return ""
		}
		end += len(line)
		if strings.TrimSpace(line) == "" && strings.TrimSpace(text[:end]) != "" {
			return text[:end]
		}
	}
	return ""
}

// blankMarks puts spaces in place of the marks of quotation that begin lines
// within the sections, so that all offsets stay.
func blankMarks(text string, sections []intake.Section) string {
	blank := []byte(text)
	for _, x := range sections {
		for i := x.Start; i < x.End; i++ {
			for ; i < x.End && (blank[i] == '>' || blank[i] == ' '); i++ {
				blank[i] = ' '
			}
			for i < x.End && blank[i] != '\n' {
				i++
			}
		}
	}
	return string(blank)
}
