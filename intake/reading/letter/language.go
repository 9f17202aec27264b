package letter

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"unicode"

	"verbale/intake/lexicon"
)

// A Language is a language in which letters are written, with the writing conventions that
// matter for reading.
type Language struct {
	Code   string `yaml:"code"`   // ISO 639-1
	Taught bool   `yaml:"taught"` // the models were trained on sentences in it
	// CapitalNoun means that, in running text, the noun of an institution's name is
	// capitalised; SmallNames, that the words after the noun are not.
	CapitalNoun bool `yaml:"capital_noun"`
	SmallNames  bool `yaml:"small_names"`
}

// A languageTable detects languages by script, frequent words and letters.
type languageTable struct {
	entries  []languageEntry
	standard *Language                 // returned if the language cannot be detected
	byWord   lexicon.Dictionary[[]int] // folded word to entries
	byLetter map[rune][]int            // letter to entries
	common   [0x530][]int              // byLetter as an array for Latin, Greek and Cyrillic letters of either case
	scripts  map[string]*script        // by name
	names    []string                  // of the scripts, sorted
	tables   []*unicode.RangeTable
	inScript [0x530]int // index into names of the script of each Latin, Greek and Cyrillic letter; -1 for none
}

type languageEntry struct {
	language *Language
	script   *script
}

// A script is a Unicode script and the indexes of the languages written in it.
type script struct {
	table   *unicode.RangeTable
	entries []int
}

// tellLanguage returns the main language of the sender's text: that of the letter, otherwise
// that of the subject or the cover notes. If it cannot be detected, known is false and the
// first language of the table is returned.
func (l *Letter) tellLanguage() (language Language, known bool) {
	order := []*Source{l.Main}
	for _, s := range l.Sources {
		if s != l.Main && s.Standing != StandingAnnex {
			order = append(order, s)
		}
	}
	for _, s := range order {
		if found := s.wording.languages.tell(s); found != nil {
			return *found, true
		}
	}
	return *l.Main.wording.languages.standard, false
}

// tell returns the language of the source's own words; nil if it cannot be detected.
func (t *languageTable) tell(s *Source) *Language {
	votes := make([]float64, len(t.entries))
	counts := make(map[string]int, 2)
	for _, x := range s.Own() {
		t.countScripts(s.Text[x.Start:x.End], counts)
		t.vote(s, x, votes)
	}
	main := t.mainScript(counts)
	if main == nil {
		return nil
	}
	best := slices.MaxFunc(main.entries, func(a, b int) int { return cmp.Compare(votes[a], votes[b]) })
	if votes[best] == 0 && len(main.entries) > 1 {
		return nil
	}
	return t.entries[best].language
}

// countScripts adds the number of letters in each script to counts.
func (t *languageTable) countScripts(text string, counts map[string]int) {
	ascii, found := 0, make([]int, len(t.names))
	for _, r := range text {
		if r < unicode.MaxASCII {
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				ascii++
			}
		} else if i := t.scriptOf(r); i >= 0 {
			found[i]++
		}
	}
	if ascii > 0 {
		counts["Latin"] += ascii
	}
	for i, n := range found {
		if n > 0 {
			counts[t.names[i]] += n
		}
	}
}

// scriptOf returns the index of the script of a letter; -1 if there is none.
func (t *languageTable) scriptOf(r rune) int {
	if int(r) < len(t.inScript) {
		return t.inScript[r]
	}
	return t.searchScript(r)
}

func (t *languageTable) searchScript(r rune) int {
	return slices.IndexFunc(t.tables, func(table *unicode.RangeTable) bool { return unicode.Is(table, r) })
}

// mainScript returns the script with the most letters; nil if there is none.
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

// letterVote is the weight of a characteristic letter; that of a characteristic word is 1.
const letterVote = 0.5

// vote adds the votes of the words and letters of one stretch for each language.
func (t *languageTable) vote(s *Source, x Stretch, votes []float64) {
	for i, end := s.Scan.TokenAt(x.Start), s.Scan.TokenAt(x.End); i < end; i++ {
		share(1, *t.byWord.Of(s.Scan, i), votes)
	}
	for _, r := range s.Text[x.Start:x.End] {
		if r >= unicode.MaxASCII {
			share(letterVote, t.toldBy(r), votes)
		}
	}
}

// toldBy returns the languages of which a letter is characteristic.
func (t *languageTable) toldBy(r rune) []int {
	if int(r) < len(t.common) {
		return t.common[r]
	}
	return t.byLetter[unicode.ToLower(r)]
}

// share divides a vote equally among entries.
func share(vote float64, entries []int, votes []float64) {
	for _, e := range entries {
		votes[e] += vote / float64(len(entries))
	}
}

// scriptNamed returns the script with the given Unicode name and registers it on first use.
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

// languageFile is the format of languages.yaml.
type languageFile struct {
	Version   int `yaml:"version"`
	Languages []struct {
		Language `yaml:",inline"`
		Script   string   `yaml:"script"`
		Words    []string `yaml:"words"`
		Letters  string   `yaml:"letters"`
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
	if len(f.Languages) == 0 {
		return nil, errors.New("no language is listed")
	}
	byWord := map[string][]int{}
	t := &languageTable{byLetter: map[rune][]int{}, scripts: map[string]*script{}}
	byCode := map[string]*Language{}
	for i, l := range f.Languages {
		s, err := t.scriptNamed(l.Script)
		if err != nil {
			return nil, err
		}
		if byCode[l.Code] == nil {
			byCode[l.Code] = &l.Language
		}
		s.entries = append(s.entries, i)
		t.entries = append(t.entries, languageEntry{language: byCode[l.Code], script: s})
		for _, w := range l.Words {
			addEntry(byWord, lexicon.FoldString(w), i)
		}
		for _, r := range l.Letters {
			addEntry(t.byLetter, r, i)
		}
	}
	t.byWord = lexicon.NewDictionary(byWord)
	for r := range t.common {
		t.common[r] = t.byLetter[unicode.ToLower(rune(r))]
	}
	t.standard = t.entries[0].language
	t.names = slices.Sorted(maps.Keys(t.scripts))
	for _, name := range t.names {
		t.tables = append(t.tables, t.scripts[name].table)
	}
	for r := range t.inScript {
		t.inScript[r] = t.searchScript(rune(r))
	}
	return t, nil
}

func addEntry[K comparable](m map[K][]int, key K, entry int) {
	if !slices.Contains(m[key], entry) {
		m[key] = append(m[key], entry)
	}
}
