package what

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// multiSectoral is the division responsible for requests that no sector leads.
const multiSectoral = "technical-cooperation"

// Coordination is the theme of a request without a specific subject.
const Coordination = "technical-cooperation-coordination"

// How the views of the subject are combined: the exponents of the share of the terms, of the
// model of terms and of the model of words, and the factors. All are fitted to labelled letters.
const (
	powerOfTerms   = 0.45
	powerOfSigns   = 0.5
	powerOfWords   = 0.75
	fieldOfSender  = 4.0 // factor for a theme in the field of the sending authority
	fieldOfSeveral = 2.7 // factor for a multi-sectoral theme if the letter mentions several sectors
)

// negligible is the probability below which a theme without terms is dropped.
const negligible = 1e-3

// Smoothing terms of the views: a view may miss a theme, but must never rule it out.
const (
	leastByTerms = 0.01
	leastByModel = 0.003
)

// mostThemes is the maximum number of themes of a request.
const mostThemes = 3

const (
	secondTheme     = 0.8  // minimum score of a second theme, relative to the main one
	secondByTerms   = 0.7  // minimum weight of terms of a second theme with plenty of them, relative to the main one
	plentyOfTerms   = 1.3  // weight of terms that counts as plenty
	repeatedTerm    = 0.5  // factor for each repetition of a term
	clearLead       = 2    // how much likelier than all others together a division must be to leave no doubt
	themeOfRelated  = 0.5  // factor for each further theme of an instrument
	leastThemeScore = 0.2  // weight of terms below which the subject is determined by words alone
	leastByWords    = 0.15 // minimum probability for that
	plainTerm       = 0.5  // minimum weight of a term that names a field rather than hints at it
	heardInLetter   = 0.3  // minimum weight of a statement that represents the letter
)

// readThemes scores the themes by their terms, by the instruments named, and by the models for
// terms and words, and determines each division's share in the subject.
func (q *inquiry) readThemes() {
	q.markCalled()
	terms := q.weighThemes()
	k := q.scoreThemes(terms)
	yieldToNamed(k, terms)
	likeliest, named := k.ids()[0], terms.ids()
	told := likeliest != Coordination && k.scores[likeliest] >= leastByWords
	if !told && (len(named) == 0 || terms.scores[named[0]] < leastThemeScore) {
		q.reading.Request.Themes = []string{Coordination}
		q.doubt(intake.FieldThemes, intake.Remark{ID: "doubt.no_subject"}, named...)
		return
	}
	if q.severalSectors(k, terms) {
		q.listSectors()
		q.takeTheme(q.coordinating(k), terms)
	} else {
		q.takeThemes(k, terms)
		q.takeCalled(terms)
	}
	q.shareSubjects(k, terms)
}

// yieldToNamed sets the score of Coordination to 0 if the terms of another theme have at least
// the same weight.
func yieldToNamed(k, terms *ranking) {
	if ids := terms.ids(); len(ids) > 0 && ids[0] != Coordination && terms.scores[ids[0]] >= leastThemeScore {
		k.scores[Coordination] = 0
	}
}

// takeThemes takes the best theme, and a second one if it is nearly as good by score, or has
// plenty of terms. Coordination is never the second theme, nor is one that the best covers.
func (q *inquiry) takeThemes(k, terms *ranking) {
	ids := k.ids()
	main := ids[0]
	q.takeTheme(main, terms)
	lead, _ := q.vocabulary.Theme(main)
	for _, id := range ids[1:min(mostThemes, len(ids))] {
		if id == Coordination || slices.Contains(lead.Covers, id) {
			continue
		}
		plenty := terms.scores[id] >= plentyOfTerms && terms.scores[id] >= secondByTerms*terms.scores[main]
		if k.scores[id] >= secondTheme*k.scores[main] || plenty && q.askedThemes[id] {
			q.takeTheme(id, terms)
			break
		}
	}
	if len(q.reading.Request.Themes) == 1 {
		q.takeJoined(lead, terms)
	}
	q.doubtDivision(k, main)
}

const (
	joinedWithin = 2   // maximum number of words between two topics of one request
	onlyTopics   = 0.9 // minimum share of all terms for two topics to be the only ones
)

