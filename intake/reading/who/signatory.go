package who

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A block is the signature lines of one source, split into the pieces that may be a name, a
// post or an institution.
type block struct {
	*page
	pieces []piece
}

// A piece is a line of a block, or a part of one between commas or wide gaps.
type piece struct {
	letter.Stretch
	line    int
	contact bool
	name    bool
	post    bool
	public  bool // names a public institution
	private bool // names an institution that is not public
	unit    bool // names a unit of an institution
	whole   bool // names a public institution that is not a unit of another
}

// newBlock splits the signature lines of a page into pieces. A short closing is included,
// since a name may follow it in the same line.
func newBlock(p *page) block {
	b := block{page: p}
	for i, l := range p.Lines {
		short := l.Part == letter.PartClosing && !lexicon.Holds(p.Form, "courtesy", l.Start, l.End)
		if l.Part != letter.PartSignature && l.Part != letter.PartContact && !short {
			continue
		}
		for _, x := range letter.CutPieces(p.Text, l.Start, l.End) {
			b.pieces = append(b.pieces, b.describe(piece{Stretch: x, line: i, contact: l.Part == letter.PartContact}))
		}
	}
	return b
}

// skipSigned drops the words before the signatory's name: "Signed: A. Sample", "Pour accord :
// Aya Exemple".
func (b *block) skipSigned(p *piece) {
	start := p.End - len(strings.TrimLeft(b.Text[p.Start:p.End], "/("))
	for _, h := range lexicon.HitsAt(b.people, start) {
		rest := b.Text[h.End:max(h.End, p.End)]
		trimmed := strings.TrimLeft(rest, " .:\t\u00a0/_-–")
		if h.Has("signed") && len(trimmed) < len(rest) && b.LooksLikeName(trimmed) {
			p.Start = p.End - len(trimmed)
			return
		}
	}
}

// describe classifies a piece.
func (b *block) describe(p piece) piece {
	p.Stretch = b.withoutLabel(p.Stretch)
	b.skipSigned(&p)
	for _, h := range lexicon.HitsIn(b.people, p.Start, p.End) {
		p.post = p.post || h.Has("post") && !b.inMailAddress(h)
		p.public = p.public || h.Has("institution.public")
		p.private = p.private || h.Has("institution.private")
		p.unit = p.unit || h.Has("institution.unit")
		p.whole = p.whole || h.Has("institution.public") && !h.Has("institution.unit")
	}
	text := b.withoutTitles(b.withoutCourtesy(p.Stretch), p.Start)
	p.post = p.post && !b.isTitled(p, text)
	p.name = !p.post && !p.public && !p.private && !p.unit && !b.isNoName(p) &&
		(b.LooksLikeName(text) || b.LooksLikeName(b.Text[p.Start:p.End]) || b.isTitled(p, text))
	if p.name {
		p.End = p.Start + len(b.withoutCourtesy(p.Stretch))
	}
	return p
}

// isTitled reports whether a piece is a title or rank followed by a name, even if only the
// family name: "Colonel Sample", "Ms. Example".
func (b *block) isTitled(p piece, name string) bool {
	whole := b.withoutCourtesy(p.Stretch)
	if len(name) == len(whole) || b.LooksLikeName(name) {
		return len(name) < len(whole)
	}
	return letter.IsGivenName(name) && !inCapitals(name) && !b.isKnown(letter.Stretch{Start: p.Start + len(whole) - len(name), End: p.Start + len(whole)})
}

// withoutTitles drops the titles before a name: "Amb. (ret.) A. Sample".
func (b *block) withoutTitles(text string, start int) string {
	end := start + len(text)
	words := b.Scan.TokensIn(start, end)
	for len(words) > 0 {
		title := b.courtesyAt(words[0].Start)
		if title == 0 || title > len(words) {
			break
		}
		text = strings.TrimLeft(b.Text[words[title-1].End:end], ".) ")
		words = words[title:]
	}
	return text
}

// withoutCourtesy returns a piece without an honorific in brackets at its end: "Thu Hang
// Sample (Ms.)".
func (b *block) withoutCourtesy(x letter.Stretch) string {
	text := b.Text[x.Start:x.End]
	open := strings.LastIndexByte(text, '(')
	if open < 0 || !strings.HasSuffix(text, ")") || b.courtesyAt(x.Start+open+1) == 0 {
		return text
	}
	return strings.TrimSpace(text[:open])
}

// isNoName reports whether a piece that looks like a name is a closing ("Sincerely Yours") or
// a country.
func (b *block) isNoName(p piece) bool {
	covers := func(hits []lexicon.Hit, known func(lexicon.Hit) bool) bool {
		return slices.ContainsFunc(hits, func(h lexicon.Hit) bool { return h.End >= p.End && known(h) })
	}
	return covers(lexicon.HitsAt(b.Form, p.Start), func(h lexicon.Hit) bool { return h.Has("closing") }) ||
		covers(lexicon.HitsAt(b.Scan.Hits, p.Start), func(h lexicon.Hit) bool { return h.Class == lexicon.ClassCountry })
}

