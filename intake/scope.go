package intake

import "verbale/intake/lexicon"

// A regionAsk is a named sub-region or programme for which help is asked.
type regionAsk struct {
	id    string
	cites []Evidence
}

// regionAsked finds the sub-region or programme that the ask is for. One named
// only in passing, or as an example, does not count.
func (q *inquiry) regionAsked() regionAsk {
	k := newRanking()
	for _, s := range q.statements {
		if s.standing == standingAnnex || !s.asking() {
			continue
		}
		for _, h := range s.hits(lexicon.ClassRegion) {
			if !s.isExample(h) {
				k.add(h.Senses[0].ID, q.regionWeight(s), s.cite(FieldCountries, h.Senses[0].ID, h))
			}
		}
	}
	if ids := k.ids(); len(ids) > 0 && k.scores[ids[0]] >= 1 {
		return regionAsk{id: ids[0], cites: k.best(ids[0], 2)}
	}
	return regionAsk{}
}

// regionWeight is more where the sentence speaks of several countries.
func (q *inquiry) regionWeight(s statement) float64 {
	if s.cued("several_countries") || s.cued("joint") {
		return s.weight
	}
	return s.weight * 0.6
}

// takeRegion counts every programme country of the sub-region.
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

// readScope says how many States the request is meant for.
func (q *inquiry) readScope(region regionAsk) {
	req := q.reading.Request
	switch {
	case region.id != "":
		req.Scope = ScopeSubRegional
		for _, e := range region.cites {
			e.Field, e.Value = FieldScope, string(ScopeSubRegional)
			q.cite(e)
		}
	case len(req.Countries) > 1:
		req.Scope = ScopeMultiCountry
	default:
		req.Scope = ScopeNational
	}
}
