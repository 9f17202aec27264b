package intake

import (
	"slices"
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
	for hyphen := strings.IndexByte(text, '-'); hyphen >= 0; {
		if digitsAt(text, hyphen+1) == 4 && strings.HasPrefix(text[hyphen+5:], "-") {
			number := digitsAt(text, hyphen+6)
			if start := o.prefixBefore(text, hyphen); start >= 0 && number >= 5 && number <= 9 {
				return stretch{start, hyphen + 6 + number}
			}
		}
		next := strings.IndexByte(text[hyphen+1:], '-')
		if next < 0 {
			break
		}
		hyphen += 1 + next
	}
	return stretch{}
}

// prefixBefore returns where the prefix begins that ends at a hyphen, -1 where
// another word stands there. Cyrillic letters that look like the Latin ones are
// taken for them: a Russian keyboard and the recognition of scans both write
// them.
func (o Ours) prefixBefore(text string, hyphen int) int {
	start := hyphen
	for _, want := range slices.Backward([]rune(strings.ToLower(o.Prefix))) {
		got, n := utf8.DecodeLastRuneInString(text[:start])
		got = unicode.ToLower(got)
		if got != want && lookalikes[got] != want {
			return -1
		}
		start -= n
	}
	if r, _ := utf8.DecodeLastRuneInString(text[:start]); start > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return -1
	}
	return start
}

// lookalikes are Cyrillic letters by the Latin ones that have their shape.
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'е': 'e', 'н': 'h', 'к': 'k', 'м': 'm', 'о': 'o', 'р': 'p', 'т': 't', 'у': 'y', 'х': 'x',
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
// domain of the message-ids that it names. Where colleagues share the desk's
// domain, theirs have it too, and ours are known by the reference in them.
func (o Ours) answersOurs(m *Message) bool {
	shared := slices.ContainsFunc(o.InternalDomains, func(d string) bool { return strings.EqualFold(d, o.Domain) })
	return slices.ContainsFunc(slices.Concat(m.InReplyTo, m.References), func(id string) bool {
		return within(domainOf(id), strings.ToLower(o.Domain)) && (!shared || o.find(id).end > 0)
	})
}
