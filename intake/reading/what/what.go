// Package what determines what a letter requests: the beneficiary countries, the scope,
// services, themes, instruments, partners, funding and urgency.
//
// Words are weighted by the role of their sentence (weights.yaml): those of a request count in
// full, those of thanks or of another country's example hardly at all. Each field is a
// separate step over the weighted sentences; weak or conflicting evidence leaves a doubt with
// the candidates.
package what

import (
	"errors"
	"io/fs"
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A Reader determines what a letter requests. It is read-only and safe for concurrent use.
type Reader struct {
	vocabulary   *lexicon.Vocabulary
	weighing     weighing
	descriptions descriptions
	nameStems    map[string][][]string // stems of the names of instruments, by id and language
	telling      map[string]bool       // the distinctive stems, found in few of the names
}

// Load reads weights.yaml, asks.yaml, described.yaml, subjects.model, words.model and
// services.model. It rejects models and descriptions with ids that the vocabulary does not
// know, and weights that lack one of the roles. An error names every invalid file.
func Load(files fs.FS, v *lexicon.Vocabulary, roles []string) (*Reader, error) {
	w, noWeighing := loadWeighing(files, v, roles)
	d, noDescriptions := loadDescriptions(files, v)
	if err := errors.Join(noWeighing, noDescriptions); err != nil {
		return nil, err
	}
	stems := stemsOfInstruments(v)
	return &Reader{vocabulary: v, weighing: w, descriptions: d, nameStems: stems, telling: tellingStems(stems)}, nil
}

// An inquiry holds the state of reading what one letter requests.
type inquiry struct {
	*Reader
	message    *intake.Message
	letter     *letter.Letter
	statements []statement
	reading    *intake.Reading

	askedThemes map[string]bool  // themes with terms in the request itself
	called      map[string][]int // divisions whose participation the letter asks for, with the indexes of those statements
	listed      map[string]bool  // divisions listed together in a letter about several sectors
}

// Read sets the beneficiary countries, scope, services, themes, instruments, partners, funding
// and urgency of a request.
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

// cite adds evidence unless it is already present.
func (q *inquiry) cite(e intake.Evidence) {
	if !slices.Contains(q.reading.Evidence, e) {
		q.reading.Evidence = append(q.reading.Evidence, e)
	}
}

// doubt records that a field could not be read with confidence.
func (q *inquiry) doubt(f intake.Field, reason intake.Remark, candidates ...string) {
	q.reading.AddDoubt(f, reason, candidates...)
}
