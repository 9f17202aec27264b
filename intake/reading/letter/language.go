package letter

import (
	"cmp"
	"fmt"
	"io/fs"
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

// tellLanguage returns the ISO 639-1 code of the language in which the sender
// mainly wrote: the letter's where the body only covers it. known is false
// where nothing tells it, and English is answered.
func (l *Letter) tellLanguage() (code string, known bool) {
	order := []*Source{l.Main}
	for _, s := range l.Sources {
		if s != l.Main && s.Standing != StandingAnnex {
			order = append(order, s)
		}
	}
	for _, s := range order {
		if code := s.wording.languages.tell(s); code != "" {
			return code, true
		}
	}
	return defaultLanguage, false
}

// tell returns the language of the source's own words, or "".
func (t *languageTable) tell(s *Source) string {
	votes := make([]float64, len(t.entries))
	counts := make(map[string]int, 2)
	for _, x := range s.Own() {
		t.countScripts(s.Text[x.Start:x.End], counts)
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
func (t *languageTable) vote(s *Source, x Stretch, votes []float64) {
	for _, token := range s.Scan.TokensIn(x.Start, x.End) {
		for _, e := range t.byWord[token.Folded] {
			votes[e] += 1 / float64(len(t.byWord[token.Folded]))
		}
	}
	for _, r := range s.Text[x.Start:x.End] {
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

// languageFile is the form of languages.yaml.
type languageFile struct {
	Version   int `yaml:"version"`
	Languages []struct {
		Code    string   `yaml:"code"`
		Script  string   `yaml:"script"`
		Words   []string `yaml:"words"`
		Letters string   `yaml:"letters"`
	} `yaml:"languages"`
}

func loadLanguages(files fs.FS) (*languageTable, error) {
	var f languageFile
	if err := lexicon.ReadYAML(files, "languages.yaml", &f); err != nil {
		return nil, err
	}
	t, err := f.compile()
	if err != nil {
		return nil, fmt.Errorf("languages.yaml: %w", err)
	}
	return t, nil
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