// takeJoined adds the theme that a request names together with the main one ("a training on
// road safety and customs"), if the letter is about nothing else. Longer letters often join
// topics that are only mentioned to the main theme.
func (q *inquiry) takeJoined(lead lexicon.Theme, terms *ranking) {
	for _, s := range q.statements {
		if s.asked < askedByVerb || s.isTitle() {
			continue
		}
		topics := s.hits(lexicon.ClassTheme)
		for i := 1; i < len(topics); i++ {
			a, b := topics[i-1], topics[i]
			if b.Token-a.Token-a.N > joinedWithin || !s.cuedWithin("and", a.End, b.Start) {
				continue
			}
			other := otherTopic(lead.ID, a, b)
			if other == "" || other == Coordination || slices.Contains(lead.Covers, other) {
				continue
			}
			if terms.scores[lead.ID]+terms.scores[other] >= onlyTopics*terms.total() {
				q.takeTheme(other, terms)
				return
			}
		}
	}
}

// otherTopic returns the theme of one of two terms if the other is of the main theme; "" if
// neither is, both are, or the other term has several themes.
func otherTopic(main string, a, b lexicon.Hit) string {
	if a.Has(main) {
		a, b = b, a
	}
	if !b.Has(main) || a.Has(main) || len(a.Senses) > 1 {
		return ""
	}
	return a.Senses[0].ID
}

// doubtDivision adds a doubt if the division of the main theme is not much likelier than all
// others together. Which theme within a division is the main one matters little.
func (q *inquiry) doubtDivision(k *ranking, main string) {
	own, others, next := 0.0, 0.0, ""
	lead, _ := q.vocabulary.Theme(main)
	for _, id := range k.ids() {
		theme, _ := q.vocabulary.Theme(id)
		switch {
		case theme.Division == lead.Division:
			own += k.scores[id]
		case next == "":
			next = id
			fallthrough
		default:
			others += k.scores[id]
		}
	}
	if own < clearLead*others {
		q.doubt(intake.FieldThemes, intake.Remark{ID: "doubt.other_theme"}, main, next)
	}
}

func (q *inquiry) takeTheme(id string, terms *ranking) {
	q.reading.Request.Themes = append(q.reading.Request.Themes, id)
	cites := terms.best(id, 3)
	for _, e := range cites {
		q.cite(e)
	}
	if len(cites) == 0 && id != Coordination {
		q.citeWords(id)
	}
}

// citeWords cites the statement whose words are the strongest evidence for a theme.
func (q *inquiry) citeWords(id string) {
	var best intake.Evidence
	top := 0.0
	for _, s := range q.statements {
		words := WordsOfSubject(s.Text, s.Scan.TokensIn(s.Start, s.End))
		if s.weight < heardInLetter {
			continue
		}
		if p := s.weight * q.weighing.words.Read(words).Of(id); p > top {
			best, top = s.Evidence(intake.FieldThemes, id, s.Start, s.End), p
		}
	}
	if top > 0 {
		q.cite(best)
	}
}

// scoreThemes returns the probability of each theme. A theme without terms in the letter may
// still be recognised by its words.
func (q *inquiry) scoreThemes(terms *ranking) *ranking {
	bySigns, byWords := q.viewsOfLetter()
	authorities, several, total := q.authorities(), q.joinsSectors(), max(terms.total(), leastThemeScore)
	chances, sum := make([]float64, len(q.vocabulary.Themes)), 0.0
	for i := range q.vocabulary.Themes {
		theme := &q.vocabulary.Themes[i]
		p := shareOfTerms(terms.scores[theme.ID]/total) *
			math.Pow(leastByModel+bySigns.Of(theme.ID), powerOfSigns) *
			math.Pow(leastByModel+byWords.Of(theme.ID), powerOfWords)
		if authorities[theme.Division] {
			p *= fieldOfSender
		}
		if several && theme.Division == multiSectoral {
			p *= fieldOfSeveral
		}
		chances[i] = p
		sum += p
	}
	k := newRanking()
	for i, p := range chances {
		id := q.vocabulary.Themes[i].ID
		if p /= sum; p >= negligible || terms.scores[id] != 0 {
			k.scores[id] = p
		}
	}
	k.cites = terms.cites
	return k
}

// shareOfTerms returns the factor for a theme's share of the terms; 0 is the most frequent
// share, and precomputed.
func shareOfTerms(share float64) float64 {
	if share == 0 {
		return withoutTerms
	}
	return math.Pow(leastByTerms+share, powerOfTerms)
}

var withoutTerms = math.Pow(leastByTerms, powerOfTerms)

