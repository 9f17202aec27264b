package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// readWho fills in who asks: institution, person, address, the letter's own
// number, and whether it is official.
func (r *Reader) readWho(m *Message, l letter, reading *Reading) {
	w := &asker{Reader: r, message: m, letter: l, reading: reading, people: map[*source][]lexicon.Hit{}}
	w.readReference()
	w.readPerson()
	w.readInstitution()
	w.readAddress()
	w.readOfficial()
	r.summarise(l, reading)
}

// An asker is the reading of who asks.
type asker struct {
	*Reader
	message  *Message
	letter   letter
	reading  *Reading
	people   map[*source][]lexicon.Hit
	private  bool // the institution is none of the State
	speaks   bool // the institution speaks in the letter or heads it
	numbered bool // the letter has a number of its own
}

// hits returns the phrases of people.yaml in a source.
func (w *asker) hits(s *source) []lexicon.Hit {
	if w.people[s] == nil {
		w.people[s] = w.wording.people.Find(s.scan)
	}
	return w.people[s]
}

// cite adds the evidence of a value that stands as it is in a source.
func (w *asker) cite(f Field, s *source, x stretch) string {
	value := strings.Join(strings.Fields(s.text[x.start:x.end]), " ")
	w.reading.Evidence = append(w.reading.Evidence, s.evidence(f, value, x.start, x.end))
	return value
}

func (w *asker) readReference() {
	if n, ok := w.officialRef(w.letter); ok {
		w.reading.Request.OfficialRef = w.cite(FieldOfficialRef, n.source, n.stretch)
		w.numbered = true
	}
}

// main returns the letter, and the cover notes around it that the same sender
// wrote; a forwarder's words are not among them.
func (w *asker) sources() []*source {
	var out []*source
	for _, i := range w.letter.byRank() {
		s := &w.letter.sources[i]
		if s.standing == standingLetter || s.standing == standingCover {
			out = append(out, s)
		}
	}
	return out
}

// readPerson takes name and post of the signatory of the letter; where the
// letter has none and its author is known, the author's name. A name without a
// post below a note verbale is rather that of a building.
func (w *asker) readPerson() {
	s := &w.letter.sources[w.letter.main]
	b := w.wording.newBlock(s, w.hits(s))
	found := b.signatory()
	q := &w.reading.Request.Requester
	if found.name.end > 0 && (found.post.end > 0 || !w.isNote(s)) {
		q.Name = w.cite(FieldRequesterName, s, w.plainName(s, found.name))
	} else if name := s.author.Name; w.namesPerson(name) && !w.isNote(s) {
		q.Name = name
	}
	if found.post.end == 0 {
		found.post = w.postInHead(s)
	}
	if found.post.end > 0 {
		q.Title = w.cite(FieldRequesterPost, s, w.plainPost(s, found.post))
	}
}

// postInHead returns the post of the signatory where the head of a letter names
// it before the addressee, as French letters do: "Le Directeur général / à /
// Monsieur le Secrétaire exécutif"; an empty stretch for none.
func (w *asker) postInHead(s *source) stretch {
	people := w.hits(s)
	for i, l := range s.lines {
		if l.part != partLetterhead || i+1 >= len(s.lines) {
			continue
		}
		tokens, below := s.tokensIn(l.start, l.end), s.tokensIn(s.lines[i+1].start, s.lines[i+1].end)
		if len(tokens) < 2 || len(below) != 1 || !holds(people, "at", below[0].Start, below[0].End) || !isArticle(people, tokens[0]) {
			continue
		}
		if holds(people, "post", tokens[1].Start, tokens[1].End) {
			return stretch{tokens[0].Start, tokens[len(tokens)-1].End}
		}
	}
	return stretch{}
}

// namesPerson reports whether a display name is a person's rather than an
// office's.
func (w *asker) namesPerson(name string) bool {
	return w.wording.looksLikeName(name) && len(w.wording.people.Find(w.vocabulary.Scan(name))) == 0
}

// isNote reports whether the text is a note verbale, which nobody signs by
// name.
func (w *asker) isNote(s *source) bool { return holds(w.hits(s), "note", 0, len(s.text)) }

// plainName leaves out titles of courtesy before a name.
func (w *asker) plainName(s *source, x stretch) stretch {
	for {
		tokens := s.tokensIn(x.start, x.end)
		if len(tokens) < 2 {
			return x
		}
		words := 0
		for _, h := range hitsAt(w.hits(s), tokens[0].Start) {
			if h.Has("honorific") && !w.areInitials(s.text[h.Start:h.End]) {
				words = h.N
			}
		}
		if words == 0 || words >= len(tokens) {
			return x
		}
		x.start = tokens[words].Start
	}
}

// areInitials reports whether a title of courtesy is written as initials are:
// "Д. Р." against "д-р", "M." against "Mr". The Latin "H.E." is a title.
func (w *asker) areInitials(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	letters := utf8.RuneCountInString(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, text))
	return letters == 1 || letters == 2 && unicode.Is(unicode.Cyrillic, first) && !strings.Contains(text, "-")
}

// plainPost leaves out the article before a post, brackets and final marks.
func (w *asker) plainPost(s *source, x stretch) stretch {
	tokens := s.tokensIn(x.start, x.end)
	if len(tokens) > 1 && isArticle(w.hits(s), tokens[0]) {
		x.start = tokens[1].Start
	}
	text := s.text[x.start:x.end]
	x.end = x.start + len(strings.TrimRightFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == ',' || r == '.' || r == '-' || r == '–' || r == '_'
	}))
	return x
}

// readInstitution chooses among the institutions named in the letter, else
// among those of the notes around it, else takes the office that sent the mail.
func (w *asker) readInstitution() {
	author := w.author()
	from := senderOf(author, w.reading.Request.OfficialRef)
	post := w.vocabulary.Scan(w.reading.Request.Requester.Title)
	from.minister = holds(w.wording.people.Find(post), "minister", 0, len(post.Folded.Text))
	for _, s := range w.sources() {
		best, rival, ok := w.wording.chooseInstitution(s, w.hits(s), w.reading.Language, from)
		if !ok {
			continue
		}
		w.private, w.speaks = !best.public, best.place != placeSignature
		value := w.cite(FieldInstitution, s, best.stretch)
		if w.isOffice(author.Name) && isFuller(author.Name, value) {
			value = author.Name
		}
		w.reading.Request.Institution = value
		if rival.end > 0 {
			w.reading.doubt(FieldInstitution, "two institutions speak", value, s.text[rival.start:rival.end])
		}
		return
	}
	if w.isOffice(author.Name) {
		w.reading.Request.Institution = author.Name
	}
}

// author returns who wrote the letter: the sender of the mail where no forward
// header names another.
func (w *asker) author() Address {
	if a := w.letter.sources[w.letter.main].author; a.Address != "" {
		return a
	}
	return w.message.From
}

// isOffice reports whether a display name is that of a whole institution.
func (w *asker) isOffice(name string) bool {
	if len(strings.Fields(name)) < 2 {
		return false
	}
	office := false
	for _, h := range w.wording.people.Find(w.vocabulary.Scan(name)) {
		if h.Has("institution.unit") || h.Has("post") {
			return false
		}
		office = office || h.Has("institution.public") || h.Has("institution.private")
	}
	return office
}

// isFuller reports whether a name goes on where another ends.
func isFuller(name, shorter string) bool {
	return len(name) > len(shorter) && strings.HasPrefix(lexicon.FoldString(name), lexicon.FoldString(shorter))
}
