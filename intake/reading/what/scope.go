package what

import (
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A regionAsk is a sub-region or programme for which assistance is requested.
type regionAsk struct {
	id    string
	cites []intake.Evidence
}

const (
	regionThreshold = 0.8 // minimum weight of a region that the request is for
	regionAlone     = 0.6 // factor for a region in a sentence that does not mention several countries
)

// regionAsked finds the sub-region or programme that the request is for. One named only in
// passing, or as an example, does not count.
func (q *inquiry) regionAsked() regionAsk {
	k := newRanking()
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.isBackground() {
			continue
		}
		seen := map[string]bool{}
		for _, h := range s.hits(lexicon.ClassRegion) {
			if id := h.Senses[0].ID; !s.isExample(h) && !seen[id] {
				seen[id] = true
				k.add(id, regionWeight(s), s.cite(intake.FieldCountries, id, h))
			}
		}
	}
	if ids := k.ids(); len(ids) > 0 && k.scores[ids[0]] >= regionThreshold {
		return regionAsk{id: ids[0], cites: k.best(ids[0], 2)}
	}
	return regionAsk{}
}

// regionWeight returns the weight of a region in a sentence; it is lower if the sentence does
// not mention several countries.
func regionWeight(s statement) float64 {
	if s.isTitle() || s.cued("several_countries") || s.cued("joint") {
		return s.weight
	}
	return s.weight * regionAlone
}

// takeRegion adds every programme country of the sub-region.
func (q *inquiry) takeRegion(region regionAsk) {
	found, _ := q.vocabulary.Region(region.id)
	q.reading.Request.Countries = append(q.reading.Request.Countries, found.Countries...)
	for _, country := range found.Countries {
		for _, e := range region.cites {
			e.Value = country
			q.cite(e)
		}
	}
}

// readScope sets the scope from the number of beneficiary countries.
func (q *inquiry) readScope(region regionAsk) {
	req := q.reading.Request
	switch {
	case region.id != "":
		req.Scope = intake.ScopeSubRegional
		for _, e := range region.cites {
			e.Field, e.Value = intake.FieldScope, string(intake.ScopeSubRegional)
			q.cite(e)
		}
	case len(req.Countries) > 1:
		req.Scope = intake.ScopeMultiCountry
	default:
		req.Scope = intake.ScopeNational
	}
}
