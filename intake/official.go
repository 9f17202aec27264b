package intake

import (
	"math"
	"strings"
)

// Signs by which a letter of a public institution in that capacity is told
// from informal or private mail.
const (
	officialHead      = 1.5 // letterhead or addressee
	officialNumber    = 1.5 // a number of its own
	officialForm      = 1.5 // formulas that only such letters have
	officialPost      = 1.0 // signed by the holder of a post
	officialBody      = 1.0 // signed with the name of a public institution
	officialSpeaks    = 0.5 // which itself speaks in the letter, or heads it
	officialDomain    = 0.7 // from a government's domain
	officialPrivate   = -2.0
	officialInformal  = -3.0
	officialThreshold = 1.5
	officialUnsure    = 0.4
)

// readOfficial decides whether the letter speaks for a public institution.
func (w *asker) readOfficial() {
	q := w.reading.Request
	score := 0.0
	add := func(condition bool, sign float64) {
		if condition {
			score += sign
		}
	}
	s := &w.letter.sources[w.letter.main]
	head := false
	for _, l := range s.lines {
		head = head || l.part == partAddressee || l.part == partLetterhead
	}
	_, public := w.vocabulary.CountryOfDomain(domainOf(w.message.From.Address))
	add(head, officialHead)
	add(w.numbered, officialNumber)
	add(holds(w.hits(s), "formal", 0, len(s.text)), officialForm)
	add(q.Requester.Title != "", officialPost)
	add(q.Institution != "" && !w.private, officialBody)
	add(q.Institution != "" && !w.private && w.speaks, officialSpeaks)
	add(public, officialDomain)
	add(w.private, officialPrivate)
	add(w.saysInformal(), officialInformal)
	q.Official = score >= officialThreshold
	if math.Abs(score-officialThreshold) < officialUnsure {
		w.reading.doubt(FieldOfficial, "few signs of an official letter", "true", "false")
	}
	if q.Official {
		w.citeOfficial(s)
	}
}

// saysInformal reports whether the letter itself says that it is none of the
// institution's.
func (w *asker) saysInformal() bool {
	for _, s := range w.sources() {
		if holds(w.hits(s), "informal", 0, len(s.text)) {
			return true
		}
	}
	return false
}

// citeOfficial cites the words that make the letter official: those of its
// number, institution or post.
func (w *asker) citeOfficial(s *source) {
	for _, f := range []Field{FieldOfficialRef, FieldInstitution, FieldRequesterPost} {
		for _, e := range w.reading.Evidence {
			if e.Field == f {
				e.Field, e.Value = FieldOfficial, "true"
				w.reading.Evidence = append(w.reading.Evidence, e)
				return
			}
		}
	}
	if i := strings.IndexByte(s.text, '\n'); i > 0 {
		w.reading.Evidence = append(w.reading.Evidence, s.evidence(FieldOfficial, "true", 0, i))
	}
}
