package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// An institution is where a text names a body that may be the requester.
type institution struct {
	stretch
	public bool
	unit   bool // a department rather than a whole
	native bool // named in the letter's language
	asks   bool // its sentence asks for something
	late   bool // named beyond the first sentences
	place  place
	noun   string // folded noun of its kind, such as "ministry"
	words  int
}

// A place says where an institution is named.
type place int

const (
	placeLetterhead place = iota
	placeOpening          // it begins a sentence of the body
	placeSignature
)

// Signs by which the requesting institution is told from others named in the
// letter: a name in the letter's own language counts most, then where it
// stands; a department and a Mission that only transmits count less.
var placeSigns = map[place]float64{placeLetterhead: 1, placeOpening: 0.9, placeSignature: 0.8}

const (
	nativeSign  = 3.0
	unitSign    = -2.5
	aboveSign   = -1.0
	lateSign    = -0.6
	askingSign  = 0.3
	missionSign = -0.8
	repeatSign  = 0.6 // the body speaks of the same kind of institution
)

// chooseInstitution returns the institution of a source that most looks like
// the one that asks, in the fullest form that the source gives it, and a rival
// of another name that looks so nearly as much.
func (w *Wording) chooseInstitution(s *source, people []lexicon.Hit, language string) (best, rival institution, ok bool) {
	named := w.institutionsOf(s, people, language)
	named = named[:min(len(named), manyInstitutions)]
	scores := make([]float64, len(named))
	top := 0.0
	for i, n := range named {
		if scores[i] = n.score(people, named); scores[i] > top {
			best, top = n, scores[i]
		}
	}
	for i, n := range named {
		if n.noun != best.noun && scores[i] > top-closeRival {
			rival = n
		}
	}
	for _, n := range named {
		if n.noun == best.noun && n.native == best.native && n.unit == best.unit && n.words > best.words && n.begins(s, best) {
			best = n
		}
	}
	return best, rival, best.end > 0
}

// manyInstitutions is how many named institutions are compared.
const manyInstitutions = 60

// closeRival is by how much less a second institution may look like the one
// that asks and still be a doubt.
const closeRival = 0.15

// score weighs how much a named institution looks like the one that asks; 0
// for "the Ministry", which names none.
func (n institution) score(people []lexicon.Hit, named []institution) float64 {
	if n.words < 2 {
		return 0
	}
	score := placeSigns[n.place]
	for _, s := range []struct {
		sign  float64
		holds bool
	}{
		{nativeSign, n.native}, {unitSign, n.unit}, {askingSign, n.asks}, {lateSign, n.late}, {repeatSign, n.repeated(named)},
		{missionSign, holds(people, "mission", n.start, n.end)}, {aboveSign, holds(people, "above", n.start, n.end)},
	} {
		if s.holds {
			score += s.sign
		}
	}
	return score
}

// repeated reports whether the noun of the institution is that of another
// mention elsewhere.
func (n institution) repeated(named []institution) bool {
	for _, other := range named {
		if other.place != n.place && other.noun == n.noun {
			return true
		}
	}
	return false
}

// begins reports whether the name begins with the words of a shorter form.
func (n institution) begins(s *source, shorter institution) bool {
	return strings.HasPrefix(s.folded(n.start, n.end), strings.TrimSpace(s.folded(shorter.start, shorter.end)))
}

// institutionsOf lists the institutions named in letterhead, body and
// signature of a source, in this order.
func (w *Wording) institutionsOf(s *source, people []lexicon.Hit, language string) []institution {
	out := w.inLines(s, people, language, partLetterhead, placeLetterhead)
	out = append(out, w.inBody(s, people, language)...)
	out = append(out, w.inLines(s, people, language, partSignature, placeSignature)...)
	for i := range out {
		n := &out[i]
		for _, h := range hitsWithin(people, n.start, n.end) {
			if h.Has("accredited") {
				n.end = n.start + len(strings.TrimRightFunc(s.text[n.start:h.Start], unicode.IsSpace))
				break
			}
		}
		n.words = len(s.tokensIn(n.start, n.end))
	}
	return out
}

// institutionNoun returns the first noun of an institution in a stretch, one
// of the letter's language before one of another.
func institutionNoun(people []lexicon.Hit, x stretch, language string) (found lexicon.Hit, native, ok bool) {
	for _, suffix := range []string{":" + language, ""} {
		for _, h := range hitsWithin(people, x.start, x.end) {
			if h.Has("institution.public"+suffix) || h.Has("institution.private"+suffix) {
				return h, suffix != "", true
			}
		}
	}
	return lexicon.Hit{}, false, false
}

