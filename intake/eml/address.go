package eml

import (
	"strings"

	"verbale/intake"
)

// addresses parses an address list (RFC 5322, section 3.4) leniently: it accepts unclosed
// brackets, commas in unquoted names, semicolons between addresses, groups, comments and raw
// 8-bit names.
func (d *decoder) addresses(value string, limit int) []intake.Address {
	var list []intake.Address
	name := "" // an unquoted name that a comma separates from its address
	for scan := newAddressScanner(value); scan.more(); {
		if len(list) >= limit {
			d.note("more than %d addresses in a field: the rest is left out", limit)
			return list
		}
		one, separator := scan.next()
		one = strings.TrimSpace(one)
		switch {
		case one == "":
		case separator == ',' && !strings.ContainsAny(one, "<@") && scan.more() && len(name) < maxName:
			name += one + ", "
		default:
			list = append(list, d.address(name+one))
			name = ""
		}
	}
	if name != "" {
		list = append(list, d.address(strings.TrimSuffix(name, ", ")))
	}
	return list
}

// maxName is the maximum length of a display name that is split by commas.
const maxName = 200

// An addressScanner splits an address list into addresses. It records where the last closing
// character of each kind is, so that it recognises what is never closed without searching for
// it repeatedly.
type addressScanner struct {
	s                            string
	pos                          int
	lastQuote, lastParen, lastGT int
}

func newAddressScanner(s string) *addressScanner {
	return &addressScanner{
		s:         s,
		lastQuote: strings.LastIndexByte(s, '"'),
		lastParen: strings.LastIndexByte(s, ')'),
		lastGT:    strings.LastIndexByte(s, '>'),
	}
}

func (a *addressScanner) more() bool { return a.pos < len(a.s) }

// next returns one address, up to a comma or semicolon outside of quotes, brackets, comments
// and encoded words, and that separator. The name of a group is dropped.
func (a *addressScanner) next() (one string, separator byte) {
	start, group := a.pos, true // a colon may still end the name of a group
	for a.pos < len(a.s) {
		i := a.pos
		a.pos++
		switch a.s[i] {
		case ',', ';':
			return a.s[start:i], a.s[i]
		case ':':
			if group {
				start = a.pos
			}
		case '@':
			group = false
		case '\\':
			a.pos++
		default:
			group = !a.skipEnclosed(i) && group
		}
	}
	a.pos = len(a.s)
	return a.s[min(start, len(a.s)):], 0
}

// skipEnclosed skips the quoted string, bracket or comment that opens at i, if there is one
// and it is closed. It reports whether it was an address in brackets.
func (a *addressScanner) skipEnclosed(i int) (bracket bool) {
	switch c := a.s[i]; {
	case c == '"' && i < a.lastQuote:
		_, rest := cutQuoted(a.s[i+1:])
		a.pos = len(a.s) - len(rest)
	case c == '(' && i < a.lastParen:
		a.pos = i + strings.IndexByte(a.s[i:], ')') + 1
	case c == '<':
		if i < a.lastGT {
			a.pos = i + strings.IndexByte(a.s[i:], '>') + 1
		}
		return true
	case c == '=' && strings.HasPrefix(a.s[i:], "=?"):
		a.pos = i + wordLength(a.s[i:])
	}
	return false
}

// address parses one mailbox.
func (d *decoder) address(s string) intake.Address {
	name, rest, bracketed := cutBracket(s)
	if !bracketed {
		return d.bareAddress(s)
	}
	addr, after, closed := strings.Cut(rest, ">")
	if !closed {
		d.note("an address bracket is not closed")
	}
	if name = d.displayName(name); name == "" {
		name = d.displayName(after)
	}
	if name == "" {
		name = d.displayName(comment(after))
	}
	return intake.Address{Name: name, Address: d.spec(addr)}
}

// cutBracket splits a mailbox at the bracket of its address. A bracket in a quoted name is
// part of the name, which may contain another person's address, unless there is no bracket
// after it.
func cutBracket(s string) (name, rest string, bracketed bool) {
	if strings.HasPrefix(s, `"`) {
		_, after := cutQuoted(s[1:])
		if i := strings.IndexByte(after, '<'); i >= 0 {
			return s[:len(s)-len(after)+i], after[i+1:], true
		}
	}
	return strings.Cut(s, "<")
}

// bareAddress parses an address without brackets: "a@b", "a@b (Name)", or, from broken
// programs, "Name a@b".
func (d *decoder) bareAddress(s string) intake.Address {
	inComment := comment(s)
	if before, _, ok := strings.Cut(s, "("); ok {
		s = before
	}
	var name []string
	addr := ""
	for _, word := range strings.Fields(s) {
		if addr == "" && strings.Contains(word, "@") {
			addr = word
		} else {
			name = append(name, word)
		}
	}
	if len(name) == 0 {
		name = []string{inComment}
	}
	return intake.Address{Name: d.displayName(strings.Join(name, " ")), Address: d.spec(addr)}
}

func comment(s string) string {
	_, inside, ok := strings.Cut(s, "(")
	if !ok {
		return ""
	}
	inside, _, _ = strings.Cut(inside, ")")
	return inside
}

func (d *decoder) spec(addr string) string {
	addr = strings.Trim(strings.Join(strings.Fields(d.raw(addr)), ""), `"',;:<>[]`)
	if scheme, rest, ok := strings.Cut(addr, ":"); ok && strings.EqualFold(scheme, "mailto") {
		addr = rest
	}
	return addr
}

// longestName is the maximum number of bytes of a display name that are read.
const longestName = 1 << 10

func (d *decoder) displayName(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) {
		unquoted, rest := cutQuoted(s[1:])
		s = unquoted + rest
	}
	return truncate(strings.Join(strings.Fields(strings.Trim(d.words(s), `"' `)), " "), longestName)
}
