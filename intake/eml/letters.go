package eml

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/encoding"
)

//go:embed data/letters.yaml
var lettersYAML []byte

// Letter statistics by which a charset is recognised, in the natural logarithm
// of a letter's probability.
const (
	rareLetter = -11.0 // a sign that the table does not hold
	// misplaced is taken off for what no language does within a word: a capital
	// after a small letter, scripts mixed, two accented Latin letters together.
	misplaced = 4.0
	// capitalised is taken off for a capital: little, for whole subjects are
	// written in capitals.
	capitalised = 0.05
	// clearly is how much better, per letter, another charset must fit before
	// the declared one is disbelieved, and enoughLetters how many letters that
	// takes.
	clearly       = 1.2
	enoughLetters = 12
	// sampleLetters bounds the letters that are counted.
	sampleLetters = 2000
)

type letterTable struct {
	Candidates  []string           `yaml:"candidates"`
	NeverFirst  string             `yaml:"never_first"`
	Frequencies map[string]float64 `yaml:"frequencies"`

	score map[rune]float64
}

var letters = embedded("letters.yaml", lettersYAML, parseLetters)

func parseLetters(b []byte) (*letterTable, error) {
	var t letterTable
	if err := yaml.UnmarshalWithOptions(b, &t, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read letter frequencies: %w", err)
	}
	for _, name := range t.Candidates {
		if lookupCharset(name) == nil {
			return nil, fmt.Errorf("letter frequencies: charset %q is not a table", name)
		}
	}
	t.score = make(map[rune]float64, len(t.Frequencies))
	for letter, perMille := range t.Frequencies {
		r, size := utf8.DecodeRuneInString(letter)
		if size != len(letter) || perMille <= 0 || perMille >= 1000 {
			return nil, fmt.Errorf("letter frequencies: %q: %v is not a frequency of one letter", letter, perMille)
		}
		t.score[r] = math.Log(perMille / 1000)
	}
	return &t, nil
}

// guessCharset returns the candidate charset whose letters fit b best. With a
// declared charset it returns "" unless another one fits clearly better.
func guessCharset(b []byte, declared encoding.Encoding) string {
	t := letters()
	best, bestScore := t.Candidates[0], math.Inf(-1)
	for _, name := range t.Candidates {
		if score, _ := t.fit(b, lookupCharset(name)); score > bestScore {
			best, bestScore = name, score
		}
	}
	if declared == nil {
		return best
	}
	score, n := t.fit(b, declared)
	if n < enoughLetters || bestScore < score+clearly || lookupCharset(best) == declared {
		return ""
	}
	return best
}

// fit returns the mean score of the characters beyond ASCII in b, decoded with
// enc, and how many there were.
func (t *letterTable) fit(b []byte, enc encoding.Encoding) (score float64, n int) {
	table := runesOf(enc)
	before := ' '
	for i := 0; i < len(b) && n < sampleLetters; i++ {
		r := table[b[i]]
		if b[i] >= utf8.RuneSelf {
			n++
			score += t.weigh(before, r)
		} else if isASCIILetter(r) && unicode.Is(unicode.Cyrillic, before) {
			score -= misplaced
		}
		before = r
	}
	if n == 0 {
		return 0, 0
	}
	return score / float64(n), n
}

func (t *letterTable) weigh(before, r rune) float64 {
	small := unicode.ToLower(r)
	score, known := t.score[small]
	if !known {
		score = rareLetter
	}
	if r != small {
		score -= capitalised
		if unicode.IsLower(before) {
			score -= misplaced
		}
	}
	if !unicode.IsLetter(before) && strings.ContainsRune(t.NeverFirst, small) {
		score -= misplaced
	}
	cyrillic := unicode.Is(unicode.Cyrillic, r)
	if cyrillic && isASCIILetter(before) {
		score -= misplaced
	}
	if !cyrillic && unicode.IsLetter(r) && before >= utf8.RuneSelf && unicode.IsLetter(before) {
		score -= misplaced
	}
	return score
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

var runeTables sync.Map // encoding.Encoding to *[256]rune

func runesOf(enc encoding.Encoding) *[256]rune {
	if table, ok := runeTables.Load(enc); ok {
		return table.(*[256]rune)
	}
	var table [256]rune
	for i := range table {
		table[i], _ = utf8.DecodeRuneInString(decodeWith(enc, []byte{byte(i)}))
	}
	runeTables.Store(enc, &table)
	return &table
}
