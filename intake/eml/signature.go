package eml

import (
	"strings"
	"unicode/utf8"

	"verbale/intake"
)

// Bounds of a signature block. They are those of business letters: longer
// lines are sentences, more lines are a text.
const (
	signatureLines  = 20
	signatureWidth  = 100 // characters
	sentenceWords   = 12
	wordsAfterClose = 5 // "С уважением, Министр транспорта И. И. Иванов"
)

// markSignatures finds signature blocks in the stretches that are new: below
// the "-- " of RFC 3676, section 4.3, below a closing formula, or a last
// paragraph of telephone numbers and addresses.
func (s *splitter) markSignatures() {
	s.eachStretch(intake.SectionNew, func(from, to int) {
		for i := from; i < to; i++ {
			if end := s.signatureFrom(i, to); end > 0 {
				i = s.mark(i, end, intake.SectionSignature) - 1
			}
		}
		s.markContacts(from, to)
	})
}

// eachStretch calls f for each run of lines of one kind.
func (s *splitter) eachStretch(kind intake.SectionKind, f func(from, to int)) {
	for i := 0; i < len(s.lines); i++ {
		if s.lines[i].kind != kind {
			continue
		}
		from := i
		for i < len(s.lines) && s.lines[i].kind == kind {
			i++
		}
		f(from, i)
	}
}

// signatureFrom returns the line after the signature that starts at line i, or
// 0 where none does.
func (s *splitter) signatureFrom(i, to int) int {
	l := &s.lines[i]
	if l.text == "--" {
		if end := s.signatureEnd(i+1, to); nextText(s.lines[:to], end) == to {
			return end
		}
		return 0
	}
	if !s.closes(l) {
		return 0
	}
	return s.signatureEnd(i+1, to)
}

// closes reports whether a line is a closing formula, perhaps with the name
// beside it. "With respect to your letter" is none.
func (s *splitter) closes(l *line) bool {
	bare := strings.TrimRight(l.folded, " ,.!;-–—")
	if s.phrases.closingsAlone[bare] {
		return true
	}
	phrase := s.phrases.closings.startOf(l.folded)
	if phrase == "" {
		return false
	}
	rest := strings.TrimSpace(l.folded[len(phrase):])
	if rest == "" || strings.Trim(rest, " ,.!;-–—") == "" {
		return true
	}
	words := strings.Fields(l.text)
	after := words[min(len(words), len(strings.Fields(phrase))):]
	if len(after) > wordsAfterClose {
		return false
	}
	return strings.HasPrefix(rest, ",") || len(after) > 0 && startsUpper(after[0])
}

// signatureEnd goes through paragraphs from line i while they look like a
// name, a post, an address; trailing blank lines are part of it.
func (s *splitter) signatureEnd(i, to int) int {
	lines := 0
	for i < to {
		start := nextText(s.lines[:to], i)
		end := start
		for end < to && !s.lines[end].blank() {
			end++
		}
		lines += end - start
		if start == to || lines > signatureLines || !s.signs(s.lines[start:end]) {
			if start == to {
				return to
			}
			return i
		}
		i = end
	}
	return to
}

// signs reports whether a paragraph may be part of a signature.
func (s *splitter) signs(paragraph []line) bool {
	first := paragraph[0].folded
	if hasAnyPrefix(first, s.phrases.resumes) || hasAnyPrefix(first, s.phrases.greetings) {
		return false
	}
	width := 0
	for i := range paragraph {
		if l := &paragraph[i]; l.listed() || l.sentence() {
			return false
		}
		width += utf8.RuneCountInString(paragraph[i].text)
	}
	const proseLines, proseWidth = 3, 60
	return len(paragraph) < proseLines || width/len(paragraph) < proseWidth
}

// listed reports whether the line is an item of a list.
func (l *line) listed() bool {
	t := l.text
	if strings.HasPrefix(t, "- ") || strings.HasPrefix(t, "• ") || strings.HasPrefix(t, "* ") {
		return true
	}
	n := strings.IndexAny(t, ".)")
	return n > 0 && n <= 2 && isDigit(t[0]) && isDigit(t[n-1]) && strings.HasPrefix(t[n+1:], " ")
}

// sentence reports whether the line is too long for a signature, or many words
// that end in a full stop.
func (l *line) sentence() bool {
	if len(l.text) <= signatureWidth/2 {
		return false
	}
	if utf8.RuneCountInString(l.text) > signatureWidth {
		return true
	}
	return strings.HasSuffix(l.text, ".") && len(strings.Fields(l.text)) > sentenceWords
}

// markContacts marks the last paragraph of a stretch where it gives telephone
// numbers and addresses, line by line.
func (s *splitter) markContacts(from, to int) {
	end := to
	for end > from && s.lines[end-1].blank() {
		end--
	}
	start := end
	for start > from && !s.lines[start-1].blank() && s.lines[start-1].kind == intake.SectionNew {
		start--
	}
	if start == from || end-start < 2 || !s.signs(s.lines[start:end]) {
		return
	}
	for i := start; i < end; i++ {
		if s.contact(&s.lines[i]) {
			s.mark(start, to, intake.SectionSignature)
			return
		}
	}
}

// contact reports whether a line gives a telephone number or an address.
func (s *splitter) contact(l *line) bool {
	if !hasAnyPrefix(l.folded, s.phrases.contacts) && !strings.HasPrefix(l.text, "+") {
		return false
	}
	return hasDigit(l.text) || strings.ContainsAny(l.text, "@") || strings.HasPrefix(l.folded, "www.")
}
