package letter

import "strings"

// findAddress returns the position of the first e-mail address in a text; an empty stretch if
// there is none. It accepts what people usually write rather than all of RFC 5322: no quoted
// local parts, no address literals.
func findAddress(text string) Stretch {
	for from := 0; ; {
		at := strings.IndexByte(text[from:], '@')
		if at < 0 {
			return Stretch{}
		}
		at += from
		x := Stretch{Start: at, End: at + 1}
		for x.Start > 0 && isAddressByte(text[x.Start-1]) {
			x.Start--
		}
		for x.End < len(text) && isDomainByte(text[x.End]) {
			x.End++
		}
		x.Start += len(text[x.Start:at]) - len(strings.TrimLeft(text[x.Start:at], ".-"))
		x.End = at + 1 + len(strings.TrimRight(text[at+1:x.End], ".-"))
		if x.Start < at && strings.Contains(text[at+1:x.End], ".") {
			return x
		}
		from = at + 1
	}
}

// Addresses returns the positions of the e-mail addresses in text[start:end], in order.
func Addresses(text string, start, end int) []Stretch {
	var out []Stretch
	for {
		x := findAddress(text[start:end])
		if x.End == 0 {
			return out
		}
		out = append(out, Stretch{Start: start + x.Start, End: start + x.End})
		start += x.End
	}
}

func isAddressByte(c byte) bool { return isDomainByte(c) || strings.IndexByte("_+%'&=/", c) >= 0 }

func isDomainByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-'
}