// viewsOfLetter returns the models' results for the terms and the words of all statements with
// enough weight.
func (q *inquiry) viewsOfLetter() (bySigns, byWords learned.Verdict) {
	var hits []lexicon.Hit
	var words strings.Builder
	for _, s := range q.statements {
		if s.weight >= heardInLetter {
			hits = append(hits, lexicon.HitsIn(s.Scan.Hits, s.Start, s.End)...)
			words.WriteString(WordsOfSubject(s.Text, s.Scan.TokensIn(s.Start, s.End)))
		}
	}
	return q.weighing.subjects.Read("", SignsOfThemes(q.vocabulary, hits)...), q.weighing.words.Read(words.String())
}

// authorities returns the divisions responsible for the field of the sending authority, as
// named in the head and the signature of the letter.
func (q *inquiry) authorities() map[string]bool {
	src := q.letter.Main
	divisions := map[string]bool{}
	for _, x := range src.Runs(func(p letter.Part) bool { return p == letter.PartLetterhead || p == letter.PartSignature }) {
		for _, h := range lexicon.HitsIn(src.Scan.Hits, x.Start, x.End) {
			if h.Class == lexicon.ClassAuthority {
				divisions[h.Senses[0].ID] = true
			}
		}
	}
	return divisions
}

// weighThemes adds up the weights of the terms in all statements. Each repetition of a term
// counts less.
func (q *inquiry) weighThemes() *ranking {
	k := newRanking()
	seen := map[string]float64{}
	q.askedThemes = map[string]bool{}
	for _, s := range q.statements {
		for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
			for id, weight := range q.themesOf(h) {
				term := id + " " + s.Folded(h.Start, h.End)
				fresh, ok := seen[term]
				if !ok {
					fresh = 1
				}
				seen[term] = fresh * repeatedTerm
				k.add(id, s.weight*weight*fresh, s.cite(intake.FieldThemes, id, h))
				q.askedThemes[id] = q.askedThemes[id] || s.asking()
			}
		}
	}
	return k
}

// themesOf returns the themes that a hit indicates, with their weights.
func (q *inquiry) themesOf(h lexicon.Hit) map[string]float64 {
	if h.Class != lexicon.ClassTheme && h.Class != lexicon.ClassInstrument {
		return nil
	}
	themes := map[string]float64{}
	for _, sense := range h.Senses {
		switch h.Class {
		case lexicon.ClassTheme:
			themes[sense.ID] += sense.Weight / float64(len(h.Senses))
		case lexicon.ClassInstrument:
			instrument, _ := q.vocabulary.Instrument(sense.ID)
			weight := sense.Weight
			for _, id := range instrument.Themes {
				themes[id] += weight / float64(len(h.Senses))
				weight *= themeOfRelated
			}
		}
	}
	return themes
}

// shareByTerms is the weight of the terms in a division's share of the subject; the rest is
// the probability of its themes, which favours a single leader.
const shareByTerms = 0.75

// leastOfSubject is the minimum probability of a theme without terms to be part of the
// subject.
const leastOfSubject = 0.02

// shareSubjects sets each division's share of the subject. Coordination is included only if it
// is the main theme, since words such as "your Regional Adviser" occur in requests of every
// field.
func (q *inquiry) shareSubjects(k, terms *ranking) {
	byDivision, sum := map[string]*intake.Subject{}, 0.0
	counted := max(terms.total(), leastThemeScore)
	for _, id := range k.ids() {
		slight := k.scores[id] < leastOfSubject && terms.scores[id] == 0
		if slight || id == Coordination && q.reading.Request.Themes[0] != Coordination {
			continue
		}
		theme, _ := q.vocabulary.Theme(id)
		subject := byDivision[theme.Division]
		if subject == nil {
			subject = &intake.Subject{Division: theme.Division}
			byDivision[theme.Division] = subject
		}
		share := shareByTerms*terms.scores[id]/counted + (1-shareByTerms)*k.scores[id]
		subject.Themes = append(subject.Themes, id)
		subject.Weight += share
		subject.Asked = subject.Asked || q.askedThemes[id]
		sum += share
	}
	for division := range q.called {
		if byDivision[division] == nil {
			byDivision[division] = &intake.Subject{Division: division}
		}
		byDivision[division].Called = true
	}
	for division := range q.listed {
		if byDivision[division] != nil {
			byDivision[division].Called = true
		}
	}
	for _, division := range slices.Sorted(maps.Keys(byDivision)) {
		subject := *byDivision[division]
		subject.Weight /= sum
		q.reading.Request.Subjects = append(q.reading.Request.Subjects, subject)
	}
	slices.SortStableFunc(q.reading.Request.Subjects, func(a, b intake.Subject) int { return cmp.Compare(b.Weight, a.Weight) })
}
