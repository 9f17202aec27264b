package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// openingSentences is in how many sentences of the body the institution is
// looked for; beyond the first of them it is less likely to be the one that asks.
const (
	openingSentences = 12
	firstSentences   = 3
)

// inBody finds institutions that begin, or nearly begin, a sentence of the
// body: "The Ministry of Transport presents its compliments".
func inBody(s *letter.Source, people []lexicon.Hit, language string) []institution {
	var out []institution
	for i, x := range s.Sentences {
		if i >= openingSentences || x.Part != letter.PartBody {
			continue
		}
		for _, h := range lexicon.HitsIn(people, x.Start, x.End) {
			if !h.Has("institution.public") && !h.Has("institution.private") || isPartner(s, h) {
				continue
			}
			name := letter.Stretch{Start: nameStart(s, people, h, x.Start), End: nameEnd(s, people, h, min(x.End, h.End+longestName), language)}
			if (language == "en" || language == "fr") && !capital(s.Text[h.Start:]) || !capital(s.Text[name.Start:]) || !speaks(s, people, x, name) {
				continue
			}
			native := h.Has("institution.public:"+language) || h.Has("institution.private:"+language)
			n := describeInstitution(s, name, h, native, placeOpening)
			n.asks, n.late = lexicon.Holds(s.Acts, "ask.verb", x.Start, x.End) || lexicon.Holds(s.Form, "opening", x.Start, x.End), i >= firstSentences
			out = append(out, n)
			break
		}
	}
	return out
}

// isPartner reports whether the noun is part of a partner organisation's name.
func isPartner(s *letter.Source, noun lexicon.Hit) bool {
	for _, h := range s.Scan.Hits {
		if h.Class == lexicon.ClassPartner && h.Start <= noun.Start && noun.End <= h.End && h.N > 1 {
			return true
		}
	}
	return false
}

