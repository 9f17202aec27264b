package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/reading/letter"
)

// Length limits of a summary, in characters.
const (
	shortSummary = 90  // a shorter sentence is extended by the next one
	longSummary  = 420 // a longer summary is truncated at a word boundary
)

// summarise sets the summary to the sentence with the highest ask score, together with the
// next sentence if the first is short or only introduces a list.
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

// itemMark matches the marker of a list item: a dash, a number or a letter.
var itemMark = regexp.MustCompile(`^(?:[-–—•*·]+|\(?\pL{1,3}\)|\(?\d{1,2}[.)])\s+`)

// plainItem returns a list item without its marker and its trailing separator.
func plainItem(text string) string {
	return strings.TrimRight(strings.TrimPrefix(text, itemMark.FindString(text)), " ;:,")
}

// shorten truncates a text that is too long at the last word boundary that fits.
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
