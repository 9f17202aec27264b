package eml

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"verbale/internal/strictyaml"
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
	signs sync.Map // encoding.Encoding to *[256]sign
}

var letters = embedded("letters.yaml", lettersYAML, parseLetters)

func parseLetters(b []byte) (*letterTable, error) {
	var t letterTable
	if err := strictyaml.Unmarshal(b, &t); err != nil {
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
	signs := t.signsOf(enc)
	before := &signs[' ']
	for i := 0; i < len(b) && n < sampleLetters; i++ {
		x := &signs[b[i]]
		if b[i] >= utf8.RuneSelf {
			n++
			score += x.after(before)
		} else if x.ascii && before.cyrillic {
			score -= misplaced
		}
		before = x
	}
	if n == 0 {
		return 0, 0
	}
	return score / float64(n), n
}

// A sign is what a byte stands for in a charset.
type sign struct {
	score                   float64 // by itself
	capital, small          bool
	letter, ascii, cyrillic bool
	neverFirst              bool // in a word
}

func (t *letterTable) signOf(r rune) sign {
	small := unicode.ToLower(r)
	score, known := t.score[small]
	if !known {
		score = rareLetter
	}
	if r != small {
		score -= capitalised
	}
	return sign{score: score, capital: r != small, small: unicode.IsLower(r), letter: unicode.IsLetter(r),
		ascii: isASCIILetter(r), cyrillic: unicode.Is(unicode.Cyrillic, r), neverFirst: strings.ContainsRune(t.NeverFirst, small)}
}

// after is what a sign scores after another.
func (x *sign) after(before *sign) float64 {
	score := x.score
	for _, odd := range [...]bool{
		x.capital && before.small,
		x.neverFirst && !before.letter,
		x.cyrillic && before.ascii,
		x.letter && !x.cyrillic && before.letter && !before.ascii,
	} {
		if odd {
			score -= misplaced
		}
	}
	return score
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// signsOf are the signs of a charset, by byte.
func (t *letterTable) signsOf(enc encoding.Encoding) *[256]sign {
	if signs, ok := t.signs.Load(enc); ok {
		return signs.(*[256]sign)
	}
	var signs [256]sign
	for i := range signs {
		r, _ := utf8.DecodeRuneInString(decodeWith(enc, []byte{byte(i)}))
		signs[i] = t.signOf(r)
	}
	t.signs.Store(enc, &signs)
	return &signs
}