// inMailAddress reports whether a word is part of an e-mail address, such as "director" in
// "cadastre.director@gov.example".
func (b *block) inMailAddress(h lexicon.Hit) bool {
	start := strings.LastIndexFunc(b.Text[:h.Start], unicode.IsSpace) + 1
	word := b.Text[start:]
	if end := strings.IndexFunc(word, unicode.IsSpace); end >= 0 {
		word = word[:end]
	}
	return strings.Contains(word, "@")
}

// A signatory is the positions of the signatory's name and post; each is empty if absent.
type signatory struct {
	name, post letter.Stretch
}

// signatory finds the signatory in a block: the first name outside the contact lines, and the
// post next to it.
func (b *block) signatory() signatory {
	at := slices.IndexFunc(b.pieces, func(p piece) bool { return p.name && !p.contact })
	if at >= 0 {
		return signatory{name: b.pieces[at].Stretch, post: b.postNear(at)}
	}
	for i, p := range b.pieces {
		if p.post && !p.contact {
			if post, name, ok := b.splitPost(p); ok {
				return signatory{name: name, post: b.afterRank(i, post)}
			}
			return signatory{post: b.postFrom(i)}
		}
	}
	return signatory{}
}

// givenName returns the name in a signature that consists of a given name only, possibly with
// others after it ("Aigul and all of us"); an empty stretch if there is none.
func (b *block) givenName() letter.Stretch {
	if len(b.pieces) != 1 || b.pieces[0].contact || b.pieces[0].post {
		return letter.Stretch{}
	}
	words := b.Scan.TokensIn(b.pieces[0].Start, b.pieces[0].End)
	if len(words) == 0 || len(words) > 1 && !b.says("link", words[1].Start, words[1].End) {
		return letter.Stretch{}
	}
	name := letter.Stretch{Start: words[0].Start, End: words[0].End}
	if !letter.IsGivenName(b.Text[name.Start:name.End]) || inCapitals(b.Text[name.Start:name.End]) || b.isKnown(name) {
		return letter.Stretch{}
	}
	return name
}

// isKnown reports whether words name something other than a person: a place, a post, an
// institution, a closing.
func (b *block) isKnown(x letter.Stretch) bool {
	return len(lexicon.HitsIn(b.Scan.Hits, x.Start, x.End))+len(lexicon.HitsIn(b.people, x.Start, x.End))+len(lexicon.HitsIn(b.Form, x.Start, x.End)) > 0
}

// afterRank returns the post in the line below a name that is preceded by a rank, as in
// "Ambassador A. Sample / Deputy Secretary General"; without one, the rank itself.
func (b *block) afterRank(i int, before letter.Stretch) letter.Stretch {
	if i+1 < len(b.pieces) && b.pieces[i+1].post && !b.pieces[i+1].contact && b.pieces[i+1].line > b.pieces[i].line {
		return b.postFrom(i + 1)
	}
	return before
}

