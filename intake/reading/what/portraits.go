package what

import (
	"slices"
	"strconv"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// groupsOfWords are the words under together in described.yaml: for an instrument,
// groups of words by language.
type groupsOfWords map[string][]map[string][]string

// portraits are groups of words that mean an instrument where a word of each
// stands in the same place.
type portraits struct {
	words  *lexicon.Terms      // of all groups, by the id of the group
	groups map[string][]string // ids of the groups of an instrument
}

func (g groupsOfWords) compile() (portraits, error) {
	p := portraits{groups: map[string][]string{}}
	phrases := lexicon.Phrases{}
	for id, groups := range g {
		for n, words := range groups {
			group := id + " " + strconv.Itoa(n)
			phrases[group] = words
			p.groups[id] = append(p.groups[id], group)
		}
	}
	var err error
	p.words, err = phrases.Compile()
	return p, err
}

// recogniseInstruments adds those of the instruments of which a portrait stands
// within a sentence, or within it and the one before.
func (q *inquiry) recogniseInstruments(k *ranking, unnamed []lexicon.Instrument) {
	p := &q.descriptions.portraits
	unnamed = slices.DeleteFunc(slices.Clone(unnamed), func(i lexicon.Instrument) bool { return p.groups[i.ID] == nil })
	if len(unnamed) == 0 {
		return
	}
	found := map[*letter.Source][]lexicon.Hit{}
	for _, src := range q.letter.Sources {
		found[src] = p.words.Find(src.Scan)
	}
	for n, s := range q.statements {
		all := found[s.Source]
		if len(lexicon.HitsIn(all, s.Start, s.End)) == 0 || s.Standing == letter.StandingAnnex || s.isBackground() || s.setsAside() {
			continue
		}
		hits := lexicon.HitsIn(all, q.startOfThought(n), s.End)
		for _, instrument := range unnamed {
			if x, ok := p.of(instrument.ID, hits); ok && x.End > s.Start {
				k.add(instrument.ID, max(s.weight, describedShare), s.Evidence(intake.FieldInstruments, instrument.ID, x.Start, x.End))
			}
		}
	}
}

// startOfThought is where the sentence before the n-th statement begins; where the
// statement itself does if that sentence is of another text, or sets something aside.
func (q *inquiry) startOfThought(n int) int {
	s := q.statements[n]
	if n == 0 {
		return s.Start
	}
	before := q.statements[n-1]
	if before.Source != s.Source || before.isBackground() || before.setsAside() {
		return s.Start
	}
	return before.Start
}

// of returns where a word of each group of an instrument stands among hits.
func (p *portraits) of(id string, hits []lexicon.Hit) (letter.Stretch, bool) {
	var x letter.Stretch
	for _, group := range p.groups[id] {
		last := len(hits) - 1
		for last >= 0 && !hits[last].Has(group) {
			last--
		}
		if last < 0 {
			return letter.Stretch{}, false
		}
		if x.End == 0 || hits[last].Start < x.Start {
			x.Start = hits[last].Start
		}
		x.End = max(x.End, hits[last].End)
	}
	return x, x.End > 0
}
