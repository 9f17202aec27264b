// Package who reads who asks: the institution, the person who signs with his post,
// the address to which the answer is due, the letter's own number, and whether it
// is official.
//
// What the letter does not tell is left empty; two institutions that speak alike,
// and an address from another domain than the mail's, are doubts.
package who

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A Reader reads who asks. It is read only and may be used by several
// goroutines at once.
type Reader struct {
	phrases    *lexicon.Terms // people.yaml: posts, institutions, what stands around them
	vocabulary *lexicon.Vocabulary
}

// Load reads people.yaml. Its error says where the file is wrong.
func Load(files fs.FS, v *lexicon.Vocabulary) (*Reader, error) {
	phrases, err := lexicon.LoadPhrases(files, "people.yaml")
	if err != nil {
		return nil, err
	}
	terms, err := phrases.CompileByLanguage()
	if err != nil {
		return nil, fmt.Errorf("people.yaml: %w", err)
	}
	return &Reader{terms, v}, nil
}

// Read fills in who asks: institution, person, address, the letter's own
// number, and whether it is official.
func (r *Reader) Read(m *intake.Message, l *letter.Letter, ours intake.Ours, reading *intake.Reading) {
	w := &asker{Reader: r, message: m, letter: l, ours: ours, reading: reading, people: map[*letter.Source][]lexicon.Hit{}}
	w.readReference()
	w.readPerson()
	w.readInstitution()
	w.readAddress()
	w.readOfficial()
}

// An asker is the reading of who asks.
type asker struct {
	*Reader
	message  *intake.Message
	letter   *letter.Letter
	ours     intake.Ours
	reading  *intake.Reading
	people   map[*letter.Source][]lexicon.Hit
	private  bool // the institution is none of the State
	speaks   bool // the institution speaks in the letter or heads it
	numbered bool // the letter has a number of its own
}

// hits returns the phrases of people.yaml in a source.
func (w *asker) hits(s *letter.Source) []lexicon.Hit {
	if w.people[s] == nil {
		w.people[s] = w.phrases.Find(s.Scan)
	}
	return w.people[s]
}

// cite adds the evidence of a value that stands as it is in a source.
func (w *asker) cite(f intake.Field, s *letter.Source, x letter.Stretch) string {
	value := strings.Join(strings.Fields(s.Text[x.Start:x.End]), " ")
	w.reading.Evidence = append(w.reading.Evidence, s.Evidence(f, value, x.Start, x.End))
	return value
}

func (w *asker) readReference() {
	if n, ok := w.officialRef(w.letter); ok {
		w.reading.Request.OfficialRef = w.cite(intake.FieldOfficialRef, n.source, n.Stretch)
		w.numbered = true
	}
}

// main returns the letter, and the cover notes around it that the same sender
// wrote; a forwarder's words are not among them.
func (w *asker) sources() []*letter.Source {
	var out []*letter.Source
	for _, s := range w.letter.ByRank() {
		if s.Standing == letter.StandingLetter || s.Standing == letter.StandingCover {
			out = append(out, s)
		}
	}
	return out
}

// readPerson takes name and post of the signatory of the letter; where the
// letter has none and its author is known, the author's name. A name without a
// post below a note verbale is rather that of a building.
func (w *asker) readPerson() {
	s := w.letter.Main
	b := newBlock(s, w.hits(s))
	found := b.signatory()
	q := &w.reading.Request.Requester
	if found.name.End > 0 && (found.post.End > 0 || !w.isNote(s)) {
		q.Name = w.cite(intake.FieldRequesterName, s, w.plainName(s, found.name))
	} else if name := s.Author.Name; w.namesPerson(name) && !w.isNote(s) {
		q.Name = name
	}
	if found.post.End == 0 {
		found.post = w.postInHead(s)
	}
	if found.post.End > 0 {
		q.Title = w.cite(intake.FieldRequesterPost, s, w.plainPost(s, found.post))
	}
}

// postInHead returns the post of the signatory where the head of a letter names
// it before the addressee, as French letters do: "Le Directeur général / à /
// Monsieur le Secrétaire exécutif"; an empty stretch for none.
func (w *asker) postInHead(s *letter.Source) letter.Stretch {
	people := w.hits(s)
	for i, l := range s.Lines {
		if l.Part != letter.PartLetterhead || i+1 >= len(s.Lines) {
			continue
		}
		tokens, below := s.Scan.TokensIn(l.Start, l.End), s.Scan.TokensIn(s.Lines[i+1].Start, s.Lines[i+1].End)
		if len(tokens) < 2 || len(below) != 1 || !lexicon.Holds(people, "at", below[0].Start, below[0].End) || !isArticle(people, tokens[0]) {
			continue
		}
		if lexicon.Holds(people, "post", tokens[1].Start, tokens[1].End) {
			return letter.Stretch{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}
		}
	}
	return letter.Stretch{}
}

// namesPerson reports whether a display name is a person's rather than an
// office's.
func (w *asker) namesPerson(name string) bool {
	return w.letter.Main.LooksLikeName(name) && len(w.phrases.Find(w.vocabulary.Scan(name))) == 0
}

// isNote reports whether the text is a note verbale, which nobody signs by
// name.
func (w *asker) isNote(s *letter.Source) bool {
	return lexicon.Holds(w.hits(s), "note", 0, len(s.Text))
}

// plainName leaves out titles of courtesy before a name.
func (w *asker) plainName(s *letter.Source, x letter.Stretch) letter.Stretch {
	for {
		tokens := s.Scan.TokensIn(x.Start, x.End)
		if len(tokens) < 2 {
			return x
		}
		words := 0
		for _, h := range lexicon.HitsAt(w.hits(s), tokens[0].Start) {
			if h.Has("honorific") && !areInitials(s.Text[h.Start:h.End]) {
				words = h.N
			}
		}
		if words == 0 || words >= len(tokens) {
			return x
		}
		x.Start = tokens[words].Start
	}
}

// areInitials reports whether a title of courtesy is written as initials are:
// "Д. Р." against "д-р", "M." against "Mr". The Latin "H.E." is a title.
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

// plainPost leaves out the article before a post, brackets and final marks.
func (w *asker) plainPost(s *letter.Source, x letter.Stretch) letter.Stretch {
	tokens := s.Scan.TokensIn(x.Start, x.End)
	if len(tokens) > 1 && isArticle(w.hits(s), tokens[0]) {
		x.Start = tokens[1].Start
	}
	text := s.Text[x.Start:x.End]
	x.End = x.Start + len(strings.TrimRightFunc(text, func(r rune) bool {
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
	from.minister = lexicon.Holds(w.phrases.Find(post), "minister", 0, len(post.Folded.Text))
	for _, s := range w.sources() {
		best, rival, ok := chooseInstitution(s, w.hits(s), w.reading.Language, from)
		if !ok {
			continue
		}
		w.private, w.speaks = !best.public, best.place != placeSignature
		value := w.cite(intake.FieldInstitution, s, best.Stretch)
		if w.isOffice(author.Name) && isFuller(author.Name, value) {
			value = author.Name
		}
		w.reading.Request.Institution = value
		if rival.End > 0 {
			w.reading.AddDoubt(intake.FieldInstitution, "two institutions speak", value, s.Text[rival.Start:rival.End])
		}
		return
	}
	if w.isOffice(author.Name) {
		w.reading.Request.Institution = author.Name
	}
}

// author returns who wrote the letter: the sender of the mail where no forward
// header names another.
func (w *asker) author() intake.Address {
	if a := w.letter.Main.Author; a.Address != "" {
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
	for _, h := range w.phrases.Find(w.vocabulary.Scan(name)) {
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
