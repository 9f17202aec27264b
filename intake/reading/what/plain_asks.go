package what

import (
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

const (
	leastAsk = 0.25 // minimum score of a request in a letter without a clear one
	otherAsk = 0.4  // probability of otherAsks from which a sentence requests no service
)

// askedTogether returns the probabilities of the services for the clearest requests read as
// one text.
func (q *inquiry) askedTogether() map[intake.Service]float64 {
	var text strings.Builder
	var hits []lexicon.Hit
	for _, s := range q.asks() {
		text.WriteString(s.Folded(s.Start, s.End))
		text.WriteByte('\n')
		hits = append(hits, lexicon.HitsIn(s.Scan.Hits, s.Start, s.End)...)
	}
	return q.chances(text.String(), hits)
}

// asks returns the sentences of the letter that clearly request assistance. If there are none,
// it returns those of the cover notes, then sentences that name a service, then those that
// come closest to a request.
func (q *inquiry) asks() []statement {
	outright := func(s statement) bool {
		return s.asked >= 0.5 && !s.isTitle() && (s.Ask >= likelyAsk || len(s.hits(lexicon.ClassService)) > 0 || s.asked >= askedInList && s.Ask >= faintAsk)
	}
	for _, chosen := range []func(s statement) bool{
		func(s statement) bool { return s.Standing == letter.StandingLetter && outright(s) },
		func(s statement) bool { return s.Standing == letter.StandingCover && outright(s) },
		func(s statement) bool { return s.namesService() && !s.isBackground() },
		func(s statement) bool { return s.asked >= leastAsk && !s.isTitle() },
		func(s statement) bool { return s.Ask >= faintAsk && !s.isTitle() },
	} {
		var asks []statement
		for _, s := range q.statements {
			if s.Standing != letter.StandingAnnex && !s.opensList() && !q.asksOtherwise(s) && chosen(s) {
				asks = append(asks, s)
			}
		}
		if len(asks) > 0 {
			return asks
		}
	}
	return nil
}

// asksOtherwise reports whether a sentence requests something other than assistance.
func (q *inquiry) asksOtherwise(s statement) bool {
	if s.cued("about_letter") {
		return true
	}
	if s.namesService() {
		return false
	}
	if s.cued("takes_part") {
		return true
	}
	sum := 0.0
	for _, role := range otherAsks {
		sum += s.Roles.Share(role)
	}
	return sum >= otherAsk
}
