package reading

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/kind"
	"verbale/intake/reading/letter"
	"verbale/intake/reading/what"
	"verbale/intake/reading/when"
	"verbale/intake/reading/who"
)

// A Reader reads messages with one vocabulary. It keeps no state between messages and is safe
// for concurrent use.
type Reader struct {
	vocabulary *lexicon.Vocabulary
	ours       intake.Ours

	letters *letter.Wording
	kinds   *kind.Reader
	who     *who.Reader
	when    *when.Reader
	what    *what.Reader
}

// NewReader returns a Reader for the given vocabulary, with the built-in data files.
func NewReader(v *lexicon.Vocabulary, o intake.Ours) *Reader {
	r, err := Load(Embedded(), v)
	if err != nil {
		panic(fmt.Sprintf("embedded data of the reader: %v", err)) // part of the program and tested
	}
	return r.For(o)
}

// Load returns a Reader with the data files of a folder; files missing there are taken from
// the built-in ones. It rejects models with classes that the reader or the vocabulary does not
// know. An error names every invalid file.
func Load(files fs.FS, v *lexicon.Vocabulary) (*Reader, error) {
	files = overlay{files, Embedded()}
	r := &Reader{vocabulary: v}
	var noLetters, noKinds, noWho, noWhen, noWhat error
	var beside sync.WaitGroup
	beside.Go(func() { r.kinds, noKinds = kind.Load(files, v) })
	beside.Go(func() { r.who, noWho = who.Load(files, v) })
	beside.Go(func() { r.when, noWhen = when.Load(files) })
	var roles []string
	if r.letters, noLetters = letter.Load(files); noLetters == nil {
		roles = r.letters.Roles()
	}
	r.what, noWhat = what.Load(files, v, roles)
	beside.Wait()
	if err := errors.Join(noLetters, noKinds, noWho, noWhen, noWhat); err != nil {
		return nil, err
	}
	return r, nil
}

// For returns a Reader that recognises our own addresses and references as given by o.
func (r *Reader) For(o intake.Ours) *Reader {
	other := *r
	other.ours = o
	return &other
}

// Read determines the kind, language and our reference of a message and, for a request, what
// is asked, by whom and for when. It never fails: what could not be read is a Doubt.
func (r *Reader) Read(m *intake.Message) intake.Reading {
	reading, l := r.begin(m)
	if reading.Kind == intake.KindRequest {
		r.request(m, l, reading)
	}
	return *reading
}

// ReadRequest reads a message as a request regardless of its own classification, because a
// person has identified it as one.
func (r *Reader) ReadRequest(m *intake.Message) intake.Reading {
	reading, l := r.begin(m)
	reading.Kind = intake.KindRequest
	r.request(m, l, reading)
	return *reading
}

// KindOf determines only the kind of a message, which takes half the time of Read.
func (r *Reader) KindOf(m *intake.Message) intake.Kind {
	reading, _ := r.begin(m)
	return reading.Kind
}

// begin reads what applies to every message.
func (r *Reader) begin(m *intake.Message) (*intake.Reading, *letter.Letter) {
	l := r.letters.Lay(r.vocabulary, m)
	reading := &intake.Reading{Language: l.Language.Code}
	reading.Reference, _ = l.Reference(m, r.ours)
	r.kinds.Read(m, &l, r.ours, reading)
	if !l.LanguageKnown && m.Unreadable == "" {
		reading.AddDoubt(intake.FieldLanguage, intake.Remark{ID: "doubt.language"})
	}
	return reading, &l
}

// request reads what applies to requests only.
func (r *Reader) request(m *intake.Message, l *letter.Letter, reading *intake.Reading) {
	reading.Request = &intake.Request{}
	r.who.Read(m, l, r.ours, reading)
	summarise(l, reading)
	r.when.Read(l, reading)
	r.what.Read(m, l, reading)
}
