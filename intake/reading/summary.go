package reading

import (
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
	reading.Request.Summary = shorten(strings.Join(strings.Fields(s.Text[x.Start:end]), " "))
	reading.Evidence = append(reading.Evidence, s.Evidence(intake.FieldSummary, reading.Request.Summary, x.Start, end))
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
