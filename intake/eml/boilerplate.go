package eml

import (
	"strings"

	"verbale/intake"
)

// Limits of boilerplate: a banner has few lines, a device line is short.
const (
	bannerLines = 6
	deviceWidth = 160 // bytes
)

// markBoilerplate marks what programs and servers add: "Sent from my …", banners of the
// receiving server, disclaimers, antivirus footers.
func (s *splitter) markBoilerplate() {
	for i := 0; i < len(s.lines); i++ {
		l := &s.lines[i]
		if l.blank() || l.kind != intake.SectionNew && l.kind != intake.SectionForwarded {
			continue
		}
		if end := s.boilerplateFrom(i); end > 0 {
			i = s.mark(i, end, intake.SectionBoilerplate) - 1
		}
	}
}

// boilerplateFrom returns the line after the boilerplate at line i, or 0.
func (s *splitter) boilerplateFrom(i int) int {
	l := &s.lines[i]
	switch {
	case len(l.text) <= deviceWidth && s.phrases.devices.startOf(l.folded) != "":
		return i + 1
	case s.phrases.banners.in(l.folded):
		if paragraph := s.paragraphEnd(i); paragraph-i <= bannerLines {
			return paragraph
		}
		return i + 1
	case s.disclaims(i):
		return s.paragraphEnd(i)
	}
	return 0
}

// disclaims reports whether a disclaimer begins in line i. Its first words may be wrapped into
// the next line.
func (s *splitter) disclaims(i int) bool {
	if s.phrases.disclaimers.in(s.lines[i].folded) {
		return true
	}
	if i+1 >= len(s.lines) || s.lines[i+1].kind != s.lines[i].kind {
		return false
	}
	next := s.lines[i+1].folded
	return s.phrases.disclaimers.across(tail(s.lines[i].folded), next) && !s.phrases.disclaimers.in(next)
}

// tail returns the end of a line, long enough for the beginning of a phrase.
func tail(s string) string {
	const enough = 60
	if len(s) <= enough {
		return s
	}
	s = s[len(s)-enough:]
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[i+1:]
	}
	return ""
}

// longestParagraph is the maximum number of lines in which the end of a paragraph is searched
// for.
const longestParagraph = 200

// paragraphEnd returns the line after the paragraph that holds line i.
func (s *splitter) paragraphEnd(i int) int {
	kind, most := s.lines[i].kind, min(len(s.lines), i+longestParagraph)
	for i < most && !s.lines[i].blank() && s.lines[i].kind == kind {
		i++
	}
	return i
}
