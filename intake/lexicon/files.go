package lexicon

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"verbale/internal/strictyaml"
)

//go:embed data/*.yaml
var data embed.FS

// Embedded returns the vocabulary files built into the program.
func Embedded() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}

// termLists holds lists of terms by language (ISO 639-1); otherLanguages holds the terms of
// all languages that rarely occur.
type termLists map[string][]string

const otherLanguages = "other"

// fullLanguages are the languages in which every theme and service must have terms.
var fullLanguages = []string{"en", "fr", "ru"}

// all returns the lists in the order of their languages.
func (t termLists) all() [][]string {
	var lists [][]string
	for _, language := range slices.Sorted(maps.Keys(t)) {
		lists = append(lists, t[language])
	}
	return lists
}

// unknown returns the keys that are not language codes by their form.
func (t termLists) unknown() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(t)), func(language string) bool {
		return len(language) == 2 || language == otherLanguages
	})
}

// Weighted holds strong terms, which are sufficient evidence by themselves, and weak ones,
// which only support.
type Weighted struct {
	Strong termLists `yaml:"strong"`
	Weak   termLists `yaml:"weak"`
}

// The file formats. Several files may contain parts of one format; each key is read only from
// the files named for it.
type (
	divisionFile struct {
		ID     string      `yaml:"id"`
		Name   Name        `yaml:"name"`
		Themes []themeFile `yaml:"themes"`
	}
	themeFile struct {
		ID       string   `yaml:"id"`
		Name     Name     `yaml:"name"`
		Covers   []string `yaml:"covers"`
		Weighted `yaml:",inline"`
	}
	ambiguousFile struct {
		Term    string   `yaml:"term"`
		Context []string `yaml:"context"`
	}
	countryFile struct {
		ID            string   `yaml:"id"`
		Name          Name     `yaml:"name"`
		Forms         []string `yaml:"forms"`
		Adjectives    []string `yaml:"adjectives"`
		Abbreviations []string `yaml:"abbreviations"`
		Cities        []string `yaml:"cities"`
		Domains       []string `yaml:"domains"`
		CCTLD         []string `yaml:"cctld"`
		Member        bool     `yaml:"member"`
	}
	regionFile struct {
		ID        string   `yaml:"id"`
		Countries []string `yaml:"countries"`
		Terms     []string `yaml:"terms"`
	}
	territoryFile struct {
		ID        string   `yaml:"id"`
		Reference Name     `yaml:"reference"`
		Terms     []string `yaml:"terms"`
		Domains   []string `yaml:"domains"`
	}
	instrumentFile struct {
		ID       string   `yaml:"id"`
		Division string   `yaml:"division"`
		Themes   []string `yaml:"themes"`
		Joins    bool     `yaml:"joins_themes"`
		Name     Name     `yaml:"name"`
		Aka      []string `yaml:"aka"`
		Dated    []string `yaml:"dated"`
		Short    []string `yaml:"short"`
		Near     []string `yaml:"near"`
	}
	partnerFile struct {
		ID   string   `yaml:"id"`
		Role string   `yaml:"role"`
		Name Name     `yaml:"name"`
		Aka  []string `yaml:"aka"`
	}
	serviceFile struct {
		ID       string `yaml:"id"`
		Name     Name   `yaml:"name"`
		Weighted `yaml:",inline"`
	}
	fundingFile struct {
		ID    string    `yaml:"id"`
		Name  Name      `yaml:"name"`
		Terms termLists `yaml:"terms"`
	}
	cueFile struct {
		ID       string `yaml:"id"`
		Weighted `yaml:",inline"`
	}
)

// files is the content of all vocabulary files.
type files struct {
	themes struct {
		Divisions []divisionFile  `yaml:"divisions"`
		Ambiguous []ambiguousFile `yaml:"ambiguous"`
	}
	countries struct {
		Countries []countryFile `yaml:"countries"`
	}
	places struct {
		Regions     []regionFile        `yaml:"regions"`
		Territories []territoryFile     `yaml:"territories"`
		Masks       map[string][]string `yaml:"masks"`
		Neutral     []string            `yaml:"neutral_domains"`
	}
	instruments struct {
		Instruments []instrumentFile `yaml:"instruments"`
	}
	partners struct {
		Partners []partnerFile `yaml:"partners"`
	}
	services struct {
		Services []serviceFile `yaml:"services"`
		Funding  []fundingFile `yaml:"funding"`
	}
	plain struct {
		Plain       map[string]termLists `yaml:"plain"`
		Authorities map[string]termLists `yaml:"authorities"`
	}
	elements struct {
		Elements map[string][]string `yaml:"record_elements"`
	}
	cues []cueFile
}

// read decodes all files concurrently and joins their errors.
func (f *files) read(fsys fs.FS) error {
	targets := map[string]any{
		"themes.yaml": &f.themes, "countries.yaml": &f.countries, "places.yaml": &f.places,
		"instruments.yaml": &f.instruments, "partners.yaml": &f.partners,
		"services.yaml": &f.services, "elements.yaml": &f.elements,
		"plain.yaml": &f.plain,
	}
	cueFiles, err := fs.Glob(fsys, "cues*.yaml")
	if err != nil {
		return fmt.Errorf("list cue files: %w", err)
	}
	sets := make([]struct {
		Cues []cueFile `yaml:"cues"`
	}, len(cueFiles))
	for i, name := range cueFiles {
		targets[name] = &sets[i]
	}
	err = readAll(fsys, targets)
	for _, set := range sets {
		f.cues = append(f.cues, set.Cues...)
	}
	return err
}

func readAll(fsys fs.FS, targets map[string]any) error {
	var wait sync.WaitGroup
	var mu sync.Mutex
	var problems []error
	for name, target := range targets {
		wait.Go(func() {
			if err := ReadYAML(fsys, name, target); err != nil {
				mu.Lock()
				defer mu.Unlock()
				problems = append(problems, err)
			}
		})
	}
	wait.Wait()
	return errors.Join(problems...)
}

// ReadYAML decodes one data file, in which unknown keys are errors. Its error states the
// position and the problem in one line.
func ReadYAML(fsys fs.FS, name string, target any) error {
	b, err := fs.ReadFile(fsys, path.Clean(name))
	if err != nil {
		return fmt.Errorf("read data file: %w", err)
	}
	if err := strictyaml.Unmarshal(b, target); err != nil {
		return located(name, err)
	}
	return nil
}

// located returns a one-line error with the position of the problem in a file.
func located(file string, err error) error {
	problem := strictyaml.Problem{File: file, Message: err.Error()}
	if at, ok := errors.AsType[yaml.Error](err); ok && at.GetToken() != nil {
		problem.Message = at.GetMessage()
		problem.Line, problem.Column = at.GetToken().Position.Line, at.GetToken().Position.Column
	}
	return strictyaml.Problems{problem}
}
