package eml

import (
	"slices"
	"strings"

	"verbale/intake"
)

// unquoteForward removes one level of quotation marks from a mail that a program forwarded
// with a mark before each line, so that it is read like any other forwarded mail.
func (s *splitter) unquoteForward() {
	if !strings.Contains(s.content, "\n>") {
		return
	}
	for i := range s.lines {
		if s.lines[i].depth > 0 || !s.isMarker(&s.lines[i], &s.phrases.forwardMarkers) {
			continue
		}
		if first, end := s.marksBelow(i); first < end {
			s.unmark(first, end, 1)
			return
		}
	}
}

// marksBelow returns the quoted lines below a forward marker in line i: directly below it, or
// after a header without marks.
func (s *splitter) marksBelow(i int) (first, end int) {
	first = nextText(s.lines, i+1)
	for first < len(s.lines) && s.lines[first].depth == 0 {
		if next := s.attribution(first); next > 0 {
			first = nextText(s.lines, next)
			break
		}
		if s.label(first) == roleNone {
			return 0, 0
		}
		first = nextText(s.lines, first+1)
	}
	for end = first; end < len(s.lines) && s.lines[end].depth > 0; {
		end++
		if next := nextText(s.lines, end); next < len(s.lines) && s.lines[next].depth > 0 {
			end = next
		}
	}
	return first, end
}

// quotationPassedOn treats a quotation as a forwarded mail if the subject says that there is
// one and nothing else shows where it is.
func (s *splitter) quotationPassedOn() {
	first := slices.IndexFunc(s.lines, func(l line) bool { return l.kind == intake.SectionQuoted })
	if first < 0 || len(s.passed) > 0 || s.phrases.prefixOf(s.above.subject) != prefixForward {
		return
	}
	h := headerBlock{end: first}
	if s.lines[first].depth == 0 {
		h = s.attributedBlock(first, first)
	} else if block, ok := s.headerBlock(first, markKnown); ok {
		h = block
	}
	text := nextText(s.lines, h.end)
	end, depth := text, maxQuotes
	for end < len(s.lines) && (s.lines[end].kind == intake.SectionQuoted || s.lines[end].blank()) {
		if !s.lines[end].blank() {
			depth = min(depth, s.lines[end].depth)
		}
		end++
	}
	if text == end {
		return
	}
	s.mark(first, text, intake.SectionForwardHeader)
	for i := text; i < end; i++ {
		if s.lines[i].depth <= depth {
			s.lines[i].kind = intake.SectionForwarded
		}
	}
	s.unmark(text, end, depth)
	s.passed = []passedOn{{forward: h.forward(), start: first, end: end}}
}

// unmark removes the given number of levels of quotation marks from lines. The lines keep
// their kinds.
func (s *splitter) unmark(from, to, levels int) {
	var b strings.Builder
	b.WriteString(s.content[:s.lines[from].start])
	for _, l := range s.lines[from:to] {
		text := s.content[l.start:l.end]
		for range min(levels, l.depth) {
			text = strings.TrimLeft(text, " ")[len(">"):]
		}
		if levels > 0 && l.depth > 0 {
			text = strings.TrimPrefix(text, " ")
		}
		b.WriteString(text)
	}
	b.WriteString(s.content[s.lines[to-1].end:])
	s.content = b.String()
	lines := linesOf(s.content)
	for i := range lines {
		lines[i].kind = s.lines[i].kind
	}
	s.lines = lines
}
