package intake

import "strings"

// findAddress returns where the first e-mail address of a text stands; an
// empty stretch for none. It takes what people write rather than all that
// RFC 5322 allows: no quoted local parts, no address literals.
func findAddress(text string) stretch {
	for from := 0; ; {
		at := strings.IndexByte(text[from:], '@')
		if at < 0 {
			return stretch{}
		}
		at += from
		x := stretch{start: at, end: at + 1}
		for x.start > 0 && isAddressByte(text[x.start-1]) {
			x.start--
		}
		for x.end < len(text) && isDomainByte(text[x.end]) {
			x.end++
		}
		x.start += len(text[x.start:at]) - len(strings.TrimLeft(text[x.start:at], ".-"))
		x.end = at + 1 + len(strings.TrimRight(text[at+1:x.end], ".-"))
		if x.start < at && strings.Contains(text[at+1:x.end], ".") {
			return x
		}
		from = at + 1
	}
}

func isAddressByte(c byte) bool { return isDomainByte(c) || strings.IndexByte("_+%'&=/", c) >= 0 }

func isDomainByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.' || c == '-'
}

// domainOf returns the part of an address after the @, in lower case.
func domainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

// within reports whether a domain is the given one or lies below it.
func within(domain, parent string) bool {
	return parent != "" && (domain == parent || strings.HasSuffix(domain, "."+parent))
}
