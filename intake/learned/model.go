package learned

import (
	"math"
	"slices"
	"sync"
)

// A Model tells to which of its classes a text belongs. It is safe for
// concurrent use.
type Model struct {
	classes     []string
	bits        uint8     // the table has 1<<bits rows
	temperature float64   // divides the raw scores before they become probabilities
	scale       float32   // value of one unit of a stored weight
	bias        []float32 // by class
	rows        rows      // the weights
}

// Scores are the probabilities of a model's classes for one text, in the order
// of Model.Classes; they sum to one.
type Scores []float32

// Classes lists what the model tells apart. The caller must not change it.
func (m *Model) Classes() []string { return m.classes }

// Index returns the position of a class in Scores, or -1 where the model does
// not know it.
func (m *Model) Index(class string) int { return slices.Index(m.classes, class) }

// room holds the features of a text, and is kept for the next one.
var room = sync.Pool{New: func() any { return new([]uint32) }}

// Scores reads a text, which the caller has folded as the training examples
// were, and the signs found in it.
func (m *Model) Scores(folded string, signs ...string) Scores {
	hashes := room.Get().(*[]uint32)
	defer room.Put(hashes)
	*hashes = features((*hashes)[:0], folded)
	sums := m.sum(*hashes)
	if len(signs) > 0 {
		for c, s := range m.sum(signFeatures(signs)) {
			sums[c] += s
		}
	}
	for c := range sums {
		sums[c] += m.bias[c]
	}
	softmax(sums, m.temperature)
	return sums
}

// sum adds up the weights of features, by class.
func (m *Model) sum(hashes []uint32) Scores {
	units := m.rows.sum(hashes, 32-m.bits)
	norm := m.scale * length(len(hashes))
	sums := make(Scores, len(m.classes))
	for c := range sums {
		sums[c] = float32(units[c]) * norm
	}
	return sums
}

// length keeps long texts from being surer than short ones merely by having
// more words.
func length(features int) float32 {
	return float32(1 / math.Sqrt(float64(max(features, 1))))
}

// softmax turns raw scores into probabilities in place.
func softmax(scores []float32, temperature float64) {
	top, sum := slices.Max(scores), 0.0
	for c, s := range scores {
		e := math.Exp(float64(s-top) / temperature)
		scores[c] = float32(e)
		sum += e
	}
	for c := range scores {
		scores[c] = float32(float64(scores[c]) / sum)
	}
}
