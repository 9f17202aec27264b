package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// A named institution is where a text names a body that may be the requester.
type institution struct {
	stretch
	source  *source
	public  bool
	unit    bool // a department rather than a whole
	place   place
	leading string // folded noun of its kind, such as "ministry"
}

// A place says where an institution is named.
type place int

const (
	placeLetterhead place = iota
	placeOpening          // it begins a sentence of the body
	placeSignature
	placeSender // the display name of From
)

// institutionsOf lists the institutions named in letterhead, body and
// signature of a source, in this order.
func (w *Wording) institutionsOf(s *source, people []lexicon.Hit, language string) []institution {
	var out []institution
	out = append(out, w.inLines(s, people, language, partLetterhead, placeLetterhead)...)
	out = append(out, w.inBody(s, people)...)
	return append(out, w.inLines(s, people, language, partSignature, placeSignature)...)
}

// noun returns the first noun of an institution in a stretch, those of the
// letter's language before others.
func institutionNoun(people []lexicon.Hit, x stretch, language string) (found lexicon.Hit, public, ok bool) {
	for _, suffix := range []string{":" + language, ""} {
		for _, h := range hitsWithin(people, x.start, x.end) {
			isPublic := h.Has("institution.public" + suffix)
			if isPublic || h.Has("institution.private"+suffix) {
				return h, isPublic, true
			}
		}
		if suffix != "" && hasOther(people, x) {
			continue
		}
	}
	return lexicon.Hit{}, false, false
}

func hasOther(people []lexicon.Hit, x stretch) bool {
	return len(hitsWithin(people, x.start, x.end)) > 0
}

// inLines finds institutions in the lines of a letterhead or signature.
func (w *Wording) inLines(s *source, people []lexicon.Hit, language string, in part, at place) []institution {
	var out []institution
	for i := 0; i < len(s.lines); i++ {
		if s.lines[i].part != in {
			continue
		}
		for _, x := range w.institutionPieces(s, i, at) {
			h, public, ok := institutionNoun(people, x, language)
			if !ok || strings.Contains(s.text[x.start:x.end], "@") || at == placeSignature && holdsPost(people, x, h) {
				continue
			}
			n := institution{stretch: x, source: s, public: public, place: at, leading: s.folded(h.Start, h.End), unit: h.Has("institution.unit")}
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
	if at == placeSignature {
		return cutPieces(s.text, l.start, l.end)
	}
	pieces := cutPieces(s.text, l.start, l.end)
	if len(pieces) == 0 {
		return nil
	}
	return []stretch{{pieces[0].start, pieces[len(pieces)-1].end}}
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
// looked for.
const openingSentences = 12

// inBody finds institutions that begin, or nearly begin, a sentence of the
// body: "The Ministry of Transport presents its compliments".
func (w *Wording) inBody(s *source, people []lexicon.Hit) []institution {
	var out []institution
	for i, x := range s.sentences {
		if i >= openingSentences || x.part != partBody {
			continue
		}
		for _, h := range hitsWithin(people, x.start, x.end) {
			public := h.Has("institution.public")
			if !public && !h.Has("institution.private") {
				continue
			}
			if !capital(s.text[h.Start:]) || !w.speaks(s, people, x, h) {
				continue
			}
			out = append(out, institution{
				stretch: stretch{nameStart(s, h, x.start), nameEnd(s, people, h, x.end)}, source: s, public: public,
				place: placeOpening, leading: s.folded(h.Start, h.End), unit: h.Has("institution.unit"),
			})
			break
		}
	}
	return out
}

// speaks reports whether the institution is who speaks in the sentence: few
// words stand before it, or words such as "on behalf of".
func (w *Wording) speaks(s *source, people []lexicon.Hit, x sentence, h lexicon.Hit) bool {
	before := s.tokensIn(x.start, h.Start)
	return len(before) <= 4 || holds(people, "behalf", before[max(0, len(before)-6)].Start, h.Start)
}

func capital(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// nameStart goes back from the noun over the capitalised words that belong to
// the name: "State Statistical Committee".
func nameStart(s *source, h lexicon.Hit, from int) int {
	start := h.Start
	tokens := s.tokensIn(from, h.Start)
	for i := len(tokens) - 1; i >= 0; i-- {
		t := tokens[i]
		gap := s.text[t.End:start]
		if strings.Trim(gap, " -\u00a0\n'’") != "" || !capital(s.text[t.Start:]) || i == 0 && isArticle(t.Folded) {
			break
		}
		start = t.Start
	}
	return start
}

func isArticle(folded string) bool {
	switch folded {
	case "the", "le", "la", "les", "l", "our", "a", "an", "notre":
		return true
	}
	return false
}

// nameWords is the most words an institution's name is taken to have.
const nameWords = 20

// nameEnd goes on from the noun to where the name ends: at a verb or another
// word that no name holds, or at punctuation. A comma is passed where the list
// it belongs to ends in "and" before that.
func nameEnd(s *source, people []lexicon.Hit, h lexicon.Hit, limit int) int {
	end := h.End
	tokens := s.tokensIn(h.End, limit)
	for i, t := range tokens {
		gap := strings.TrimSpace(s.text[end:t.Start])
		stops := holds(people, "stop", t.Start, t.End)
		if i >= nameWords || stops && !capital(s.text[t.Start:]) {
			break
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
	return closeQuote(s.text, h.Start, end)
}

// listGoesOn reports whether a list after a comma ends in "and" within a few
// words, so that the comma lies within the name.
func listGoesOn(s *source, people []lexicon.Hit, tokens []lexicon.Token) bool {
	for i, t := range tokens {
		if i > 6 || holds(people, "stop", t.Start, t.End) || i > 0 && strings.Contains(s.text[tokens[i-1].End:t.Start], ",") {
			return false
		}
		if t.Folded == "и" || t.Folded == "and" || t.Folded == "et" || t.Folded == "та" {
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
