package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// readPerson sets name and post of the letter's signatory; without a name in the letter, it
// takes the author's display name. A name without a post in a note verbale is ignored, since
// it is probably that of a building.
func (w *asker) readPerson() {
	p := w.main()
	b := newBlock(p)
	found := b.signatory()
	q := &w.reading.Request.Requester
	if found.name.End > 0 && (found.post.End > 0 || !p.isNote()) {
		q.Name = w.inFull(w.cite(intake.FieldRequesterName, p, p.plainName(found.name)))
	} else if name := p.Author.Name; w.namesPerson(name) && !p.isNote() {
		q.Name = name
	} else if given := b.givenName(); given.End > 0 && !p.isNote() {
		q.Name = w.cite(intake.FieldRequesterName, p, given)
	}
	if found.post.End == 0 {
		found.post = p.postInHead()
	}
	name, post := p.introduction()
	if found.post.End == 0 {
		found.post = post
	}
	if full := p.Text[name.Start:name.End]; len(full) > len(q.Name) && strings.HasPrefix(full, q.Name) {
		q.Name = w.cite(intake.FieldRequesterName, p, name)
	}
	if found.post.End > 0 {
		w.post = p.plainPost(found.post)
		q.Title = w.cite(intake.FieldRequesterPost, p, w.post)
	}
}

// inFull returns the author's display name if the signed name is its beginning with the rest
// abbreviated: "Tomas P." for Tomas Petrauskas.
func (w *asker) inFull(signed string) string {
	name := w.letter.Main.Author.Name
	start := strings.TrimSuffix(signed, ".")
	if start != signed && len(name) > len(signed) && strings.HasPrefix(lexicon.FoldString(name), lexicon.FoldString(start)) && w.namesPerson(name) {
		return name
	}
	return signed
}

// namesPerson reports whether a display name is a person's rather than an office's.
func (w *asker) namesPerson(name string) bool {
	return w.letter.Main.LooksLikeName(name) && len(w.phrases.Find(lexicon.Words(name))) == 0
}

// postInHead returns the signatory's post if the head of the letter gives it before the
// recipient or the letter's number, as French letters do: "Le Directeur général / à / Monsieur
// le Secrétaire exécutif"; an empty stretch if it does not.
func (p *page) postInHead() letter.Stretch {
	for i, l := range p.Lines {
		next := p.nextWritten(i)
		if l.Part != letter.PartLetterhead || next < 0 {
			continue
		}
		words, below := p.Scan.TokensIn(l.Start, l.End), p.Scan.TokensIn(p.Lines[next].Start, p.Lines[next].End)
		numbered := p.Lines[next].Part == letter.PartReference
		if len(words) < 2 || !numbered && (len(below) != 1 || !p.says("at", below[0].Start, below[0].End)) || !p.isArticle(words[0]) {
			continue
		}
		if p.says("post", words[1].Start, words[1].End) {
			return letter.Stretch{Start: words[0].Start, End: words[len(words)-1].End}
		}
	}
	return letter.Stretch{}
}

// nextWritten returns the index of the next line that is not blank; -1 for none.
func (p *page) nextWritten(i int) int {
	for j := i + 1; j < len(p.Lines); j++ {
		if l := p.Lines[j]; strings.TrimSpace(p.Text[l.Start:l.End]) != "" {
			return j
		}
	}
	return -1
}

// plainName drops honorifics before a name.
func (p *page) plainName(x letter.Stretch) letter.Stretch {
	for {
		words := p.Scan.TokensIn(x.Start, x.End)
		if len(words) < 2 {
			return x
		}
		title := p.courtesyAt(words[0].Start)
		if title == 0 || title >= len(words) {
			return x
		}
		x.Start = words[title].Start
	}
}

// courtesyAt returns the number of words of the honorific that starts at an offset; 0 if there
// is none.
func (p *page) courtesyAt(start int) (words int) {
	for _, h := range lexicon.HitsAt(p.people, start) {
		if h.Has("honorific") && (!areInitials(p.Text[h.Start:h.End]) || p.isMonsieur(h)) {
			words = h.N
		}
	}
	return words
}

// isMonsieur reports whether "M." is short for Monsieur rather than an initial: it precedes a
// given name and a family name in a French letter.
func (p *page) isMonsieur(title lexicon.Hit) bool {
	words := p.Scan.TokensIn(title.End, title.End+longestName)
	if p.language.Code != "fr" || len(words) < 2 || p.Text[title.Start:title.End] != "M" {
		return false
	}
	return p.LooksLikeName(p.Text[words[0].Start:words[1].End])
}

// areInitials reports whether an honorific is written like initials: "Д. Р." as opposed to
// "д-р", "M." as opposed to "Mr". The Latin "H.E." counts as an honorific.
func areInitials(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	letters := utf8.RuneCountInString(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text))
	return letters == 1 || letters == 2 && unicode.Is(unicode.Cyrillic, first) && !strings.Contains(text, "-")
}

// plainPost drops the article before a post and trailing punctuation.
func (p *page) plainPost(x letter.Stretch) letter.Stretch {
	for _, h := range lexicon.HitsAt(p.people, x.Start) {
		if rest := p.Scan.TokensIn(h.End, x.End); h.Has("signed") && len(rest) > 0 {
			x.Start = rest[0].Start // "P.O. Le Secrétaire général"
		}
	}
	words := p.Scan.TokensIn(x.Start, x.End)
	if len(words) > 1 && p.isArticle(words[0]) {
		x.Start = words[1].Start
	}
	x.End = x.Start + len(strings.TrimRightFunc(p.Text[x.Start:x.End], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",.-–_", r)
	}))
	if last := strings.LastIndexAny(p.Text[x.Start:x.End], " \u00a0"); strings.Contains(p.Text[x.Start+last+1:x.End], ".") && strings.HasPrefix(p.Text[x.End:], ".") {
		x.End++ // "p.i."
	}
	return x
}
