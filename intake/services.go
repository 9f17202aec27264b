package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// serviceRoles are the classes of the role model that ask for a service.
var serviceRoles = map[Service]string{
	ServiceAdvisory:         "ask_advisory",
	ServiceCapacityBuilding: "ask_capacity_building",
	ServiceProject:          "ask_project",
}

const (
	serviceThreshold = 0.4 // probability from which a service counts as asked for
	leastAsk         = 0.2 // how much a sentence must ask to say for what, where none asks outright
)

// readServices tells which kinds of help are asked for: each asking sentence
// by itself, since one letter may ask for several.
func (q *inquiry) readServices() {
	k := newRanking()
	for _, s := range q.asks() {
		q.weighServices(k, s)
	}
	ids := k.ids()
	for i, id := range ids {
		if k.scores[id] >= serviceThreshold || i == 0 {
			q.reading.Request.Services = append(q.reading.Request.Services, Service(id))
			q.cite(k.best(id, 1)[0])
		}
	}
	slices.Sort(q.reading.Request.Services)
	if len(ids) == 0 || k.scores[ids[0]] < serviceThreshold {
		q.doubt(FieldServices, "the letter does not say plainly which kind of help it asks for", ids...)
	}
}

// asks returns the sentences of the letter that ask outright; where there is
// none, the one that comes nearest to asking.
func (q *inquiry) asks() []statement {
	var asks []statement
	var nearest statement
	for _, s := range q.statements {
		if s.isTitle() || s.standing == standingAnnex {
			continue
		}
		if s.asked >= 0.5 {
			asks = append(asks, s)
		}
		if s.asked > nearest.asked {
			nearest = s
		}
	}
	if len(asks) == 0 && nearest.asked >= leastAsk {
		asks = []statement{nearest}
	}
	return asks
}

// weighServices keeps, for each service, how probably the sentence that asks
// for it most plainly does so.
func (q *inquiry) weighServices(k *ranking, s statement) {
	hits := hitsWithin(s.scan.Hits, s.start, s.end)
	model := q.weighing.services.Scores(s.folded(s.start, s.end), signsOfServices(hits)...)
	for service, role := range serviceRoles {
		p := (float64(model[q.weighing.services.Index(string(service))]) + q.wording.askShare(s, role)) / 2 * s.asked
		if p > k.scores[string(service)] {
			k.scores[string(service)] = p
			k.cites[string(service)] = []weightedEvidence{{serviceWords(s, service, hits), p}}
		}
	}
}

// askShare is how probably a sentence that asks does so in the given role.
func (w *Wording) askShare(s statement, role string) float64 {
	all := w.roleShare(s.sentence, askRole)
	if i := w.roles.Index(role); i >= 0 && i < len(s.roles) && all > 0 {
		return float64(s.roles[i]) / all
	}
	return 0
}

// serviceWords cites the term that names the service, or the whole sentence.
func serviceWords(s statement, service Service, hits []lexicon.Hit) Evidence {
	for _, h := range hits {
		if h.Class == lexicon.ClassService && h.Has(string(service)) {
			return s.cite(FieldServices, string(service), h)
		}
	}
	return s.evidence(FieldServices, string(service), s.start, s.end)
}
