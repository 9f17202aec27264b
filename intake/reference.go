package intake

import (
	"strings"
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
			reference := strings.ToUpper(text[at.start:at.end])
			return reference, []Evidence{s.evidence(FieldReference, reference, at.start, at.end)}
		}
	}
	return "", nil
}

// find returns where the first of our references stands in a text; an empty
// stretch for none. Small letters are accepted, since people copy by hand.
func (o Ours) find(text string) stretch {
	prefix := o.Prefix + "-"
	for i := 0; i+len(prefix)+10 <= len(text); i++ {
		if !strings.EqualFold(text[i:i+len(prefix)], prefix) || i > 0 && isAlphanumeric(text[i-1]) {
			continue
		}
		end := i + len(prefix)
		year := digitsAt(text, end)
		if year != 4 || end+4 >= len(text) || text[end+4] != '-' {
			continue
		}
		number := digitsAt(text, end+5)
		if number >= 5 && number <= 9 {
			return stretch{i, end + 5 + number}
		}
	}
	return stretch{}
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
