package intake

import (
	"slices"
	"strings"

	"verbale/intake/lexicon"
)

// How strongly a sign shows the State from which a letter comes.
const (
	homeByInstitution = 4.0 // named in the name of the institution
	homeByName        = 3.0 // named in the letterhead or signature
	homeByGovernment  = 3.0 // a mail domain that governments use
	homeByEnding      = 2.0 // the top-level domain of an address
	homeBySupport     = 1.0 // a town, an adjective or an abbreviation
	homeThreshold     = 1.0
)

// readCountries finds the States that are to benefit: those named in the ask,
// or else the State from which the letter comes.
func (q *inquiry) readCountries() {
	home, named := q.homes(), q.namedCountries()
	region := q.regionAsked()
	req := q.reading.Request
	switch {
	case region.id != "":
		q.takeRegion(region)
	default:
		q.takeCountries(home, named)
	}
	slices.Sort(req.Countries)
	q.doubtTerritories()
	q.readScope(region)
}

// homes weighs the signs of the State from which the letter comes.
func (q *inquiry) homes() *ranking {
	k := newRanking()
	for i := range q.letter.sources {
		src := &q.letter.sources[i]
		if src.standing != standingAnnex && src.standing != standingSubject {
			q.homesInFrame(k, src)
		}
	}
	q.homesInInstitution(k)
	q.homesInAddresses(k)
	return k
}

