package letter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// layLines cuts the stretches of a source into lines and gives each its place
// in the anatomy of a letter.
func (s *Source) layLines(sections []intake.Section) {
	s.Lines = cutLines(s.Text, sections)
	a := anatomy{source: s}
	a.lay()
}

// cutLines cuts the readable sections of a text into its lines. Blank lines
// and sections that nobody wrote for us are marked as ignored, signatures as
// such; the rest is body until told better.
func cutLines(text string, sections []intake.Section) []Line {
	var lines []Line
	for _, x := range sections {
		place := PartIgnored
		switch x.Kind {
		case intake.SectionNew, intake.SectionForwarded:
			place = PartBody
		case intake.SectionSignature:
			place = PartSignature
		}
		for start := x.Start; start < x.End; {
			end := x.End
			if n := strings.IndexByte(text[start:x.End], '\n'); n >= 0 {
				end = start + n
			}
			l := Line{Start: start, End: end, Part: place}
			if strings.TrimSpace(text[start:end]) == "" {
				l.Part = PartIgnored
			}
			lines = append(lines, l)
			start = end + 1
		}
	}
	return lines
}

// An anatomy is the work of telling the lines of one source apart.
type anatomy struct {
	source *Source
}

// lay finds where the body begins and ends; what stands before it is the head
// of a letter, what stands after it the signature.
func (a *anatomy) lay() {
	first := a.bodyStart()
	a.setAnnexesApart(first)
	last := a.bodyEnd(first)
	a.markEarlyNumber(first, last)
	lines := a.source.Lines
	for i := range lines {
		switch {
		case lines[i].Part != PartBody:
		case i < first:
			lines[i].Part = a.headPart(i)
		case i >= last:
			lines[i].Part = a.tailPart(i)
		}
	}
	a.markContacts()
}

// earlyLines is in how many of the first lines of the body the letter's number
// may stand, below the salutation or between the lines of a letterhead.
const earlyLines = 4

// markEarlyNumber marks a line near the beginning of the body as the reference
// where it holds the letter's number and nothing else, and the last one of the body,
// below which some put it.
func (a *anatomy) markEarlyNumber(first, end int) {
	lines := a.source.Lines
	for i, seen := first, 0; i < len(lines) && seen < earlyLines; i++ {
		if lines[i].Part != PartBody {
			continue
		}
		seen++
		a.markNumber(i)
	}
	for i := min(end, len(lines)) - 1; i > first; i-- {
		if lines[i].Part == PartBody {
			a.markNumber(i)
			return
		}
	}
}

// markNumber marks a line as the reference where it holds the letter's number and
// little else.
func (a *anatomy) markNumber(i int) {
	l := &a.source.Lines[i]
	if (a.isReference(i) || a.holds(i, "reference") && a.isDateline(i)) && utf8.RuneCountInString(a.source.Text[l.Start:l.End]) < shortLine {
		l.Part = PartReference
	}
}

// headLines is how far into a text a salutation is looked for.
const headLines = 40

// bodyStart returns the index of the first line of the body, after the
// salutation where there is one.
func (a *anatomy) bodyStart() int {
	prose := -1
	for i, l := range a.source.Lines {
		if l.Part != PartBody {
			continue
		}
		if i > headLines {
			break
		}
		if next, ok := a.salutation(i); ok {
			return next
		}
		if prose < 0 && a.isProse(i) && !a.headsLetter(i) {
			prose = i
		}
		if prose >= 0 && i-prose > proseBeforeSalutation {
			break
		}
	}
	return max(prose, 0)
}

// longHead is within how many lines below a long name in the head of a letter its number
// or date stands.
const longHead = 4

// headsLetter reports whether a line that reads like running text is the name of an
// institution in the head of a letter: it begins the text, asks for nothing, no mark ends
// it, and a line with the letter's number or day comes soon.
func (a *anatomy) headsLetter(i int) bool {
	lines, seen := a.source.Lines, 0
	for j := i; j < len(lines) && seen <= longHead; j++ {
		if lines[j].Part != PartBody {
			continue
		}
		if a.asks(j) {
			return false
		}
		if seen++; j > i && (a.isReference(j) || a.statesDay(j)) {
			return true
		}
		if text := strings.TrimSpace(a.source.Text[lines[j].Start:lines[j].End]); strings.ContainsAny(text[len(text)-1:], ".!?:;") || a.holds(j, "opening") {
			return false
		}
	}
	return false
}

// asks reports whether line i holds a verb with which something is asked for.
func (a *anatomy) asks(i int) bool {
	l := a.source.Lines[i]
	return lexicon.Holds(a.source.Acts, "ask.verb", l.Start, l.End)
}

// proseBeforeSalutation is how many lines that look like running text may
// stand above a salutation: a long institution's name, an address.
const proseBeforeSalutation = 4