// splitPost splits a piece such as "Deputy Minister Merdan Ataýew" or "Директор Г. Меликсетян"
// into post and name. The name is the longest run of name words at the end that leaves a post
// before it.
func (b *block) splitPost(p piece) (post, name letter.Stretch, ok bool) {
	words := strings.Fields(b.Text[p.Start:p.End])
	end := p.End
	for n := min(len(words)-1, 4); n >= 1; n-- {
		start := end
		text := b.Text[p.Start:p.End]
		for range n {
			text = strings.TrimRightFunc(text, unicode.IsSpace)
			start = p.Start + strings.LastIndexFunc(text, unicode.IsSpace) + 1
			text = b.Text[p.Start:start]
		}
		tail := b.Text[start:end]
		if b.LooksLikeName(tail) && !b.namesPost(p.Start, start, end) && (n >= 2 || strings.Contains(tail, ".")) {
			head := strings.TrimRightFunc(b.Text[p.Start:start], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
			return letter.Stretch{Start: p.Start, End: p.Start + len(head)}, letter.Stretch{Start: start, End: end}, true
		}
	}
	return letter.Stretch{}, letter.Stretch{}, false
}

// namesPost reports whether a post or institution that begins at or after from reaches into
// text[start:end].
func (b *block) namesPost(from, start, end int) bool {
	return slices.ContainsFunc(lexicon.HitsIn(b.people, from, end), func(h lexicon.Hit) bool {
		return h.End > start && (h.Has("post") || h.Has("institution.public") || h.Has("institution.private"))
	})
}

// postNear returns the post next to a name, looking after the name first, then before it.
func (b *block) postNear(at int) letter.Stretch {
	if other, ok := b.columnBeside(at); ok {
		return b.pieces[other].Stretch
	}
	if at > 0 && b.pieces[at-1].post && b.pieces[at-1].line == b.pieces[at].line {
		return b.pieces[at-1].Stretch
	}
	for i := at + 1; i < len(b.pieces) && i <= at+2; i++ {
		p := b.pieces[i]
		if p.name || p.line > b.pieces[i-1].line+1 && b.isPostAbove(at) {
			break
		}
		if p.post && !p.contact {
			return b.postFrom(i)
		}
	}
	for i := at - 1; i >= 0 && i >= at-4; i-- {
		if b.pieces[i].post {
			return b.postUntil(i, at)
		}
	}
	return letter.Stretch{}
}

// isPostAbove reports whether a post is in the line above a name, or before it in the same
// line.
func (b *block) isPostAbove(at int) bool {
	return at > 0 && b.pieces[at-1].post && b.pieces[at-1].line >= b.pieces[at].line-1
}

// columnBeside returns the post above or below a name if several people sign side by side: the
// adjacent line has as many posts as this one has names.
func (b *block) columnBeside(at int) (beside int, ok bool) {
	first, last := at, at
	for first > 0 && b.pieces[first-1].line == b.pieces[at].line {
		first--
	}
	for last+1 < len(b.pieces) && b.pieces[last+1].line == b.pieces[at].line {
		last++
	}
	columns := last - first + 1
	if columns < 2 || slices.ContainsFunc(b.pieces[first:last+1], func(p piece) bool { return !p.name }) {
		return 0, false
	}
	for _, from := range []int{first - columns, last + 1} {
		if b.arePosts(from, columns) {
			return from + at - first, true
		}
	}
	return 0, false
}

// arePosts reports whether count pieces starting at from are all posts in one line.
func (b *block) arePosts(from, count int) bool {
	if from < 0 || from+count > len(b.pieces) {
		return false
	}
	row := b.pieces[from : from+count]
	return !slices.ContainsFunc(row, func(p piece) bool { return !p.post || p.line != row[0].line })
}

// postFrom returns the post that begins with piece i, including continuation lines in lower
// case and the unit named after a comma.
func (b *block) postFrom(i int) letter.Stretch {
	x := b.pieces[i].Stretch
	for j := i + 1; j < len(b.pieces); j++ {
		p := b.pieces[j]
		if p.line > b.pieces[j-1].line+1 || p.contact || !b.isPartOfInstitution(j) && (p.name || !b.goesOn(p)) {
			break
		}
		x.End = p.End
	}
	return x
}

// isPartOfInstitution reports whether a piece follows a post after a comma and continues it. It may
// be another post of the same person ("Ambassador, Permanent Representative"), the person's
// unit ("Deputy Head, International Cooperation Division"), or, after a post of one word,
// almost anything ("Director, Technical Services").
func (b *block) isPartOfInstitution(j int) bool {
	p, post := b.pieces[j], b.pieces[j-1]
	text := b.Text[p.Start:p.End]
	if p.line != post.line || !post.post || p.whole || p.private || strings.ContainsAny(text, "@0123456789") || strings.TrimSpace(b.Text[post.End:p.Start]) != "," {
		return false
	}
	oneWord := !strings.Contains(b.Text[post.Start:post.End], " ")
	return p.post || p.unit || (oneWord && !p.public || b.heads(j)) && !strings.Contains(text, ".") && (strings.Contains(text, " ") || b.isField(p))
}

// institutionLines is the maximum number of lines from the signatory's post to the institution below
// it.
const institutionLines = 3

// heads reports whether a piece after a comma is the field of a post rather than an
// institution, as in "Senior Coordinator, Air Register / Ministry of Waters". This requires
// that the piece ends its line, and that the institution is named shortly below, or in the
// letterhead with the name in the line above.
func (b *block) heads(j int) bool {
	p := b.pieces[j]
	for _, next := range b.pieces[j+1:] {
		if next.line == p.line {
			return false
		}
		if next.line > p.line+institutionLines {
			break
		}
		if (next.public || next.private) && !next.post {
			return !b.isPlaced(p)
		}
	}
	return b.hasHead() && b.isSigned(p) && !b.isPlaced(p)
}

// isSigned reports whether a name is in the line above a piece.
func (b *block) isSigned(p piece) bool {
	return slices.ContainsFunc(b.pieces, func(other piece) bool { return other.name && other.line == p.line-1 })
}

// isPlaced reports whether a piece names a country or a town.
func (b *block) isPlaced(p piece) bool {
	return slices.ContainsFunc(b.Scan.TokensIn(p.Start, p.End), b.isPlace)
}

// isField reports whether a word after a post is the field its holder works in ("Manager,
// Policy"), and not a place or a degree.
func (b *block) isField(p piece) bool {
	const shortest = 5 // letters
	text := b.Text[p.Start:p.End]
	return utf8.RuneCountInString(text) >= shortest && !inCapitals(text) && !b.isKnown(p.Stretch)
}

// postUntil returns the post that begins with piece i and ends before the name at piece at.
func (b *block) postUntil(i, at int) letter.Stretch {
	x := b.pieces[i].Stretch
	for j := i + 1; j < at; j++ {
		if b.pieces[j].post || b.goesOn(b.pieces[j]) {
			x.End = b.pieces[j].End
		}
	}
	return x
}

// goesOn reports whether a piece continues the previous one: it begins in lower case and is
// not an address.
func (b *block) goesOn(p piece) bool {
	text := b.Text[p.Start:p.End]
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r) && !strings.ContainsAny(text, "@0123456789")
}
