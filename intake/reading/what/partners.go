package what

import (
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

const (
	partnerThreshold = 0.5 // score from which an organisation counts as a partner of the work
	partnerByWords   = 0.5 // what words of working together or of readiness add
)

// readPartners finds the organisations that take part, pay, or are to be
// coordinated with, as against those that are thanked, paid for something
// else, or are an example.
func (q *inquiry) readPartners() {
	k := newRanking()
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.isTitle() {
			continue
		}
		for _, h := range s.hits(lexicon.ClassPartner) {
			id := h.Senses[0].ID
			k.add(id, q.partnership(s), s.cite(intake.FieldPartners, id, h))
		}
	}
	for _, id := range k.ids() {
		if k.scores[id] >= partnerThreshold {
			q.reading.Request.Partners = append(q.reading.Request.Partners, id)
			q.cite(k.best(id, 1)[0])
		}
	}
	slices.Sort(q.reading.Request.Partners)
}

// partnership is how probably a sentence names those who take part.
func (q *inquiry) partnership(s statement) float64 {
	p := 0.0
	for _, role := range []string{"partner_to_coordinate", "offer_cofunding", "offer_hosting"} {
		p += s.Roles.Share(role)
	}
	if q.payer(s) != "" {
		p++
	}
	if s.cued("together") || s.cued("takes_part") || s.cued("commits") && !s.isBackground() {
		p += partnerByWords
	}
	return p
}