// speaks reports whether the institution of that name is who speaks in the
// sentence: nothing but an article stands before it, or words such as "on
// behalf of", or it is followed by a verb that asks.
func speaks(s *letter.Source, people []lexicon.Hit, x letter.Sentence, name letter.Stretch) bool {
	if after := s.Scan.TokensIn(name.End, min(x.End, name.End+longestName)); len(after) > 0 && lexicon.Holds(s.Acts, "ask.verb", after[0].Start, after[0].End) {
		return true
	}
	before := s.Scan.TokensIn(x.Start, name.Start)
	for len(before) > 0 && isArticle(people, before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	return len(before) == 0 || lexicon.Holds(people, "behalf", before[max(0, len(before)-5)].Start, name.Start) || worksThere(s, people, before)
}

// worksThere reports whether the words before a name say that the writer
// belongs there: he speaks of himself, asks for nothing yet, and "at", "from"
// or the like comes last.
func worksThere(s *letter.Source, people []lexicon.Hit, before []lexicon.Token) bool {
	first, last := before[0], before[len(before)-1]
	self := before[min(2, len(before)-1)]
	return lexicon.Holds(people, "at", last.Start, last.End) && lexicon.Holds(people, "self", first.Start, self.End) &&
		!lexicon.Holds(s.Acts, "ask.verb", first.Start, last.End)
}

// inCapitals reports whether a word is written in capitals throughout.
func inCapitals(text string) bool {
	return text == strings.ToUpper(text) && utf8.RuneCountInString(text) > 1
}

func capital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// nameAdjectives is how many words of a name may stand before its noun.
const nameAdjectives = 3

// nameStart goes back from the noun over the words that belong to the name: in
// capitals ("State Statistical Committee"), or adjectives between a capital
// and a small noun ("Национальный статистический комитет").
func nameStart(s *letter.Source, people []lexicon.Hit, h lexicon.Hit, from int) int {
	start, next := h.Start, h.Start
	tokens := s.Scan.TokensIn(from, h.Start)
	for i := len(tokens) - 1; i >= 0 && i >= len(tokens)-nameAdjectives; i-- {
		t := tokens[i]
		if strings.ContainsAny(t.Folded, "0123456789") {
			break
		}
		if strings.Trim(s.Text[t.End:next], " -\u00a0\n'’") != "" || isArticle(people, t) || lexicon.Holds(people, "stop", t.Start, t.End) && !inCapitals(s.Text[t.Start:t.End]) {
			break
		}
		next = t.Start
		switch {
		case capital(s.Text[t.Start:]):
			start = t.Start
		case capital(s.Text[start:]):
			return start
		}
	}
	return start
}

// isArticle reports whether a word stands before a name without being part of
// it.
func isArticle(people []lexicon.Hit, t lexicon.Token) bool {
	return lexicon.Holds(people, "article", t.Start, t.End)
}

// Bounds of an institution's name.
const (
	nameWords   = 20
	longestName = 400 // bytes
)

// smallNames are the languages in which the words of a name are written small.
var smallNames = []string{"fr", "ru", "uk"}

// nameEnd goes on from the noun to where the name ends: at a verb or another
// word that no name holds, or at punctuation. A comma is passed where the list
// it belongs to ends in "and" before that.
func nameEnd(s *letter.Source, people []lexicon.Hit, h lexicon.Hit, limit int, language string) int {
	end, covered := h.End, h.End
	tokens := s.Scan.TokensIn(h.End, limit)
	for i, t := range tokens {
		gap := strings.TrimSpace(s.Text[end:t.Start])
		if t.Start < covered {
			end = t.End // within a name of several words, such as "Cabinet of Ministers"
			continue
		}
		for _, inner := range lexicon.HitsAt(people, t.Start) {
			if inner.Has("institution.public") && inner.N > 1 {
				covered = inner.End
			}
		}
		stops := lexicon.Holds(s.Acts, "ask.verb", t.Start, t.End) || slices.ContainsFunc(lexicon.HitsAt(people, t.Start), func(h lexicon.Hit) bool {
			return h.Has("stop") || h.Has("formal") || h.Has("note") || h.Has("behalf")
		})
		if i == 0 && i+1 < len(tokens) && lexicon.Holds(people, "matter", t.Start, t.End) && capital(s.Text[tokens[1].Start:]) {
			end = t.End // "Working Group on Innovation"
			continue
		}
		if i >= nameWords || stops && !capital(s.Text[t.Start:]) {
			break
		}
		if !slices.Contains(smallNames, language) && !capital(s.Text[t.Start:]) && !lexicon.Holds(people, "joint", t.Start, t.End) {
			break // names are written in capitals throughout
		}
		if gap == "," && listGoesOn(s, people, tokens[i:]) {
			end = t.End
			continue
		}
		if gap != "" && gap != "-" && gap != "'" && gap != "’" && gap != "«" && gap != "\"" && gap != "“" && gap != "–" {
			break
		}
		end = t.End
	}
	for i := len(tokens) - 1; i >= 0 && tokens[i].End >= end; i-- {
		if tokens[i].End == end && lexicon.Holds(people, "joint", tokens[i].Start, tokens[i].End) && !capital(s.Text[tokens[i].Start:]) {
			end = h.End
			if i > 0 {
				end = tokens[i-1].End
			}
		}
	}
	return closeQuote(s.Text, h.Start, end)
}

// listGoesOn reports whether a list after a comma ends in "and" within a few
// words, so that the comma lies within the name.
func listGoesOn(s *letter.Source, people []lexicon.Hit, tokens []lexicon.Token) bool {
	for i, t := range tokens {
		if i > 6 || lexicon.Holds(people, "stop", t.Start, t.End) || i > 0 && strings.Contains(s.Text[tokens[i-1].End:t.Start], ",") {
			return false
		}
		if lexicon.Holds(people, "link", t.Start, t.End) {
			return true
		}
	}
	return false
}

// closeQuote takes a closing quotation mark into a name that holds the opening
// one.
func closeQuote(text string, start, end int) int {
	for open, shut := range map[string]string{"«": "»", "“": "”", "\"": "\""} {
		if strings.Contains(text[start:end], open) && strings.HasPrefix(text[end:], shut) {
			return end + len(shut)
		}
	}
	return end
}
