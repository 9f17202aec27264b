package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ownReach is within how many bytes after words such as "our letter" its
// number stands.
const (
	ownReach  = 80
	markReach = 12 // after "our", which a sign for numbers has to follow
)

// ownNumbers scores the numbers that the body itself calls those of the
// sender's letter: "our letter No. 14/2 of 5 May", "notre courrier n° 88/DG".
func (r *Reader) ownNumbers(s *source) []letterNumber {
	var out []letterNumber
	for _, h := range s.form {
		reach := ownReach
		if !h.Has("own_letter") {
			reach = markReach
		}
		if !h.Has("own_letter") && !h.Has("own") || s.partAt(h.Start) != partBody {
			continue
		}
		end := numberWithin(s.text, h.End, reach)
		near := line{start: h.Start, end: end, part: partBody}
		for _, n := range r.numbersIn(s, near, numberInSubject) {
			named := h.Has("own_letter") || len(strings.Fields(s.text[h.End:n.start])) <= 1
			if named && n.score >= numberInSubject+numberCued {
				out = append(out, n)
			}
		}
	}
	return out
}

// numberWithin returns where the word ends that begins within reach of an offset.
func numberWithin(text string, from, reach int) int {
	end := min(len(text), from+reach)
	if i := strings.IndexFunc(text[end:], unicode.IsSpace); i >= 0 {
		return end + i
	}
	return len(text)
}

// numberEnd returns where a number ends of which x is the first word: registers
// write numbers in groups of digits, and put blanks around strokes and hyphens.
func (r *Reader) numberEnd(s *source, x stretch, words []stretch) int {
	if end, ok := digitGroups(s.text, x, words); ok {
		return end
	}
	end := x.end
	for i, y := range words {
		y = trimNumber(s.text, y)
		word := s.text[y.start:y.end]
		joined := isJoint(s.text[end-1:end]) || strings.HasPrefix(word, "/") || i > 0 && end == words[i-1].end && isJoint(s.text[words[i-1].start:end])
		switch {
		case strings.TrimSpace(s.text[end:y.start]) != "":
			return r.withoutJoint(s.text, x, end)
		case holds(s.form, "reference_after", y.start, y.end):
			return withStop(s.text, y.end)
		case isJoint(word) || joined && isRegisterWord(word) && !r.isDay(s, y):
			end = y.end
		default:
			return r.withoutJoint(s.text, x, end)
		}
	}
	return r.withoutJoint(s.text, x, end)
}

// withoutJoint leaves out a stroke or hyphen after which no more of the number
// came.
func (r *Reader) withoutJoint(text string, x stretch, end int) int {
	return x.start + len(strings.TrimRight(text[x.start:end], " \t\u00a0/-–"))
}

// withStop takes in the point of an abbreviation.
func withStop(text string, end int) int {
	if strings.HasPrefix(text[end:], ".") {
		return end + 1
	}
	return end
}

// fewGroups is how many groups of digits one number may be taken to have by
// chance.
const fewGroups = 3

// digitGroups returns the end of a number written in groups of digits, such as
// "000412 2026 11 003".
func digitGroups(text string, x stretch, words []stretch) (end int, ok bool) {
	groups := 1
	end = x.end
	if strings.Trim(text[x.start:x.end], "0123456789") != "" {
		return end, false
	}
	for _, y := range words {
		if strings.Trim(text[y.start:y.end], "0123456789") != "" || strings.TrimSpace(text[end:y.start]) != "" {
			break
		}
		end, groups = y.end, groups+1
	}
	return end, groups > fewGroups
}

func isJoint(word string) bool { return word == "/" || word == "-" || word == "–" }

// longestRegisterWord is the length in letters of the marks of departments in
// a number.
const longestRegisterWord = 12

// isRegisterWord reports whether a word can be a part of a number: digits and
// capitals.
func isRegisterWord(word string) bool {
	return word != "" && utf8.RuneCountInString(word) <= longestRegisterWord && !strings.ContainsFunc(word, func(r rune) bool {
		return unicode.IsLower(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/-.", r)
	})
}

// isDay reports whether a word is a date.
func (r *Reader) isDay(s *source, x stretch) bool {
	moments := r.wording.dates.momentsIn(s, x.start, x.end, Date{})
	return len(moments) > 0 && moments[0].grain == grainDay && moments[0].end-moments[0].start >= x.end-x.start-2
}

// isAlone reports whether nothing but a date stands in the line of a number.
func (r *Reader) isAlone(s *source, l line, x stretch) bool {
	rest := strings.TrimSpace(s.text[l.start:x.start] + s.text[x.end:l.end])
	if rest == "" {
		return true
	}
	for _, m := range r.wording.dates.momentsIn(s, l.start, l.end, Date{}) {
		if m.grain == grainDay && m.end-m.start >= len(strings.Trim(rest, " \t.,")) {
			return true
		}
	}
	return false
}
