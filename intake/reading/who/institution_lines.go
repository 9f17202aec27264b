package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// institutionNoun returns the first institution noun in a stretch, preferring one in the
// letter's language.
func (p *page) institutionNoun(x letter.Stretch) (found lexicon.Hit, native, ok bool) {
	for _, h := range lexicon.HitsIn(p.people, x.Start, x.End) {
		switch {
		case p.isNative(h):
			return h, true, true
		case !ok && (h.Has("institution.public") || h.Has("institution.private")):
			found, ok = h, true
		}
	}
	return found, false, ok
}

// isNative reports whether an institution noun is in the letter's language.
func (p *page) isNative(noun lexicon.Hit) bool {
	return noun.Has(lexicon.InLanguage("institution.public", p.language.Code)) || noun.Has(lexicon.InLanguage("institution.private", p.language.Code))
}

// describeInstitution returns a mention of the institution with the given noun.
func (p *page) describeInstitution(x letter.Stretch, noun lexicon.Hit, native bool, at place) institution {
	return institution{Stretch: x, public: noun.Has("institution.public"), unit: noun.Has("institution.unit"),
		native: native, place: at, noun: p.Folded(noun.Start, noun.End), mission: p.says("mission", x.Start, x.End)}
}

// inLines finds institutions in the lines of a letterhead or signature.
func (p *page) inLines(in letter.Part, at place) []institution {
	var out []institution
	for i := 0; i < len(p.Lines); i++ {
		if p.Lines[i].Part != in {
			continue
		}
		for _, x := range p.institutionPieces(i, at) {
			h, native, ok := p.institutionNoun(x)
			if !ok || strings.Contains(p.Text[x.Start:x.End], "@") || at == placeSignature && p.holdsPost(x, h) && !p.isHeaded(x, h) || p.isOurs(x) || isMotto(p.Text[x.Start:x.End]) {
				continue
			}
			n := p.describeInstitution(x, h, native, at)
			n.headed = at == placeSignature && p.holdsPost(x, h)
			switch {
			case n.headed || p.isSentence(x) || at == placeSignature && p.says("signs_for", x.Start, x.Start+1):
				n.Start, n.End = p.nameStart(h, x.Start), p.nameEnd(h, x.End)
			case at == placeLetterhead && x.End == p.Lines[i].End:
				n.End = p.joined(i, in)
			}
			if foreign := p.foreignBefore(h, x); foreign > 0 && native && at == placeLetterhead && len(p.Scan.TokensIn(x.Start, foreign)) >= nameAdjectives {
				n.Start = p.nameStart(h, foreign)
			}
			out = append(out, n)
		}
	}
	return out
}

// foreignBefore returns the end of a foreign-language institution noun before a noun, for
// letterheads with two languages in one line; 0 if there is none.
func (p *page) foreignBefore(noun lexicon.Hit, x letter.Stretch) (end int) {
	for _, h := range lexicon.HitsIn(p.people, x.Start, noun.Start) {
		if (h.Has("institution.public") || h.Has("institution.private")) && !p.isNative(h) {
			end = h.End
		}
	}
	return end
}

// mottoWords is the maximum number of words in each part of a motto.
const mottoWords = 2

// isMotto reports whether a line is a national motto ("Unity - Work - Progress").
func isMotto(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-–—•", r) })
	for _, part := range parts {
		if n := len(strings.Fields(part)); n == 0 || n > mottoWords {
			return false
		}
	}
	return len(parts) >= 3 && strings.Contains(text, " ")
}

// isSentence reports whether a stretch holds more than an institution's name: a street
// address, the letter's number, or a verb.
func (p *page) isSentence(x letter.Stretch) bool {
	text := p.Text[x.Start:x.End]
	return strings.Contains(text, "№") || lexicon.Holds(p.Form, "address", x.Start, x.End) && strings.ContainsAny(text, "0123456789") || lexicon.Holds(p.Acts, "ask.verb", x.Start, x.End) ||
		p.says("formal", x.Start, x.End) || len(strings.Fields(text)) > fewWords && p.says("stop", x.Start, x.End)
}

// fewWords is the maximum number of words in a name that is not checked for words that end it.
const fewWords = 12

// institutionPieces splits a signature line at commas, but a letterhead line only at wide
// gaps, since long names contain commas.
func (p *page) institutionPieces(i int, at place) []letter.Stretch {
	l := p.Lines[i]
	pieces := letter.CutPieces(p.Text, l.Start, l.End)
	if at == placeSignature && len(pieces) > 0 {
		pieces[0] = p.withoutLabel(pieces[0])
		return p.joinLists(joinSmall(p.Text, pieces))
	}
	if columns := p.columnsOf(i); columns != nil {
		return columns
	}
	if len(pieces) == 0 {
		return nil
	}
	return []letter.Stretch{{Start: pieces[0].Start, End: pieces[len(pieces)-1].End}}
}

// columnsOf returns the columns of a letterhead in two languages or of two senders: the halves
// of a line split by a wide gap, if an adjacent line is split as well; nil if there are none.
func (p *page) columnsOf(i int) []letter.Stretch {
	here := p.wideHalves(p.Lines[i])
	if here == nil {
		return nil
	}
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(p.Lines) && p.Lines[j].Part == p.Lines[i].Part && p.wideHalves(p.Lines[j]) != nil {
			return here
		}
	}
	return nil
}

