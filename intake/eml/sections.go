package eml

import (
	"strings"
	"time"

	"verbale/intake"
)

// A splitter divides one text into sections. It goes through the lines once: new text
// continues until a quotation or the header of another mail, and the text below a header block
// or an attribution continues to the end, unless markers show where it ends.
type splitter struct {
	phrases *Phrases
	decoder *decoder
	limits  Limits
	content string
	lines   []line
	region  intake.SectionKind
	zone    *time.Location // of the mail's Date; nil if it has none
	above   mailHead       // header of the mail whose text is being split
	passed  []passedOn
}

// A passedOn is one forwarded mail. Forwarded mails may contain others.
type passedOn struct {
	forward    intake.Forward
	start, end int // lines, header included
}

// A mailHead is the author, the recipients and the subject in a header.
type mailHead struct {
	from    intake.Address
	to      []intake.Address
	subject string
}

// split sets m.Text and, if it contains a forwarded mail, m.Forwarded.
func (d *decoder) split(m *intake.Message, content string, limits Limits) {
	s := splitter{phrases: d.phrases, decoder: d, limits: limits, content: content, region: intake.SectionNew}
	s.above = mailHead{from: m.From, to: append(append([]intake.Address{}, m.To...), m.Cc...), subject: m.Subject}
	if !m.Date.IsZero() {
		s.zone = m.Date.Location()
	}
	s.lines = linesOf(content)
	s.unquoteForward()
	for i := 0; i < len(s.lines); {
		i = s.step(i)
	}
	s.quotationPassedOn()
	m.Forwarded = s.choosePassedOn()
	s.blankLines()
	s.markBoilerplate()
	s.markSignatures()
	s.blankLines()
	m.Text = intake.Text{Content: s.content, Sections: sectionsOf(s.lines)}
}

// step sets the kind of line i, and of the lines that belong to it, and returns the next line.
func (s *splitter) step(i int) int {
	l := &s.lines[i]
	switch {
	case l.depth > 0:
		return s.mark(i, i+1, intake.SectionQuoted)
	case s.region == intake.SectionQuoted || l.blank():
		return s.mark(i, i+1, s.region)
	}
	if s.region == intake.SectionForwarded && s.isMarker(l, &s.phrases.forwardEnds) {
		s.region = intake.SectionNew
		s.endPassedOn(i)
		return s.mark(i, i+1, intake.SectionForwardHeader)
	}
	if h, ok := s.mailBelow(i); ok {
		return s.enter(i, h)
	}
	if end := s.attribution(i); end > 0 {
		if next := nextText(s.lines, end); next < len(s.lines) && s.lines[next].depth == 0 {
			s.region = intake.SectionQuoted
		}
		return s.mark(i, end, intake.SectionQuoted)
	}
	return s.mark(i, i+1, s.region)
}

func (s *splitter) mark(from, to int, kind intake.SectionKind) int {
	for i := from; i < to; i++ {
		s.lines[i].kind = kind
	}
	return to
}

// enter decides whether the mail whose header ends before line h.end is forwarded or only
// quoted, and continues in its text.
func (s *splitter) enter(i int, h headerBlock) int {
	if !s.passesOn(h) {
		s.region = intake.SectionQuoted
		return s.mark(i, h.end, intake.SectionQuoted)
	}
	s.region = intake.SectionForwarded
	s.endPassedOn(i)
	s.passed = append(s.passed, passedOn{
		forward: h.forward(),
		start:   i, end: len(s.lines),
	})
	s.above = h.head
	return s.mark(i, h.end, intake.SectionForwardHeader)
}

// endPassedOn ends the last forwarded mail before line i.
func (s *splitter) endPassedOn(i int) {
	if n := len(s.passed); n > 0 {
		s.passed[n-1].end = min(i, s.passed[n-1].end)
	}
}

// choosePassedOn returns the one of nested forwarded mails that has the longest text. Those
// above it usually say no more than "please handle", and those below it are earlier
// correspondence, which is marked as quoted.
func (s *splitter) choosePassedOn() *intake.Forward {
	chosen, longest := -1, -1
	for n, p := range s.passed {
		length := 0
		for _, l := range s.lines[p.start:p.end] {
			if l.kind == intake.SectionForwarded {
				length += len(l.text)
			}
		}
		if length > longest {
			chosen, longest = n, length
		}
	}
	if chosen < 0 {
		return nil
	}
	for _, p := range s.passed[chosen+1:] {
		s.mark(p.start, p.end, intake.SectionQuoted)
	}
	return &s.passed[chosen].forward
}

// passesOn distinguishes a forwarded mail from a quoted one: by the marker, otherwise by the
// prefix of the subject above, otherwise by whether its author is a sender or recipient of the
// mail above.
func (s *splitter) passesOn(h headerBlock) bool {
	if h.forwarding {
		return true
	}
	switch s.phrases.prefixOf(s.above.subject) {
	case prefixForward:
		return true
	case prefixReply:
		return false
	}
	author := h.head.from.Address
	if author == "" || strings.EqualFold(author, s.above.from.Address) {
		return false
	}
	for _, to := range s.above.to {
		if strings.EqualFold(author, to.Address) {
			return false
		}
	}
	return true
}

// blankLines gives blank lines the kind of the text before them.
func (s *splitter) blankLines() {
	for i := 1; i < len(s.lines); i++ {
		if s.lines[i].blank() && s.lines[i].depth == 0 {
			s.lines[i].kind = s.lines[i-1].kind
		}
	}
}

// isMarker reports whether a line has one of the phrases, set apart as programs do it: between
// dashes, before a colon, or alone.
func (s *splitter) isMarker(l *line, phrases *phraseIndex) bool {
	words, dashes := l.core()
	phrase := phrases.startOf(words)
	return phrase != "" && (dashes || phrase == words)
}

type prefixKind int

const (
	prefixNone prefixKind = iota
	prefixReply
	prefixForward
)

// prefixOf returns the kind of the first prefix of a subject, ignoring bracketed tags:
// "[EXTERNAL] FW: Re: …" is a forward.
func (p *Phrases) prefixOf(subject string) prefixKind {
	subject = fold(subject)
	for strings.HasPrefix(subject, "[") {
		_, after, ok := strings.Cut(subject, "]")
		if !ok {
			break
		}
		subject = strings.TrimSpace(after)
	}
	prefix, _, ok := strings.Cut(subject, ":")
	if !ok || len(prefix) > 40 {
		return prefixNone
	}
	prefix = strings.TrimSpace(strings.TrimRight(prefix, "0123456789[]()^. "))
	switch {
	case p.forwardPrefixes[prefix]:
		return prefixForward
	case p.replyPrefixes[prefix]:
		return prefixReply
	}
	return prefixNone
}
