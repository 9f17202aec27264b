package eml

import (
	_ "embed"
	"fmt"
	"math"
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"

	"verbale/internal/strictyaml"
)

//go:embed data/letters.yaml
var lettersYAML []byte

// Parameters for recognising a charset by letter statistics, in the natural logarithm of a
// letter's probability.
const (
	rareLetter = -11.0 // for a character that is not in the table
	// misplaced is subtracted for what occurs within a word in no language: a capital after a
	// small letter, mixed scripts, two adjacent accented Latin letters.
	misplaced = 4.0
	// capitalised is subtracted for a capital. It is small, since whole subjects are written
	// in capitals.
	capitalised = 0.05
	// clearly is by how much, per letter, another charset must fit better to override the
	// declared one, and enoughLetters is the minimum number of letters for that.
	clearly       = 1.2
	enoughLetters = 12
	// sampleLetters is the maximum number of letters that are counted.
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
	score, n := 0.0, 0 // of the declared charset
	if declared != nil {
		if score, n = t.fit(b, declared); n < enoughLetters {
			return ""
		}
	}
	for _, name := range t.Candidates {
		of, enc := score, lookupCharset(name)
		if enc != declared {
			of, _ = t.fit(b, enc)
		}
		if of > bestScore {
			best, bestScore = name, of
		}
	}
	if declared == nil {
		return best
	}
	if bestScore < score+clearly || lookupCharset(best) == declared {
		return ""
	}
	return best
}

// fit returns the mean score of the non-ASCII characters in b, decoded with enc, and their
// number.
func (t *letterTable) fit(b []byte, enc encoding.Encoding) (score float64, n int) {
	signs := t.signsOf(enc)
	before, odd := &signs[' '], 0
	for i := 0; i < len(b) && n < sampleLetters; i++ {
		x := &signs[b[i]]
		odd += bits.OnesCount8(x.oddAfter & before.traits)
		if b[i] >= utf8.RuneSelf {
			n++
			score += x.score
		}
		before = x
	}
	if n == 0 {
		return 0, 0
	}
	return (score - misplaced*float64(odd)) / float64(n), n
}

// A sign is the character that a byte stands for in a charset. Text is examined byte by byte
// in one charset after the other, so the traits that make two adjacent signs unlikely are
// bits.
type sign struct {
	score    float64 // on its own
	traits   uint8
	oddAfter uint8 // traits of a sign after which this one is unlikely
}

// The traits of a sign.
const (
	smallLetter uint8 = 1 << iota
	noLetter
	asciiLetter
	accentedLetter // other than ASCII
	cyrillicLetter
)

func (t *letterTable) signOf(r rune) sign {
	small := unicode.ToLower(r)
	score, known := t.score[small]
	if !known {
		score = rareLetter
	}
	if r != small {
		score -= capitalised
	}
	letter, ascii, cyrillic := unicode.IsLetter(r), isASCIILetter(r), unicode.Is(unicode.Cyrillic, r)
	x := sign{score: score, traits: traitsOf(map[uint8]bool{
		smallLetter: unicode.IsLower(r), noLetter: !letter, asciiLetter: ascii, accentedLetter: letter && !ascii, cyrillicLetter: cyrillic,
	})}
	if r < utf8.RuneSelf {
		x.oddAfter = traitsOf(map[uint8]bool{cyrillicLetter: ascii})
	} else {
		x.oddAfter = traitsOf(map[uint8]bool{
			smallLetter: r != small, noLetter: strings.ContainsRune(t.NeverFirst, small), asciiLetter: cyrillic, accentedLetter: letter && !cyrillic,
		})
	}
	return x
}

// traitsOf combines the traits that are true.
func traitsOf(there map[uint8]bool) (traits uint8) {
	for trait, is := range there {
		if is {
			traits |= trait
		}
	}
	return traits
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// signsOf returns the signs of a charset, by byte.
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
