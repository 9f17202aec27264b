package letter

import (
	"strings"

	"verbale/intake"
)

// Ask scores: from asksPlainly on, the text above a quote makes the request itself and the
// quote is only history; a quote must exceed asksAtAll to be treated as the letter.
const (
	asksPlainly = 0.5
	asksAtAll   = 0.25
)

// takeQuoted adds quoted text of a forwarded message as a source if it makes a clearer request
// than anything above it: each time a letter is forwarded, it may be quoted one level deeper.
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

// quotedSource returns a source for the quoted text among the sections of one author, with the
// quote marks blanked; nil if nothing is quoted.
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

// headerLines is the maximum number of lines in the header of a quoted message.
const headerLines = 8

// firstParagraph returns the lines up to the first blank one, which may be a message header;
// "" if there are too many.
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

// blankMarks replaces the quote marks at the start of lines in the sections by spaces, so that
// all offsets stay the same.
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
