package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// readFunding finds the ways of paying that the letter names or offers for the
// work itself.
func (q *inquiry) readFunding() {
	k := newRanking()
	for _, s := range q.statements {
		if s.standing == standingAnnex || !paysForRequest(s) {
			continue
		}
		for _, h := range s.hits(lexicon.ClassFunding) {
			for _, sense := range h.Senses {
				k.add(sense.ID, sense.Weight, s.cite(FieldFunding, sense.ID, h))
			}
		}
	}
	for _, id := range k.ids() {
		q.reading.Request.Funding = append(q.reading.Request.Funding, id)
		q.cite(k.best(id, 1)[0])
	}
	slices.Sort(q.reading.Request.Funding)
}

// paysForRequest reports whether a sentence may speak of money for the work
// that is asked, rather than of what others paid for.
func paysForRequest(s statement) bool {
	switch s.act {
	case "past_cooperation", "other_country_example", "not_asked", "thanks", "problem_statement":
		return false
	}
	return true
}