// wideHalves returns the two halves of a line with exactly one wide gap; nil otherwise.
func (p *page) wideHalves(l letter.Line) []letter.Stretch {
	text := p.Text[l.Start:l.End]
	trimmed := strings.TrimSpace(text)
	at := strings.IndexByte(trimmed, '\t')
	if at < 0 {
		at = strings.Index(trimmed, "    ")
	}
	if at <= 0 {
		return nil
	}
	start := l.Start + strings.Index(text, trimmed)
	right := strings.TrimLeftFunc(trimmed[at:], unicode.IsSpace)
	if strings.Contains(right, "\t") || strings.Contains(right, "    ") {
		return nil
	}
	left := strings.TrimRightFunc(trimmed[:at], unicode.IsSpace)
	return []letter.Stretch{{Start: start, End: start + len(left)}, {Start: start + len(trimmed) - len(right), End: start + len(trimmed)}}
}

// joinSmall joins a piece that begins with a lower-case letter to the piece before the comma:
// "Ministry of Nature, ecology and supervision".
func joinSmall(text string, pieces []letter.Stretch) []letter.Stretch {
	var out []letter.Stretch
	for _, x := range pieces {
		r, _ := utf8.DecodeRuneInString(text[x.Start:])
		if n := len(out); n > 0 && unicode.IsLower(r) && strings.Trim(text[out[n-1].End:x.Start], ", ") == "" {
			out[n-1].End = x.End
			continue
		}
		out = append(out, x)
	}
	return out
}

// joinLists joins the pieces of a list within an institution's name that ends in "and":
// "Ministry of Agriculture, Forestry and Water Management".
func (p *page) joinLists(pieces []letter.Stretch) []letter.Stretch {
	var out []letter.Stretch
	for i := 0; i < len(pieces); i++ {
		x := pieces[i]
		if _, _, ok := p.institutionNoun(x); ok {
			if last := p.listEnd(pieces, i); last > i {
				x.End, i = pieces[last].End, last
			}
		}
		out = append(out, x)
	}
	return out
}

// listItems is the maximum number of items in a list within a name.
const listItems = 4

// listEnd returns the index of the last piece of the list that begins with piece i; i if there
// is no list. A list contains no post and no other institution.
func (p *page) listEnd(pieces []letter.Stretch, i int) int {
	for j := i + 1; j < len(pieces) && j < i+listItems; j++ {
		x := pieces[j]
		if _, _, ok := p.institutionNoun(x); ok || p.says("post", x.Start, x.End) || p.says("institution.unit", x.Start, x.End) ||
			strings.Trim(p.Text[pieces[j-1].End:x.Start], ", ") != "" || strings.ContainsAny(p.Text[x.Start:x.End], "0123456789@") {
			return i
		}
		if p.says("link", x.Start, x.End) {
			return j
		}
	}
	return i
}

// holdsPost reports whether a post precedes the institution's noun: "Head of Department".
func (p *page) holdsPost(x letter.Stretch, noun lexicon.Hit) bool {
	return p.says("post", x.Start, noun.Start)
}

// isHeaded reports whether the post before the institution's noun is that of a whole
// institution: "Head of the National Environmental Agency".
func (p *page) isHeaded(x letter.Stretch, noun lexicon.Hit) bool {
	return noun.Has("institution.public") && !noun.Has("institution.unit") && (capital(p.Text[noun.Start:]) || capital(p.Text[p.nameStart(noun, x.Start):]))
}

// nameLines is the maximum number of lines of one name in a letterhead.
const nameLines = 4

// joined returns the end of the name that begins in line i, including continuation lines.
func (p *page) joined(i int, in letter.Part) int {
	end := p.Lines[i].End
	before := p.Lines[i]
	for j := i + 1; j < len(p.Lines) && j < i+nameLines; j++ {
		l := p.Lines[j]
		if l.Start == l.End && j == i+1 && j+1 < len(p.Lines) && p.beginsWithInstitution(p.Lines[j+1]) {
			continue
		}
		if l.Part != in || !p.goesOnName(before, l) {
			break
		}
		before, end = l, l.End
	}
	return p.Lines[i].Start + len(strings.TrimRightFunc(p.Text[p.Lines[i].Start:end], func(r rune) bool { return unicode.IsSpace(r) || r == ',' }))
}

// goesOnName reports whether a line of a letterhead continues the name in the previous line,
// as shown by a joining word at the end of the one or the start of the other.
func (p *page) goesOnName(before, l letter.Line) bool {
	tokens, earlier := p.Scan.TokensIn(l.Start, l.End), p.Scan.TokensIn(before.Start, before.End)
	if len(tokens) == 0 || len(earlier) == 0 || strings.ContainsAny(p.Text[l.Start:l.End], "0123456789@") {
		return false
	}
	if slices.ContainsFunc(lexicon.HitsIn(p.people, l.Start, l.End), func(h lexicon.Hit) bool { return h.Has("post") && h.Token <= p.Scan.TokenAt(l.Start)+1 }) {
		return false
	}
	last := earlier[len(earlier)-1]
	if p.says("joint", last.Start, last.End) || strings.HasSuffix(strings.TrimSpace(p.Text[before.Start:before.End]), ",") {
		return true
	}
	return p.says("joint", tokens[0].Start, tokens[0].End) || p.beginsWithInstitution(l)
}

// beginsWithInstitution reports whether a line of a letterhead begins with the parent of the
// institution in the previous line, in the genitive case: "Министерства …".
func (p *page) beginsWithInstitution(l letter.Line) bool {
	tokens := p.Scan.TokensIn(l.Start, l.End)
	return len(tokens) > 1 && p.says("under", tokens[0].Start, tokens[0].End)
}
