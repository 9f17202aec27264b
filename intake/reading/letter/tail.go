package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// anyDay is an arbitrary message date, used where it only matters whether a date is stated.
var anyDay = intake.Date{Year: 2026, Month: 1, Day: 1}

// longSignature is the maximum length in characters of a one-line signature that begins with
// the name.
const longSignature = 200

// fewestProse is the minimum number of words of a sentence with an e-mail address, as opposed
// to a signature line with one.
const fewestProse = 5

// signatureLines is the maximum number of lines in a signature block without a closing
// formula.
const signatureLines = 10

// bodyEnd returns the index of the first line after the body: the closing formula, or the
// signature if there is none.
func (a *anatomy) bodyEnd(first int) int {
	lines := a.source.Lines
	end := len(lines)
	for i := len(lines) - 1; i >= first; i-- {
		if lines[i].Part != PartBody {
			continue
		}
		if a.isFormula(i) && a.closes(i) {
			end = a.paragraphStart(i, first)
		}
	}
	if end < len(lines) || a.hasSignature() {
		return end
	}
	return a.bareSignature(first)
}

// hasSignature reports whether a signature was already split off when the message was decoded.
// A mail program's footer does not count, nor does a bare address of the institution below the
// signatory's name.
func (a *anatomy) hasSignature() bool {
	written, named := false, false
	for i, l := range a.source.Lines {
		if l.Part == PartSignature && !a.begins(i, "footer") && !a.isRule(i) {
			written, named = true, named || a.namesSigner(i)
		}
	}
	return written && (named || !a.isNameAbove())
}

// namesSigner reports whether a line holds a name as in a signature.
func (a *anatomy) namesSigner(i int) bool {
	text := strings.TrimSpace(a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End])
	if text == strings.ToUpper(text) && len(strings.Fields(text)) > fewNameWords {
		return false // more likely "CITY HALL OF STRELSAU"
	}
	return a.isName(i) || IsGivenName(text)
}

// isNameAbove reports whether one of the last lines above the signature that was split off is
// a name.
func (a *anatomy) isNameAbove() bool {
	lines, seen := a.source.Lines, 0
	for i := len(lines) - 1; i >= 0 && seen <= belowName; i-- {
		if lines[i].Part == PartBody {
			if seen++; a.isName(i) {
				return true
			}
		} else if seen > 0 {
			break
		}
	}
	return false
}

// isName reports whether a line is a name, possibly with the person's post.
func (a *anatomy) isName(i int) bool {
	l := a.source.Lines[i]
	return a.source.LooksLikeName(strings.TrimSpace(a.source.Text[l.Start:l.End])) || a.beginsInName(i) || a.endsInName(l)
}

// isRule reports whether a line consists of dashes only.
func (a *anatomy) isRule(i int) bool {
	return strings.Trim(a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End], "-–—_ \u00a0") == ""
}

// longestFormula is the length in characters above which a line with a courtesy phrase is a
// whole letter in one paragraph.
const longestFormula = 350

// isFormula reports whether a closing formula begins in line i. A line with a digit, a
// deadline or the opening of a letter says something more and belongs to the body.
func (a *anatomy) isFormula(i int) bool {
	l := a.source.Lines[i]
	text := a.source.Text[l.Start:l.End]
	if strings.ContainsAny(text, "0123456789") || a.holds(i, "opening") || utf8.RuneCountInString(text) > longestFormula {
		return false
	}
	return a.begins(i, "courtesy") || (a.begins(i, "closing") || a.holds(i, "courtesy") && a.opensParagraph(i)) && !a.statesTerm(i)
}

// statesTerm reports whether a line states a date or a deadline, including relative ones:
// "hoping for a reply within three weeks".
func (a *anatomy) statesTerm(i int) bool {
	l := a.source.Lines[i]
	return len(a.source.Moments(l.Start, l.End, anyDay)) > 0
}

// formulaLines is the maximum number of lines in a closing formula.
const formulaLines = 6

