package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// partnerActs are what a sentence does that names a partner of the work, as
// against one that is thanked, that paid for something else, or is an example.
var partnerActs = []string{
	"partner_to_coordinate", "offer_cofunding", "other_donor_pays", "offer_hosting", "activity_dates",
}

// readPartners finds the organisations that take part, pay, or are to be
// coordinated with.
func (q *inquiry) readPartners() {
	k := newRanking()
	for _, s := range q.statements {
		if s.standing == standingAnnex || s.standing == standingSubject {
			continue
		}
		for _, h := range s.hits(lexicon.ClassPartner) {
			for _, sense := range h.Senses {
				k.add(sense.ID, q.partnership(s), s.cite(FieldPartners, sense.ID, h))
			}
		}
	}
	for _, id := range k.ids() {
		if k.scores[id] >= 0.5 {
			q.reading.Request.Partners = append(q.reading.Request.Partners, id)
			q.cite(k.best(id, 1)[0])
		}
	}
	slices.Sort(q.reading.Request.Partners)
}

// partnership is how probably a sentence names those who take part.
func (q *inquiry) partnership(s statement) float64 {
	p := s.ask * 0.6
	for _, act := range partnerActs {
		if i := q.wording.roles.Index(act); i >= 0 && len(s.roles) > 0 {
			p += float64(s.roles[i])
		}
	}
	return p
}
