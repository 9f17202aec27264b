package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// Weights of the indications of the country that a letter comes from.
const (
	homeByInstitution = 4.0 // named in the name of the institution
	homeByName        = 3.0 // named in the letterhead or signature
	homeByGovernment  = 3.0 // a mail domain that governments use
	homeByEnding      = 2.0 // the top-level domain of an address
	homeBySupport     = 1.0 // a town, an adjective or an abbreviation
	homeThreshold     = 1.0
)

// readCountries finds the beneficiary countries: those named in the request, or else the
// country that the letter comes from.
func (q *inquiry) readCountries() {
	home := q.homes()
	senders := senders(home)
	named := q.namedCountries(senders)
	region := q.regionAsked()
	req := q.reading.Request
	switch {
	case region.id != "":
		q.takeRegion(region)
	default:
		q.takeCountries(home, senders, named)
	}
	slices.Sort(req.Countries)
	q.doubtTerritories()
	q.readScope(region)
}

// homes scores the indications of the country that the letter comes from.
func (q *inquiry) homes() *ranking {
	k := newRanking()
	for _, src := range q.letter.Sources {
		if src.Standing != letter.StandingAnnex && src.Standing != letter.StandingSubject {
			q.homesInFrame(k, src)
		}
	}
	q.homesInInstitution(k)
	q.homesInAddresses(k)
	if len(k.scores) == 0 {
		q.homesSaid(k)
	}
	return k
}

// saidWords is the maximum number of words between "we are in" and the place.
const saidWords = 12

// homesSaid uses what writers say about where they are: "we are in Osh", "je suis à la
// Direction de la protection des végétaux (Guinée)".
func (q *inquiry) homesSaid(k *ranking) {
	for _, s := range q.statements {
		for _, cue := range s.hits(lexicon.ClassCue) {
			if !cue.Has("from_here") {
				continue
			}
			for _, h := range lexicon.HitsIn(s.Scan.Hits, cue.End, s.End) {
				if homeWeight(h.Class) > 0 && h.Token-cue.Token <= saidWords {
					k.add(h.Senses[0].ID, homeBySupport, s.cite(intake.FieldCountries, h.Senses[0].ID, h))
					return
				}
			}
		}
	}
}

// homesInFrame uses the parts around the body of a letter: head, signature and contact.
func (q *inquiry) homesInFrame(k *ranking, src *letter.Source) {
	standing := 1.0
	if src.Standing == letter.StandingCover {
		standing = 0.5
	}
	for _, x := range src.Runs(func(p letter.Part) bool {
		return p == letter.PartLetterhead || p == letter.PartDateline || p == letter.PartReference || p == letter.PartSignature || p == letter.PartContact || p == letter.PartClosing
	}) {
		for _, h := range lexicon.HitsIn(src.Scan.Hits, x.Start, x.End) {
			if w := homeWeight(h.Class); w > 0 {
				k.add(h.Senses[0].ID, w*standing, src.Evidence(intake.FieldCountries, h.Senses[0].ID, h.Start, h.End))
			}
		}
	}
}

func homeWeight(c lexicon.Class) float64 {
	switch c {
	case lexicon.ClassCountry:
		return homeByName
	case lexicon.ClassAdjective, lexicon.ClassCity, lexicon.ClassAbbreviated:
		return homeBySupport
	}
	return 0
}

// homesInInstitution uses the name of the requesting institution if it was found in the text.
func (q *inquiry) homesInInstitution(k *ranking) {
	for _, e := range q.reading.Evidence {
		if e.Field != intake.FieldInstitution {
			continue
		}
		for _, src := range q.letter.Sources {
			if src.Name != e.Source {
				continue
			}
			for _, h := range lexicon.HitsIn(src.Scan.Hits, e.Start, e.End) {
				if w := homeWeight(h.Class); w > 0 {
					k.add(h.Senses[0].ID, w/homeByName*homeByInstitution, src.Evidence(intake.FieldCountries, h.Senses[0].ID, h.Start, h.End))
				}
			}
			break
		}
	}
}

// homesInAddresses uses the mail domains of the sender and of the requester. Headers are not
// part of the letter's text, so the evidence is the address as it occurs in the text, if it
// does.
func (q *inquiry) homesInAddresses(k *ranking) {
	addresses := []string{q.message.From.Address, q.reading.Request.Requester.Email, q.letter.Main.Author.Address}
	for _, a := range q.message.ReplyTo {
		addresses = append(addresses, a.Address)
	}
	seen := map[string]bool{}
	for _, address := range addresses {
		domain := intake.DomainOf(address)
		if domain == "" || seen[domain] {
			continue
		}
		seen[domain] = true
		if id, government := q.vocabulary.CountryOfDomain(domain); government {
			k.add(id, homeByGovernment, q.citeText(intake.FieldCountries, id, address))
		} else if id != "" {
			k.add(id, homeByEnding, q.citeText(intake.FieldCountries, id, address))
		} else if id := q.countryOfLabel(domain); id != "" {
			k.add(id, homeBySupport, q.citeText(intake.FieldCountries, id, address))
		}
	}
}