func (a *anatomy) opensParagraph(i int) bool {
	return i == 0 || a.source.Lines[i-1].Part != PartBody
}

// paragraphStart goes back from a courtesy line to the first line of its paragraph that begins
// with a courtesy phrase.
func (a *anatomy) paragraphStart(i, first int) int {
	for j := i; j >= first && j > i-formulaLines && a.source.Lines[j].Part == PartBody; j-- {
		if a.begins(j, "courtesy") {
			i = j
		}
	}
	return i
}

// closes reports whether only short lines follow the closing formula that begins in line i.
func (a *anatomy) closes(i int) bool {
	lines := a.source.Lines
	rest := 0
	formula := true
	for j := i + 1; j < len(lines); j++ {
		formula = formula && lines[j].Part == PartBody && j < i+formulaLines
		if formula || lines[j].Part != PartBody {
			continue
		}
		rest++
		if rest > 2*signatureLines || a.isProse(j) && !a.mayFollowClosing(j) {
			return false
		}
	}
	return !a.begins(i, "closing") || a.isClosingLine(i)
}

// mayFollowClosing reports whether a line that looks like running text may nevertheless stand
// below a closing formula.
func (a *anatomy) mayFollowClosing(i int) bool {
	return a.begins(i, "closing") || a.begins(i, "courtesy") || a.begins(i, "below") || a.holds(i, "contact") ||
		strings.HasPrefix(strings.TrimSpace(a.source.Text[a.source.Lines[i].Start:]), "(") || a.goesOnSignature(i)
}

// goesOnSignature reports whether a long line is the name of an institution rather than
// running text: it follows a short line and has no sentence-ending punctuation.
func (a *anatomy) goesOnSignature(i int) bool {
	l := a.source.Lines[i]
	text := strings.TrimSpace(a.source.Text[l.Start:l.End])
	last, _ := utf8.DecodeLastRuneInString(text)
	return i > 0 && a.source.Lines[i-1].Part == PartBody && !a.isProse(i-1) &&
		utf8.RuneCountInString(text) <= longSignature && !strings.ContainsRune(".!?:;", last)
}

// wordsAfterClosing is the maximum number of words after a closing in the same line.
const wordsAfterClosing = 5

// isClosingLine reports whether the line is a closing and little else; "thank you for the
// seminar in May" is not.
func (a *anatomy) isClosingLine(i int) bool {
	l := a.source.Lines[i]
	tokens := a.source.Scan.TokensIn(l.Start, l.End)
	if strings.ContainsAny(a.source.Text[l.Start:l.End], "0123456789?") {
		return false
	}
	longest := 0
	for _, h := range lexicon.HitsAt(a.source.Form, tokens[0].Start) {
		if h.Has("closing") {
			longest = max(longest, h.N)
		}
	}
	return len(tokens) <= longest+wordsAfterClosing
}

// bareSignature returns the index of the first line of a signature without a closing formula:
// the short lines at the end of a text that look like a name, a post or an address. Without
// one it returns the number of lines.
func (a *anatomy) bareSignature(first int) int {
	lines := a.source.Lines
	end, taken := len(lines), 0
	for i := a.lastAbove(first); i > first && taken < signatureLines; i-- {
		if lines[i].Part == PartIgnored {
			if taken > 0 && end == i+1 && a.lastProse(i, first) {
				break
			}
			continue
		}
		if !a.isSignatureLine(i) {
			break
		}
		end, taken = i, taken+1
	}
	return end
}

// lastAbove returns the index of the last line above any postscripts and copy lists at the end
// of a text, each of which is a paragraph of its own.
func (a *anatomy) lastAbove(first int) int {
	lines := a.source.Lines
	last := len(lines) - 1
	for i := last; i > first; i-- {
		if lines[i].Part == PartBody && a.opensParagraph(i) {
			if !a.begins(i, "below") {
				break
			}
			last = i - 1
		}
	}
	return last
}

