package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/reading/letter"
)

// Bounds of a summary, in characters.
const (
	shortSummary = 90  // below this a second sentence is added
	longSummary  = 420 // a longer sentence is cut at a word
)

// summarise takes the sentence that asks most, and the next one where the
// first only announces a list.
func summarise(l *letter.Letter, reading *intake.Reading) {
	s := l.Main
	best, _ := s.BestAsk()
	if best < 0 {
		return
	}
	x := s.Sentences[best]
	end := x.End
	if text := s.Text[x.Start:x.End]; (strings.HasSuffix(text, ":") || utf8.RuneCountInString(text) < shortSummary) && best+1 < len(s.Sentences) {
		if next := s.Sentences[best+1]; next.Part == letter.PartBody {
			end = next.End
		}
	}
	reading.Request.Summary = shorten(plainItem(strings.Join(strings.Fields(s.Text[x.Start:end]), " ")))
	reading.Evidence = append(reading.Evidence, s.Evidence(intake.FieldSummary, reading.Request.Summary, x.Start, end))
}

// itemMark is the mark of an item of a list: a dash, a number, a letter.
var itemMark = regexp.MustCompile(`^(?:[-–—•*·]+|\(?\pL{1,3}\)|\(?\d{1,2}[.)])\s+`)

// plainItem returns an item of a list without its mark, and without that which
// parts it from the next.
func plainItem(text string) string {
	return strings.TrimRight(strings.TrimPrefix(text, itemMark.FindString(text)), " ;:,")
}

// shorten cuts a text at the last word that fits.
func shorten(text string) string {
	if utf8.RuneCountInString(text) <= longSummary {
		return text
	}
	runes := []rune(text)[:longSummary]
	cut := string(runes)
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}
