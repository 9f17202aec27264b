// Package what reads what a letter asks for: the countries that are to benefit,
// the scope, services, themes, instruments, partners, funding and urgency.
//
// Words count by what their sentence does (weights.yaml): those of an ask in full,
// those of thanks or of a neighbour's example hardly. Each field is a small step
// of its own over the weighed sentences; evidence that is thin or split leaves a
// doubt with the candidates.
package what

import (
	"errors"
	"io/fs"
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A Reader reads what a letter asks for. It is read only and may be used by
// several goroutines at once.
type Reader struct {
	vocabulary   *lexicon.Vocabulary
	weighing     weighing
	descriptions descriptions
	nameStems    map[string][][]string // of the names of instruments, by id
	telling      map[string]bool       // the stems that few of the names hold
}

// Load reads weights.yaml, asks.yaml, described.yaml, subjects.model, words.model
// and services.model. It refuses models and descriptions of what the vocabulary
// does not know, and weights that leave out one of the roles. Its error names every file that is wrong.
func Load(files fs.FS, v *lexicon.Vocabulary, roles []string) (*Reader, error) {
	w, noWeighing := loadWeighing(files, v, roles)
	d, noDescriptions := loadDescriptions(files, v)
	if err := errors.Join(noWeighing, noDescriptions); err != nil {
		return nil, err
	}
	stems := stemsOfInstruments(v)
	return &Reader{vocabulary: v, weighing: w, descriptions: d, nameStems: stems, telling: tellingStems(stems)}, nil
}

// An inquiry is the reading of what one letter asks for.
type inquiry struct {
	*Reader
	message    *intake.Message
	letter     *letter.Letter
	statements []statement
	reading    *intake.Reading

	askedThemes map[string]bool  // themes with words in the ask itself
	called      map[string][]int // divisions that the letter calls in, with the places of the statements that do
	listed      map[string]bool  // divisions that a letter of several sectors lists together
}

// Read fills in what is asked for: the countries that are to benefit,
// scope, services, themes, instruments, partners, funding and urgency.
func (r *Reader) Read(m *intake.Message, l *letter.Letter, reading *intake.Reading) {
	q := &inquiry{Reader: r, message: m, letter: l, statements: r.statementsOf(l), reading: reading}
	q.readCountries()
	q.readServices()
	q.readThemes()
	q.readInstruments()
	q.readPartners()
	q.readFunding()
	q.readUrgency()
}

// cite adds evidence unless it is there already.
func (q *inquiry) cite(e intake.Evidence) {
	if !slices.Contains(q.reading.Evidence, e) {
		q.reading.Evidence = append(q.reading.Evidence, e)
	}
}

// doubt notes that a field could not be read with confidence.
func (q *inquiry) doubt(f intake.Field, reason intake.Remark, candidates ...string) {
	q.reading.AddDoubt(f, reason, candidates...)
}