// lastProse reports whether the nearest body line at or above i is running text.
func (a *anatomy) lastProse(i, first int) bool {
	for j := i; j >= first; j-- {
		if a.source.Lines[j].Part == PartBody {
			return !a.isSignatureLine(j)
		}
	}
	return true
}

// isSignatureLine reports whether a line could be part of a signature block: short,
// capitalised, not ending like a sentence, and not a list item.
func (a *anatomy) isSignatureLine(i int) bool {
	l := a.source.Lines[i]
	text := strings.TrimSpace(a.source.Text[l.Start:l.End])
	if l.Part == PartSignature || a.isRule(i) {
		return true
	}
	n := utf8.RuneCountInString(text)
	if name, _, ok := strings.Cut(text, "|"); ok {
		return a.source.LooksLikeName(name) && n <= longSignature // "Elira Sample | Head of Department | Ministry of Waters"
	}
	if IsListItem(text) || strings.Contains(text, "?") || a.begins(i, "writes") && !strings.Contains(text, "@") || a.endsProse(i) {
		return false
	}
	if name, _, ok := strings.Cut(text, ","); ok && a.source.LooksLikeName(name) && n <= longSignature && !endsSentence(text) {
		return true // "Elira Sample, Head of Department, Ministry of Waters"
	}
	if a.endsInName(l) || a.begins(i, "countersigned") && n <= shortLine/2 || a.headsName(i) {
		return true
	}
	if a.followsName(i) && n <= longSignature && !strings.ContainsAny(text[len(text)-1:], ".!?:;") {
		return true // "head of department, Ministry of Waters and of whatever flows into them"
	}
	if n > shortLine+20 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text)
	if unicode.IsLower(r) && i > 0 && a.source.Lines[i-1].Part == PartBody && a.isProse(i-1) {
		return false
	}
	if a.isAddress(i) && n <= longestAddress && !strings.HasSuffix(text, ".") {
		return true
	}
	if a.begins(i, "contact") || strings.Contains(text, "@") {
		return !strings.HasSuffix(text, ".") || len(strings.Fields(text)) < fewestProse
	}
	if strings.HasSuffix(text, ".") && (n > shortLine/2 || isShortSentence(text)) || strings.HasSuffix(text, ";") || strings.HasSuffix(text, ":") {
		return false
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '+' || r == '/' || r == '(' || n < shortLine/2 && !unicode.IsPunct(r)
}

// shortened is the maximum length in characters, including the full stop, of the last word of
// a text if it may be an abbreviated title rather than the end of a sentence: "A. Sample,
// dipl. eng."
const shortened = 5

// endsSentence reports whether a text ends in a full stop that does not belong to an
// abbreviation.
func endsSentence(text string) bool {
	last := text[strings.LastIndexAny(text, " \u00a0")+1:]
	return strings.HasSuffix(text, ".") && utf8.RuneCountInString(last) > shortened
}

// isShortSentence reports whether a text is a short sentence, judging by its words: "Hall and
// lunch from us."
func isShortSentence(text string) bool {
	words := strings.Fields(text)
	small := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) {
			small++
		}
	}
	last := strings.TrimSuffix(words[len(words)-1], ".")
	return len(words) > fewNameWords && 2*small >= len(words) && !strings.Contains(last, ".") // but "p.i."
}

// headsName reports whether a line opens a paragraph and stands directly above a name, as a
// post in lower case may.
func (a *anatomy) headsName(i int) bool {
	lines := a.source.Lines
	if i+1 >= len(lines) || !a.opensParagraph(i) || lines[i+1].Part == PartIgnored {
		return false
	}
	text := strings.TrimSpace(a.source.Text[lines[i].Start:lines[i].End])
	return utf8.RuneCountInString(text) <= longestAddress && !strings.ContainsAny(text[len(text)-1:], ".!?:;") &&
		a.source.LooksLikeName(strings.TrimSpace(a.source.Text[lines[i+1].Start:lines[i+1].End]))
}

