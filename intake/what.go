package intake

import (
	"slices"
)

// An inquiry is the reading of what one letter asks for.
type inquiry struct {
	*Reader
	message    *Message
	letter     letter
	statements []statement
	reading    *Reading

	askedThemes map[string]bool // themes with words in the ask itself
}

// readWhat fills in what is asked for: the countries that are to benefit,
// scope, services, themes, instruments, partners, funding and urgency.
func (r *Reader) readWhat(m *Message, l letter, reading *Reading) {
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
func (q *inquiry) cite(e Evidence) {
	if !slices.Contains(q.reading.Evidence, e) {
		q.reading.Evidence = append(q.reading.Evidence, e)
	}
}

// doubt notes that a field could not be read with confidence.
func (q *inquiry) doubt(f Field, reason string, candidates ...string) {
	q.reading.doubt(f, reason, candidates...)
}
