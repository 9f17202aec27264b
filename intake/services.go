package intake

import (
	"slices"
	"strings"

	"verbale/intake/lexicon"
)

// serviceRoles are the classes of the role model that ask for a service.
var serviceRoles = map[Service]string{
	ServiceAdvisory:         "ask_advisory",
	ServiceCapacityBuilding: "ask_capacity_building",
	ServiceProject:          "ask_project",
}

const (
	serviceThreshold = 0.5  // score from which a service counts as asked for
	leastAsk         = 0.25 // how much a sentence must ask to say for what, where none asks outright
	otherAsk         = 0.4  // probability of the other asks from which a sentence asks for no service
	projectBar       = 0.25 // what a project must score above the others: letters speak of projects, few ask for one
	serviceByModel   = 0.65 // share of the service model in the score, the rest is the role model's
	serviceByTerm    = 0.15 // what a term that names the service adds
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

// asks returns the sentences of the letter that ask outright for help; where
// there is none, those of covering notes, then those that come nearest.
func (q *inquiry) asks() []statement {
	for _, least := range []float64{0.5, leastAsk} {
		var asks, covering []statement
		for _, s := range q.statements {
			switch {
			case s.asked < least || s.isTitle() || s.opensList() || q.asksOtherwise(s):
			case s.standing == standingLetter:
				asks = append(asks, s)
			case s.standing == standingCover:
				covering = append(covering, s)
			}
		}
		if len(asks) > 0 {
			return asks
		}
		if len(covering) > 0 {
			return covering
		}
	}
	return nil
}

// otherAsks are the classes of the role model that ask for something that is
// no service: who shall pay, with whom the work be agreed, when to answer.
var otherAsks = []string{"other_donor_pays", "offer_cofunding", "offer_hosting", "partner_to_coordinate", "reply_deadline"}

// asksOtherwise reports whether a sentence asks for something else than help.
func (q *inquiry) asksOtherwise(s statement) bool {
	if s.cued("about_letter") {
		return true
	}
	for _, h := range s.hits(lexicon.ClassService) {
		if h.Senses[0].Weight == 1 {
			return false
		}
	}
	sum := 0.0
	for _, role := range otherAsks {
		sum += q.wording.roleShare(s.sentence, role)
	}
	return sum >= otherAsk
}

// weighServices keeps, for each service, how probably the words that ask for
// it most plainly do so. A sentence that numbers its wishes is read in parts.
func (q *inquiry) weighServices(k *ranking, s statement) {
	for _, x := range clauses(s) {
		hits := hitsWithin(s.scan.Hits, x.start, x.end)
		model := q.weighing.services.Scores(s.folded(x.start, x.end), signsOfServices(hits)...)
		for service, role := range serviceRoles {
			p := serviceByModel*float64(model[q.weighing.services.Index(string(service))]) + (1-serviceByModel)*q.wording.askShare(s, role)
			e, named := serviceWords(s, x, service, hits)
			if named {
				p += serviceByTerm
			}
			if service == ServiceProject {
				p -= projectBar
			}
			if p > k.scores[string(service)] {
				k.scores[string(service)] = p
				k.cites[string(service)] = []weightedEvidence{{e, p}}
			}
		}
	}
}

// clauses cuts a sentence at the marks with which it numbers its wishes:
// "(1) an opinion, (2) a training". Without such marks it is one clause.
func clauses(s statement) []stretch {
	var out []stretch
	words, from := s.words(s.sentence), 0
	for i := 1; i < len(words); i++ {
		if words[i-1] == ' ' && words[i] == '(' && isListItem(words[i:]) {
			out = append(out, stretch{s.start + from, s.start + len(strings.TrimRight(words[:i], " "))})
			from = i
		}
	}
	if len(out) < 2 {
		return []stretch{{s.start, s.end}}
	}
	return append(out[1:], stretch{s.start + from, s.end})
}

// askShare is how probably a sentence that asks does so in the given role.
func (w *Wording) askShare(s statement, role string) float64 {
	all := w.roleShare(s.sentence, askRole)
	if i := w.roles.Index(role); i >= 0 && i < len(s.roles) && all > 0 {
		return float64(s.roles[i]) / all
	}
	return 0
}

// serviceWords cites the strong term that names the service, or the whole
// stretch where there is none.
func serviceWords(s statement, x stretch, service Service, hits []lexicon.Hit) (e Evidence, named bool) {
	for _, h := range hits {
		if h.Class == lexicon.ClassService && h.Has(string(service)) && h.Senses[0].Weight == 1 {
			return s.cite(FieldServices, string(service), h), true
		}
	}
	return s.evidence(FieldServices, string(service), x.start, x.end), false
}
