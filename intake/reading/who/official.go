package who

import (
	"math"
	"strings"

	"verbale/intake"
	"verbale/intake/reading/letter"
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
	p := w.main()
	head := false
	for _, l := range p.Lines {
		head = head || l.Part == letter.PartAddressee || l.Part == letter.PartLetterhead
	}
	_, public := w.vocabulary.CountryOfDomain(intake.DomainOf(w.message.From.Address))
	add(head, officialHead)
	add(w.numbered, officialNumber)
	add(p.says("formal", 0, len(p.Text)), officialForm)
	add(q.Requester.Title != "", officialPost)
	add(q.Institution != "" && !w.private, officialBody)
	add(q.Institution != "" && !w.private && w.speaks, officialSpeaks)
	add(public, officialDomain)
	add(w.private, officialPrivate)
	add(w.saysInformal(), officialInformal)
	q.Official = score >= officialThreshold
	if math.Abs(score-officialThreshold) < officialUnsure {
		w.reading.AddDoubt(intake.FieldOfficial, "few signs of an official letter", "true", "false")
	}
	if q.Official {
		w.citeOfficial()
	}
}

// saysInformal reports whether the letter itself says that it is none of the
// institution's.
func (w *asker) saysInformal() bool {
	for _, p := range w.authored() {
		if p.says("informal", 0, len(p.Text)) {
			return true
		}
	}
	return false
}

// citeOfficial cites the words that make the letter official: those of its
// number, institution or post.
func (w *asker) citeOfficial() {
	for _, f := range []intake.Field{intake.FieldOfficialRef, intake.FieldInstitution, intake.FieldRequesterPost} {
		for _, e := range w.reading.Evidence {
			if e.Field == f {
				e.Field, e.Value = intake.FieldOfficial, "true"
				w.reading.Evidence = append(w.reading.Evidence, e)
				return
			}
		}
	}
	s := w.letter.Main
	if i := strings.IndexByte(s.Text, '\n'); i > 0 {
		w.reading.Evidence = append(w.reading.Evidence, s.Evidence(intake.FieldOfficial, "true", 0, i))
	}
}
