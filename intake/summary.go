package intake

import (
	"strings"
	"unicode/utf8"
)

// Bounds of a summary, in characters.
const (
	shortSummary = 90  // below this a second sentence is added
	longSummary  = 420 // a longer sentence is cut at a word
)

// summarise takes the sentence that asks most, and the next one where the
// first only announces a list.
func (r *Reader) summarise(l letter, reading *Reading) {
	s := &l.sources[l.main]
	best, _ := s.bestAsk()
	if best < 0 {
		return
	}
	x := s.sentences[best]
	end := x.end
	if text := s.text[x.start:x.end]; (strings.HasSuffix(text, ":") || utf8.RuneCountInString(text) < shortSummary) && best+1 < len(s.sentences) {
		if next := s.sentences[best+1]; next.part == partBody {
			end = next.end
		}
	}
	reading.Request.Summary = shorten(strings.Join(strings.Fields(s.text[x.start:end]), " "))
	reading.Evidence = append(reading.Evidence, s.evidence(FieldSummary, reading.Request.Summary, x.start, end))
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
