package reading

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Length limits of a summary, in characters.
const (
	shortSummary = 90  // a shorter sentence is extended by the next one
	longSummary  = 420 // a longer summary is truncated at a word boundary
)

// summarise sets the summary to the main request of the letter, together with the next sentence
// if the request is short or only introduces a list.
func summarise(l *letter.Letter, reading *intake.Reading) {
	s := l.Main
	best := mainAsk(s)
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

// How clearly a sentence must ask to be the main request: relative to one that adds to it; and
// at least, to be an item of a list with others.
const (
	nearlyAsClear = 0.8
	itemOfAsk     = 0.1
)

// mainAsk returns the index of the body sentence that asks most clearly. If that adds to another
// request ("we would also like"), it returns the first that asks nearly as clearly; if it is an
// item of a list, the first item, since letters put the main request first. It returns -1 if no
// sentence asks.
func mainAsk(s *letter.Source) int {
	best, ask := s.BestAsk()
	if best < 0 {
		return best
	}
	main := best
	if addsRequest(s, best) {
		asksAsClearly := func(x letter.Sentence) bool { return x.Part == letter.PartBody && x.Ask >= nearlyAsClear*ask }
		main = slices.IndexFunc(s.Sentences[:best+1], asksAsClearly)
	}
	for main > 0 && isItem(s, main) && isItem(s, main-1) && s.Sentences[main-1].Ask >= itemOfAsk {
		main--
	}
	return main
}

// addsRequest reports whether a sentence adds to another request.
func addsRequest(s *letter.Source, i int) bool {
	x := s.Sentences[i]
	return slices.ContainsFunc(lexicon.HitsIn(s.Scan.Hits, x.Start, x.End), func(h lexicon.Hit) bool {
		return h.Class == lexicon.ClassCue && h.Has("further_ask")
	})
}

// isItem reports whether a sentence of the body is an item of a list.
func isItem(s *letter.Source, i int) bool {
	x := s.Sentences[i]
	return x.Part == letter.PartBody && letter.IsListItem(s.Words(x))
}

// plainItem returns a list item without its markers and its trailing separator.
func plainItem(text string) string {
	for n := letter.ListMark(text); n > 0; n = letter.ListMark(text) {
		text = text[n:]
	}
	return strings.TrimRight(text, " ;:,")
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