// salutation reports whether line i greets, and where the body begins: in the
// next line, or in the same where it goes on after the greeting.
func (a *anatomy) salutation(i int) (body int, ok bool) {
	l := a.source.Lines[i]
	if !a.begins(i, "salutation") {
		return 0, false
	}
	text := strings.TrimSpace(a.source.Text[l.Start:l.End])
	if utf8.RuneCountInString(text) > shortLine+10 {
		return i, !a.followsText(i)
	}
	if strings.ContainsAny(text, "0123456789") {
		return 0, false
	}
	switch last, _ := utf8.DecodeLastRuneInString(text); {
	case strings.ContainsRune(",!:;", last) && !a.isHeadOfName(i):
	case a.begins(i, "addressee"):
		return 0, false
	case strings.ContainsAny(text, ".?!") && len(strings.Fields(text)) > 4:
		return i, !a.followsText(i)
	case a.isHeadOfName(i):
		return 0, false
	}
	a.source.Lines[i].Part = PartSalutation
	return i + 1, true
}

// isHeadOfName reports whether a line such as "Madame" or "Monsieur le
// Directeur" without a comma is part of an address, since more of the address
// follows at once.
func (a *anatomy) isHeadOfName(i int) bool {
	lines := a.source.Lines
	if i+1 >= len(lines) || lines[i+1].Part == PartIgnored {
		return false
	}
	return !a.isProse(i + 1)
}

func (a *anatomy) followsText(i int) bool {
	return i > 0 && a.source.Lines[i-1].Part != PartIgnored
}

// begins reports whether a phrase of the given id stands at the beginning of
// line i, at most one word in.
func (a *anatomy) begins(i int, id string) bool {
	l := a.source.Lines[i]
	n := 0
	for _, t := range a.source.Scan.TokensIn(l.Start, l.End) {
		for _, h := range lexicon.HitsAt(a.source.Form, t.Start) {
			if h.Has(id) {
				return true
			}
		}
		if n++; n > 1 {
			break
		}
	}
	return false
}

// holds reports whether a phrase of the given id stands anywhere in line i.
func (a *anatomy) holds(i int, id string) bool {
	l := a.source.Lines[i]
	return slices.ContainsFunc(lexicon.HitsIn(a.source.Form, l.Start, l.End), func(h lexicon.Hit) bool { return h.Has(id) })
}

// shortLine is the length in letters below which a line is rather a heading,
// a name or an address than running text.
const shortLine = 60

// isProse reports whether line i is running text: long, or several words of
// which some are small, ending or going on as a sentence does.
func (a *anatomy) isProse(i int) bool {
	l := a.source.Lines[i]
	text := strings.TrimSpace(a.source.Text[l.Start:l.End])
	words := strings.Fields(text)
	small := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
			small++
		}
	}
	if a.holds(i, "opening") {
		return true
	}
	if a.isReference(i) || a.begins(i, "topic") || a.begins(i, "contact") || a.isAddress(i) {
		return false
	}
	if utf8.RuneCountInString(text) >= shortLine {
		return small >= len(words)/3 && !a.begins(i, "addressee") || utf8.RuneCountInString(text) > 2*shortLine && small > 3
	}
	ends := strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!")
	return ends && len(words) >= 5 && small >= len(words)/2
}

// longestAddress is the length in letters up to which one word of an address
// makes a line an address; several make a longer one too.
const longestAddress = 110

// isAddress reports whether line i holds a street, a postal box, a telephone.
func (a *anatomy) isAddress(i int) bool {
	l := a.source.Lines[i]
	text := a.source.Text[l.Start:l.End]
	if !strings.ContainsAny(text, "0123456789@") {
		return false
	}
	n := 0
	for _, h := range lexicon.HitsIn(a.source.Form, l.Start, l.End) {
		if h.Has("address") {
			n++
		}
	}
	length := utf8.RuneCountInString(text)
	return n > 0 && length <= longestAddress || n > 2 && length <= 2*longestAddress
}

// isReference reports whether line i begins with a number and a sign of its
// being that of a letter.
func (a *anatomy) isReference(i int) bool {
	text := a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End]
	return beginsWithNumber(text) || a.begins(i, "reference") && strings.ContainsAny(text, "0123456789")
}

// headPart tells the lines above the body apart.
func (a *anatomy) headPart(i int) Part {
	switch {
	case a.begins(i, "topic"):
		return PartTopic
	case a.isReference(i):
		return PartReference
	case a.begins(i, "incoming"):
		return PartReference
	case a.holds(i, "addressee"):
		return PartAddressee
	case a.isDateline(i):
		return PartDateline
	}
	return PartLetterhead
}

// isDateline reports whether the line is little more than a date.
func (a *anatomy) isDateline(i int) bool {
	return len(a.datesOf(i)) > 0
}

// statesDay reports whether line i could be the place and date of a letter and names a
// day: a month alone is rather when something shall take place.
func (a *anatomy) statesDay(i int) bool {
	return slices.ContainsFunc(a.datesOf(i), func(m dates.Moment) bool { return m.Grain == dates.GrainDay })
}

// datesOf are the moments in a line that is short enough for a place and a date.
func (a *anatomy) datesOf(i int) []dates.Moment {
	l := a.source.Lines[i]
	if words := a.source.Scan.TokensIn(l.Start, l.End); len(words) == 0 || len(words) > 8 {
		return nil
	}
	return a.source.Moments(l.Start, l.End, intake.Date{})
}
