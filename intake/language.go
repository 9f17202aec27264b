package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"unicode"

	"verbale/intake/lexicon"
)

// defaultLanguage is answered where nothing readable was written.
const defaultLanguage = "en"

// A languageTable tells languages apart by script, frequent words and letters.
type languageTable struct {
	entries  []languageEntry
	byWord   map[string][]int   // folded word to entries
	byLetter map[rune][]int     // letter to entries
	scripts  map[string]*script // by name
}

type languageEntry struct {
	code   string
	script *script
}

// A script is a Unicode script and the entries written in it.
type script struct {
	table   *unicode.RangeTable
	entries []int
}

// languageOf returns the ISO 639-1 code of the language in which the sender
// mainly wrote: the letter's where the body only covers it. known is false
// where nothing tells it, and English is answered.
func (r *Reader) languageOf(l letter) (code string, known bool) {
	order := make([]int, 0, len(l.sources))
	order = append(order, l.main)
	for i := range l.sources {
		if i != l.main && l.sources[i].standing != standingAnnex {
			order = append(order, i)
		}
	}
	for _, i := range order {
		if code := r.wording.languages.tell(&l.sources[i]); code != "" {
			return code, true
		}
	}
	return defaultLanguage, false
}

// tell returns the language of the source's own words, or "".
func (t *languageTable) tell(s *source) string {
	votes := make([]float64, len(t.entries))
	counts := make(map[string]int, 2)
	for _, x := range s.own() {
		t.countScripts(s.text[x.start:x.end], counts)
		t.vote(s, x, votes)
	}
	main := t.mainScript(counts)
	if main == nil {
		return ""
	}
	best := slices.MaxFunc(main.entries, func(a, b int) int { return cmp.Compare(votes[a], votes[b]) })
	if votes[best] == 0 && len(main.entries) > 1 {
		return ""
	}
	return t.entries[best].code
}

// countScripts counts the letters of each script.
func (t *languageTable) countScripts(text string, counts map[string]int) {
	for _, r := range text {
		if r < unicode.MaxASCII {
			if unicode.IsLetter(r) {
				counts["Latin"]++
			}
			continue
		}
		for name, s := range t.scripts {
			if unicode.Is(s.table, r) {
				counts[name]++
				break
			}
		}
	}
}

// mainScript returns the script in which most letters stand, nil for none.
func (t *languageTable) mainScript(counts map[string]int) *script {
	var main *script
	most := 0
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if counts[name] > most {
			main, most = t.scripts[name], counts[name]
		}
	}
	return main
}

// letterVote is what a telling letter counts against a telling word.
const letterVote = 0.5

// vote adds up the words and letters of one stretch for each language.
func (t *languageTable) vote(s *source, x stretch, votes []float64) {
	for _, token := range s.tokensIn(x.start, x.end) {
		for _, e := range t.byWord[token.Folded] {
			votes[e] += 1 / float64(len(t.byWord[token.Folded]))
		}
	}
	for _, r := range s.text[x.start:x.end] {
		if r < unicode.MaxASCII {
			continue
		}
		for _, e := range t.byLetter[unicode.ToLower(r)] {
			votes[e] += letterVote / float64(len(t.byLetter[unicode.ToLower(r)]))
		}
	}
}

// scriptNamed returns the script of that Unicode name, adding it at first use.
func (t *languageTable) scriptNamed(name string) (*script, error) {
	if s := t.scripts[name]; s != nil {
		return s, nil
	}
	table := unicode.Scripts[name]
	if table == nil {
		return nil, fmt.Errorf("no script is called %q", name)
	}
	s := &script{table: table}
	t.scripts[name] = s
	return s, nil
}

// languageFile is the form of data/languages.yaml.
type languageFile struct {
	Version   int `yaml:"version"`
	Languages []struct {
		Code    string   `yaml:"code"`
		Script  string   `yaml:"script"`
		Words   []string `yaml:"words"`
		Letters string   `yaml:"letters"`
	} `yaml:"languages"`
}

func (f languageFile) compile() (*languageTable, error) {
	t := &languageTable{byWord: map[string][]int{}, byLetter: map[rune][]int{}, scripts: map[string]*script{}}
	for i, l := range f.Languages {
		s, err := t.scriptNamed(l.Script)
		if err != nil {
			return nil, err
		}
		s.entries = append(s.entries, i)
		t.entries = append(t.entries, languageEntry{code: l.Code, script: s})
		for _, w := range l.Words {
			addEntry(t.byWord, lexicon.FoldString(w), i)
		}
		for _, r := range l.Letters {
			addEntry(t.byLetter, r, i)
		}
	}
	return t, nil
}

func addEntry[K comparable](m map[K][]int, key K, entry int) {
	if !slices.Contains(m[key], entry) {
		m[key] = append(m[key], entry)
	}
}
