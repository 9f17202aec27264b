package what

import (
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

const (
	leastAsk = 0.25 // how much a sentence must ask to say for what, where none asks outright
	otherAsk = 0.4  // probability of the other asks from which a sentence asks for no service
)

// askedTogether is what the service model makes of all sentences that ask most
// plainly, read as one text.
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

// asks returns the sentences of the letter that ask outright for help; where
// there is none, those of covering notes, then those that name a service, then
// those that come nearest.
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

// asksOtherwise reports whether a sentence asks for something else than help.
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