// countryOfLabel returns the programme country in whose code the name of a generic domain
// ends: "ministry-kz.org"; "" if there is none.
func (q *inquiry) countryOfLabel(domain string) string {
	labels := strings.Split(domain, ".")
	if len(labels) < 2 {
		return ""
	}
	name := labels[len(labels)-2]
	at := strings.LastIndexByte(name, '-')
	if at < 0 {
		return ""
	}
	id, _ := q.vocabulary.CountryOfDomain(name[at+1:])
	if !q.isProgramme(id) {
		return ""
	}
	return id
}

// citeText cites words that occur somewhere in the letter; the zero Evidence if they do not.
func (q *inquiry) citeText(f intake.Field, value, words string) intake.Evidence {
	for _, src := range q.letter.Sources {
		if at := strings.Index(src.Text, words); at >= 0 {
			return src.Evidence(f, value, at, at+len(words))
		}
	}
	return intake.Evidence{}
}

// A naming is the countries named in the letter's own sentences.
type naming struct {
	all *ranking // by the weight of their sentences
	// together are the countries named in sentences that say that several act jointly. If
	// those do not name them, they are the countries listed together elsewhere, or else those
	// named one by one.
	together *ranking
}

const (
	namedByTown  = 0.4 // factor for a town instead of its country
	namedByOther = 0.2 // factor for an adjective: it may refer to a language or a people
	programme    = 2.0 // factor for programme countries, which are likelier to make a request
	asLikely     = 0.7 // relative score from which another country may just as well be the requester
	leastNaming  = 0.3 // minimum weight of a sentence that can name beneficiaries
	tellingOfAsk = 0.5 // minimum weight of a sentence closely related to the request
)

// namedCountries scores the countries named in sentences. A country named as an example, as a
// donor or in the past counts little.
func (q *inquiry) namedCountries(senders []string) naming {
	n := naming{all: newRanking(), together: newRanking()}
	listed, aside, joint := newRanking(), newRanking(), false
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex {
			continue
		}
		named := q.nameCountries(s, n.all)
		if lists(named, senders) && !s.cued("outsider") && !s.tellsWhoPays() {
			named.pourInto(listed)
		}
		speaksFor := s.cued("behalf") && len(named.scores) > 1
		if !speaksFor && (s.weight < leastNaming || s.isBackground()) {
			joint = joint || len(senders) == 0 && s.cuedStrongly("joint")
			continue
		}
		named.pourInto(aside)
		if s.saysJointly() || speaksFor {
			joint = true
			named.pourInto(n.together)
		}
	}
	for _, named := range []*ranking{listed, aside} {
		if joint && n.partners(senders) < 2 {
			named.pourInto(n.together)
		}
	}
	return n
}

// partners returns the number of countries that act together, including the sender's.
func (n naming) partners(senders []string) int {
	count := len(n.together.scores)
	for _, id := range senders {
		if count > 0 && n.together.scores[id] == 0 {
			count++
		}
	}
	return count
}

// tellsWhoPays reports whether the statement is about who pays rather than who makes the
// request.
func (s statement) tellsWhoPays() bool {
	return s.act == "offer_cofunding" || s.act == "other_donor_pays"
}

// saysJointly reports whether the statement says that several countries act together; a weak
// cue such as "the two countries" only counts close to the request.
func (s statement) saysJointly() bool {
	return s.cuedStrongly("joint") || s.cued("joint") && s.weight >= tellingOfAsk
}

// lists reports whether a sentence names a group of countries: three or more, or the sender's
// and another, or two if the sender's is not known.
func lists(named *ranking, senders []string) bool {
	own := slices.ContainsFunc(senders, func(id string) bool { return named.scores[id] > 0 })
	return len(named.scores) > 2 || len(named.scores) > 1 && (own || len(senders) == 0)
}

// nameCountries adds the countries in one statement to all and returns those named explicitly.
func (q *inquiry) nameCountries(s statement, all *ranking) *ranking {
	named := newRanking()
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		id, weight := h.Senses[0].ID, 0.0
		switch {
		case h.Class != lexicon.ClassCountry && h.Class != lexicon.ClassCity && h.Class != lexicon.ClassAdjective, s.isExample(h):
			continue
		case h.Class == lexicon.ClassCountry:
			weight = s.weight
			named.add(id, weight, s.cite(intake.FieldCountries, id, h))
		case h.Class == lexicon.ClassCity && q.isProgramme(id):
			weight = s.weight * namedByTown
		case h.Class == lexicon.ClassAdjective && q.isProgramme(id):
			weight = s.weight * namedByOther
			if s.saysJointly() {
				named.add(id, weight, s.cite(intake.FieldCountries, id, h))
			}
		}
		if q.isProgramme(id) {
			weight *= programme
		}
		all.add(id, weight, s.cite(intake.FieldCountries, id, h))
	}
	return named
}

