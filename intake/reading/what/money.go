package what

import (
	"regexp"
	"slices"

	"verbale/intake/lexicon"
)

// moneyRoles are the classes of the role model for sentences about who pays.
var moneyRoles = []string{"offer_cofunding", "offer_hosting", "other_donor_pays"}

const (
	promisesMoney = 0.1 // minimum probability of the money roles to accept a promise to pay
	speaksOfMoney = 0.4 // minimum for a sentence with a word for paying to say who pays
	surelyOfMoney = 0.7 // minimum without a word for paying

	plainlyOfMoney = 0.9 // minimum for an offer to share costs that does not say which ones
)

// money returns the probability that a sentence says who pays.
func (q *inquiry) money(s statement) float64 {
	sum := 0.0
	for _, role := range moneyRoles {
		sum += s.Roles.Share(role)
	}
	return sum
}

// otherMoney are the roles of sentences about money that is already spent or meant for
// something else.
var otherMoney = map[string]bool{
	"past_cooperation": true, "other_country_example": true, "not_asked": true, "thanks": true, "problem_statement": true,
}

// mayPay reports whether a sentence may be about money for the requested work, rather than
// about what others paid for.
func (s statement) mayPay() bool {
	return !otherMoney[s.act] || s.asking() && s.act == "not_asked"
}

// saysWhoPays reports whether a sentence says who pays for the work: it makes a promise, or is
// about money only.
func (q *inquiry) saysWhoPays(s statement) bool {
	if s.isTitle() || s.cued("other_work") || s.tellsOfYear(q.message.Date.Year()) || s.cued("no_money") && !s.cuedStrongly("will_pay") {
		return false
	}
	money := q.money(s)
	switch {
	case s.cuedStrongly("will_pay"), s.headed, s.allots(), s.paysShortly():
		return true
	case lexicon.Holds(s.Acts, "ask.not", s.Start, s.End):
		return false
	case s.cued("will_pay") && (money >= promisesMoney || s.shares || s.mayPay() && (q.namesDonor(s) || s.cued("in_kind") && s.cued("host_side"))):
		return true
	case !s.mayPay():
		return false
	case s.cued("donor_money") && (s.namesFund() || s.cued("yours")), s.cued("sum_of_money") && q.namesDonor(s) && money >= speaksOfMoney:
		return true
	}
	return money >= surelyOfMoney || money >= speaksOfMoney && (s.cued("pays") || s.cued("donor_money") || s.cued("own_budget"))
}

// shortVerdict is the maximum number of words of a sentence that says who pays but not for
// what.
const shortVerdict = 8

// costsByName are the cues for specific costs.
var costsByName = []string{"in_kind", "lodging", "experts_costs"}

// paysShortly reports whether a sentence says in a few words that somebody pays, without
// naming specific costs, so that all costs are meant ("The city pays.").
func (s statement) paysShortly() bool {
	return s.cued("verdict") && len(s.Scan.TokensIn(s.Start, s.End)) <= shortVerdict && !slices.ContainsFunc(costsByName, s.cued)
}

// namesFund reports whether the statement names a donor fund.
func (s statement) namesFund() bool {
	return slices.ContainsFunc(s.hits(lexicon.ClassFunding), func(h lexicon.Hit) bool { return h.Has(fundingByDonor) })
}

// payer determines the type of funding from who is said to pay, and for what; "" if none.
func (q *inquiry) payer(s statement) string {
	switch {
	case !q.saysWhoPays(s):
		return ""
	case s.asked >= 0.5 && !s.headed && !s.allots() && !s.cued("own_budget") && !s.cued("will_pay") && !s.cued("donor_money"):
		return ""
	}
	id := hostPays(s)
	if q.namesDonor(s) {
		id = donorPays(s)
	}
	if s.cued("in_parts") && !s.headed && id != "" || s.shares && (id != "" || s.cued("will_pay")) {
		return fundingByShares
	}
	return id
}

// namesDonor reports whether a sentence names somebody else who may pay: a partner, another
// donor, or a country other than the beneficiary.
func (q *inquiry) namesDonor(s statement) bool {
	if s.cued("other_donor") || s.cued("donor_money") {
		return true
	}
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		switch h.Class {
		case lexicon.ClassPartner:
			return true
		case lexicon.ClassCountry, lexicon.ClassAdjective:
			if len(h.Senses) == 1 && !slices.Contains(q.reading.Request.Countries, h.Senses[0].ID) && (s.headed || s.cued("sum_of_money")) {
				return true
			}
		}
	}
	return false
}

// donorPays distinguishes donor funding of the work from a contribution to local costs; "" if
// the donor pays for something else.
func donorPays(s statement) string {
	promises := s.cued("will_pay")
	switch {
	case s.cued("all_costs") && (promises || s.cued("pays")), s.cued("donor_money"), s.cued("sum_of_money"), s.paysShortly():
		return fundingByDonor
	case s.cued("in_kind"):
		return fundingByShares
	case s.cued("experts_costs"):
		return fundingByDonor
	case s.cued("lodging"):
		return fundingByShares
	case s.headed, s.cued("pays") && s.aboutWork():
		return fundingByDonor
	}
	return ""
}

// hostPays distinguishes a host that pays for everything, including the experts' mission, from
// one that contributes in kind.
func hostPays(s statement) string {
	switch {
	case (s.cued("all_costs") || s.paysShortly()) && !s.cued("you_pay"):
		return fundingBySelf
	case s.cued("in_kind"):
		return fundingByShares
	case s.cued("you_pay"):
		return ""
	case s.cued("experts_costs"), s.headed && s.cued("own_budget"), s.cued("will_pay") && s.citesItem():
		return fundingBySelf
	case s.cued("lodging"):
		return fundingByShares
	case s.cued("own_budget") && s.aboutWork():
		if s.cued("will_pay") && s.cued("pays") {
			return fundingBySelf // all costs are meant
		}
		return fundingByShares
	case s.Roles.Of("offer_cofunding")+s.Roles.Of("offer_hosting") >= plainlyOfMoney:
		return fundingByShares
	}
	return ""
}

// aboutWork reports whether what is paid for is part of the requested work.
func (s statement) aboutWork() bool { return s.cued("of_the_work") || s.citesItem() }

// itemCited matches a reference to an item of the letter's own list: "the costs of (b)", "UNDP
// pays 2)".
var itemCited = regexp.MustCompile(`\pL[ \x{a0}]\(?(?:\pL|\d)\)`)

// citesItem reports whether a sentence refers to an item of the letter's list.
func (s statement) citesItem() bool { return itemCited.MatchString(s.Text[s.Start:s.End]) }
