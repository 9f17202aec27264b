package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// institutionNoun returns the first noun of an institution in a stretch, one
// of the letter's language before one of another.
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

// isNative reports whether a noun of an institution is one of the letter's
// language.
func (p *page) isNative(noun lexicon.Hit) bool {
	return noun.Has(lexicon.InLanguage("institution.public", p.language.Code)) || noun.Has(lexicon.InLanguage("institution.private", p.language.Code))
}

// describeInstitution makes the mention of an institution by its noun.
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

// foreignBefore returns where the noun ends of an institution in another language that
// stands before a noun, as in a letterhead of two languages in one line; 0 for none.
func (p *page) foreignBefore(noun lexicon.Hit, x letter.Stretch) (end int) {
	for _, h := range lexicon.HitsIn(p.people, x.Start, noun.Start) {
		if (h.Has("institution.public") || h.Has("institution.private")) && !p.isNative(h) {
			end = h.End
		}
	}
	return end
}

// mottoWords is the most words that a part of a motto has.
const mottoWords = 2

// isMotto reports whether a line is the motto of a State ("Unity - Work - Progress").
func isMotto(text string) bool {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-–—•", r) })
	for _, part := range parts {
		if n := len(strings.Fields(part)); n == 0 || n > mottoWords {
			return false
		}
	}
	return len(parts) >= 3 && strings.Contains(text, " ")
}

// isSentence reports whether more than the name of an institution stands in a
// stretch of a line: a street, the letter's number, or a verb.
func (p *page) isSentence(x letter.Stretch) bool {
	text := p.Text[x.Start:x.End]
	return strings.Contains(text, "№") || lexicon.Holds(p.Form, "address", x.Start, x.End) && strings.ContainsAny(text, "0123456789") || lexicon.Holds(p.Acts, "ask.verb", x.Start, x.End) ||
		p.says("formal", x.Start, x.End) || len(strings.Fields(text)) > fewWords && p.says("stop", x.Start, x.End)
}

// fewWords is the most words of a name that need not be looked through for the
// verb that ends it.
const fewWords = 12

// institutionPieces cuts a signature line at commas and a letterhead line at
// nothing but wide gaps, since long names hold commas.
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

// columnsOf returns the columns of a letterhead in two languages or of two
// senders: the halves of a line parted by a wide gap, where a line next to it is
// parted too; nil for none.
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

// wideHalves returns the two halves of a line parted by one wide gap, nil where
// it is not so parted.
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

// joinSmall joins a piece after a comma that begins with a small letter to the
// piece before it: "Ministry of Nature, ecology and supervision".
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

// joinLists joins the pieces of a list that ends in "and" to the institution in whose
// name it stands: "Ministry of Agriculture, Forestry and Water Management".
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

// listItems is the most items of a list within a name.
const listItems = 4

// listEnd returns the index of the piece with which the list ends that piece i
// begins; i where it begins none. No post, name or other institution stands in it.
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

// holdsPost reports whether a post stands before the institution's noun: "Head
// of Department".
func (p *page) holdsPost(x letter.Stretch, noun lexicon.Hit) bool {
	return p.says("post", x.Start, noun.Start)
}

// isHeaded reports whether the post before the institution's noun is that of a whole
// institution: "Head of the National Environmental Agency".
func (p *page) isHeaded(x letter.Stretch, noun lexicon.Hit) bool {
	return noun.Has("institution.public") && !noun.Has("institution.unit") && (capital(p.Text[noun.Start:]) || capital(p.Text[p.nameStart(noun, x.Start):]))
}

// nameLines is the most lines that one name takes in a letterhead.
const nameLines = 4

// joined returns where the name that begins in line i ends, lines that go on
// with it included.
func (p *page) joined(i int, in letter.Part) int {
	end := p.Lines[i].End
	before := p.Lines[i]
	for j := i + 1; j < len(p.Lines) && j < i+nameLines; j++ {
		l := p.Lines[j]
		if l.Start == l.End && j == i+1 && j+1 < len(p.Lines) && p.beginsWithHouse(p.Lines[j+1]) {
			continue
		}
		if l.Part != in || !p.goesOnName(before, l) {
			break
		}
		before, end = l, l.End
	}
	return p.Lines[i].Start + len(strings.TrimRightFunc(p.Text[p.Lines[i].Start:end], func(r rune) bool { return unicode.IsSpace(r) || r == ',' }))
}

// goesOnName reports whether a line of a letterhead continues the name in the
// line before: a joining word ends the one or begins the other.
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
	return p.says("joint", tokens[0].Start, tokens[0].End) || p.beginsWithHouse(l)
}

// beginsWithHouse reports whether a line of a letterhead begins with the house to which
// the body of the line before belongs, in the case that says so: "Министерства …".
func (p *page) beginsWithHouse(l letter.Line) bool {
	tokens := p.Scan.TokensIn(l.Start, l.End)
	return len(tokens) > 1 && p.says("under", tokens[0].Start, tokens[0].End)
}
