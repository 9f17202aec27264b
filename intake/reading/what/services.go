package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// serviceRoles are the classes of the role model that request a service.
var serviceRoles = map[intake.Service]string{
	intake.ServiceAdvisory:         "ask_advisory",
	intake.ServiceCapacityBuilding: "ask_capacity_building",
	intake.ServiceProject:          "ask_project",
}

// serviceThreshold is the minimum score of a service that counts as requested.
const serviceThreshold = 0.5

// readServices determines which services are requested. A letter may request several, each in
// a clause of its own.
func (q *inquiry) readServices() {
	k := q.weighServices()
	ids := k.ids()
	for i, id := range ids {
		if k.scores[id] >= serviceThreshold || i == 0 {
			q.reading.Request.Services = append(q.reading.Request.Services, intake.Service(id))
			q.cite(k.best(id, 1)[0])
		}
	}
	slices.Sort(q.reading.Request.Services)
	if len(ids) == 0 || k.scores[ids[0]] < serviceThreshold {
		q.doubt(intake.FieldServices, intake.Remark{ID: "doubt.service"}, ids...)
	}
}

// weighServices ranks the services. The score of a service is that of the clause that requests
// it most clearly, combined with features of its sentence and of the letter as a whole.
func (q *inquiry) weighServices() *ranking {
	k := newRanking()
	best, byLetter := q.weighing.asks.Best*q.plainestAsk(), q.signsOfLetter()
	for _, s := range q.statements {
		if s.Standing != letter.StandingAnnex && !s.opensList() {
			q.weighClauses(k, s, best+q.weighing.asks.ofSentence(s), byLetter)
		}
	}
	return k
}

// signsOfLetter returns, for each service, the score of the letter as a whole: the service
// model on all clear requests read as one text, the share of the service among all possible
// requests, the proposed duration of the activity, and whether the letter declines the
// service.
func (q *inquiry) signsOfLetter() map[intake.Service]float64 {
	w, together, shares := &q.weighing.asks, q.askedTogether(), q.sharesOfLetter()
	signs := make(map[intake.Service]float64, len(serviceRoles))
	declined := q.servicesDeclined()
	for service := range serviceRoles {
		signs[service] = w.Together*logOdds(together[service]) + w.Letter*oddsWithin(shares[service], leastShare) +
			w.ofPeriod(service, q.reading.Request.ProposedStart, q.reading.Request.ProposedEnd)
		if declined[service] {
			signs[service] += w.NamedAsDeclined
		}
	}
	return signs
}

// servicesDeclined returns the services that the letter says it does not request ("it is not a
// course that we want").
func (q *inquiry) servicesDeclined() map[intake.Service]bool {
	declined := map[intake.Service]bool{}
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.asking() || !s.holdsAct("ask.not") {
			continue
		}
		for service := range serviceTermsIn(s.hits(lexicon.ClassService)).strong {
			declined[service] = true
		}
	}
	return declined
}

// sharesOfLetter returns the share of each service in all sentences that may be requests,
// according to the role model; more certain ones count more.
func (q *inquiry) sharesOfLetter() map[intake.Service]float64 {
	shares, total := make(map[intake.Service]float64, len(serviceRoles)), 0.0
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.opensList() || s.besideText() {
			continue
		}
		asking := s.Roles.Share(letter.AskRole)
		for service, role := range serviceRoles {
			shares[service] += asking * s.Roles.Of(role)
		}
		total += asking * asking
	}
	for service := range shares {
		shares[service] /= max(total, leastChance)
	}
	return shares
}

// plainestAsk returns the highest ask score of a sentence.
func (q *inquiry) plainestAsk() (most float64) {
	for _, s := range q.statements {
		if s.Standing != letter.StandingAnnex && !s.isTitle() {
			most = max(most, s.Ask)
		}
	}
	return most
}

// weighClauses updates, for each service, the highest probability that a clause requests it.
func (q *inquiry) weighClauses(k *ranking, s statement, bySentence float64, byLetter map[intake.Service]float64) {
	for _, x := range clauses(s) {
		hits := lexicon.HitsIn(s.Scan.Hits, x.Start, x.End)
		named := serviceTermsIn(hits)
		_, named.learners = s.learners(x)
		named.item = letter.IsListItem(s.Words(s.Sentence)) || letter.IsListItem(s.Text[x.Start:x.End])
		chance := func(service intake.Service, byModel float64) float64 {
			return probability(bySentence + byLetter[service] + q.weighing.asks.ofClause(service, byModel, s.askShare(serviceRoles[service]), named))
		}
		if !q.mayLead(k, chance) {
			continue
		}
		model := q.chances(s.Folded(x.Start, x.End), hits)
		for service := range serviceRoles {
			id := string(service)
			if p := chance(service, model[service]); p > k.scores[id] {
				k.scores[id] = p
				k.cites[id] = []weightedEvidence{{serviceWords(s, x, service, hits), p}}
			}
		}
	}
}

