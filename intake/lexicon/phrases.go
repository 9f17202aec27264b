package lexicon

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// Phrases holds terms by ID and language.
type Phrases map[string]map[string][]string

// LoadPhrases reads a file with a version and, under "phrases", a list for each ID and
// language. Its error states the position of the problem.
func LoadPhrases(files fs.FS, name string) (Phrases, error) {
	var f struct {
		Version int     `yaml:"version"`
		Phrases Phrases `yaml:"phrases"`
	}
	err := ReadYAML(files, name, &f)
	return f.Phrases, err
}

// Compile compiles the phrases of all languages under their ids.
func (p Phrases) Compile() (*Terms, error) {
	return CompileTerms(p.flat(func(id, _ string) []string { return []string{id} }))
}

// CompileByLanguage compiles the phrases under their IDs and also under id:language, so that
// they can be searched for in one language.
func (p Phrases) CompileByLanguage() (*Terms, error) {
	return CompileTerms(p.flat(func(id, language string) []string { return []string{id, InLanguage(id, language)} }))
}

// InLanguage returns the ID of a phrase in one language.
func InLanguage(id, language string) string { return id + ":" + language }

// flat lists the phrases under all IDs that names returns for each of their lists.
func (p Phrases) flat(names func(id, language string) []string) map[string][]string {
	flat := make(map[string][]string, len(p))
	for id, lists := range p {
		for _, language := range slices.Sorted(maps.Keys(lists)) {
			for _, name := range names(id, language) {
				flat[name] = append(flat[name], lists[language]...)
			}
		}
	}
	return flat
}

// LoadTerms reads a file of phrases and compiles it.
func LoadTerms(files fs.FS, name string) (*Terms, error) {
	phrases, err := LoadPhrases(files, name)
	if err != nil {
		return nil, err
	}
	terms, err := phrases.Compile()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return terms, nil
}
