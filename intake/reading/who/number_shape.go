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

// Maximum distance in bytes from words such as "our letter" to its number.
const (
	ownReach  = 80
	markReach = 12 // after "our", which must be followed by a number mark
)

// ownNumbers scores the numbers that the body itself calls the number of the sender's letter:
// "our letter No. 14/2 of 5 May", "notre courrier n° 88/DG".
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

// followsIncoming reports whether the words before a hit say that the letter is somebody
// else's: "in reply to letter No. 5/3".
func followsIncoming(s *letter.Source, h lexicon.Hit) bool {
	for _, before := range lexicon.HitsIn(s.Form, max(0, h.Start-ownReach), h.Start) {
		if before.Has("incoming") && strings.TrimSpace(s.Text[before.End:h.Start]) == "" {
			return true
		}
	}
	return false
}

// numberWithin returns the end of the word at distance reach from an offset.
func numberWithin(text string, from, reach int) int {
	end := min(len(text), from+reach)
	if i := strings.IndexFunc(text[end:], unicode.IsSpace); i >= 0 {
		return end + i
	}
	return len(text)
}

// numberEnd returns the end of the number whose first word is x: register numbers may consist
// of groups of digits, with spaces around slashes and hyphens.
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

// withoutJoint drops a trailing slash or hyphen that is not followed by more of the number.
func withoutJoint(text string, x letter.Stretch, end int) int {
	return x.Start + len(strings.TrimRight(text[x.Start:end], " \t\u00a0/-–"))
}

// withStop includes the full stop of an abbreviation.
func withStop(text string, end int) int {
	if strings.HasPrefix(text[end:], ".") {
		return end + 1
	}
	return end
}

// fewGroups is the number of groups of digits that may occur in a row by chance; a number
// written in groups has more.
const fewGroups = 3

// digitGroups returns the end of a number written in groups of digits, such as "000412 2026 11
// 003".
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

// longestRegisterWord is the maximum length in characters of a department's code in a number.
const longestRegisterWord = 12

// isRegisterWord reports whether a word can be part of a register number: only digits,
// capitals and separators.
func isRegisterWord(word string) bool {
	return word != "" && utf8.RuneCountInString(word) <= longestRegisterWord && !strings.ContainsFunc(word, func(r rune) bool {
		return unicode.IsLower(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/-.", r)
	})
}

// isOffice reports whether a word is the code of an office and a unit in it, which some
// registers put after the number: "3127 DTR/DRSR".
func isOffice(word string) bool {
	return strings.Contains(word, "/") && !strings.ContainsAny(word, "0123456789.-") && !strings.HasPrefix(word, "/")
}

// officeMark returns the code of an office that precedes a number and belongs to it, as in
// some registers: "Note VMT 212/2026"; an empty stretch if there is none.
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

// isAlone reports whether the line of a number holds nothing else but possibly a date.
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