// mayLead reports whether a clause could exceed the best score so far of any service, whatever
// the model returns. Most cannot, which saves running the model on them.
func (q *inquiry) mayLead(k *ranking, chance func(service intake.Service, byModel float64) float64) bool {
	for service := range serviceRoles {
		if max(chance(service, 0), chance(service, 1)) > k.scores[string(service)] {
			return true
		}
	}
	return false
}

// chances returns the probabilities of the services for a folded text, according to the
// service model.
func (q *inquiry) chances(folded string, hits []lexicon.Hit) map[intake.Service]float64 {
	chances := make(map[intake.Service]float64, len(serviceRoles))
	for i, p := range q.weighing.services.Scores(folded, SignsOfServices(hits)...) {
		for _, service := range q.weighing.servicesOf[i] {
			chances[service] += float64(p)
		}
	}
	return chances
}

// clauses splits a sentence at the numbers of its requests ("(1) an opinion, (2) a training").
// Without numbers, it splits between terms for different services ("a review of the draft and
// a study visit"), and before words that add a further request. In both cases it also splits
// before a request that counts the learners.
func clauses(s statement) []letter.Stretch {
	cuts := numberedCuts(s)
	if len(cuts) == 0 {
		cuts = append(serviceCuts(s), wishCuts(s)...)
		slices.Sort(cuts)
	}
	var out []letter.Stretch
	from := s.Start
	for _, cut := range append(cuts, s.End) {
		if end := from + len(strings.TrimSpace(s.Text[from:cut])); end > from {
			out = append(out, s.cutAtLearners(letter.Stretch{Start: from, End: end})...)
		}
		from = cut
	}
	return out
}

// numbersWishes reports whether a sentence contains numbered requests.
func numbersWishes(s statement) bool { return len(numbersIn(s)) > 0 }

// numberedCuts returns the offsets of the second and further numbered requests.
func numberedCuts(s statement) []int {
	cuts := numbersIn(s)
	return cuts[min(1, len(cuts)):]
}

// numbersIn returns the offsets of the numbers of requests inside a sentence.
func numbersIn(s statement) []int {
	var cuts []int
	words := s.Words(s.Sentence)
	for i := 1; i < len(words); i++ {
		if words[i-1] == ' ' && isNumbered(words[i:]) {
			cuts = append(cuts, s.Start+i)
		}
	}
	return cuts
}

// isNumbered reports whether words begin with a number or letter followed by a bracket.
func isNumbered(words string) bool {
	const longest = 5 // "(iii)"
	i := strings.IndexByte(words, ')')
	return i > 0 && i <= longest && letter.IsListItem(words)
}

// wishCuts returns the offsets of words that add a further request.
func wishCuts(s statement) []int {
	var cuts []int
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Has("further_wish") && !inBrackets(s.Text[s.Start:h.Start]) {
			cuts = append(cuts, h.Start)
		}
	}
	return cuts
}

// inBrackets reports whether a text ends inside brackets.
func inBrackets(before string) bool {
	return strings.LastIndexByte(before, '(') > strings.LastIndexByte(before, ')')
}

// serviceCuts returns the offsets of strong terms that name a different service than the
// previous one.
func serviceCuts(s statement) []int {
	var cuts []int
	last := ""
	for _, h := range s.hits(lexicon.ClassService) {
		if h.Senses[0].Weight < 1 || len(h.Senses) > 1 {
			continue
		}
		if last != "" && h.Senses[0].ID != last {
			cuts = append(cuts, h.Start)
		}
		last = h.Senses[0].ID
	}
	return cuts
}

// askShare returns the probability of the given role, given that the sentence is a request.
func (s statement) askShare(role string) float64 {
	if all := s.Roles.Share(letter.AskRole); all > 0 {
		return s.Roles.Of(role) / all
	}
	return 0
}

// serviceWords cites the strong term that names the service, or the whole stretch if there is
// none.
func serviceWords(s statement, x letter.Stretch, service intake.Service, hits []lexicon.Hit) intake.Evidence {
	for _, h := range hits {
		if h.Class == lexicon.ClassService && h.Has(string(service)) && h.Senses[0].Weight == 1 {
			return s.cite(intake.FieldServices, string(service), h)
		}
	}
	return s.Evidence(intake.FieldServices, string(service), x.Start, x.End)
}