// describeInstitution makes the mention of an institution by its noun.
func describeInstitution(s *source, x stretch, noun lexicon.Hit, native bool, at place) institution {
	return institution{stretch: x, public: noun.Has("institution.public"), unit: noun.Has("institution.unit"),
		native: native, place: at, noun: s.folded(noun.Start, noun.End)}
}

// inLines finds institutions in the lines of a letterhead or signature.
func (w *Wording) inLines(s *source, people []lexicon.Hit, language string, in part, at place) []institution {
	var out []institution
	for i := 0; i < len(s.lines); i++ {
		if s.lines[i].part != in {
			continue
		}
		for _, x := range w.institutionPieces(s, i, at) {
			h, native, ok := institutionNoun(people, x, language)
			if !ok || strings.Contains(s.text[x.start:x.end], "@") || at == placeSignature && holdsPost(people, x, h) {
				continue
			}
			n := describeInstitution(s, x, h, native, at)
			if at == placeLetterhead {
				n.end = w.joined(s, people, i, in)
			}
			out = append(out, n)
		}
	}
	return out
}

// institutionPieces cuts a signature line at commas and a letterhead line at
// nothing but wide gaps, since long names hold commas.
func (w *Wording) institutionPieces(s *source, i int, at place) []stretch {
	l := s.lines[i]
	pieces := cutPieces(s.text, l.start, l.end)
	if at == placeSignature {
		return joinSmall(s.text, pieces)
	}
	if len(pieces) == 0 {
		return nil
	}
	return []stretch{{pieces[0].start, pieces[len(pieces)-1].end}}
}

// joinSmall joins a piece after a comma that begins with a small letter to the
// piece before it: "Ministry of Nature, ecology and supervision".
func joinSmall(text string, pieces []stretch) []stretch {
	var out []stretch
	for _, x := range pieces {
		r, _ := utf8.DecodeRuneInString(text[x.start:])
		if n := len(out); n > 0 && unicode.IsLower(r) && strings.Trim(text[out[n-1].end:x.start], ", ") == "" {
			out[n-1].end = x.end
			continue
		}
		out = append(out, x)
	}
	return out
}

// holdsPost reports whether a post stands before the institution's noun: "Head
// of Department".
func holdsPost(people []lexicon.Hit, x stretch, noun lexicon.Hit) bool {
	return holds(people, "post", x.start, noun.Start)
}

// nameLines is the most lines that one name takes in a letterhead.
const nameLines = 4

// joined returns where the name that begins in line i ends, lines that go on
// with it included.
func (w *Wording) joined(s *source, people []lexicon.Hit, i int, in part) int {
	end := s.lines[i].end
	for j := i + 1; j < len(s.lines) && j < i+nameLines; j++ {
		l := s.lines[j]
		if l.part != in || !w.goesOnName(s, people, s.lines[j-1], l) {
			break
		}
		end = l.end
	}
	return s.lines[i].start + len(strings.TrimRightFunc(s.text[s.lines[i].start:end], func(r rune) bool { return unicode.IsSpace(r) || r == ',' }))
}

// goesOnName reports whether a line of a letterhead continues the name in the
// line before: a joining word ends the one or begins the other.
func (w *Wording) goesOnName(s *source, people []lexicon.Hit, before, l line) bool {
	tokens, earlier := s.tokensIn(l.start, l.end), s.tokensIn(before.start, before.end)
	if len(tokens) == 0 || len(earlier) == 0 || strings.ContainsAny(s.text[l.start:l.end], "0123456789@") {
		return false
	}
	last := earlier[len(earlier)-1]
	if holds(people, "joint", last.Start, last.End) || strings.HasSuffix(strings.TrimSpace(s.text[before.start:before.end]), ",") {
		return true
	}
	return holds(people, "joint", tokens[0].Start, tokens[0].End)
}

// openingSentences is in how many sentences of the body the institution is
// looked for; beyond the first of them it is less likely to be the one that asks.
const (
	openingSentences = 12
	firstSentences   = 3
)

