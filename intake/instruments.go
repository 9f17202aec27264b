package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// instrumentThreshold is the weight from which an instrument counts as the
// object of the work: once in the ask, or several times around it.
const instrumentThreshold = 0.45

// readInstruments finds the instruments, norms and tools that the work is
// about, by name.
func (q *inquiry) readInstruments() {
	k := newRanking()
	for _, s := range q.statements {
		for _, h := range s.hits(lexicon.ClassInstrument) {
			for _, sense := range h.Senses {
				k.add(sense.ID, s.weight*sense.Weight/float64(len(h.Senses)), s.cite(FieldInstruments, sense.ID, h))
			}
		}
	}
	for _, id := range k.ids() {
		if k.scores[id] < instrumentThreshold {
			break
		}
		q.reading.Request.Instruments = append(q.reading.Request.Instruments, id)
		for _, e := range k.best(id, 2) {
			q.cite(e)
		}
	}
	slices.Sort(q.reading.Request.Instruments)
}
