package eml

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/intake"
)

// Limits of a signature block, as in business letters: longer lines are sentences, and more
// lines are text.
const (
	signatureLines  = 20
	signatureWidth  = 100 // characters
	nameWidth       = 180 // of a line with post and institution
	sentenceWords   = 12
	wordsAfterClose = 5 // "С уважением, Министр транспорта И. И. Иванов"
)

// markSignatures finds signature blocks in new text: below the "-- " of RFC 3676, section 4.3,
// below a closing formula or sentence, or in the last paragraphs if they have a name, a post
// or a telephone number.
func (s *splitter) markSignatures() {
	s.eachStretch(intake.SectionNew, func(from, to int) {
		for i := from; i < to; i++ {
			if start, end := s.signatureFrom(i, to); end > start {
				i = s.mark(start, end, intake.SectionSignature) - 1
			}
		}
		s.markLast(from, to)
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

// signatureFrom returns the lines of the signature that begins in line i or that line i
// introduces; the range is empty if there is none.
func (s *splitter) signatureFrom(i, to int) (start, end int) {
	l := &s.lines[i]
	switch {
	case l.text == "--":
		return i, s.delimitedEnd(i, to)
	case s.closes(l):
		return i, s.signatureEnd(i+1, to)
	case s.phrases.closingSentences.startOf(l.folded) != "":
		start = s.paragraphEnd(i)
		return start, s.signatureEnd(start, to)
	}
	return i, i
}

// delimitedEnd returns the end of a signature below "-- ": the end of the stretch, unless it
// has too many lines or a salutation, in which case the dashes are only a divider.
func (s *splitter) delimitedEnd(i, to int) int {
	lines := 0
	for _, l := range s.lines[i+1 : to] {
		lines += boolInt(!l.blank())
		if lines > signatureLines || hasAnyPrefix(l.folded, s.phrases.greetings) {
			return i
		}
	}
	return to
}

// closes reports whether a line is a closing formula, possibly with the name on the same line.
// "With respect to your letter" is not one.
func (s *splitter) closes(l *line) bool {
	bare := strings.TrimRight(l.folded, " ,.!;-–—")
	if s.phrases.closingsAlone[bare] {
		return true
	}
	if first, second, two := strings.Cut(bare, "/"); two { // in two languages
		return s.closing(strings.TrimSpace(first)) && len(second) < signatureWidth || s.closing(strings.TrimSpace(second))
	}
	phrase := s.phrases.closings.startOf(l.folded)
	if phrase == "" {
		return false
	}
	rest := strings.Trim(l.folded[len(phrase):], " ,.!;-–—")
	words := strings.Fields(l.text)
	after := words[min(len(words), len(strings.Fields(phrase))):]
	if rest == "" || len(after) == 0 {
		return true
	}
	if len(after) > wordsAfterClose {
		return false
	}
	return strings.HasPrefix(l.folded[len(phrase):], ",") || strings.HasSuffix(l.text, ",") || startsUpper(after[0])
}

// closing reports whether a folded text is a closing formula and nothing else.
func (s *splitter) closing(folded string) bool {
	return s.phrases.closingsAlone[folded] || folded != "" && s.phrases.closings.startOf(folded) == folded
}

// signatureEnd returns the end of the paragraphs from line i on that look like a name, a post
// or an address, including trailing blank lines.
func (s *splitter) signatureEnd(i, to int) int {
	lines := 0
	for i < to {
		start := nextText(s.lines[:to], i)
		end := start
		for end < to && end-start <= signatureLines && !s.lines[end].blank() {
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

// sentence reports whether the line is too long for a signature, or has many words and ends in
// a full stop. The long name of an institution does not end in one.
func (l *line) sentence() bool {
	if len(l.text) <= signatureWidth/2 {
		return false
	}
	ended := strings.ContainsAny(l.text[len(l.text)-1:], ".!?:;,")
	switch width := utf8.RuneCountInString(l.text); {
	case width > nameWidth, width > signatureWidth && ended:
		return true
	}
	return strings.HasSuffix(l.text, ".") && len(strings.Fields(l.text)) > sentenceWords
}

// mostLast is the maximum number of paragraphs of a signature that no formula introduces. In
// HTML, each of its lines may be a paragraph.
const mostLast = 6

// markLast marks the last paragraphs of a stretch if they look like the name and the address
// of the signatory. The first paragraph is never marked.
func (s *splitter) markLast(from, to int) {
	end := to
	for end > from && (s.lines[end-1].blank() || s.lines[end-1].kind == intake.SectionSignature) {
		end--
	}
	tagged := false // a line below, such as a post, is part of a signature only if a name precedes it
	for n, below := 0, end; n < mostLast; n++ {
		first := s.paragraphBefore(from, below)
		paragraph := s.lines[first:below]
		below = first
		for len(paragraph) > 0 && paragraph[len(paragraph)-1].blank() {
			paragraph = paragraph[:len(paragraph)-1]
		}
		if first == from || len(paragraph) == 0 || !s.signs(paragraph) || ends(paragraph) {
			return
		}
		if s.signsOff(paragraph, tagged) {
			s.mark(first, end, intake.SectionSignature)
			end, tagged = first, false
		} else if tagged = len(paragraph) == 1; !tagged {
			return
		}
	}
}

// paragraphBefore returns the start of the paragraph that ends, including the blank lines
// below it, before line end.
func (s *splitter) paragraphBefore(from, end int) int {
	for end > from && s.lines[end-1].blank() {
		end--
	}
	for end > from && !s.lines[end-1].blank() && s.lines[end-1].kind == intake.SectionNew {
		end--
	}
	return end
}

// ends reports whether a line of a paragraph ends like running text rather than like a name.
func ends(paragraph []line) bool {
	for i := range paragraph {
		text := paragraph[i].text
		if strings.ContainsAny(text[len(text)-1:], ":;?!") || strings.HasSuffix(text, ".") && len(text) > signatureWidth/2 {
			return true
		}
	}
	return false
}

// signsOff reports whether a paragraph identifies its writer: it has initials, a name above a
// post, or telephone numbers and addresses.
func (s *splitter) signsOff(paragraph []line, tagged bool) bool {
	several := len(paragraph) > 1
	if several && slices.ContainsFunc(paragraph, func(l line) bool { return s.contact(&l) }) {
		return true
	}
	name, _, _ := strings.Cut(paragraph[0].text, ",") // "Anna Example, Head of Department"
	return initials.MatchString(paragraph[len(paragraph)-1].text) || (several || tagged) && fullName.MatchString(name)
}

// initials matches a line that ends in "И. И. Иванов" or "Иванов И. И.", and fullName a line
// of two to four names.
var (
	initials = regexp.MustCompile(`(^|\s)(\p{Lu}\.\s?){1,2}\p{Lu}[\p{L}'’-]+$|(^|\s)\p{Lu}[\p{L}'’-]+\s(\p{Lu}\.\s?){2}$`)
	fullName = regexp.MustCompile(`^(\p{Lu}[\p{L}'’-]*\.?\s){1,3}\p{Lu}[\p{L}'’-]+$`)
)

// contact reports whether a line has a telephone number or an address.
func (s *splitter) contact(l *line) bool {
	if !hasAnyPrefix(l.folded, s.phrases.contacts) && !strings.HasPrefix(l.text, "+") {
		return false
	}
	return hasDigit(l.text) || strings.Contains(l.text, "@") || strings.HasPrefix(l.folded, "www.")
}