// inBody finds institutions that begin, or nearly begin, a sentence of the
// body: "The Ministry of Transport presents its compliments".
func (w *Wording) inBody(s *source, people []lexicon.Hit, language string) []institution {
	var out []institution
	for i, x := range s.sentences {
		if i >= openingSentences || x.part != partBody {
			continue
		}
		for _, h := range hitsWithin(people, x.start, x.end) {
			if !h.Has("institution.public") && !h.Has("institution.private") || isPartner(s, h) {
				continue
			}
			name := stretch{nameStart(s, people, h, x.start), nameEnd(s, people, h, min(x.end, h.End+longestName), language)}
			if (language == "en" || language == "fr") && !capital(s.text[h.Start:]) || !capital(s.text[name.start:]) || !w.speaks(s, people, x, name) {
				continue
			}
			native := h.Has("institution.public:"+language) || h.Has("institution.private:"+language)
			n := describeInstitution(s, name, h, native, placeOpening)
			n.asks, n.late = holds(s.acts, "ask.verb", x.start, x.end), i >= firstSentences
			out = append(out, n)
			break
		}
	}
	return out
}

// isPartner reports whether the noun is part of a partner organisation's name.
func isPartner(s *source, noun lexicon.Hit) bool {
	for _, h := range s.scan.Hits {
		if h.Class == lexicon.ClassPartner && h.Start <= noun.Start && noun.End <= h.End && h.N > 1 {
			return true
		}
	}
	return false
}

// speaks reports whether the institution of that name is who speaks in the
// sentence: nothing but an article stands before it, or words such as "on
// behalf of", or it is followed by a verb that asks.
func (w *Wording) speaks(s *source, people []lexicon.Hit, x sentence, name stretch) bool {
	if after := s.tokensIn(name.end, min(x.end, name.end+longestName)); len(after) > 0 && holds(s.acts, "ask.verb", after[0].Start, after[0].End) {
		return true
	}
	before := s.tokensIn(x.start, name.start)
	for len(before) > 0 && isArticle(people, before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	return len(before) == 0 || holds(people, "behalf", before[max(0, len(before)-5)].Start, name.start)
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
func nameStart(s *source, people []lexicon.Hit, h lexicon.Hit, from int) int {
	start, next := h.Start, h.Start
	tokens := s.tokensIn(from, h.Start)
	for i := len(tokens) - 1; i >= 0 && i >= len(tokens)-nameAdjectives; i-- {
		t := tokens[i]
		if strings.ContainsAny(t.Folded, "0123456789") {
			break
		}
		if strings.Trim(s.text[t.End:next], " -\u00a0\n'’") != "" || isArticle(people, t) {
			break
		}
		next = t.Start
		switch {
		case capital(s.text[t.Start:]):
			start = t.Start
		case capital(s.text[start:]):
			return start
		}
	}
	return start
}

// isArticle reports whether a word stands before a name without being part of
// it.
func isArticle(people []lexicon.Hit, t lexicon.Token) bool {
	return holds(people, "article", t.Start, t.End)
}

// Bounds of an institution's name.
const (
	nameWords   = 20
	longestName = 400 // bytes
)

// nameEnd goes on from the noun to where the name ends: at a verb or another
// word that no name holds, or at punctuation. A comma is passed where the list
// it belongs to ends in "and" before that.
func nameEnd(s *source, people []lexicon.Hit, h lexicon.Hit, limit int, language string) int {
	end, covered := h.End, h.End
	tokens := s.tokensIn(h.End, limit)
	for i, t := range tokens {
		gap := strings.TrimSpace(s.text[end:t.Start])
		if t.Start < covered {
			end = t.End // within a name of several words, such as "Cabinet of Ministers"
			continue
		}
		for _, inner := range hitsAt(people, t.Start) {
			if inner.Has("institution.public") && inner.N > 1 {
				covered = inner.End
			}
		}
		stops := holds(s.acts, "ask.verb", t.Start, t.End) || slices.ContainsFunc(hitsAt(people, t.Start), func(h lexicon.Hit) bool {
			return h.Has("stop") || h.Has("formal") || h.Has("behalf")
		})
		if i >= nameWords || stops && !capital(s.text[t.Start:]) {
			break
		}
		if language == "en" && !capital(s.text[t.Start:]) && !holds(people, "joint", t.Start, t.End) {
			break // English names are written in capitals throughout
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
		if tokens[i].End == end && holds(people, "joint", tokens[i].Start, tokens[i].End) && !capital(s.text[tokens[i].Start:]) {
			end = h.End
			if i > 0 {
				end = tokens[i-1].End
			}
		}
	}
	return closeQuote(s.text, h.Start, end)
}

// listGoesOn reports whether a list after a comma ends in "and" within a few
// words, so that the comma lies within the name.
func listGoesOn(s *source, people []lexicon.Hit, tokens []lexicon.Token) bool {
	for i, t := range tokens {
		if i > 6 || holds(people, "stop", t.Start, t.End) || i > 0 && strings.Contains(s.text[tokens[i-1].End:t.Start], ",") {
			return false
		}
		if holds(people, "link", t.Start, t.End) {
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
