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

// layLines splits the sections of a source into lines and assigns each line its part in the
// structure of a letter.
func (s *Source) layLines(sections []intake.Section) {
	s.Lines = cutLines(s.Text, sections)
	a := anatomy{source: s}
	a.lay()
}

// cutLines splits the readable sections of a text into lines. Blank lines and sections not
// written by the sender for us (quotes, boilerplate) are marked as ignored, signatures as
// such; everything else counts as body until classified further.
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

// An anatomy classifies the lines of one source.
type anatomy struct {
	source *Source
}

// lay finds the start and end of the body; lines before it are the head of the letter, lines
// after it the signature.
func (a *anatomy) lay() {
	first := a.bodyStart()
	a.setAnnexesApart(first)
	a.markSignatureAboveAnnex(first)
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

// earlyLines is the number of lines at the start of the body in which the letter's number is
// looked for: it may stand below the salutation or between the lines of a letterhead.
const earlyLines = 4

// markEarlyNumber marks lines near the start of the body, and the last line of the body, as
// the reference if they hold little more than the letter's number.
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

// markNumber marks a line as the reference if it holds little more than the letter's number.
func (a *anatomy) markNumber(i int) {
	l := &a.source.Lines[i]
	if (a.isReference(i) || a.holds(i, "reference") && a.isDateline(i)) && utf8.RuneCountInString(a.source.Text[l.Start:l.End]) < shortLine {
		l.Part = PartReference
	}
}

// headLines is the number of lines from the start of a text in which a salutation is looked
// for.
const headLines = 40

// bodyStart returns the index of the first line of the body: after the salutation if there is
// one, otherwise at the first line of running text.
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

// longHead is the maximum number of lines between an institution's long name in the head of a
// letter and the line with the letter's number or date.
const longHead = 4

// headsLetter reports whether a line that looks like running text is really an institution's
// name in the head of a letter: it requests nothing, ends in no punctuation mark, and a line
// with the letter's number or date follows soon.
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

// asks reports whether line i contains a verb of request.
func (a *anatomy) asks(i int) bool {
	l := a.source.Lines[i]
	return lexicon.Holds(a.source.Acts, "ask.verb", l.Start, l.End)
}

// proseBeforeSalutation is the maximum number of lines above a salutation that may look like
// running text, such as a long institution name or an address.
const proseBeforeSalutation = 4

// salutation reports whether line i is a salutation, and returns the line in which the body
// starts: the next line, or the same line if the text continues after the greeting.
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

// isHeadOfName reports whether a line such as "Madame" or "Monsieur le Directeur" is part of
// an address rather than a salutation: more lines of the address follow directly.
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

// begins reports whether a phrase with the given id starts at the first or second word of line
// i.
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

// holds reports whether a phrase with the given id occurs anywhere in line i.
func (a *anatomy) holds(i int, id string) bool {
	l := a.source.Lines[i]
	return slices.ContainsFunc(lexicon.HitsIn(a.source.Form, l.Start, l.End), func(h lexicon.Hit) bool { return h.Has(id) })
}

// shortLine is the length in characters below which a line is more likely a heading, a name or
// an address than running text.
const shortLine = 60

// isProse reports whether line i is running text: a long line, or several words that end like
// a sentence, with enough lower-case words in either case.
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

// longestAddress is the maximum length in characters of a line that counts as an address if it
// has one address word; with more than two, the line may be twice as long.
const longestAddress = 110

// isAddress reports whether line i holds a street address, a postal box or a telephone number.
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

// isReference reports whether line i begins with a letter number, or with a phrase that
// introduces one.
func (a *anatomy) isReference(i int) bool {
	text := a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End]
	return beginsWithNumber(text) || IsRegisterNumber(text) || a.begins(i, "reference") && strings.ContainsAny(text, "0123456789")
}

// headPart classifies a line above the body.
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

// isDateline reports whether the line holds little more than a date.
func (a *anatomy) isDateline(i int) bool {
	return len(a.datesOf(i)) > 0
}

// statesDay reports whether line i could be the place and date of a letter and names a
// specific day; a month alone more likely says when something shall take place.
func (a *anatomy) statesDay(i int) bool {
	return slices.ContainsFunc(a.datesOf(i), func(m dates.Moment) bool { return m.Grain == dates.GrainDay })
}

// datesOf returns the dates in a line that is short enough to be a place and a date.
func (a *anatomy) datesOf(i int) []dates.Moment {
	l := a.source.Lines[i]
	if words := a.source.Scan.TokensIn(l.Start, l.End); len(words) == 0 || len(words) > 8 {
		return nil
	}
	return a.source.Moments(l.Start, l.End, intake.Date{})
}
