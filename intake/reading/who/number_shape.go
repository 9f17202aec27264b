package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
	"verbale/intake/reading/letter"
)

// ownReach is within how many bytes after words such as "our letter" its
// number stands.
const (
	ownReach  = 80
	markReach = 12 // after "our", which a sign for numbers has to follow
)

// ownNumbers scores the numbers that the body itself calls those of the
// sender's letter: "our letter No. 14/2 of 5 May", "notre courrier n° 88/DG".
func (w *asker) ownNumbers(s *letter.Source) []letterNumber {
	var out []letterNumber
	for _, h := range s.Form {
		reach := ownReach
		if !h.Has("own_letter") {
			reach = markReach
		}
		if !h.Has("own_letter") && !h.Has("own") || s.PartAt(h.Start) != letter.PartBody || followsIncoming(s, h) {
			continue
		}
		end := numberWithin(s.Text, h.End, reach)
		near := letter.Line{Start: h.Start, End: end, Part: letter.PartBody}
		for _, n := range w.numbersIn(s, near, numberInSubject) {
			named := h.Has("own_letter") || len(strings.Fields(s.Text[h.End:n.Start])) <= 1
			if named && n.score >= numberInSubject+numberCued {
				out = append(out, n)
			}
		}
	}
	return out
}

// followsIncoming reports whether words before a hit say that it is a letter from
// elsewhere: "in reply to letter No. 5/3".
func followsIncoming(s *letter.Source, h lexicon.Hit) bool {
	for _, before := range lexicon.HitsIn(s.Form, max(0, h.Start-ownReach), h.Start) {
		if before.Has("incoming") && strings.TrimSpace(s.Text[before.End:h.Start]) == "" {
			return true
		}
	}
	return false
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
func numberEnd(s *letter.Source, x letter.Stretch, words []letter.Stretch) int {
	if end, ok := digitGroups(s.Text, x, words); ok {
		return end
	}
	end := x.End
	for i, y := range words {
		y = trimNumber(s.Text, y)
		word := s.Text[y.Start:y.End]
		joined := isJoint(s.Text[end-1:end]) || strings.HasPrefix(word, "/") || i > 0 && end == words[i-1].End && isJoint(s.Text[words[i-1].Start:end])
		switch {
		case strings.TrimSpace(s.Text[end:y.Start]) != "":
			return withoutJoint(s.Text, x, end)
		case lexicon.Holds(s.Form, "reference_after", y.Start, y.End):
			return withStop(s.Text, y.End)
		case isJoint(word) || (joined || i == 0 && isOffice(word)) && isRegisterWord(word) && !isDay(s, y):
			end = y.End
		default:
			return withoutJoint(s.Text, x, end)
		}
	}
	return withoutJoint(s.Text, x, end)
}

// withoutJoint leaves out a stroke or hyphen after which no more of the number
// came.
func withoutJoint(text string, x letter.Stretch, end int) int {
	return x.Start + len(strings.TrimRight(text[x.Start:end], " \t\u00a0/-–"))
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
func digitGroups(text string, x letter.Stretch, words []letter.Stretch) (end int, ok bool) {
	groups := 1
	end = x.End
	if strings.Trim(text[x.Start:x.End], "0123456789") != "" {
		return end, false
	}
	for _, y := range words {
		if strings.Trim(text[y.Start:y.End], "0123456789") != "" || strings.TrimSpace(text[end:y.Start]) != "" {
			break
		}
		end, groups = y.End, groups+1
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

// isOffice reports whether a word is the mark of an office and of one within it, as some
// registers set it behind a number: "3127 DTR/DRSR".
func isOffice(word string) bool {
	return strings.Contains(word, "/") && !strings.ContainsAny(word, "0123456789.-") && !strings.HasPrefix(word, "/")
}

// officeMark returns the mark of an office that stands before a number and belongs to it,
// as some registers write it: "Note VMT 212/2026"; an empty stretch for none.
func officeMark(s *letter.Source, before []letter.Stretch, number letter.Stretch) letter.Stretch {
	if len(before) == 0 {
		return letter.Stretch{}
	}
	mark := before[len(before)-1]
	word := s.Text[mark.Start:mark.End]
	if utf8.RuneCountInString(word) < 2 || !isRegisterWord(word) || strings.ContainsAny(word, "0123456789.") || strings.TrimSpace(s.Text[mark.End:number.Start]) != "" ||
		len(lexicon.HitsAt(s.Form, mark.Start)) > 0 {
		return letter.Stretch{}
	}
	return mark
}

// isDay reports whether a word is a date.
func isDay(s *letter.Source, x letter.Stretch) bool {
	moments := s.Moments(x.Start, x.End, intake.Date{})
	return len(moments) > 0 && moments[0].Grain == dates.GrainDay && moments[0].End-moments[0].Start >= x.End-x.Start-2
}

// isAlone reports whether nothing but a date stands in the line of a number.
func isAlone(s *letter.Source, l letter.Line, x letter.Stretch) bool {
	rest := strings.TrimSpace(s.Text[l.Start:x.Start] + s.Text[x.End:l.End])
	if rest == "" {
		return true
	}
	for _, m := range s.Moments(l.Start, l.End, intake.Date{}) {
		if m.Grain == dates.GrainDay && m.End-m.Start >= len(strings.Trim(rest, " \t.,")) {
			return true
		}
	}
	return false
}
