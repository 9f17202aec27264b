package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// colleaguesOf is the prefix of the ids of cues for a Division: its people (strong) or its
// field (weak). The id of the Division follows.
const colleaguesOf = "colleagues_"

// Maximum number of words between "your" and the organisation's staff, and between the staff
// and their field, or between one field and the next.
const (
	reachOfYour  = 4
	reachOfField = 4
)

// markCalled records the Divisions whose participation the letter asks for in addition to the
// leading one ("your energy colleagues should take part", "a chapter for your Statistics
// Division"). They have a share in the work even if the letter says little about their field.
func (q *inquiry) markCalled() {
	q.called = map[string][]int{}
	for i, s := range q.statements {
		if s.besideText() || s.isTitle() || s.isBackground() || s.holdsAct("ask.not") {
			continue
		}
		for _, division := range s.divisionsCalled() {
			q.called[division] = append(q.called[division], i)
		}
	}
}

// callsTogether returns the number of Divisions whose staff one sentence wants together.
func (q *inquiry) callsTogether() int {
	together, most := map[int]int{}, 0
	for _, calls := range q.called {
		for _, statement := range calls {
			together[statement]++
			most = max(most, together[statement])
		}
	}
	return most
}

// divisionsCalled returns the Divisions whose staff a sentence wants to take part in the work.
func (s statement) divisionsCalled() []string {
	named, fields := s.colleagues()
	joins := s.cued("calls_in")
	switch {
	case len(named) > 0 && (joins || s.asking()):
		return divisionsOf(named)
	case len(fields) > 0 && joins:
		return s.fieldsOfStaff(fields)
	}
	return nil
}

// A fieldHit is a word that names a Division, its people or its field.
type fieldHit struct {
	division string
	lexicon.Hit
}

// colleagues returns the words of a sentence that name Divisions or their staff, and those
// that name their fields.
func (s statement) colleagues() (named, fields []fieldHit) {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		if h.Class != lexicon.ClassCue {
			continue
		}
		for _, sense := range h.Senses {
			division, ok := strings.CutPrefix(sense.ID, colleaguesOf)
			switch {
			case !ok:
			case sense.Weight == 1:
				named = append(named, fieldHit{division, h})
			default:
				fields = append(fields, fieldHit{division, h})
			}
		}
	}
	return named, fields
}

// fieldsOfStaff returns the Divisions whose fields are named next to the organisation's staff:
// between "your" and the staff, or shortly after ("your specialists in energy, in forests and in
// transport").
func (s statement) fieldsOfStaff(fields []fieldHit) []string {
	var beside []fieldHit
	for _, staff := range s.hits(lexicon.ClassCue) {
		i := slices.IndexFunc(staff.Senses, func(x lexicon.Sense) bool { return x.ID == "house_staff" })
		if i < 0 {
			continue
		}
		from, ok := staff.Token, staff.Senses[i].Weight == 1
		if your, found := s.yourBefore(staff); found {
			from, ok = your, true
		}
		if !ok {
			continue
		}
		reach := staff.Token + staff.N + reachOfField
		for _, f := range fields {
			if f.Token >= from && f.Token < reach {
				beside = append(beside, f)
				reach = max(reach, f.Token+f.N+reachOfField)
			}
		}
	}
	return divisionsOf(beside)
}

// yourBefore returns the index of a "your" that makes the staff ours.
func (s statement) yourBefore(staff lexicon.Hit) (token int, found bool) {
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Token < staff.Token && staff.Token-h.Token <= reachOfYour && h.Has("yours") {
			token, found = h.Token, true
		}
	}
	return token, found
}

func divisionsOf(hits []fieldHit) (divisions []string) {
	for _, h := range hits {
		if !slices.Contains(divisions, h.division) {
			divisions = append(divisions, h.division)
		}
	}
	return divisions
}

// takeCalled adds, for each Division whose participation is asked for, the theme of that
// Division that the sentences are about, if there is one.
func (q *inquiry) takeCalled(terms *ranking) {
	lead, _ := q.vocabulary.Theme(q.reading.Request.Themes[0])
	for _, division := range q.vocabulary.Divisions {
		calls := q.called[division.ID]
		if division.ID == lead.Division || len(calls) == 0 {
			continue
		}
		theme := q.themeCalled(division, calls)
		if theme == "" || len(q.reading.Request.Themes) == mostThemes {
			continue
		}
		if !slices.Contains(q.reading.Request.Themes, theme) {
			q.takeTheme(theme, terms)
		}
		s := q.statements[calls[0]]
		q.cite(s.Evidence(intake.FieldThemes, theme, s.Start, s.End))
	}
}

// themeCalled returns the best theme of a Division in the sentences that ask for its
// participation; the sentences before them count half.
func (q *inquiry) themeCalled(division lexicon.Division, calls []int) (best string) {
	weights := map[string]float64{}
	for _, i := range calls {
		s := q.statements[i]
		q.addThemes(weights, s, 1)
		if i > 0 && q.statements[i-1].Source == s.Source {
			q.addThemes(weights, q.statements[i-1], beforeCall)
		}
		verdict := q.weighing.words.Read(WordsOfSubject(s.Text, s.Scan.TokensIn(s.Start, s.End)))
		for _, id := range division.Themes {
			weights[id] += verdict.Of(id)
		}
	}
	for _, id := range division.Themes {
		if weights[id] >= plainTerm && (best == "" || weights[id] > weights[best]) {
			best = id
		}
	}
	return best
}

// beforeCall is the factor for terms in the sentence before one that asks for a Division's
// participation.
const beforeCall = 0.5

// addThemes adds the weights of the terms in a statement, excluding words that name a
// Division.
func (q *inquiry) addThemes(weights map[string]float64, s statement, factor float64) {
	named, _ := s.colleagues()
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		if slices.ContainsFunc(named, func(n fieldHit) bool { return n.Start < h.End && h.Start < n.End }) {
			continue
		}
		for id, weight := range q.themesOf(h) {
			weights[id] += factor * weight
		}
	}
}
