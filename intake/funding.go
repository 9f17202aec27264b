package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// Ids of the ways of paying, as in the vocabulary.
const (
	fundingByDonor  = "extra_budgetary"
	fundingBySelf   = "self_funded"
	fundingByShares = "co_funded"
)

// moneyRoles are the classes of the role model that speak of who pays.
var moneyRoles = []string{"offer_cofunding", "offer_hosting", "other_donor_pays"}

const (
	speaksOfMoney = 0.4 // probability of the money roles from which a sentence says who pays
	surelyOfMoney = 0.7 // from which it needs no verb of paying
)

// readFunding finds the ways of paying that the letter names or offers for the
// work itself.
func (q *inquiry) readFunding() {
	k := newRanking()
	for _, s := range q.statements {
		if s.standing == standingAnnex || !mayPay(s) {
			continue
		}
		named := false
		for _, h := range s.hits(lexicon.ClassFunding) {
			if id := h.Senses[0].ID; q.isProgrammeOfUN(id) {
				k.add(id, 1, s.cite(FieldFunding, id, h))
				named = true
			}
		}
		if id := q.payer(s); id != "" && !named {
			k.add(id, 1, s.evidence(FieldFunding, id, s.start, s.end))
		}
	}
	for _, id := range k.ids() {
		q.reading.Request.Funding = append(q.reading.Request.Funding, id)
		q.cite(k.best(id, 1)[0])
	}
	slices.Sort(q.reading.Request.Funding)
}

// isProgrammeOfUN reports whether the way of paying is a programme that is
// named outright, as against one that is told by who pays.
func (q *inquiry) isProgrammeOfUN(id string) bool {
	return id != fundingByDonor && id != fundingBySelf && id != fundingByShares
}

// mayPay reports whether a sentence may speak of money for the work that is
// asked, rather than of what others paid for.
func mayPay(s statement) bool {
	switch s.act {
	case "past_cooperation", "other_country_example", "not_asked", "thanks", "problem_statement":
		return s.asking() && s.act == "not_asked"
	}
	return !s.isTitle()
}

// money is how probably a sentence says who pays.
func (q *inquiry) money(s statement) float64 {
	sum := 0.0
	for _, role := range moneyRoles {
		if i := q.wording.roles.Index(role); i >= 0 && i < len(s.roles) {
			sum += float64(s.roles[i])
		}
	}
	return sum
}

// payer tells the way of paying from who is said to pay, and how much of it.
func (q *inquiry) payer(s statement) string {
	money := q.money(s)
	if money < speaksOfMoney || money < surelyOfMoney && !s.cued("pays") && !s.cued("donor_money") {
		return ""
	}
	switch {
	case len(s.hits(lexicon.ClassPartner)) > 0:
		return donorPays(s)
	case s.asked >= 0.5 && !s.cued("own_budget"):
		return ""
	case s.cued("donor_money"):
		return fundingByDonor
	case s.cued("all_costs"), s.cued("own_budget") && !s.cued("in_kind"):
		return fundingBySelf
	case s.cued("in_kind"), s.cued("own_budget"):
		return fundingByShares
	}
	return ""
}

// donorPays tells a partner that pays for all of the work from one that shares
// in it; one that pays for something else commits itself to nothing here.
func donorPays(s statement) string {
	switch {
	case s.cued("in_kind") && !s.cued("for_us"):
		return fundingByShares
	case s.cued("donor_money"), s.cued("all_costs"), s.cued("commits") && s.cued("for_us"):
		return fundingByDonor
	case s.cued("commits") && s.cued("pays"):
		return fundingByShares
	}
	return ""
}
