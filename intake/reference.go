package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FormatReference formats a reference: prefix, year, five digits or more.
func FormatReference(prefix string, year, number int) string {
	return fmt.Sprintf("%s-%04d-%05d", prefix, year, number)
}

// ReferenceAfter returns the next reference of the same year; a string that does not end in a
// number is returned unchanged.
func ReferenceAfter(reference string) string {
	at := strings.LastIndexByte(reference, '-') + 1
	number, err := strconv.Atoi(reference[at:])
	if err != nil {
		return reference
	}
	return fmt.Sprintf("%s%05d", reference[:at], number+1)
}

// Ours identifies what belongs to the office in a mail.
type Ours struct {
	Domain          string   // domain of our Message-IDs and of the desk: "desk.unece.example"
	Prefix          string   // prefix of our references: "TC"
	InternalDomains []string // domains of our staff
}

// Owns reports whether an address or a Message-ID is in our domain or a subdomain.
func (o Ours) Owns(address string) bool {
	domain, ours := DomainOf(address), strings.ToLower(o.Domain)
	return ours != "" && (domain == ours || strings.HasSuffix(domain, "."+ours))
}

// AnsweredBy reports whether the message replies to a mail of ours, judging by the domain of
// the Message-IDs that it refers to. If colleagues share the desk's domain, our own
// Message-IDs are recognised by the reference in them.
func (o Ours) AnsweredBy(m *Message) bool {
	shared := slices.ContainsFunc(o.InternalDomains, func(d string) bool { return strings.EqualFold(d, o.Domain) })
	return slices.ContainsFunc(slices.Concat(m.InReplyTo, m.References), func(id string) bool {
		if !o.Owns(id) {
			return false
		}
		reference, _, _ := o.FindReference(id)
		return !shared || reference != ""
	})
}

// FindReference returns the first of our references in a text, in canonical form, and its
// start and end; "" for none. Lower case is accepted, since people type references.
func (o Ours) FindReference(text string) (reference string, start, end int) {
	for hyphen := strings.IndexByte(text, '-'); hyphen >= 0; {
		if digitsAt(text, hyphen+1) == 4 && strings.HasPrefix(text[hyphen+5:], "-") {
			number := digitsAt(text, hyphen+6)
			if start := o.prefixBefore(text, hyphen); start >= 0 && number >= 5 && number <= 9 {
				end := hyphen + 6 + number
				return o.Prefix + text[hyphen:end], start, end
			}
		}
		next := strings.IndexByte(text[hyphen+1:], '-')
		if next < 0 {
			break
		}
		hyphen += 1 + next
	}
	return "", 0, 0
}

// prefixBefore returns the start of the prefix that ends at a hyphen; -1 if something else
// precedes the hyphen. Cyrillic letters that look like the Latin ones are accepted, since
// they are produced by Russian keyboards and by OCR.
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

// lookalikes maps Cyrillic letters to the Latin ones of the same shape.
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'е': 'e', 'н': 'h', 'к': 'k', 'м': 'm', 'о': 'o', 'р': 'p', 'т': 't', 'у': 'y', 'х': 'x',
}

// digitsAt counts the digits that begin at an offset.
func digitsAt(text string, i int) int {
	n := 0
	for i+n < len(text) && '0' <= text[i+n] && text[i+n] <= '9' {
		n++
	}
	return n
}
