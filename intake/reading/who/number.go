package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A letterNumber is a candidate for the letter's own number.
type letterNumber struct {
	letter.Stretch
	source *letter.Source
	score  float64
}

// Weights of the features that distinguish the letter's own number from other numbers.
const (
	numberCued      = 1.5 // "№", "Ref." directly before it
	numberInHead    = 1.5 // is above the body
	numberInAddress = 0.7 // is in a line with a street address or telephone number
	numberInSubject = 0.6 // is in the subject or a cover note
	numberInTail    = 0.5 // is in the signature
	numberShaped    = 0.7 // contains a slash, as register numbers do
	numberGrouped   = 0.2 // contains several slashes
	numberHyphened  = 0.3 // contains a hyphen, as register numbers but also postal codes do
	numberFirst     = 0.8 // begins the subject
	numberAlone     = 0.8 // is alone in its line, or with a date only
	numberThreshold = 2.0
	longestNumber   = 40  // bytes
	longestLine     = 400 // bytes; longer lines are running text
)

// officialRef returns the sender's own reference number of the letter.
func (w *asker) officialRef() (letterNumber, bool) {
	var best letterNumber
	for _, s := range w.letter.ByRank() {
		if s.Standing == letter.StandingAnnex {
			continue
		}
		for _, n := range append(w.numbersOf(s), w.ownNumbers(s)...) {
			if n.score > best.score {
				best = n
			}
		}
	}
	return best, best.score >= numberThreshold
}

// numbersOf scores possible register numbers in the lines of a source.
func (w *asker) numbersOf(s *letter.Source) []letterNumber {
	var out []letterNumber
	for _, l := range s.Lines {
		if place := numberPlace(s, l); place > 0 && l.End-l.Start <= longestLine {
			out = append(out, w.numbersIn(s, l, place)...)
			out = append(out, wholeLine(s, l, place)...)
		}
	}
	return out
}

// wholeLine scores a line that is nothing but a register number, spaces in it included.
func wholeLine(s *letter.Source, l letter.Line, place float64) []letterNumber {
	text := strings.TrimSpace(s.Text[l.Start:l.End])
	if !letter.IsRegisterNumber(text) {
		return nil
	}
	start := l.Start + strings.Index(s.Text[l.Start:l.End], text)
	return []letterNumber{{Stretch: letter.Stretch{Start: start, End: start + len(text)}, source: s, score: place + numberShaped + numberAlone}}
}

// numbersIn scores possible register numbers in one line; place is the weight of the line's
// part of the letter.
func (w *asker) numbersIn(s *letter.Source, l letter.Line, place float64) []letterNumber {
	var out []letterNumber
	words := fields(s.Text, l.Start, l.End)
	for i, x := range words {
		x = trimNumber(s.Text, x)
		text := s.Text[x.Start:x.End]
		if !w.looksLikeNumber(s, x) || letter.EndsInDigits(s.Text[l.Start:x.Start]) {
			continue
		}
		n := letterNumber{Stretch: x, source: s, score: place}
		cued, incoming := cuesBefore(s, l, x)
		if mark := officeMark(s, words[:i], x); !cued && !incoming && mark.End > 0 {
			cued, incoming = cuesBefore(s, l, mark)
			if cued {
				n.Start = mark.Start
			}
		}
		if incoming {
			continue
		}
		if cued {
			n.score += numberCued
			n.End = numberEnd(s, x, words[i+1:])
			text = s.Text[n.Start:n.End]
		}
		n.score += shapeOf(text)
		if s.Standing != letter.StandingSubject && isAlone(s, l, n.Stretch) {
			n.score += numberAlone
		}
		if s.Standing == letter.StandingSubject && len(out) == 0 && strings.Contains(text, "/") && strings.TrimSpace(s.Text[:x.Start]) == "" {
			n.score += numberFirst
		}
		out = append(out, n)
	}
	return out
}

// shapeOf scores how much a word looks like a register number.
func shapeOf(text string) float64 {
	switch strokes := strings.Count(text, "/"); {
	case strokes > 1:
		return numberShaped + numberGrouped
	case strokes == 1:
		return numberShaped
	case strings.Contains(text, "-"):
		return numberHyphened
	}
	return 0
}

