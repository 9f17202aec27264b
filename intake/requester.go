package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// A block is the signature lines of one source, or its letterhead, cut into
// the pieces in which a name, a post or an institution may stand.
type block struct {
	wording *Wording
	source  *source
	people  []lexicon.Hit
	pieces  []piece
}

// A piece is a line of a block, or what stands between commas or wide gaps in
// one.
type piece struct {
	stretch
	line    int
	contact bool
	name    bool
	post    bool
	public  bool // names a public institution
	private bool // names another body
}

// newBlock cuts the signature lines of a source; a short closing counts among
// them, since a name may follow it in the same line.
func (w *Wording) newBlock(s *source, people []lexicon.Hit) block {
	b := block{wording: w, source: s, people: people}
	for i, l := range s.lines {
		short := l.part == partClosing && !holds(s.form, "courtesy", l.start, l.end)
		if l.part != partSignature && l.part != partContact && !short {
			continue
		}
		for _, x := range cutPieces(s.text, l.start, l.end) {
			b.pieces = append(b.pieces, b.describe(piece{stretch: x, line: i, contact: l.part == partContact}))
		}
	}
	return b
}

// cutPieces cuts a line at commas, vertical bars and gaps of three spaces or a
// tab; quotation marks and brackets hold a piece together.
func cutPieces(text string, start, end int) []stretch {
	var out []stretch
	add := func(from, to int) {
		trimmed := strings.TrimLeftFunc(text[from:to], unicode.IsSpace)
		from = to - len(trimmed)
		to = from + len(strings.TrimRightFunc(trimmed, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }))
		if from < to {
			out = append(out, stretch{from, to})
		}
	}
	from := start
	for i := start; i < end; i++ {
		wide := text[i] == '\t' || text[i] == ' ' && strings.HasPrefix(text[i:end], "   ")
		if text[i] == ',' || text[i] == '|' || text[i] == ';' || wide || strings.HasPrefix(text[i:end], " / ") {
			add(from, i)
			from = i + 1
		}
	}
	add(from, end)
	return out
}

// skipSigned leaves out the words before the name of who signs: "Signed: A.
// Sample", "Pour accord : Aya Exemple".
func (b *block) skipSigned(p *piece) {
	for _, h := range hitsAt(b.people, p.start) {
		rest := b.source.text[h.End:max(h.End, p.end)]
		trimmed := strings.TrimLeft(rest, " .:\t\u00a0/_-–")
		if h.Has("signed") && len(trimmed) < len(rest) && b.wording.looksLikeName(trimmed) {
			p.start = p.end - len(trimmed)
			return
		}
	}
}

// describe says what a piece may be.
func (b *block) describe(p piece) piece {
	b.skipSigned(&p)
	for _, h := range hitsWithin(b.people, p.start, p.end) {
		p.post = p.post || h.Has("post")
		p.public = p.public || h.Has("institution.public")
		p.private = p.private || h.Has("institution.private")
	}
	text := b.source.text[p.start:p.end]
	for _, h := range hitsAt(b.people, p.start) {
		if h.Has("honorific") {
			text = strings.TrimLeft(b.source.text[h.End:max(p.end, h.End)], ". ")
			break
		}
	}
	p.name = !p.post && !p.public && !p.private &&
		(b.wording.looksLikeName(text) || b.wording.looksLikeName(b.source.text[p.start:p.end]))
	return p
}

// Bounds of a name: given name and family name, perhaps a patronymic and a
// particle.
const (
	fewNameWords  = 2
	manyNameWords = 5
)

// looksLikeName reports whether a piece is two to five words with capitals and
// nothing else: "Jelena Popadić", "Д. Р. Холматзода", "Mame Diarra NDIAYE".
func (w *Wording) looksLikeName(text string) bool {
	if strings.ContainsAny(text, "0123456789@:/()«»\"!?&+_*=") || utf8.RuneCountInString(text) > 50 {
		return false
	}
	words, whole, initials := 0, 0, 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '.' }) {
		first, _ := utf8.DecodeRuneInString(word)
		n := utf8.RuneCountInString(word)
		switch {
		case w.particles[word]:
			continue
		case !unicode.IsUpper(first):
			return false
		case n <= 2:
			initials++
		default:
			whole++
		}
		words++
	}
	return whole >= 1 && words >= fewNameWords && words <= manyNameWords && (initials > 0 || whole >= 2)
}

// A signatory is who signed: the places of name and post, empty where absent.
type signatory struct {
	name, post stretch
}

// signatory finds the person who signs in a block: the first name outside the
// contact lines, and the post next to it.
func (b *block) signatory() signatory {
	at := slices.IndexFunc(b.pieces, func(p piece) bool { return p.name && !p.contact })
	if at >= 0 {
		return signatory{name: b.pieces[at].stretch, post: b.postNear(at)}
	}
	for i, p := range b.pieces {
		if p.post && !p.contact {
			if post, name, ok := b.splitPost(p); ok {
				return signatory{name: name, post: post}
			}
			return signatory{post: b.postFrom(i)}
		}
	}
	return signatory{}
}

