package what

import (
	"slices"
	"strconv"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// groupsOfWords is the format of together in described.yaml: for each instrument, groups of
// words by language.
type groupsOfWords map[string][]map[string][]string

// portraits are groups of words that identify an instrument if a word of each group occurs in
// the same passage.
type portraits struct {
	words  *lexicon.Terms      // the words of all groups, by group id
	groups map[string][]string // group ids by instrument id
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

// recogniseInstruments adds those of the unnamed instruments whose portrait occurs within one
// sentence, or within it and the previous one.
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

// startOfThought returns the start of the sentence before the n-th statement; that of the
// statement itself if the sentence before belongs to another text or is not about the request.
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

// of returns the stretch that holds a word of each group of an instrument; ok is false if a
// group has no hit.
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
