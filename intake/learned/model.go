package learned

import (
	"math"
	"slices"
	"sync"
)

// A Model classifies texts. It is safe for concurrent use.
type Model struct {
	classes     []string
	index       map[string]int // position of each class
	temperature float64        // divides the raw scores before softmax
	scale       float32        // value of one unit of a stored weight
	bias        []float32      // by class
	known       known          // the features that have weights
	rows        rows           // the weights
}

// Scores are the probabilities of a model's classes for one text, in the order
// of Model.Classes; they sum to one.
type Scores []float32

// Classes returns the classes of the model. The caller must not change the slice.
func (m *Model) Classes() []string { return m.classes }

// Index returns the position of a class in Scores, or -1 if the model does not have it.
func (m *Model) Index(class string) int {
	if i, ok := m.index[class]; ok {
		return i
	}
	return -1
}

// indexOf maps classes to their positions.
func indexOf(classes []string) map[string]int {
	index := make(map[string]int, len(classes))
	for i, class := range classes {
		index[class] = i
	}
	return index
}

// A Verdict holds the scores of one text, accessible by class name.
type Verdict struct {
	model  *Model
	scores Scores
}

// Read returns the Scores of a text as a Verdict.
func (m *Model) Read(folded string, signs ...string) Verdict {
	return Verdict{m, m.Scores(folded, signs...)}
}

// Of returns the probability of a class; 0 if the model does not have it.
func (v Verdict) Of(class string) float64 {
	if i := v.model.Index(class); i >= 0 {
		return float64(v.scores[i])
	}
	return 0
}

// A buffers holds the features of a text and the sums of their weights, for reuse.
type buffers struct {
	hashes []uint32
	units  []int32
}

var bufferPool = sync.Pool{New: func() any { return new(buffers) }}

// Scores classifies a text, which must be folded as the training examples were, and the signs
// found in it.
func (m *Model) Scores(folded string, signs ...string) Scores {
	scores := m.raw(folded, signs)
	softmax(scores, m.temperature)
	return scores
}

// raw returns the scores before softmax.
func (m *Model) raw(folded string, signs []string) Scores {
	r := bufferPool.Get().(*buffers)
	defer bufferPool.Put(r)
	sums := make(Scores, len(m.classes))
	r.hashes = features(r.hashes[:0], folded)
	m.add(sums, r)
	if len(signs) > 0 {
		r.hashes = signFeatures(r.hashes[:0], signs)
		m.add(sums, r)
	}
	for c := range sums {
		sums[c] += m.bias[c]
	}
	return sums
}

// add adds the weights of the features in a room to the sums of the classes. Unknown features
// still count for the length of the text, as in training.
func (m *Model) add(sums Scores, r *buffers) {
	norm := m.scale * length(len(r.hashes))
	r.units = m.rows.sum(r.units[:0], m.known.rows(r.hashes))
	for c := range sums {
		sums[c] += float32(r.units[c]) * norm
	}
}

// length returns the factor that normalises for the number of features, so that long texts do
// not get higher confidence merely because of their length.
func length(features int) float32 {
	return float32(1 / math.Sqrt(float64(max(features, 1))))
}

// softmax converts raw scores into probabilities in place.
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