// endsProse reports whether a line is the last word or two of a sentence that began in the
// previous line.
func (a *anatomy) endsProse(i int) bool {
	text := strings.TrimSpace(a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End])
	return strings.HasSuffix(text, ".") && len(strings.Fields(text)) <= fewNameWords && !a.begins(i, "below") && i > 0 && a.source.Lines[i-1].Part == PartBody && (a.isProse(i-1) || a.begins(i-1, "writes"))
}

// belowName is the maximum number of lines between the signatory's name and the lines for post
// and institution.
const belowName = 3

// followsName reports whether one of the previous lines is a name, alone or followed by the
// person's post.
func (a *anatomy) followsName(i int) bool {
	for j := i - 1; j >= 0 && j >= i-belowName && a.source.Lines[j].Part != PartIgnored; j-- {
		before := a.source.Lines[j]
		text := strings.TrimSpace(a.source.Text[before.Start:before.End])
		if a.source.LooksLikeName(text) || j == i-1 && IsGivenName(text) || a.beginsInName(j) && before.End-before.Start <= 2*longSignature {
			return true
		}
	}
	return false
}

// longestGivenName is the maximum length in characters of a given name on its own.
const longestGivenName = 16

// IsGivenName reports whether a line is a single capitalised word, as in a message signed with
// the given name only.
func IsGivenName(text string) bool {
	word := strings.TrimRight(text, ".,")
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && utf8.RuneCountInString(word) <= longestGivenName && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
}

// endsInName reports whether a line ends in a name that a wide gap separates from the post
// before it: "Deputy Minister A. Sample".
func (a *anatomy) endsInName(l Line) bool {
	pieces := CutPieces(a.source.Text, l.Start, l.End)
	if len(pieces) < 2 {
		return false
	}
	last, before := pieces[len(pieces)-1], pieces[len(pieces)-2]
	gap := a.source.Text[before.End:last.Start]
	return strings.Trim(gap, " \t\u00a0_/") == "" && len(gap) > 2 && a.source.LooksLikeName(a.source.Text[last.Start:last.End])
}

// beginsInName reports whether the first piece of a line is a name: "A. Sample – Head of
// the Department – Ministry of Waters".
func (a *anatomy) beginsInName(i int) bool {
	l := a.source.Lines[i]
	pieces := CutPieces(a.source.Text, l.Start, l.End)
	return len(pieces) > 1 && a.source.LooksLikeName(a.source.Text[pieces[0].Start:pieces[0].End])
}

// tailPart classifies a line below the body.
func (a *anatomy) tailPart(i int) Part {
	if a.begins(i, "closing") || a.holds(i, "courtesy") {
		return PartClosing
	}
	if i > 0 && a.source.Lines[i-1].Part == PartClosing && a.isProse(i) && !a.beginsInName(i) {
		return PartClosing
	}
	return PartSignature
}

// markContacts reclassifies lines of a signature that are a closing, name the contact person,
// or list copies and enclosures. An empty line ends such a list, since the signature may
// follow it.
func (a *anatomy) markContacts() {
	below := false
	for i, l := range a.source.Lines {
		below = l.Part == PartSignature && (below || a.begins(i, "below"))
		switch {
		case l.Part != PartSignature:
		case below:
			a.source.Lines[i].Part = PartBelow
		case a.begins(i, "contact") && !a.isPostBelowName(i):
			a.source.Lines[i].Part = PartContact
		case a.begins(i, "closing") && a.isClosingLine(i):
			a.source.Lines[i].Part = PartClosing
		}
	}
}

// isPostBelowName reports whether a line that begins like a contact line is really the post of
// the signatory named above it: "A. Sample / Focal point for trade".
func (a *anatomy) isPostBelowName(i int) bool {
	text := a.source.Text[a.source.Lines[i].Start:a.source.Lines[i].End]
	return i > 0 && a.source.Lines[i-1].Part == PartSignature && a.isName(i-1) && !strings.ContainsAny(text, "0123456789@:")
}
