package what

import (
	"slices"
	"strconv"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

const (
	partnerThreshold = 0.5 // score from which an organisation counts as a partner of the work
	partnerByWords   = 0.5 // what words of working together or of readiness add
	partnerBefore    = 0.5 // what counts of one who was a partner in a year before
)

// otherDonorRole is the class of the role model that tells what another pays for:
// one that does so together with the sender takes part.
const otherDonorRole = "other_donor_pays"

// readPartners finds the organisations that take part, pay, or are to be
// coordinated with, as against those that are thanked, paid for something
// else, or are an example.
func (q *inquiry) readPartners() {
	k := newRanking()
	for i, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.isTitle() {
			continue
		}
		p := q.partnership(s)
		if q.followedUp(i) {
			p += partnerByWords
		}
		for _, h := range s.hits(lexicon.ClassPartner) {
			id := h.Senses[0].ID
			k.add(id, p, s.cite(intake.FieldPartners, id, h))
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

// followedUp reports whether the next statement asks to work with those whom
// this one names ("please keep in touch with them").
func (q *inquiry) followedUp(i int) bool {
	if i+1 == len(q.statements) || q.statements[i+1].Source != q.statements[i].Source {
		return false
	}
	next := q.statements[i+1]
	return !next.isBackground() && next.cued("with_them") && (next.cued("together") || next.asking())
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
	joins := s.wantsTogether()
	switch {
	case s.tellsOfYear(q.message.Date.Year()):
		return p * partnerBefore
	case !joins && s.leavesOut() && q.payer(s) == "":
		return 0
	case joins || s.cued("takes_part") || (!s.isBackground() || s.act == otherDonorRole) && s.cued("commits"):
		return p + partnerByWords
	}
	return p
}

// wantsTogether reports whether a sentence wants the work to be done, or agreed,
// together with those whom it names, be it among words of what is not asked.
func (s statement) wantsTogether() bool {
	return s.cued("together") && (!s.isBackground() || s.act == otherDonorRole || s.cued("with_them") || s.verbOfAsking() || s.cued("commits"))
}

// leavesOut reports whether a sentence says that those whom it names take no part,
// or work on what is not asked.
func (s statement) leavesOut() bool {
	return s.holdsAct("ask.not") || s.cued("outsider") && !s.cued("takes_part")
}

// tellsOfYear reports whether a statement that asks nothing and promises nothing
// names a year before the given one: what an organisation did then, it did together
// with others for something else.
func (s statement) tellsOfYear(year int) bool {
	if s.asking() || s.cued("will_pay") {
		return false
	}
	return slices.ContainsFunc(s.Scan.TokensIn(s.Start, s.End), func(t lexicon.Token) bool {
		n, ok := yearOf(t.Folded)
		return ok && n < year
	})
}

// yearOf reads a word that is a year of this or the last century, whatever ending a
// language gives it ("2021-м").
func yearOf(word string) (year int, ok bool) {
	const digits = 4
	if len(word) < digits || word[0] != '1' && word[0] != '2' {
		return 0, false
	}
	year, err := strconv.Atoi(word[:digits])
	return year, err == nil && year >= 1950 && year < 2100 && (len(word) == digits || word[digits] < '0' || word[digits] > '9')
}
