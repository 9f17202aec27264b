package learned

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
)

// weather returns a small set of examples with two classes that share no word.
func weather() []Example {
	var examples []Example
	for _, text := range []string{"rain falls on the roof", "snow lies in the street", "a storm breaks the trees", "the fog hides the river", "hail hits the harvest"} {
		examples = append(examples, Example{Class: "weather", Text: text})
	}
	for _, text := range []string{"please send two experts", "we ask for a training", "could you review our law", "kindly organise a seminar", "просим провести семинар"} {
		examples = append(examples, Example{Class: "ask", Text: text})
	}
	return examples
}

func small() Options {
	o := Defaults()
	o.Least = 1
	return o
}

func (m *Model) best(text string) string {
	best, top := "", float32(0)
	for i, p := range m.Scores(text) {
		if p > top {
			best, top = m.classes[i], p
		}
	}
	return best
}

func TestModelTellsWhatItLearned(t *testing.T) {
	m := Train(weather(), small())
	for text, want := range map[string]string{
		"snow falls on the trees": "weather", "we ask two experts to review": "ask", "просим семинар": "ask",
	} {
		if got := m.best(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestScoresAreProbabilities(t *testing.T) {
	m := Train(weather(), small())
	for _, text := range []string{"", "?", "rain", strings.Repeat("words of no meaning ", 1000), "\xff\xfe", "Ω≈ç√"} {
		sum := 0.0
		for _, p := range m.Scores(text) {
			if p < 0 || p > 1 || math.IsNaN(float64(p)) {
				t.Fatalf("%.20q: probability %v", text, p)
			}
			sum += float64(p)
		}
		if math.Abs(sum-1) > 1e-5 {
			t.Errorf("%.20q: probabilities sum to %v", text, sum)
		}
	}
}

func TestTrainingIsRepeatable(t *testing.T) {
	first, err := Train(weather(), small()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	second, err := Train(weather(), small()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("two trainings on the same examples gave different models")
	}
}

func TestAStoredModelAnswersAsBefore(t *testing.T) {
	m := Train(weather(), small())
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range m.Scores("snow and experts") {
		if q := back.Scores("snow and experts")[i]; p != q {
			t.Errorf("class %s: %v before, %v after", m.classes[i], p, q)
		}
	}
}

func TestDamagedModelsAreRefused(t *testing.T) {
	m := Train(weather(), small())
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	short := *m
	short.rows.bytes = m.rows.bytes[:10]
	blank := *m
	blank.known = nil
	cold := *m
	cold.temperature = 0
	for name, damaged := range map[string][]byte{
		"empty": nil, "cut": data[:len(data)/2], "not a model": []byte("weights"),
		"too few weights": encoded(t, &short), "no temperature": encoded(t, &cold), "no features": encoded(t, &blank),
	} {
		if _, err := Decode(damaged); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func encoded(t *testing.T, m *Model) []byte {
	t.Helper()
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestInflectedWordsShareFeatures(t *testing.T) {
	seen := features(nil, "эксперта")
	shared := 0
	for _, h := range features(nil, "экспертами") {
		if slices.Contains(seen, h) {
			shared++
		}
	}
	if shared < 3 {
		t.Errorf("two forms of a word share %d features", shared)
	}
}

// Signs must distinguish classes whose words are the same.
func TestSignsWeighBesideWords(t *testing.T) {
	var examples []Example
	for range 10 {
		examples = append(examples,
			Example{Class: "water", Text: "we ask for a training", Signs: []string{"theme:water"}},
			Example{Class: "roads", Text: "we ask for a training", Signs: []string{"theme:roads"}})
	}
	m := Train(examples, small())
	for _, class := range m.Classes() {
		if p := m.Scores("we ask for a training", "theme:"+class)[m.Index(class)]; p < 0.8 {
			t.Errorf("with its sign %s has probability %.2f", class, p)
		}
	}
}

// The sums of a held-out example are computed once. The temperature chosen with them must be
// the one that scoring the example again at each temperature gives.
func TestTemperatureIsTheLeastSurprisingOne(t *testing.T) {
	examples := weather()
	for i := range 30 { // a third of them are of the class "ask"
		examples = append(examples, Example{Class: []string{"ask", "weather", "weather"}[i%3], Text: "please, the storm"})
	}
	seen, held := split(examples, 5)
	m := fit(seen, classesOf(examples), small()).quantise()
	m.scale *= 4 // more confident than it should be
	want, least := 0.0, math.Inf(1)
	for m.temperature = 0.5; m.temperature <= 4; m.temperature += 0.05 {
		loss := 0.0
		for _, e := range held {
			loss -= math.Log(float64(m.Scores(e.Text, e.Signs...)[m.Index(e.Class)]) + 1e-9)
		}
		if loss < least {
			want, least = m.temperature, loss
		}
	}
	if got := temperatureFor(m, held); got != want || got == 0.5 || got > 3.9 {
		t.Errorf("temperature %v, want %v", got, want)
	}
}

// Features that occur in too few examples are not learned, nor are those that occur in none.
func TestOnlyFeaturesOfEnoughExamplesAreKnown(t *testing.T) {
	examples := []Example{{Text: "rain rain"}, {Text: "rain snow"}, {Text: "snow", Signs: []string{"rain"}}, {Text: "hail"}}
	for text, want := range map[string]bool{"rain": true, "snow": true, "hail": false, "storm": false} {
		whole, _, _ := hashWord(text)
		if got := len(knownOf(examples, 2).rows([]uint32{mix(whole, 1)})) == 1; got != want {
			t.Errorf("%s is known: %v, want %v", text, got, want)
		}
	}
}

// Every known feature must have a row of its own, numbered in the order of the hashes, and
// none may be beyond the last row.
func TestKnownFeaturesAreNumberedWithoutGap(t *testing.T) {
	k := knownOf(weather(), 1)
	var hashes []uint32
	for in, s := range k {
		for bit := range uint32(1 << stretchBits) {
			if s.bits&(1<<bit) != 0 {
				hashes = append(hashes, (uint32(in)<<stretchBits|bit)<<(32-knownBits))
			}
		}
	}
	for i, row := range k.rows(hashes) {
		if int(row) != i {
			t.Fatalf("feature %d has row %d", i, row)
		}
	}
	if len(hashes) != k.size() || k.size() < 100 {
		t.Errorf("%d features, of which %d are counted", len(hashes), k.size())
	}
}

// The sum of rows must equal the sum of their weights for any number of rows and classes, also
// for extreme weights.
func TestRowsAddUpAsTheirWeights(t *testing.T) {
	for _, classes := range []int{1, 3, 8, 21, 83} {
		const height = 16
		weights := make([]byte, height*classes)
		for i := range weights {
			weights[i] = byte(i*37 + i/classes)
			if i < classes {
				weights[i] = [...]byte{0x80, 0x7f}[i%2] // minimum and maximum
			}
		}
		r := rowsOf(weights, classes)
		for _, n := range []int{0, 1, mostPending, mostPending + 1, 3000} {
			numbers, want := make([]uint32, n), make([]int32, classes)
			for i := range numbers {
				row := i % 17 * (i % 2) % height // every second one is the first row, which has the extreme weights
				numbers[i] = uint32(row)
				for c := range classes {
					want[c] += int32(int8(weights[row*classes+c]))
				}
			}
			if got := r.sum(nil, numbers); !slices.Equal(got, want) {
				t.Errorf("%d rows of %d classes: %v, want %v", n, classes, got, want)
			}
		}
	}
}

// Scores a letter of one page with a model as large as those in use.
func BenchmarkScores(b *testing.B) {
	set := make([]uint32, stretches)
	for i := range set {
		set[i] = 0x0101_0101 // an eighth of all features
	}
	k := numbered(set)
	weights := make([]byte, 80*k.size())
	for i := range weights {
		weights[i] = byte(i * i)
	}
	m := &Model{classes: make([]string, 80), known: k, temperature: 1, scale: 1, bias: make([]float32, 80), rows: rowsOf(weights, 80)}
	var page strings.Builder
	for i := range 400 {
		for n := i * 791_900_017; n > 0; n /= 26 {
			page.WriteByte('a' + byte(n%26))
		}
		page.WriteByte(' ')
	}
	for b.Loop() {
		m.Scores(page.String())
	}
}

// Computes the features of a page, without scoring them.
func BenchmarkFeatures(b *testing.B) {
	page := strings.Repeat("the ministry kindly requests a workshop in 2026; министерство просит провести семинар? ", 20)
	var hashes []uint32
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		hashes = features(hashes[:0], page)
	}
}
