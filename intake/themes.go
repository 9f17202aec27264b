package intake

import (
	"maps"
	"slices"

	"verbale/intake/lexicon"
)

// multiSectoral is the division that takes what no sector leads.
const multiSectoral = "technical-cooperation"

// coordination is the theme of a request that names no subject.
const coordination = "technical-cooperation-coordination"

const (
	secondTheme     = 0.8  // share of the main theme's score from which another one is named too
	repeatedTerm    = 0.5  // what each repetition of a term counts against the one before
	clearLead       = 1.25 // how much heavier than the next a theme must be to stand without doubt
	themeOfRelated  = 0.5  // what a further theme of an instrument counts
	leastThemeScore = 0.25 // weight of terms below which no subject was read
	modelOfAsk      = 0.5  // what the model's view of the ask counts against the share of terms
	modelOfLetter   = 0.5  // what its view of the whole letter counts
	heardInLetter   = 0.3  // weight from which a statement speaks for the whole letter
)

// readThemes weighs the themes by their terms, by the instruments named and by
// what the model makes of them, and tells which divisions share in the subject.
func (q *inquiry) readThemes() {
	terms := q.weighThemes()
	ids := terms.ids()
	if len(ids) == 0 || terms.scores[ids[0]] < leastThemeScore {
		q.reading.Request.Themes = []string{coordination}
		q.doubt(FieldThemes, "no subject was recognised", ids...)
		return
	}
	k := q.scoreThemes(terms)
	ids = k.ids()
	for _, id := range ids[:min(2, len(ids))] {
		if k.scores[id] >= secondTheme*k.scores[ids[0]] {
			q.reading.Request.Themes = append(q.reading.Request.Themes, id)
			for _, e := range terms.best(id, 3) {
				q.cite(e)
			}
		}
	}
	if len(ids) > 1 && k.scores[ids[0]] < clearLead*k.scores[ids[1]] {
		q.doubt(FieldThemes, "two themes are about as strong in the letter", ids[0], ids[1])
	}
	q.shareSubjects(k)
}

// scoreThemes blends the shares of the terms with the probabilities of the
// model; a theme without a single term has no score.
func (q *inquiry) scoreThemes(terms *ranking) *ranking {
	var asked, heard []lexicon.Hit
	for _, s := range q.statements {
		hits := hitsWithin(s.scan.Hits, s.start, s.end)
		if s.asking() {
			asked = append(asked, hits...)
		}
		if s.weight >= heardInLetter {
			heard = append(heard, hits...)
		}
	}
	model := q.weighing.subjects
	ofAsk, ofLetter := model.Scores("", signsOfThemes(q.vocabulary, asked)...), model.Scores("", signsOfThemes(q.vocabulary, heard)...)
	total := 0.0
	for _, w := range terms.scores {
		total += w
	}
	k := newRanking()
	for id, w := range terms.scores {
		k.scores[id] = w / total
		if i := model.Index(id); i >= 0 {
			k.scores[id] += modelOfAsk*float64(ofAsk[i]) + modelOfLetter*float64(ofLetter[i])
		}
	}
	k.cites = terms.cites
	return k
}

// weighThemes adds up the terms of all statements. A term that comes again
// counts less each time.
func (q *inquiry) weighThemes() *ranking {
	k := newRanking()
	seen := map[string]float64{}
	for _, s := range q.statements {
		for _, h := range hitsWithin(s.scan.Hits, s.start, s.end) {
			for id, weight := range q.themesOf(h) {
				term := id + " " + s.folded(h.Start, h.End)
				fresh, ok := seen[term]
				if !ok {
					fresh = 1
				}
				seen[term] = fresh * repeatedTerm
				k.add(id, s.weight*weight*fresh, s.cite(FieldThemes, id, h))
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

// shareSubjects fills in the share of each division in the subject.
func (q *inquiry) shareSubjects(k *ranking) {
	total := 0.0
	byDivision := map[string]*Subject{}
	for _, id := range k.ids() {
		theme, ok := q.vocabulary.Theme(id)
		if !ok {
			continue
		}
		subject := byDivision[theme.Division]
		if subject == nil {
			subject = &Subject{Division: theme.Division}
			byDivision[theme.Division] = subject
		}
		subject.Themes = append(subject.Themes, id)
		subject.Weight += k.scores[id]
		subject.Asked = subject.Asked || q.askedFor(k.cites[id])
		total += k.scores[id]
	}
	for _, division := range slices.Sorted(maps.Keys(byDivision)) {
		subject := *byDivision[division]
		subject.Weight /= total
		q.reading.Request.Subjects = append(q.reading.Request.Subjects, subject)
	}
	slices.SortStableFunc(q.reading.Request.Subjects, func(a, b Subject) int {
		if a.Weight > b.Weight {
			return -1
		}
		return 1
	})
}

// askedFor reports whether any of the words stand in a sentence that asks.
func (q *inquiry) askedFor(cites []weightedEvidence) bool {
	for _, c := range cites {
		for _, s := range q.statements {
			if s.name == c.Source && s.start <= c.Start && c.End <= s.end && s.asking() {
				return true
			}
		}
	}
	return false
}
