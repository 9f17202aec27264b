package desk

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"verbale/intake/lexicon"
)

//go:embed data/words.yaml
var embeddedWords []byte

// A vocabulary holds the words that users may type, by language, and the thresholds for the wording
// of confidence.
type vocabulary struct {
	Commands []command                      `yaml:"commands"`
	Words    map[string]map[string][]string `yaml:"words"`
	Days     map[string]map[string][]string `yaml:"days"`
	Statuses map[string]map[string][]string `yaml:"statuses"`
	Outcomes map[string]map[string][]string `yaml:"outcomes"`

	// Ahead are words for days, by their distance from today, in which no number is written.
	Ahead map[string]map[string][]string `yaml:"ahead"`
	// Reminded is the default time of day for reminders.
	Reminded string `yaml:"reminded"`

	// Confidence holds the probabilities from which a routing is called sure, and likely.
	Confidence struct {
		Sure   float64 `yaml:"sure"`
		Likely float64 `yaml:"likely"`
	} `yaml:"confidence"`

	names    []phrase // of commands
	words    map[string][]phrase
	days     []phrase
	statuses []phrase
	outcomes []phrase
	ahead    []phrase
}

// A command is one thing that may be typed after the slash command.
type command struct {
	ID       string              `yaml:"id"`
	Names    map[string][]string `yaml:"names"`
	Examples map[string][]string `yaml:"examples"`
}

// A phrase is one way to say something: folded words, and the ID they stand for.
type phrase struct {
	words []string
	id    string
}

// embeddedVocabulary is the lexis embedded in the program.
var embeddedVocabulary = sync.OnceValue(func() *vocabulary {
	l := &vocabulary{}
	if err := yaml.UnmarshalWithOptions(embeddedWords, l, yaml.Strict()); err != nil {
		panic(fmt.Sprintf("words of commands: %v", err)) // a test loads them
	}
	for _, c := range l.Commands {
		l.names = append(l.names, sayings(c.ID, c.Names)...)
	}
	l.words = map[string][]phrase{}
	for id, languages := range l.Words {
		l.words[id] = longestFirst(sayings(id, languages))
	}
	l.names = longestFirst(l.names)
	l.days, l.statuses, l.outcomes, l.ahead = allSayings(l.Days), allSayings(l.Statuses), allSayings(l.Outcomes), allSayings(l.Ahead)
	return l
})

func allSayings(of map[string]map[string][]string) []phrase {
	var all []phrase
	for id, languages := range of {
		all = append(all, sayings(id, languages)...)
	}
	return longestFirst(all)
}

func sayings(id string, languages map[string][]string) []phrase {
	var all []phrase
	for _, ways := range languages {
		for _, words := range ways {
			all = append(all, phrase{foldedWords(words), id})
		}
	}
	return all
}

func longestFirst(all []phrase) []phrase {
	slices.SortFunc(all, func(a, b phrase) int {
		return cmp.Or(cmp.Compare(len(b.words), len(a.words)), slices.Compare(a.words, b.words), cmp.Compare(a.id, b.id))
	})
	return all
}

// foldedWords are the words of a text without capitals, accents and hyphens.
func foldedWords(text string) []string {
	return strings.Fields(strings.ReplaceAll(lexicon.FoldString(text), "-", " "))
}

// A word is one word that was typed, or several in quotation marks.
type word struct {
	folded     string
	text       string
	start, end int // byte offsets in the line, including quotation marks
	quoted     bool
}

// A line is what was typed.
type line struct {
	text  string
	words []word
}

// marks maps opening quotation marks to closing ones.
var marks = map[rune]rune{'"': '"', '“': '”', '«': '»', '„': '“', '”': '”'}

// lineOf splits what was typed into words.
func lineOf(text string) line {
	l := line{text: text}
	rest, at := text, 0
	for {
		trimmed := strings.TrimLeft(rest, " \t\r\n\u00a0")
		at += len(rest) - len(trimmed)
		if trimmed == "" {
			return l
		}
		w := wordAt(trimmed)
		w.start, w.end = at, at+w.end
		l.words = append(l.words, w)
		rest, at = text[w.end:], w.end
	}
}

// wordAt is the word at the beginning of a text; its end is relative to that text.
func wordAt(text string) word {
	first := []rune(text)[0]
	if closing, ok := marks[first]; ok {
		open := len(string(first))
		if end := strings.IndexRune(text[open:], closing); end > 0 {
			inner := strings.TrimSpace(text[open : open+end])
			return word{folded: lexicon.FoldString(inner), text: inner, end: open + end + len(string(closing)), quoted: true}
		}
	}
	end := strings.IndexAny(text, " \t\r\n\u00a0")
	if end < 0 {
		end = len(text)
	}
	return word{folded: lexicon.FoldString(text[:end]), text: text[:end], end: end}
}

// from is the line starting with its nth word.
func (l line) from(n int) line {
	n = min(n, len(l.words))
	return line{text: l.text, words: l.words[n:]}
}

// rest is the typed text from the first word of the line to the end.
func (l line) rest() string {
	if len(l.words) == 0 {
		return ""
	}
	return strings.TrimSpace(l.text[l.words[0].start:])
}

// first finds the first of several sayings, sorted longest first, with which the line begins,
// and how many words it takes; 0 if none matches.
func (l line) first(of []phrase) (id string, n int) {
	for _, s := range of {
		if n := l.begins(s.words); n > 0 {
			return s.id, n
		}
	}
	return "", 0
}

// begins returns how many typed words a saying takes at the beginning of the line; 0 if the
// line does not begin with it. Hyphens count as spaces.
func (l line) begins(words []string) int {
	for n, w := range l.words {
		if w.quoted {
			return 0
		}
		typed := foldedWords(strings.TrimRight(w.folded, ",:;"))
		if len(typed) > len(words) || !slices.Equal(typed, words[:len(typed)]) {
			return 0
		}
		if words = words[len(typed):]; len(words) == 0 {
			return n + 1
		}
	}
	return 0
}

// skip skips the words of one meaning at the beginning of the line.
func (l line) skip(meaning string) line {
	_, n := l.first(embeddedVocabulary().words[meaning])
	return l.from(n)
}