// homesInFrame looks at what frames a letter: its head, signature and contact.
func (q *inquiry) homesInFrame(k *ranking, src *source) {
	standing := 1.0
	if src.standing == standingCover {
		standing = 0.5
	}
	for _, x := range src.runs(func(p part) bool {
		return p == partLetterhead || p == partDateline || p == partReference || p == partSignature || p == partContact || p == partClosing
	}) {
		for _, h := range hitsWithin(src.scan.Hits, x.start, x.end) {
			if w := homeWeight(h.Class); w > 0 {
				k.add(h.Senses[0].ID, w*standing, src.evidence(FieldCountries, h.Senses[0].ID, h.Start, h.End))
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

// homesInInstitution looks at the name of the requesting institution where it
// was found in the text.
func (q *inquiry) homesInInstitution(k *ranking) {
	for _, e := range q.reading.Evidence {
		if e.Field != FieldInstitution {
			continue
		}
		for i := range q.letter.sources {
			src := &q.letter.sources[i]
			if src.name != e.Source {
				continue
			}
			for _, h := range hitsWithin(src.scan.Hits, e.Start, e.End) {
				if w := homeWeight(h.Class); w > 0 {
					k.add(h.Senses[0].ID, w/homeByName*homeByInstitution, src.evidence(FieldCountries, h.Senses[0].ID, h.Start, h.End))
				}
			}
			break
		}
	}
}

// homesInAddresses looks at the mail domains of the sender and of the
// requester. A header is no text of the letter: what is cited for it is the
// address where it stands in the text, if it does.
func (q *inquiry) homesInAddresses(k *ranking) {
	addresses := []string{q.message.From.Address, q.reading.Request.Requester.Email, q.letter.sources[q.letter.main].author.Address}
	for _, a := range q.message.ReplyTo {
		addresses = append(addresses, a.Address)
	}
	seen := map[string]bool{}
	for _, address := range addresses {
		_, domain, _ := strings.Cut(address, "@")
		if domain == "" || seen[domain] {
			continue
		}
		seen[domain] = true
		if id, government := q.vocabulary.CountryOfDomain(domain); government {
			k.add(id, homeByGovernment, q.citeText(FieldCountries, id, address))
		} else if id != "" {
			k.add(id, homeByEnding, q.citeText(FieldCountries, id, address))
		}
	}
}

// citeText cites words that stand somewhere in the letter; the zero Evidence
// where they do not.
func (q *inquiry) citeText(f Field, value, words string) Evidence {
	for i := range q.letter.sources {
		if at := strings.Index(q.letter.sources[i].text, words); at >= 0 {
			return q.letter.sources[i].evidence(f, value, at, at+len(words))
		}
	}
	return Evidence{}
}

// A naming is what the letter's own sentences say about States.
type naming struct {
	all   *ranking // by how much their sentences count
	asked *ranking // in sentences that ask or name the topic
	joint bool     // several are said to act together
}

// namedCountries weighs the States that the sentences name. A State named as
// an example, as a donor or in the past counts little.
func (q *inquiry) namedCountries() naming {
	n := naming{all: newRanking(), asked: newRanking()}
	for _, s := range q.statements {
		if s.standing == standingAnnex {
			continue
		}
		n.joint = n.joint || s.cued("joint") && s.weight >= 0.3
		for _, h := range s.hits(lexicon.ClassCountry) {
			id := h.Senses[0].ID
			if s.isExample(h) {
				continue
			}
			n.all.add(id, s.weight, s.cite(FieldCountries, id, h))
			if s.asking() {
				n.asked.add(id, s.weight, s.cite(FieldCountries, id, h))
			}
		}
		for _, c := range []lexicon.Class{lexicon.ClassAdjective, lexicon.ClassCity} {
			for _, h := range s.hits(c) {
				n.all.add(h.Senses[0].ID, s.weight*0.3, s.cite(FieldCountries, h.Senses[0].ID, h))
			}
		}
	}
	return n
}

// isExample reports whether words before the hit make the State an example, a
// host or a donor: "as in Georgia", "по опыту Грузии".
func (s statement) isExample(h lexicon.Hit) bool {
	const reach = 6 // words
	from := max(0, h.Token-reach)
	start := max(s.start, s.scan.Tokens[from].Start)
	return s.scan.Cued("example", start, h.Start)
}

// takeCountries decides which States benefit, where no region is meant.
func (q *inquiry) takeCountries(home *ranking, named naming) {
	req := q.reading.Request
	sender := ""
	if ids := home.ids(); len(ids) > 0 && home.scores[ids[0]] >= homeThreshold {
		sender = ids[0]
	}
	if others := q.partnersInAsk(sender, named); len(others) > 0 {
		for _, id := range others {
			q.addCountry(id, named.all)
		}
		if sender != "" && !slices.Contains(req.Countries, sender) {
			q.addCountry(sender, home)
		}
		return
	}
	switch ids := named.all.ids(); {
	case sender != "":
		q.addCountry(sender, merged(home, named.all))
	case len(ids) > 0:
		q.addCountry(ids[0], named.all)
		if len(ids) > 1 && named.all.scores[ids[1]] > 0.7*named.all.scores[ids[0]] {
			q.doubt(FieldCountries, "the letter names several States and does not show which one asks", ids...)
		}
	default:
		q.doubt(FieldCountries, "no State is named, and the sender's address shows none")
	}
}

// partnersInAsk returns the States that ask together: named in the ask where
// the letter says that several act jointly.
func (q *inquiry) partnersInAsk(sender string, named naming) []string {
	if !named.joint {
		return nil
	}
	var ids []string
	for _, id := range named.all.ids() {
		if id == sender || named.all.scores[id] >= 0.5 {
			ids = append(ids, id)
		}
	}
	if len(ids) < 2 {
		return nil
	}
	return ids
}

func (q *inquiry) addCountry(id string, k *ranking) {
	q.reading.Request.Countries = append(q.reading.Request.Countries, id)
	for _, e := range k.best(id, 2) {
		if e.Source != "" {
			q.cite(e)
		}
	}
}

// merged adds up two rankings.
func merged(a, b *ranking) *ranking {
	k := newRanking()
	for _, r := range []*ranking{a, b} {
		for _, id := range r.ids() {
			for _, c := range r.cites[id] {
				k.add(id, c.weight, c.Evidence)
			}
		}
	}
	return k
}

// doubtTerritories hands a place that is no State by ISO 3166-1 to a person.
func (q *inquiry) doubtTerritories() {
	for i := range q.letter.sources {
		src := &q.letter.sources[i]
		if src.standing == standingAnnex {
			continue
		}
		for _, h := range src.scan.Hits {
			if h.Class == lexicon.ClassTerritory && src.partAt(h.Start) != partIgnored {
				q.doubtTerritory(h.Senses[0].ID)
				return
			}
		}
	}
	_, domain, _ := strings.Cut(q.message.From.Address, "@")
	if id := q.vocabulary.TerritoryOfDomain(domain); id != "" {
		q.doubtTerritory(id)
	}
}

func (q *inquiry) doubtTerritory(id string) {
	for _, t := range q.vocabulary.Territories {
		if t.ID == id {
			q.doubt(FieldCountries, "the letter speaks of "+t.Reference.En+"; a person decides", q.reading.Request.Countries...)
		}
	}
}
