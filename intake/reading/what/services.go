package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// serviceRoles are the classes of the role model that ask for a service.
var serviceRoles = map[intake.Service]string{
	intake.ServiceAdvisory:         "ask_advisory",
	intake.ServiceCapacityBuilding: "ask_capacity_building",
	intake.ServiceProject:          "ask_project",
}

const (
	serviceThreshold = 0.5  // score from which a service counts as asked for
	leastAsk         = 0.25 // how much a sentence must ask to say for what, where none asks outright
	otherAsk         = 0.4  // probability of the other asks from which a sentence asks for no service
	projectBar       = 0.25 // what a project must score above the others: letters speak of projects, few ask for one
	faintAsk         = 0.1  // how much, where none comes near
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
			q.reading.Request.Services = append(q.reading.Request.Services, intake.Service(id))
			q.cite(k.best(id, 1)[0])
		}
	}
	slices.Sort(q.reading.Request.Services)
	if len(ids) == 0 || k.scores[ids[0]] < serviceThreshold {
		q.doubt(intake.FieldServices, "the letter does not say plainly which kind of help it asks for", ids...)
	}
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

// otherAsks are the classes of the role model that ask for something that is
// no service: who shall pay, with whom the work be agreed, when to answer.
var otherAsks = []string{"other_donor_pays", "offer_cofunding", "offer_hosting", "partner_to_coordinate", "reply_deadline"}

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

// weighServices keeps, for each service, how probably the words that ask for
// it most plainly do so. A sentence that numbers its wishes is read in parts.
func (q *inquiry) weighServices(k *ranking, s statement) {
	for _, x := range clauses(s) {
		hits := lexicon.HitsIn(s.Scan.Hits, x.Start, x.End)
		model := q.weighing.services.Scores(s.Folded(x.Start, x.End), SignsOfServices(hits)...)
		for service, role := range serviceRoles {
			p := serviceByModel*float64(model[q.weighing.services.Index(string(service))]) + (1-serviceByModel)*s.askShare(role)
			e, named := serviceWords(s, x, service, hits)
			if named {
				p += serviceByTerm
			}
			if service == intake.ServiceProject {
				p -= projectBar
			}
			if p > k.scores[string(service)] {
				k.scores[string(service)] = p
				k.cites[string(service)] = []weightedEvidence{{e, p}}
			}
		}
	}
}

// clauses cuts a sentence at the marks with which it numbers its wishes ("(1)
// an opinion, (2) a training"), or else between two terms that name different
// services ("a review of the draft and a study visit").
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
			out = append(out, letter.Stretch{Start: from, End: end})
		}
		from = cut
	}
	return out
}

// numbersWishes reports whether a sentence numbers wishes within itself.
func numbersWishes(s statement) bool { return len(numbersIn(s)) > 0 }

// numberedCuts returns where the second and further numbered wishes begin.
func numberedCuts(s statement) []int {
	cuts := numbersIn(s)
	return cuts[min(1, len(cuts)):]
}

// numbersIn returns where numbers of wishes stand within a sentence.
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

// isNumbered reports whether words begin with a number or letter and a bracket.
func isNumbered(words string) bool {
	const longest = 5 // "(iii)"
	i := strings.IndexByte(words, ')')
	return i > 0 && i <= longest && letter.IsListItem(words)
}

// wishCuts returns where words begin that add a further wish.
func wishCuts(s statement) []int {
	var cuts []int
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Has("further_wish") && !inBrackets(s.Text[s.Start:h.Start]) {
			cuts = append(cuts, h.Start)
		}
	}
	return cuts
}

// inBrackets reports whether a text ends within brackets.
func inBrackets(before string) bool {
	return strings.LastIndexByte(before, '(') > strings.LastIndexByte(before, ')')
}

// serviceCuts returns where a strong term names another service than the one
// before it.
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

// askShare is how probably a sentence that asks does so in the given role.
func (s statement) askShare(role string) float64 {
	if all := s.Roles.Share(letter.AskRole); all > 0 {
		return s.Roles.Of(role) / all
	}
	return 0
}

// serviceWords cites the strong term that names the service, or the whole
// stretch where there is none.
func serviceWords(s statement, x letter.Stretch, service intake.Service, hits []lexicon.Hit) (e intake.Evidence, named bool) {
	for _, h := range hits {
		if h.Class == lexicon.ClassService && h.Has(string(service)) && h.Senses[0].Weight == 1 {
			return s.cite(intake.FieldServices, string(service), h), true
		}
	}
	return s.Evidence(intake.FieldServices, string(service), x.Start, x.End), false
}
