package intake

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
)

// Wording is the words by which the form of a letter is recognised, as against
// the vocabulary of the domain: salutations and signatures, months and
// deadlines, the phrases of automatic replies, the languages themselves. It is
// read only and may be shared by several Readers.
type Wording struct {
	form      *lexicon.Terms // letter.yaml: the anatomy of a letter
	acts      *lexicon.Terms // acts.yaml: what a sentence or a mail does
	times     *lexicon.Terms // times.yaml, roles: what a date is for
	people    *lexicon.Terms // people.yaml: names, posts, institutions
	particles map[string]bool
	dates     dateWords
	languages *languageTable
	roles     *learned.Model
	kinds     *learned.Model
}

//go:embed data
var embedded embed.FS

// defaultWording loads the embedded files once. They are part of the program
// and tested, so that failing to load them is a defect, not a circumstance.
var defaultWording = sync.OnceValue(func() *Wording {
	files, err := fs.Sub(embedded, "data")
	if err == nil {
		var w *Wording
		if w, err = LoadWording(files); err == nil {
			return w
		}
	}
	panic(fmt.Sprintf("embedded wording: %v", err))
})

// LoadWording reads and compiles the files letter.yaml, acts.yaml, people.yaml,
// times.yaml, languages.yaml, roles.model and kinds.model of a folder.
func LoadWording(files fs.FS) (*Wording, error) {
	w := &Wording{}
	var languages languageFile
	var times timesFile
	var err error
	for _, load := range []func() error{
		func() error { w.form, err = loadTerms(files, "letter.yaml"); return err },
		func() error { w.acts, err = loadTerms(files, "acts.yaml"); return err },
		func() error { return w.loadPeople(files) },
		func() error { return loadYAML(files, "languages.yaml", &languages) },
		func() error { w.languages, err = languages.compile(); return err },
		func() error { return loadYAML(files, "times.yaml", &times) },
		func() error { w.dates, err = times.compile(); return err },
		func() error { w.times, err = times.Roles.compile(false); return err },
		func() error { w.roles, err = loadModel(files, rolesModel); return err },
		func() error { w.kinds, err = loadModel(files, kindsModel); return err },
	} {
		if err := load(); err != nil {
			return nil, fmt.Errorf("load wording: %w", err)
		}
	}
	return w, nil
}

// loadPeople reads people.yaml; the particles of names are looked up as they
// are written.
func (w *Wording) loadPeople(files fs.FS) error {
	var f phraseFile
	if err := loadYAML(files, "people.yaml", &f); err != nil {
		return err
	}
	w.particles = map[string]bool{}
	for _, words := range f.Phrases["particle"] {
		for _, word := range words {
			w.particles[word] = true
		}
	}
	var err error
	if w.people, err = f.Phrases.compile(true); err != nil {
		return fmt.Errorf("people.yaml: %w", err)
	}
	return nil
}

// phrases are terms by id and language.
type phrases map[string]map[string][]string

// compile compiles the phrases under their ids; with byLanguage set also under
// id:language, so that a phrase can be looked for in one language.
func (p phrases) compile(byLanguage bool) (*lexicon.Terms, error) {
	flat := make(map[string][]string, len(p))
	for id, lists := range p {
		for _, language := range slices.Sorted(maps.Keys(lists)) {
			flat[id] = append(flat[id], lists[language]...)
			if byLanguage {
				flat[id+":"+language] = lists[language]
			}
		}
	}
	return lexicon.CompileTerms(flat)
}

// phraseFile is the form of letter.yaml, acts.yaml and people.yaml.
type phraseFile struct {
	Version int     `yaml:"version"`
	Phrases phrases `yaml:"phrases"`
}

func loadTerms(files fs.FS, name string) (*lexicon.Terms, error) {
	var f phraseFile
	if err := loadYAML(files, name, &f); err != nil {
		return nil, err
	}
	terms, err := f.Phrases.compile(false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return terms, nil
}

func loadYAML(files fs.FS, name string, into any) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func loadModel(files fs.FS, name string) (*learned.Model, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	m, err := learned.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}
