// Package who determines who makes the request: the institution, the signatory and their post,
// the address to reply to, the letter's own number, and whether the letter is official.
//
// What the letter does not say is left empty. Two equally likely institutions, and a reply
// address in a different domain than the sender's, are doubts.
package who

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A Reader determines who makes a request. It is read-only and safe for concurrent use.
type Reader struct {
	phrases    *lexicon.Terms // people.yaml: posts, institutions, the words around them
	official   officialWeights
	names      nameEnds
	vocabulary *lexicon.Vocabulary
}

// nameEnds is the format of names.yaml, which defines where names end in running text.
type nameEnds struct {
	Version     int                 `yaml:"version"`
	VerbEndings map[string][]string `yaml:"verb_endings"`
	PostEnds    []string            `yaml:"post_ends"`
	Adjectives  map[string][]string `yaml:"adjectives"`
}

// Load reads people.yaml, names.yaml and official.yaml. An error names every invalid file.
func Load(files fs.FS, v *lexicon.Vocabulary) (*Reader, error) {
	r := &Reader{vocabulary: v}
	var noPeople error
	r.phrases, noPeople = loadPeople(files)
	noNames := lexicon.ReadYAML(files, "names.yaml", &r.names)
	noWeights := lexicon.ReadYAML(files, "official.yaml", &r.official)
	if err := errors.Join(noPeople, noNames, noWeights); err != nil {
		return nil, err
	}
	return r, nil
}

func loadPeople(files fs.FS) (*lexicon.Terms, error) {
	phrases, err := lexicon.LoadPhrases(files, "people.yaml")
	if err != nil {
		return nil, err
	}
	terms, err := phrases.CompileByLanguage()
	if err != nil {
		return nil, fmt.Errorf("people.yaml: %w", err)
	}
	return terms, nil
}

// Read sets institution, person, reply address, the letter's own number, and whether the
// letter is official.
func (r *Reader) Read(m *intake.Message, l *letter.Letter, ours intake.Ours, reading *intake.Reading) {
	w := &asker{Reader: r, message: m, letter: l, ours: ours, reading: reading, pages: map[*letter.Source]*page{}}
	w.readReference()
	w.readPerson()
	w.readInstitution()
	w.readAddress()
	w.readOfficial()
}

// An asker holds the state of reading who makes one request.
type asker struct {
	*Reader
	message  *intake.Message
	letter   *letter.Letter
	ours     intake.Ours
	reading  *intake.Reading
	pages    map[*letter.Source]*page
	private  bool // the institution is not a public one
	unknown  bool // it is not known whether the institution is public
	speaks   bool // the institution speaks in the letter or is in its letterhead
	numbered bool // the letter has a number of its own

	post letter.Stretch // of the signatory, in the letter itself; empty if there is none
}

// cite adds the evidence for a value taken verbatim from a page, and returns the value with
// white space normalised.
func (w *asker) cite(f intake.Field, p *page, x letter.Stretch) string {
	value := strings.Join(strings.Fields(p.Text[x.Start:x.End]), " ")
	w.reading.Evidence = append(w.reading.Evidence, p.Evidence(f, value, x.Start, x.End))
	return value
}

func (w *asker) readReference() {
	if n, ok := w.officialRef(); ok {
		w.reading.Request.OfficialRef = w.cite(intake.FieldOfficialRef, w.page(n.source), n.Stretch)
		w.numbered = true
	}
}

// author returns the author of the letter: the one named in its forward header, otherwise the
// sender of the message.
func (w *asker) author() intake.Address {
	if a := w.letter.Main.Author; a.Address != "" {
		return a
	}
	return w.message.From
}

// readInstitution chooses among the institutions named in the letter, then among those in the
// cover notes, and falls back to short forms of a name.
func (w *asker) readInstitution() {
	author := w.author()
	from := w.sender(author)
	for _, p := range w.authored() {
		if best, rival, ok := p.chooseInstitution(from); ok {
			w.takeInstitution(p, best, rival, author.Name)
			return
		}
	}
	w.takeShortInstitution(author.Name)
}

// takeShortInstitution is the fallback if no full name of an institution is found. It takes an
// acronym in the signature, then the sender's display name if that is an office's, then the
// part of an institution named in the signatory's post.
func (w *asker) takeShortInstitution(author string) {
	p, q := w.main(), w.reading.Request
	b := newBlock(p)
	if x := b.acronym(); x.End > 0 {
		q.Institution = w.cite(intake.FieldInstitution, p, x)
		w.unknown = !p.says("institution.public", x.Start, x.End)
	} else if w.isOffice(author) {
		q.Institution = author
	} else if x := p.institutionInPost(w.post); x.End > 0 {
		q.Institution = w.cite(intake.FieldInstitution, p, x)
		w.endPost(p, x)
	}
}

// endPost ends the signatory's post before the name of the institution in it, for
// languages that write both in one phrase: "заместитель председателя Комитета по статистике".
func (w *asker) endPost(p *page, institution letter.Stretch) {
	if p != w.main() || institution.Start <= w.post.Start || institution.Start >= w.post.End || !slices.Contains(w.names.PostEnds, p.language.Code) {
		return
	}
	words := p.Scan.TokensIn(w.post.Start, institution.Start)
	for len(words) > 0 && p.says("joint", words[len(words)-1].Start, words[len(words)-1].End) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return
	}
	w.reading.Evidence = slices.DeleteFunc(w.reading.Evidence, func(e intake.Evidence) bool { return e.Field == intake.FieldRequesterPost })
	w.reading.Request.Requester.Title = w.cite(intake.FieldRequesterPost, p, letter.Stretch{Start: w.post.Start, End: words[len(words)-1].End})
}

// sender collects what identifies the sending office.
func (w *asker) sender(author intake.Address) sender {
	from := senderOf(author, w.reading.Request.OfficialRef)
	post := lexicon.Words(w.reading.Request.Requester.Title)
	from.minister = lexicon.Holds(w.phrases.Find(post), "minister", 0, len(post.Folded.Text))
	return from
}

// takeInstitution takes an institution named on a page. If the author's display name is a
// longer form of that name, the display name is used.
func (w *asker) takeInstitution(p *page, best, rival institution, author string) {
	w.private, w.speaks = !best.public, best.place != placeSignature
	value := w.cite(intake.FieldInstitution, p, best.Stretch)
	if best.headed {
		w.endPost(p, best.Stretch)
	}
	if w.isOffice(author) && isFuller(author, value) {
		value = author
	}
	w.reading.Request.Institution = value
	if rival.End > 0 {
		w.reading.AddDoubt(intake.FieldInstitution, intake.Remark{ID: "doubt.two_institutions"}, value, p.Text[rival.Start:rival.End])
	}
}

// isOffice reports whether a display name is that of a whole institution.
func (w *asker) isOffice(name string) bool {
	if len(strings.Fields(name)) < 2 {
		return false
	}
	office := false
	for _, h := range w.phrases.Find(lexicon.Words(name)) {
		if h.Has("institution.unit") || h.Has("post") {
			return false
		}
		office = office || h.Has("institution.public") || h.Has("institution.private")
	}
	return office
}

// isFuller reports whether name is a longer form that starts with shorter.
func isFuller(name, shorter string) bool {
	return len(name) > len(shorter) && strings.HasPrefix(lexicon.FoldString(name), lexicon.FoldString(shorter))
}
