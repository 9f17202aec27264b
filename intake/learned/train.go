package learned

import (
	"math"
	"math/rand/v2"
	"slices"
)

// An Example is a text, folded by the caller, and the class it belongs to.
type Example struct {
	Class string
	Text  string
	Signs []string // what the caller found in the text, such as the ids of terms
}

// Options control training. The zero value is not usable; start from Defaults.
type Options struct {
	Least   int     // minimum number of examples with a feature for it to be learned
	Epochs  int     // passes over the examples
	Rate    float64 // initial learning rate
	Decay   float64 // weight decay
	Balance float64 // weighting: 0 by example, 1 equal for all classes
}

// Defaults returns options suitable for some thousand sentences in a few dozen classes.
func Defaults() Options {
	return Options{Least: 3, Epochs: 10, Rate: 0.5, Decay: 1e-5, Balance: 0.5}
}

// Train fits a model to the examples. Its temperature is calibrated on a fifth of them, with
// a model trained on the rest.
func Train(examples []Example, o Options) *Model {
	seen, held := split(examples, 5)
	rehearsal := fit(seen, classesOf(examples), o)
	m := fit(examples, rehearsal.classes, o).quantise()
	m.temperature = temperatureFor(rehearsal.quantise(), held)
	return m
}

// split holds out every nth example.
func split(examples []Example, n int) (rest, held []Example) {
	for i, e := range examples {
		if i%n == n-1 {
			held = append(held, e)
		} else {
			rest = append(rest, e)
		}
	}
	return rest, held
}

func classesOf(examples []Example) []string {
	var classes []string
	for _, e := range examples {
		classes = append(classes, e.Class)
	}
	slices.Sort(classes)
	return slices.Compact(classes)
}

// A fitting is a model in training, in full precision.
type fitting struct {
	Options
	classes []string
	known   known
	bias    []float64
	weights []float64
	squares []float64 // sums of squared gradients (Adagrad)
}

// A sample is an example converted to rows of the weight table.
type sample struct {
	text, signs part
	class       int
	weight      float64
}

// A part of a sample holds the offsets of the rows of its known features, and the factor for
// their weights.
type part struct {
	rows []int
	norm float64
}

func fit(examples []Example, classes []string, o Options) *fitting {
	k := knownOf(examples, o.Least)
	n := k.size() * len(classes)
	f := &fitting{Options: o, classes: classes, known: k, bias: make([]float64, len(classes)),
		weights: make([]float64, n), squares: make([]float64, n)}
	samples := f.samples(examples)
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range o.Epochs {
		shuffle.Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
		for _, s := range samples {
			f.step(s)
		}
	}
	return f
}

func (f *fitting) samples(examples []Example) []sample {
	counts := make([]float64, len(f.classes))
	samples := make([]sample, len(examples))
	for i, e := range examples {
		class, _ := slices.BinarySearch(f.classes, e.Class)
		samples[i].class = class
		counts[class]++
		samples[i].text, samples[i].signs = f.partOf(features(nil, e.Text)), f.partOf(signFeatures(nil, e.Signs))
	}
	mean := float64(len(examples)) / float64(len(f.classes))
	for i := range samples {
		samples[i].weight = math.Pow(mean/counts[samples[i].class], f.Balance)
	}
	return samples
}

// partOf converts feature hashes into a part, overwriting them.
func (f *fitting) partOf(hashes []uint32) part {
	p := part{norm: float64(length(len(hashes)))}
	for _, number := range f.known.rows(hashes) {
		p.rows = append(p.rows, int(number)*len(f.classes))
	}
	return p
}

// step makes one gradient descent step on a sample's log loss.
func (f *fitting) step(s sample) {
	sums := make([]float64, len(f.classes))
	f.addRows(sums, s.text)
	f.addRows(sums, s.signs)
	scores := make([]float32, len(f.classes))
	for c := range scores {
		scores[c] = float32(sums[c] + f.bias[c])
	}
	softmax(scores, 1)
	gradients := sums
	for c := range gradients {
		gradients[c] = float64(scores[c])
		if c == s.class {
			gradients[c]--
		}
		gradients[c] *= s.weight
		f.bias[c] -= 0.01 * gradients[c]
	}
	f.move(s.text, gradients)
	f.move(s.signs, gradients)
}

// addRows adds the weights of a part's rows to the sums of the classes.
func (f *fitting) addRows(sums []float64, p part) {
	for _, row := range p.rows {
		for c, w := range f.weights[row : row+len(sums)] {
			sums[c] += w * p.norm
		}
	}
}

// move updates the weights of a part's rows, row by row for memory locality.
func (f *fitting) move(p part, gradients []float64) {
	for _, row := range p.rows {
		weights, squares := f.weights[row:row+len(gradients)], f.squares[row:row+len(gradients)]
		for c, gradient := range gradients {
			g := gradient*p.norm + f.Decay*weights[c]
			squares[c] += g * g
			weights[c] -= f.Rate * g / math.Sqrt(squares[c]+1e-4)
		}
	}
}

// quantise rounds the weights to one byte each. Negligible weights become zero, which makes
// the stored model compress well.
func (f *fitting) quantise() *Model {
	top := 0.0
	for _, w := range f.weights {
		top = max(top, math.Abs(w))
	}
	scale := max(top, 1e-9) / math.MaxInt8
	m := &Model{classes: f.classes, index: indexOf(f.classes), known: f.known, temperature: 1, scale: float32(scale), bias: make([]float32, len(f.bias))}
	for c, b := range f.bias {
		m.bias[c] = float32(b)
	}
	weights := make([]byte, len(f.weights))
	for i, w := range f.weights {
		weights[i] = byte(int8(math.Round(w / scale)))
	}
	m.rows = rowsOf(weights, len(f.classes))
	return m
}

// temperatureFor returns the temperature, out of small steps, with the lowest log loss on the
// held-out examples.
func temperatureFor(m *Model, held []Example) float64 {
	raw, right := make([]Scores, len(held)), make([]int, len(held))
	for i, e := range held {
		raw[i], right[i] = m.raw(e.Text, e.Signs), m.Index(e.Class)
	}
	best, least := 1.0, math.Inf(1)
	for t := 0.5; t <= 4; t += 0.05 {
		if loss := logLoss(raw, right, t); loss < least {
			best, least = t, loss
		}
	}
	return best
}

// logLoss returns the log loss of the correct classes under a temperature.
func logLoss(raw []Scores, right []int, temperature float64) (loss float64) {
	var scores Scores
	for i := range raw {
		scores = append(scores[:0], raw[i]...)
		softmax(scores, temperature)
		loss -= math.Log(float64(scores[right[i]]) + 1e-9)
	}
	return loss
}
