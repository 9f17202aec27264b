package what

import (
	"slices"
	"strconv"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

const (
	partnerThreshold = 0.5 // minimum score of an organisation that is a partner of the work
	partnerByWords   = 0.5 // added for words about working together or readiness
	partnerBefore    = 0.5 // factor for partners of a previous year
)

// otherDonorRole is the class of the role model for what another donor pays for; a donor that
// pays together with the sender is a partner.
const otherDonorRole = "other_donor_pays"

// readPartners finds the organisations that take part, pay, or are to be coordinated with, as
// opposed to those that are thanked, pay for something else, or are an example.
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

// followedUp reports whether the next statement asks to work with the organisations named in
// this one ("please keep in touch with them").
func (q *inquiry) followedUp(i int) bool {
	if i+1 == len(q.statements) || q.statements[i+1].Source != q.statements[i].Source {
		return false
	}
	next := q.statements[i+1]
	return !next.isBackground() && next.cued("with_them") && (next.cued("together") || next.asking())
}

// partnership returns how likely a sentence names partners.
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

// wantsTogether reports whether a sentence wants the work to be done or coordinated with those
// it names, even if it also says what is not requested.
func (s statement) wantsTogether() bool {
	return s.cued("together") && (!s.isBackground() || s.act == otherDonorRole || s.cued("with_them") || s.verbOfAsking() || s.cued("commits"))
}

// leavesOut reports whether a sentence says that those it names take no part, or work on
// something that is not requested.
func (s statement) leavesOut() bool {
	return s.holdsAct("ask.not") || s.cued("outsider") && !s.takesPart()
}

// takesPart reports whether a sentence says that those it names take part, other than in words
// that deny it ("sans y prendre part").
func (s statement) takesPart() bool {
	cues := s.hits(lexicon.ClassCue)
	return slices.ContainsFunc(cues, func(h lexicon.Hit) bool {
		return h.Has("takes_part") && !slices.ContainsFunc(cues, func(o lexicon.Hit) bool { return o.Has("outsider") && o.Start <= h.Start && h.End <= o.End })
	})
}

// tellsOfYear reports whether a statement that requests and promises nothing names a year
// before the given one: it is about what an organisation did in the past, for something else.
func (s statement) tellsOfYear(year int) bool {
	if s.asking() || s.cued("will_pay") {
		return false
	}
	return slices.ContainsFunc(s.Scan.TokensIn(s.Start, s.End), func(t lexicon.Token) bool {
		n, ok := yearOf(t.Folded)
		return ok && n < year
	})
}

// yearOf parses a year from 1950 to 2099, with any ending a language adds to it ("2021-м").
func yearOf(word string) (year int, ok bool) {
	const digits = 4
	if len(word) < digits || word[0] != '1' && word[0] != '2' {
		return 0, false
	}
	year, err := strconv.Atoi(word[:digits])
	return year, err == nil && year >= 1950 && year < 2100 && (len(word) == digits || word[digits] < '0' || word[digits] > '9')
}
