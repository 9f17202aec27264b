package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// A letterNumber is something that may be the letter's own number.
type letterNumber struct {
	stretch
	source *source
	score  float64
}

// Signs by which the letter's own number is told from other numbers.
const (
	numberCued      = 1.5 // "№", "Ref." directly before it
	numberInHead    = 1.5 // stands above the body
	numberInAddress = 0.7 // stands in a line with a street or telephone
	numberInSubject = 0.6 // stands in the subject or the cover note
	numberInTail    = 0.5 // stands in the signature
	numberShaped    = 0.7 // holds a slash, as registers write it
	numberGrouped   = 0.2 // holds several
	numberHyphened  = 0.3 // holds a hyphen, as registers and postal codes do
	numberFirst     = 0.8 // begins the subject
	numberAlone     = 0.8 // is all of its line, but for a date
	numberThreshold = 2.0
	longestNumber   = 40  // bytes
	longestLine     = 400 // bytes; a longer line is running text
)

// officialRef returns the sender's own number of the letter.
func (r *Reader) officialRef(l letter) (letterNumber, bool) {
	var best letterNumber
	for _, i := range l.byRank() {
		s := &l.sources[i]
		if s.standing == standingAnnex {
			continue
		}
		for _, n := range append(r.numbersOf(s), r.ownNumbers(s)...) {
			if n.score > best.score {
				best = n
			}
		}
	}
	return best, best.score >= numberThreshold
}

// numbersOf scores what looks like a register number in the lines of a source.
func (r *Reader) numbersOf(s *source) []letterNumber {
	var out []letterNumber
	for _, l := range s.lines {
		if place := numberPlace(s, l); place > 0 && l.end-l.start <= longestLine {
			out = append(out, r.numbersIn(s, l, place)...)
		}
	}
	return out
}

// numbersIn scores what looks like a register number in one line, which is at
// a place of the given weight.
func (r *Reader) numbersIn(s *source, l line, place float64) []letterNumber {
	var out []letterNumber
	words := fields(s.text, l.start, l.end)
	for i, x := range words {
		x = trimNumber(s.text, x)
		text := s.text[x.start:x.end]
		if !r.looksLikeNumber(s, x) || endsInDigits(s.text[l.start:x.start]) {
			continue
		}
		n := letterNumber{stretch: x, source: s, score: place}
		cued, incoming := cuesBefore(s, l, x)
		if incoming {
			continue
		}
		if cued {
			n.score += numberCued
			n.end = r.numberEnd(s, x, words[i+1:])
			text = s.text[n.start:n.end]
		}
		n.score += shapeOf(text)
		if s.standing != standingSubject && r.isAlone(s, l, n.stretch) {
			n.score += numberAlone
		}
		if s.standing == standingSubject && len(out) == 0 && strings.Contains(text, "/") && strings.TrimSpace(s.text[:x.start]) == "" {
			n.score += numberFirst
		}
		out = append(out, n)
	}
	return out
}

// shapeOf weighs how much a word is written as registers write numbers.
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

// numberPlace says how likely a letter's number is in a line; 0 for never.
func numberPlace(s *source, l line) float64 {
	switch l.part {
	case partLetterhead:
		if holds(s.form, "address", l.start, l.end) {
			return numberInAddress
		}
		return numberInHead
	case partReference, partDateline, partAddressee:
		return numberInHead
	case partTopic:
		return numberInSubject
	case partSignature, partContact, partClosing:
		return numberInTail
	case partBody:
		if s.standing == standingCover {
			return numberInSubject
		}
	}
	return 0
}

// fields returns the stretches between white space; a sign such as "№" glued
// to the number is parted from it.
func fields(text string, start, end int) []stretch {
	var out []stretch
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) || r == '№' || r == '°' || r == ':' || r == '(' {
			i += n
			continue
		}
		from := i
		for i < end {
			r, n := utf8.DecodeRuneInString(text[i:])
			if unicode.IsSpace(r) || r == '№' || r == '°' || r == ':' || r == '(' {
				break
			}
			i += n
		}
		out = append(out, stretch{from, i})
	}
	return out
}

func trimNumber(text string, x stretch) stretch {
	trimmed := strings.TrimRight(text[x.start:x.end], ".,;)\"»”!?")
	return stretch{x.start, x.start + len(trimmed)}
}

// looksLikeNumber reports whether a word can be a register number: it holds a
// digit, is no date, telephone, year, address or reference of ours.
func (r *Reader) looksLikeNumber(s *source, x stretch) bool {
	text := s.text[x.start:x.end]
	if len(text) == 0 || len(text) > longestNumber || !strings.ContainsAny(text, "0123456789") || strings.ContainsAny(text, "@+%€$\\[]{}<>=*") {
		return false
	}
	if r.ours.find(text).end > 0 || strings.Contains(text, "//") || strings.Contains(text, "www.") {
		return false
	}
	return !r.isDay(s, x)
}

// cuesBefore reports whether a sign of the letter's own number, or of one that
// is being answered, stands directly before a stretch.
func cuesBefore(s *source, l line, x stretch) (own, incoming bool) {
	before := hitsWithin(s.form, l.start, x.start)
	for i := len(before) - 1; i >= 0 && i >= len(before)-3; i-- {
		h := before[i]
		gap := strings.Trim(s.text[h.End:x.start], " .:\u00a0°º№#-")
		if gap != "" && !h.Has("incoming") {
			continue
		}
		if h.Has("incoming") && len(gap) < 12 {
			return false, true
		}
		own = own || h.Has("reference")
	}
	return own || endsInNumberMark(s.text[l.start:x.start]), false
}

// wordsBefore returns the words of a text, without the marks around them.
func wordsBefore(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".:°º(", r) })
}

// endsInNumberMark reports whether the last word of a text is "No.", "№", "n°"
// or another that stands before a number.
func endsInNumberMark(text string) bool {
	words := wordsBefore(text)
	return len(words) > 0 && lexicon.IsNumberMark(lexicon.FoldString(words[len(words)-1]))
}

// endsInDigits reports whether the last word of a text is a number, as before
// the rest of a telephone number.
func endsInDigits(text string) bool {
	words := wordsBefore(text)
	return len(words) > 0 && strings.Trim(words[len(words)-1], "0123456789+-()") == ""
}

// beginsWithNumber reports whether a line begins with a number and the sign
// for it.
func beginsWithNumber(text string) bool {
	digit := strings.IndexAny(text, "0123456789")
	return digit > 0 && endsInNumberMark(text[:digit]) && len(strings.Fields(text[:digit])) <= 2
}
