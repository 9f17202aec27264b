package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// referenceOf returns our reference ("TC-2026-00042") where the message
// carries one: in the subject first, then in the body, quoted history
// included, then in attachments. What stands only in a mail that a bounce
// returns does not count.
func (r *Reader) referenceOf(m *Message, l letter) string {
	reference, _ := r.findReference(m, l)
	return reference
}

func (r *Reader) findReference(m *Message, l letter) (string, []Evidence) {
	for i := range l.sources {
		s := &l.sources[i]
		text := s.text
		if m.Signs.Delivery != nil && s.standing != standingSubject {
			continue
		}
		if at := r.ours.find(text); at.end > 0 {
			reference := r.ours.Prefix + text[strings.IndexByte(text[at.start:at.end], '-')+at.start:at.end]
			return reference, []Evidence{s.evidence(FieldReference, reference, at.start, at.end)}
		}
	}
	return "", nil
}

// find returns where the first of our references stands in a text; an empty
// stretch for none. Small letters are accepted, since people copy by hand.
func (o Ours) find(text string) stretch {
	for i := 0; i < len(text); i++ {
		if i > 0 && isAlphanumeric(text[i-1]) {
			continue
		}
		end := o.prefixAt(text, i)
		if end == 0 || digitsAt(text, end) != 4 || end+4 >= len(text) || text[end+4] != '-' {
			continue
		}
		if number := digitsAt(text, end+5); number >= 5 && number <= 9 {
			return stretch{i, end + 5 + number}
		}
	}
	return stretch{}
}

// prefixAt returns where the prefix and hyphen that stand at i end, 0 for none.
// Cyrillic letters that look like the Latin ones are taken for them: a Russian
// keyboard and the recognition of scans both write them.
func (o Ours) prefixAt(text string, i int) int {
	for _, want := range strings.ToLower(o.Prefix) {
		got, n := utf8.DecodeRuneInString(text[i:])
		got = unicode.ToLower(got)
		if got != want && lookalikes[got] != want {
			return 0
		}
		i += n
	}
	if i >= len(text) || text[i] != '-' {
		return 0
	}
	return i + 1
}

// lookalikes are Cyrillic letters by the Latin ones that have their shape.
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'е': 'e', 'н': 'h', 'к': 'k', 'м': 'm', 'о': 'o', 'р': 'p', 'т': 't', 'у': 'y', 'х': 'x',
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// digitsAt counts the digits that stand at an offset.
func digitsAt(text string, i int) int {
	n := 0
	for i+n < len(text) && '0' <= text[i+n] && text[i+n] <= '9' {
		n++
	}
	return n
}

// answersOurs reports whether the message answers a mail of ours, by the
// domain of the message-ids that it names.
func (o Ours) answersOurs(m *Message) bool {
	for _, ids := range [][]string{m.InReplyTo, m.References} {
		for _, id := range ids {
			if within(domainOf(id), strings.ToLower(o.Domain)) {
				return true
			}
		}
	}
	return false
}
