package what

import (
	"cmp"
	"maps"
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// multiSectoral is the division that takes what no sector leads.
const multiSectoral = "technical-cooperation"

// Coordination is the theme of a request that names no subject.
const Coordination = "technical-cooperation-coordination"

const (
	secondTheme     = 0.9  // share of the main theme's score from which another one is named too
	secondByTerms   = 0.7  // share of its terms from which one is named too that has plenty of them
	plentyOfTerms   = 1.3  // weight of terms that is plenty
	repeatedTerm    = 0.5  // what each repetition of a term counts against the one before
	clearLead       = 1.25 // how much heavier than the next a theme must be to stand without doubt
	themeOfRelated  = 0.5  // what a further theme of an instrument counts
	leastThemeScore = 0.2  // weight of terms below which no subject was read
	modelOfAsk      = 0.5  // what the model's view of the ask counts against the share of terms
	modelOfLetter   = 0.5  // what its view of the whole letter counts
	fieldOfSender   = 1.15 // how much likelier a theme is that lies in the field of the authority that writes
	fieldOfSeveral  = 1.4  // how much likelier one of the coordinating unit is where the letter speaks of several sectors
	plainTerm       = 0.5  // weight of a term from which it names a field rather than hints at it
	heardInLetter   = 0.3  // weight from which a statement speaks for the whole letter
)

// readThemes weighs the themes by their terms, by the instruments named and by
// what the model makes of them, and tells which divisions share in the subject.
func (q *inquiry) readThemes() {
	terms := q.weighThemes()
	ids := terms.ids()
	if len(ids) == 0 || terms.scores[ids[0]] < leastThemeScore {
		q.reading.Request.Themes = []string{Coordination}
		q.doubt(intake.FieldThemes, "no subject was recognised", ids...)
		return
	}
	k := q.scoreThemes(terms)
	if q.severalSectors() {
		q.takeTheme(q.coordinating(k), terms)
	} else {
		q.takeThemes(k, terms)
	}
	q.shareSubjects(k, terms)
}

// takeThemes takes the heaviest theme, and the next where it is about as
// heavy: by its score, or by terms that it has in plenty. The theme of
// requests without a subject joins no other.
func (q *inquiry) takeThemes(k, terms *ranking) {
	ids := k.ids()
	main := ids[0]
	q.takeTheme(main, terms)
	for _, id := range ids[1:min(3, len(ids))] {
		if id == Coordination {
			continue
		}
		plenty := terms.scores[id] >= plentyOfTerms && terms.scores[id] >= secondByTerms*terms.scores[main]
		if k.scores[id] >= secondTheme*k.scores[main] || plenty && q.askedThemes[id] {
			q.takeTheme(id, terms)
			break
		}
	}
	if len(ids) > 1 && k.scores[main] < clearLead*k.scores[ids[1]] && !q.sameDivision(main, ids[1]) {
		q.doubt(intake.FieldThemes, "themes of two divisions are about as strong in the letter", main, ids[1])
	}
}

// sameDivision reports whether one division owns both themes, so that it
// matters little which of them leads.
func (q *inquiry) sameDivision(a, b string) bool {
	first, _ := q.vocabulary.Theme(a)
	second, _ := q.vocabulary.Theme(b)
	return first.Division == second.Division
}

func (q *inquiry) takeTheme(id string, terms *ranking) {
	q.reading.Request.Themes = append(q.reading.Request.Themes, id)
	for _, e := range terms.best(id, 3) {
		q.cite(e)
	}
}

// How many divisions one sentence must ask to help at once for the request to
// be of several sectors without a leading one: by terms that name their
// fields, or by any words at all.
const (
	sectorsNamed  = 3
	sectorsHinted = 4
)

// severalSectors reports whether one sentence asks for help in the fields of
// several divisions.
func (q *inquiry) severalSectors() bool {
	for _, s := range q.statements {
		if s.asked < 0.5 || s.isTitle() {
			continue
		}
		named, hinted := q.divisionsIn(s)
		if named >= sectorsNamed || hinted >= sectorsHinted {
			return true
		}
	}
	return false
}

// divisionsIn counts the divisions whose fields a sentence names, and those
// that it hints at.
func (q *inquiry) divisionsIn(s statement) (named, hinted int) {
	weights := map[string]float64{}
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		for id, weight := range q.themesOf(h) {
			if theme, _ := q.vocabulary.Theme(id); theme.Division != multiSectoral {
				weights[theme.Division] = max(weights[theme.Division], weight)
			}
		}
	}
	for _, weight := range weights {
		if weight >= plainTerm {
			named++
		}
	}
	return named, len(weights)
}

