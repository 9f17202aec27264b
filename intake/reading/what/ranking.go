package what

import (
	"cmp"
	"slices"

	"verbale/intake"
)

// A ranking accumulates scores and evidence for ids.
type ranking struct {
	scores map[string]float64
	cites  map[string][]weightedEvidence
}

type weightedEvidence struct {
	intake.Evidence
	weight float64
}

func newRanking() *ranking {
	return &ranking{scores: map[string]float64{}, cites: map[string][]weightedEvidence{}}
}

// add adds evidence with the given weight for an id.
func (k *ranking) add(id string, weight float64, e intake.Evidence) {
	if weight <= 0 {
		return
	}
	k.scores[id] += weight
	k.cites[id] = append(k.cites[id], weightedEvidence{e, weight})
}

// drop removes an id with all its evidence.
func (k *ranking) drop(id string) {
	delete(k.scores, id)
	delete(k.cites, id)
}

// ids returns the ids by descending score, then by name.
func (k *ranking) ids() []string {
	type scored struct {
		id    string
		score float64
	}
	all := make([]scored, 0, len(k.scores))
	for id, score := range k.scores {
		all = append(all, scored{id, score})
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.score == b.score {
			return cmp.Compare(a.id, b.id)
		}
		return cmp.Compare(b.score, a.score)
	})
	ids := make([]string, len(all))
	for i, s := range all {
		ids[i] = s.id
	}
	return ids
}

// total returns the sum of all scores. It adds them in the order of ids, so that rounding is
// deterministic.
func (k *ranking) total() float64 {
	sum := 0.0
	for _, id := range k.ids() {
		sum += k.scores[id]
	}
	return sum
}

// best returns up to n pieces of evidence for an id with the highest weights.
func (k *ranking) best(id string, n int) []intake.Evidence {
	cites := slices.Clone(k.cites[id])
	slices.SortStableFunc(cites, func(a, b weightedEvidence) int { return cmp.Compare(b.weight, a.weight) })
	var out []intake.Evidence
	for _, c := range cites[:min(n, len(cites))] {
		out = append(out, c.Evidence)
	}
	return out
}

// pourInto adds all evidence in k to another ranking.
func (k *ranking) pourInto(other *ranking) {
	for _, id := range k.ids() {
		for _, c := range k.cites[id] {
			other.add(id, c.weight, c.Evidence)
		}
	}
}

// merged returns the sum of two rankings.
func merged(a, b *ranking) *ranking {
	k := newRanking()
	a.pourInto(k)
	b.pourInto(k)
	return k
}
