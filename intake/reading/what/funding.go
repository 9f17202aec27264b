package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Ids of the types of funding, as in the vocabulary.
const (
	fundingByDonor  = "extra_budgetary"
	fundingBySelf   = "self_funded"
	fundingByShares = "co_funded"
)

// readFunding finds the types of funding that the letter names or offers for the work itself.
func (q *inquiry) readFunding() {
	k := newRanking()
	inFull, byOthers := false, false
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.isTitle() {
			continue
		}
		named := q.nameProgrammes(k, s)
		id := q.payer(s)
		if id == "" || named && (id == fundingBySelf || id == fundingByShares && s.programmePays()) {
			continue
		}
		k.add(id, 1, s.Evidence(intake.FieldFunding, id, s.Start, s.End))
		inFull = inFull || id == fundingBySelf && s.cued("all_costs")
		byOthers = byOthers || named || s.shares || q.namesDonor(s)
		if s.headed && id == fundingByDonor && s.cued("own_budget") {
			k.add(fundingByShares, 1, s.Evidence(intake.FieldFunding, fundingByShares, s.Start, s.End))
		}
	}
	if inFull && !byOthers {
		k.drop(fundingByShares) // contributions in kind are included in full payment
	}
	shareCosts(k)
	for _, id := range k.ids() {
		q.reading.Request.Funding = append(q.reading.Request.Funding, id)
		q.cite(k.best(id, 1)[0])
	}
	slices.Sort(q.reading.Request.Funding)
}

// nameProgrammes adds the United Nations programmes that a sentence names, as opposed to types
// of funding inferred from who pays.
func (q *inquiry) nameProgrammes(k *ranking, s statement) (named bool) {
	ofUs := s.cued("yours") && s.act != "past_cooperation" && s.act != "thanks" // "no money was foreseen: your RPTC, perhaps"
	if !s.mayPay() && !ofUs {
		return false
	}
	for _, h := range s.hits(lexicon.ClassFunding) {
		switch id := h.Senses[0].ID; id {
		case fundingByDonor, fundingBySelf, fundingByShares:
		default:
			k.add(id, 1, s.cite(intake.FieldFunding, id, h))
			named = true
		}
	}
	return named
}

// programmePays reports whether a sentence promises nothing but payment by a United Nations
// programme ("the RPTC would pay for travel").
func (s statement) programmePays() bool {
	for _, h := range s.hits(lexicon.ClassFunding) {
		for _, cue := range s.hits(lexicon.ClassCue) {
			if cue.Has("will_pay") && cue.Start > h.End && strings.TrimSpace(s.Text[h.End:cue.Start]) == "" {
				return !s.cued("in_kind")
			}
		}
	}
	return false
}

// shareCosts turns self-funding into cost sharing if somebody else pays too.
func shareCosts(k *ranking) {
	if len(k.scores) < 2 || k.scores[fundingBySelf] == 0 {
		return
	}
	for _, c := range k.cites[fundingBySelf] {
		c.Value = fundingByShares
		k.add(fundingByShares, c.weight, c.Evidence)
	}
	k.drop(fundingBySelf)
}