// numberPlace returns the weight of a number in a line, by the line's part of the letter; 0 if
// the letter's number cannot be there.
func numberPlace(s *letter.Source, l letter.Line) float64 {
	switch l.Part {
	case letter.PartLetterhead:
		if lexicon.Holds(s.Form, "address", l.Start, l.End) {
			return numberInAddress
		}
		return numberInHead
	case letter.PartReference, letter.PartDateline, letter.PartAddressee:
		return numberInHead
	case letter.PartTopic:
		return numberInSubject
	case letter.PartSignature, letter.PartContact, letter.PartClosing:
		return numberInTail
	case letter.PartBody:
		if s.Standing == letter.StandingCover {
			return numberInSubject
		}
	}
	return 0
}

// fields splits text[start:end] at white space, and splits a mark such as "№" from a number
// directly after it.
func fields(text string, start, end int) []letter.Stretch {
	var out []letter.Stretch
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if partsFields(r) {
			i += n
			continue
		}
		from := i
		for i < end {
			r, n := utf8.DecodeRuneInString(text[i:])
			if partsFields(r) && !isNumberSign(r, text[from:i]) {
				break
			}
			i += n
		}
		out = append(out, letter.Stretch{Start: from, End: i})
	}
	return out
}

func partsFields(r rune) bool {
	return unicode.IsSpace(r) || r == '№' || r == '°' || r == ':' || r == '('
}

// isNumberSign reports whether a mark is inside a number that began before it: "DAJ/n°0598",
// "12/№44", "3(17)/2026".
func isNumberSign(r rune, before string) bool {
	switch r {
	case '№':
		return strings.HasSuffix(before, "/")
	case '°':
		return strings.HasSuffix(before, "/n") || strings.HasSuffix(before, "/N")
	case '(':
		return before != "" && letter.EndsInDigits(before)
	}
	return false
}

func trimNumber(text string, x letter.Stretch) letter.Stretch {
	x.Start = x.End - len(strings.TrimLeft(text[x.Start:x.End], "_"))
	trimmed := strings.TrimRight(text[x.Start:x.End], ".,;)\"»”!?_")
	if strings.Count(trimmed, "(") > strings.Count(trimmed, ")") && strings.HasPrefix(text[x.Start+len(trimmed):x.End], ")") {
		trimmed += ")"
	}
	return letter.Stretch{Start: x.Start, End: x.Start + len(trimmed)}
}

// looksLikeNumber reports whether a word can be a register number: it contains a digit and is
// not a date, an e-mail or web address, or a reference of ours.
func (w *asker) looksLikeNumber(s *letter.Source, x letter.Stretch) bool {
	text := s.Text[x.Start:x.End]
	if len(text) == 0 || len(text) > longestNumber || !strings.ContainsAny(text, "0123456789") || strings.ContainsAny(text, "@+%€$\\[]{}<>=*") {
		return false
	}
	if reference, _, _ := w.ours.FindReference(text); reference != "" || strings.Contains(text, "//") || strings.Contains(text, "www.") {
		return false
	}
	return !isDay(s, x)
}

// cuesBefore reports whether a mark of the letter's own number, or of the number of a letter
// being answered, is directly before a stretch.
func cuesBefore(s *letter.Source, l letter.Line, x letter.Stretch) (own, incoming bool) {
	before := lexicon.HitsIn(s.Form, l.Start, x.Start)
	for i := len(before) - 1; i >= 0 && i >= len(before)-3; i-- {
		h := before[i]
		gap := strings.Trim(s.Text[h.End:x.Start], " .:\u00a0°º№#-")
		if gap != "" && !h.Has("incoming") && !h.Has("decision") {
			continue
		}
		if (h.Has("incoming") || h.Has("decision")) && len(gap) < 12 {
			return false, true
		}
		own = own || h.Has("reference") || h.Has("own_letter")
	}
	return own || letter.EndsInNumberMark(s.Text[l.Start:x.Start]), false
}
