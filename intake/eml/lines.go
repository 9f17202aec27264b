package eml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
)

// A line is one line of a text, as used by the section splitter.
type line struct {
	start, end int    // in the text, line feed included
	depth      int    // number of quotation marks before it
	text       string // without quotation marks and surrounding white space
	folded     string // text in the form that is compared with phrases
	kind       intake.SectionKind
}

func (l *line) blank() bool { return l.text == "" }

func linesOf(content string) []line {
	lines := make([]line, 0, strings.Count(content, "\n")+1)
	for start := 0; start < len(content); {
		end := len(content)
		if i := strings.IndexByte(content[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		depth, text := cutMarks(content[start:end])
		text = strings.TrimSpace(text)
		lines = append(lines, line{start: start, end: end, depth: depth, text: text, folded: fold(text)})
		start = end
	}
	return lines
}

// cutMarks removes the quotation marks from a line: ">", "> ", ">>", "> >".
func cutMarks(s string) (depth int, rest string) {
	if strings.HasPrefix(s, ">From ") { // escaped for an mbox, not quoted
		return 0, s[1:]
	}
	for {
		next := strings.TrimPrefix(s, " ")
		if !strings.HasPrefix(next, ">") {
			return depth, s
		}
		depth++
		s = next[1:]
	}
}

// core returns the words of a separator line between its dashes.
func (l *line) core() (words string, dashes bool) {
	words = strings.TrimSpace(strings.Trim(l.folded, "-—–_=~ :.*"))
	return words, strings.HasPrefix(l.folded, "--") || strings.HasPrefix(l.folded, "__") || strings.HasPrefix(l.folded, "==") || strings.HasPrefix(l.folded, "—")
}

// clock reports whether s contains a time of day.
func clock(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if s[i] == ':' && isDigit(s[i-1]) && isDigit(s[i+1]) && isDigit(s[i+2]) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// nextText returns the index of the first line from i on that is not blank.
func nextText(lines []line, i int) int {
	for i < len(lines) && lines[i].blank() {
		i++
	}
	return i
}

// sectionsOf joins adjacent lines of one kind into sections. A text that is entirely new has
// no sections.
func sectionsOf(lines []line) []intake.Section {
	var sections []intake.Section
	for i := range lines {
		l := &lines[i]
		if last := len(sections) - 1; last >= 0 && sections[last].Kind == l.kind {
			sections[last].End = l.end
			continue
		}
		sections = append(sections, intake.Section{Kind: l.kind, Start: l.start, End: l.end})
	}
	if len(sections) == 1 && sections[0].Kind == intake.SectionNew {
		return nil
	}
	return sections
}