// isProgramme reports whether a country is in one of the regions of UNECE's programme
// countries.
func (q *inquiry) isProgramme(id string) bool {
	c, _ := q.vocabulary.Country(id)
	return len(c.Groups) > 0
}

// isExample reports whether words before the hit make the country an example, a host or a
// donor: "as in Georgia", "по опыту Грузии".
func (s statement) isExample(h lexicon.Hit) bool {
	const reach = 6 // words
	from := max(0, h.Token-reach)
	start := max(s.Start, s.Scan.Tokens[from].Start)
	return s.cuedWithin("example", start, h.Start) || s.cuedWithin("colleagues", start, h.Start) && !s.cuedStrongly("joint")
}

// isBackground reports whether the statement is about the past, about others, or about what is
// not requested.
func (s statement) isBackground() bool {
	if s.cued("outsider") {
		return true
	}
	switch s.act {
	case "past_cooperation", "other_country_example", "other_donor_pays", "not_asked", "thanks":
		return !s.asking()
	}
	return false
}

// setsAside reports whether the statement is only about what is not part of the request.
func (s statement) setsAside() bool {
	return (s.cued("outsider") || s.act == "not_asked") && !s.asking()
}

// takeCountries decides which countries benefit, unless the request is for a region.
func (q *inquiry) takeCountries(home *ranking, senders []string, named naming) {
	if q.givesOnly(senders, named) {
		senders = nil
	}
	together := slices.Clone(senders)
	for _, id := range named.together.ids() {
		if !slices.Contains(together, id) {
			together = append(together, id)
		}
	}
	all := merged(home, named.all)
	switch ids := named.all.ids(); {
	case len(senders) > 1 || len(named.together.scores) > 0 && len(together) > 1:
		for _, id := range together {
			q.addCountry(id, all)
		}
	case len(senders) == 1:
		q.addCountry(senders[0], all)
	case len(ids) > 0:
		q.addCountry(ids[0], named.all)
		switch {
		case len(ids) > 1 && named.all.scores[ids[1]] > asLikely*named.all.scores[ids[0]]:
			q.doubt(intake.FieldCountries, intake.Remark{ID: "doubt.several_states"}, ids...)
		case !q.isProgramme(ids[0]):
			q.doubt(intake.FieldCountries, intake.Remark{ID: "doubt.state_named"}, ids...)
		}
	default:
		q.doubt(intake.FieldCountries, intake.Remark{ID: "doubt.no_state"})
	}
}

// givesOnly reports whether the sender's country is a donor that writes on behalf of others:
// it is not a programme country, no sentence names it, and several others are named together.
func (q *inquiry) givesOnly(senders []string, named naming) bool {
	return len(senders) == 1 && !q.isProgramme(senders[0]) && named.all.scores[senders[0]] == 0 &&
		len(named.together.scores) > 1 && named.together.scores[senders[0]] == 0
}

// senders returns the country that the letter comes from; two if its head names both side by
// side as its senders, none if the indications are too weak.
func senders(home *ranking) []string {
	ids := home.ids()
	switch {
	case len(ids) == 0 || home.scores[ids[0]] < homeThreshold:
		return nil
	case len(ids) > 1 && sideBySide(home.cites[ids[0]], home.cites[ids[1]]):
		return ids[:2]
	}
	return ids[:1]
}

// sideBySide reports whether two countries are named close together in the head of a letter.
func sideBySide(a, b []weightedEvidence) bool {
	const near = 40 // bytes between the names
	for _, x := range a {
		for _, y := range b {
			gap := max(x.Start-y.End, y.Start-x.End)
			if x.weight >= homeByName && y.weight >= homeByName && x.Source != "" && x.Source == y.Source && gap >= 0 && gap <= near {
				return true
			}
		}
	}
	return false
}

func (q *inquiry) addCountry(id string, k *ranking) {
	q.reading.Request.Countries = append(q.reading.Request.Countries, id)
	for _, e := range k.best(id, 2) {
		if e.Source != "" {
			q.cite(e)
		}
	}
}

// doubtTerritories adds a doubt for a place that is not a country by ISO 3166-1, so that a
// person decides.
func (q *inquiry) doubtTerritories() {
	for _, src := range q.letter.Sources {
		if src.Standing == letter.StandingAnnex {
			continue
		}
		for _, h := range src.Scan.Hits {
			if h.Class == lexicon.ClassTerritory && src.PartAt(h.Start) != letter.PartIgnored {
				q.doubtTerritory(h.Senses[0].ID)
				return
			}
		}
	}
	if id := q.vocabulary.TerritoryOfDomain(intake.DomainOf(q.message.From.Address)); id != "" {
		q.doubtTerritory(id)
	}
}

func (q *inquiry) doubtTerritory(id string) {
	reason := intake.Remark{ID: "doubt.territory", Args: map[string]string{"territory": id}}
	q.doubt(intake.FieldCountries, reason, q.reading.Request.Countries...)
}
