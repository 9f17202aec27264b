package eml

import (
	"slices"
	"strings"
	"time"

	"verbale/intake"
)

// A headerBlock is the header of a mail that is quoted in the text of another.
type headerBlock struct {
	end        int // line after it
	head       mailHead
	to         []intake.Address
	date       time.Time
	forwarding bool // a marker says that the mail is forwarded
}

// forward describes the forwarded mail that the block belongs to.
func (h headerBlock) forward() intake.Forward {
	return intake.Forward{From: h.head.from, Date: h.date, Subject: h.head.subject, To: h.to}
}

// longestHeader is the maximum number of lines of a header block; lists of recipients may be
// long.
const longestHeader = 60

// mailBelow reports whether another mail begins at line i: with a marker line, with a header
// block, or with a marker followed by a block or an attribution.
func (s *splitter) mailBelow(i int) (h headerBlock, ok bool) {
	l := &s.lines[i]
	forwarding := s.isMarker(l, &s.phrases.forwardMarkers)
	words, dashes := l.core()
	below := nextText(s.lines, i+1)
	switch {
	case !forwarding && !dashes:
		return s.headerBlock(i, markNone)
	case words == "":
		return s.headerBlock(below, markNone)
	case !forwarding && !s.isMarker(l, &s.phrases.originalMarkers):
		return s.headerBlock(below, markDashes)
	}
	if h, ok = s.headerBlock(below, markKnown); !ok {
		h = s.attributedBlock(below, i+1)
	}
	h.forwarding = forwarding
	return h, true
}

// A markKind is what precedes a header block. The less it indicates a header, the more the
// block itself must look like one.
type markKind int

const (
	markNone   markKind = iota
	markDashes          // unknown words between dashes
	markKnown           // a known marker
)

// attributedBlock reads a header that is one sentence ("12.02.2026, 15:41, Name <address>:").
// If there is none, the block ends at the given line.
func (s *splitter) attributedBlock(i, none int) headerBlock {
	h := headerBlock{end: none}
	if i >= len(s.lines) {
		return h
	}
	if end := s.attribution(i); end > 0 {
		sentence := s.joined(i, end)
		h.end = end
		h.date = s.dateIn(sentence)
		h.head.from = addressIn(sentence)
	}
	return h
}

// dateIn parses the date of a header block. Programs write it in the local time of the person
// who forwards the mail.
func (s *splitter) dateIn(value string) time.Time {
	t, zoned, ok := parseDate(value)
	if !ok || zoned || s.zone == nil {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, s.zone)
}

// addressIn finds "Name" <address> in an attribution.
func addressIn(s string) intake.Address {
	before, rest, ok := strings.Cut(s, "<")
	addr, _, closed := strings.Cut(rest, ">")
	if !ok || !closed || !strings.Contains(addr, "@") {
		return intake.Address{}
	}
	if i := strings.LastIndexByte(before, ','); i >= 0 {
		before = before[i+1:]
	}
	return intake.Address{Name: strings.Trim(before, ` "`), Address: addr}
}

// headerBlock reads the lines "From: …", "Sent: …", "To: …", "Subject: …" from
// line i on.
func (s *splitter) headerBlock(i int, mark markKind) (h headerBlock, ok bool) {
	if i >= len(s.lines) || s.label(i) == roleNone {
		return h, false
	}
	values := map[labelRole]string{}
	h.end = s.readBlock(i, values)
	if !s.isHeader(values, mark) && !s.isLoneFrom(i, values) {
		return h, false
	}
	h.head.subject = values[roleSubject]
	h.head.from = s.decoder.address(unmailto(values[roleFrom]))
	h.to = s.decoder.addresses(unmailto(values[roleTo]), s.limits.Addresses)
	h.head.to = slices.Concat(h.to, s.decoder.addresses(unmailto(values[roleCc]), s.limits.Addresses))
	h.date = s.dateIn(values[roleDate])
	return h, true
}

// isHeader reports whether the fields are those of a mail. Without a marker above them the
// criteria are stricter, since a letter may begin as a memorandum, "To: …, From: …, Subject:
// …".
func (s *splitter) isHeader(values map[labelRole]string, mark markKind) bool {
	_, from := values[roleFrom]
	_, date := values[roleDate]
	_, subject := values[roleSubject]
	switch {
	case !from:
		return false
	case mark == markKnown:
		return true
	case !date && !subject:
		return false
	case mark == markDashes:
		return true
	}
	return len(values) >= 3 && (strings.Contains(values[roleFrom], "@") || clock(values[roleDate]) ||
		s.phrases.prefixOf(s.above.subject) != prefixNone)
}