// coordinating returns the heaviest theme of the division that takes what no
// sector leads.
func (q *inquiry) coordinating(k *ranking) string {
	for _, id := range k.ids() {
		if theme, _ := q.vocabulary.Theme(id); theme.Division == multiSectoral {
			return id
		}
	}
	return Coordination
}

// scoreThemes blends the shares of the terms with the probabilities of the
// model; a theme without a single term has no score.
func (q *inquiry) scoreThemes(terms *ranking) *ranking {
	var asked, heard []lexicon.Hit
	for _, s := range q.statements {
		hits := lexicon.HitsIn(s.Scan.Hits, s.Start, s.End)
		if s.asking() {
			asked = append(asked, hits...)
		}
		if s.weight >= heardInLetter {
			heard = append(heard, hits...)
		}
	}
	model := q.weighing.subjects
	ofAsk, ofLetter := model.Scores("", SignsOfThemes(q.vocabulary, asked)...), model.Scores("", SignsOfThemes(q.vocabulary, heard)...)
	total := terms.total()
	k := newRanking()
	for id, w := range terms.scores {
		k.scores[id] = w / total
		if i := model.Index(id); i >= 0 {
			k.scores[id] += modelOfAsk*float64(ofAsk[i]) + modelOfLetter*float64(ofLetter[i])
		}
	}
	for id := range q.authorities() {
		q.favour(k, id, fieldOfSender)
	}
	if q.joinsSectors() {
		q.favour(k, multiSectoral, fieldOfSeveral)
	}
	k.cites = terms.cites
	return k
}

// joinsSectors reports whether the letter says in so many words that its
// subject belongs to several sectors at once.
func (q *inquiry) joinsSectors() bool {
	return slices.ContainsFunc(q.statements, func(s statement) bool {
		return s.Standing != letter.StandingAnnex && !s.isBackground() && s.cuedStrongly("several_sectors")
	})
}

// favour makes the themes of a division that have terms likelier by a factor.
func (q *inquiry) favour(k *ranking, division string, factor float64) {
	found, _ := q.vocabulary.Division(division)
	for _, theme := range found.Themes {
		if k.scores[theme] > 0 {
			k.scores[theme] *= factor
		}
	}
}

// authorities returns the divisions whose field is that of the authority that
// writes, by the head and the signature of the letter.
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

// weighThemes adds up the terms of all statements. A term that comes again
// counts less each time.
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

// themesOf returns the themes that a hit speaks for, with their weights.
func (q *inquiry) themesOf(h lexicon.Hit) map[string]float64 {
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

// shareSubjects fills in the share of each division in the subject: half by
// the terms alone, half by the scores of its themes.
func (q *inquiry) shareSubjects(k, terms *ranking) {
	byDivision := map[string]*intake.Subject{}
	scored, counted := k.total(), terms.total()
	for _, id := range k.ids() {
		theme, ok := q.vocabulary.Theme(id)
		if !ok {
			continue
		}
		subject := byDivision[theme.Division]
		if subject == nil {
			subject = &intake.Subject{Division: theme.Division}
			byDivision[theme.Division] = subject
		}
		subject.Themes = append(subject.Themes, id)
		subject.Weight += k.scores[id]/scored/2 + terms.scores[id]/counted/2
		subject.Asked = subject.Asked || q.askedThemes[id]
	}
	for _, division := range slices.Sorted(maps.Keys(byDivision)) {
		q.reading.Request.Subjects = append(q.reading.Request.Subjects, *byDivision[division])
	}
	slices.SortStableFunc(q.reading.Request.Subjects, func(a, b intake.Subject) int { return cmp.Compare(b.Weight, a.Weight) })
}