// splitPost parts a piece such as "Deputy Minister Merdan Ataýew" or "Директор
// Г. Меликсетян" into post and name: the name is the longest run of name words
// at the end that leaves a post before it.
func (b *block) splitPost(p piece) (post, name stretch, ok bool) {
	words := strings.Fields(b.source.text[p.start:p.end])
	end := p.end
	for n := min(len(words)-1, 4); n >= 1; n-- {
		start := end
		text := b.source.text[p.start:p.end]
		for range n {
			text = strings.TrimRightFunc(text, unicode.IsSpace)
			start = p.start + strings.LastIndexFunc(text, unicode.IsSpace) + 1
			text = b.source.text[p.start:start]
		}
		tail := b.source.text[start:end]
		if b.wording.looksLikeName(tail) && !b.namesPost(p.start, start, end) && (n >= 2 || strings.Contains(tail, ".")) {
			head := strings.TrimRightFunc(b.source.text[p.start:start], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
			return stretch{p.start, p.start + len(head)}, stretch{start, end}, true
		}
	}
	return stretch{}, stretch{}, false
}

// namesPost reports whether a post or institution that begins at or after from
// reaches into the stretch start to end.
func (b *block) namesPost(from, start, end int) bool {
	return slices.ContainsFunc(hitsWithin(b.people, from, end), func(h lexicon.Hit) bool {
		return h.End > start && (h.Has("post") || h.Has("institution.public") || h.Has("institution.private"))
	})
}

// postNear returns the post that stands next to the name: after it first, then
// before it.
func (b *block) postNear(at int) stretch {
	if above, ok := b.columnAbove(at); ok {
		return b.pieces[above].stretch
	}
	for i := at + 1; i < len(b.pieces) && i <= at+2; i++ {
		p := b.pieces[i]
		if p.post && !p.contact {
			return b.postFrom(i)
		}
		if p.name {
			break
		}
	}
	for i := at - 1; i >= 0 && i >= at-4; i-- {
		if b.pieces[i].post {
			return b.postUntil(i, at)
		}
	}
	return stretch{}
}

// columnAbove returns the piece above the name at a piece where two sign side by
// side: as many posts in the line above as there are names in this one.
func (b *block) columnAbove(at int) (above int, ok bool) {
	first, last := at, at
	for first > 0 && b.pieces[first-1].line == b.pieces[at].line {
		first--
	}
	for last+1 < len(b.pieces) && b.pieces[last+1].line == b.pieces[at].line {
		last++
	}
	columns := last - first + 1
	above = at - columns
	if columns < 2 || first < columns || b.pieces[first-columns].line != b.pieces[first-1].line {
		return 0, false
	}
	for i := first - columns; i < first; i++ {
		if !b.pieces[i].post || !b.pieces[i+columns].name {
			return 0, false
		}
	}
	return above, true
}

// postFrom returns the post that begins with piece i, with the lines that go
// on in small letters and the part of the house named after a comma.
func (b *block) postFrom(i int) stretch {
	x := b.pieces[i].stretch
	for j := i + 1; j < len(b.pieces); j++ {
		p := b.pieces[j]
		if p.line > b.pieces[j-1].line+1 || p.contact || !b.isPartOfHouse(j) && (p.name || !b.goesOn(p)) {
			break
		}
		x.end = p.end
	}
	return x
}

// isPartOfHouse reports whether a piece follows a post of one word after a comma
// and reads like that of which its holder is the head: "Director, Technical
// Services".
func (b *block) isPartOfHouse(j int) bool {
	p, post := b.pieces[j], b.pieces[j-1]
	text := b.source.text[p.start:p.end]
	return p.line == post.line && post.post && !p.post && !p.public && !p.private && strings.Contains(text, " ") &&
		!strings.ContainsAny(text, "@0123456789.") && !strings.Contains(b.source.text[post.start:post.end], " ") &&
		strings.TrimSpace(b.source.text[post.end:p.start]) == ","
}

// postUntil returns the post that begins at or before piece i and ends before
// the name at piece at.
func (b *block) postUntil(i, at int) stretch {
	x := b.pieces[i].stretch
	for j := i + 1; j < at; j++ {
		if b.pieces[j].post || b.goesOn(b.pieces[j]) {
			x.end = b.pieces[j].end
		}
	}
	return x
}

// goesOn reports whether a piece continues the one before: it begins with a
// small letter and is no address.
func (b *block) goesOn(p piece) bool {
	text := b.source.text[p.start:p.end]
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r) && !strings.ContainsAny(text, "@0123456789")
}