// isLoneFrom reports whether a "From: …" below a blank line is all that remains of the header
// of a mail that was forwarded according to the subject.
func (s *splitter) isLoneFrom(i int, values map[labelRole]string) bool {
	from := values[roleFrom]
	return from != "" && !isDigit(from[0]) && i > 0 && s.lines[i-1].blank() &&
		len(s.passed) == 0 && s.phrases.prefixOf(s.above.subject) == prefixForward
}

// readBlock sets the values of a header block and returns the line after it. Long lists of
// recipients extend over several lines, and blank lines separate the fields if each was a
// paragraph in HTML.
func (s *splitter) readBlock(i int, values map[labelRole]string) (end int) {
	depth := s.lines[i].depth
	last := roleNone
	for end = i; end < min(len(s.lines), i+longestHeader); {
		next := end
		if s.lines[end].blank() {
			next = nextText(s.lines, end)
		}
		if next >= len(s.lines) || s.lines[next].depth != depth {
			break
		}
		role := s.label(next)
		_, repeated := values[role]
		switch {
		case role != roleNone && !repeated:
			values[role] = s.labelled(next)
			last = role
		case role == roleNone && s.foreignLabel(next):
			last = roleOther
		case role == roleNone && next == end && listGoesOn(values[last], last):
			values[last] += " " + s.lines[next].text
		default:
			return end
		}
		end = next + 1
	}
	return end
}

// foreignLabel reports whether a line has a label in a language that is not in the data: one
// word before a colon, followed by a known label.
func (s *splitter) foreignLabel(i int) bool {
	word, _, ok := strings.Cut(s.lines[i].text, ":")
	return ok && !strings.Contains(strings.TrimSpace(word), " ") && i+1 < len(s.lines) && s.label(i+1) != roleNone
}

// listGoesOn reports whether a field is a list of recipients whose last line ends as if more
// followed.
func listGoesOn(value string, role labelRole) bool {
	if role != roleTo && role != roleCc {
		return false
	}
	return strings.HasSuffix(value, ",") || strings.HasSuffix(value, ";") ||
		strings.LastIndexByte(value, '<') > strings.LastIndexByte(value, '>')
}

// label returns the role of the label with which a line starts.
func (s *splitter) label(i int) labelRole {
	folded := s.lines[i].folded
	colon := strings.IndexByte(folded, ':')
	if colon <= 0 || colon > 40 {
		return roleNone
	}
	return s.phrases.labels[strings.TrimSpace(folded[:colon])]
}

// labelled returns the text after the label.
func (s *splitter) labelled(i int) string {
	_, value, _ := strings.Cut(s.lines[i].text, ":")
	return strings.TrimSpace(strings.ReplaceAll(value, "*", ""))
}

// unmailto rewrites "Name [mailto:address]" as "Name <address>".
func unmailto(s string) string {
	return strings.NewReplacer("[mailto:", "<", "]", ">").Replace(s)
}

// longestAttribution is the maximum length of an attribution in bytes, and attributionLines
// the maximum number of lines over which it is wrapped.
const (
	longestAttribution = 300
	attributionLines   = 4
)

// attribution recognises the sentence above quoted text, "On … wrote:", at
// line i and returns the line after it, or 0.
func (s *splitter) attribution(i int) (end int) {
	wrapped := hasAnyPrefix(s.lines[i].folded, s.phrases.attributionStarts) || hasDigit(firstWord(s.lines[i].folded))
	for end = i + 1; end <= min(len(s.lines), i+attributionLines); end++ {
		l := &s.lines[end-1]
		if l.blank() || l.depth != s.lines[i].depth || end > i+1 && !wrapped {
			return 0
		}
		if strings.HasSuffix(l.folded, ":") {
			if s.attributes(s.joined(i, end), end) {
				return end
			}
			return 0
		}
	}
	return 0
}

func (s *splitter) joined(i, end int) string {
	texts := make([]string, 0, attributionLines)
	for ; i < end; i++ {
		texts = append(texts, s.lines[i].text)
	}
	return strings.Join(texts, " ")
}

// attributes reports whether a sentence that ends before line end introduces a quotation. A
// letter may say "On 12 March the Ministry wrote:" itself, but a program gives an address or a
// time of day, or marks the following lines as quoted.
func (s *splitter) attributes(sentence string, end int) bool {
	if len(sentence) > longestAttribution {
		return false
	}
	address, time := strings.Contains(sentence, "@"), clock(sentence)
	next := nextText(s.lines, end)
	quoteFollows := next < len(s.lines) && s.lines[next].depth > 0
	if s.phrases.attributionVerbs.in(fold(sentence)) {
		return address || time || quoteFollows
	}
	return address && time || quoteFollows && (address || time)
}
