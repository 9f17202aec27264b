package letter

import (
	"fmt"
	"io/fs"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// A Wording holds the phrases by which the structure of a letter is recognised, as opposed to
// the vocabulary of the domain. It is read-only and safe for concurrent use.
type Wording struct {
	form      *lexicon.Terms // letter.yaml: the structure of a letter
	acts      *lexicon.Terms // acts.yaml: the function of a sentence or message
	particles map[string]bool
	dates     *dates.Words
	languages *languageTable
	roles     *learned.Model
}

// RolesModel is the file of the model that classifies the role of a sentence in a letter.
const RolesModel = "roles.model"

// Load reads letter.yaml, acts.yaml, languages.yaml, dates.yaml and roles.model. An error
// names the invalid file.
func Load(files fs.FS) (*Wording, error) {
	w := &Wording{}
	var err error
	for _, load := range []func() error{
		func() error { return w.loadForm(files) },
		func() error { w.acts, err = lexicon.LoadTerms(files, "acts.yaml"); return err },
		func() error { w.languages, err = loadLanguages(files); return err },
		func() error { w.dates, err = dates.Load(files); return err },
		func() error { w.roles, err = learned.Load(files, RolesModel); return err },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// loadForm reads letter.yaml. Name particles are matched exactly as written, without folding.
func (w *Wording) loadForm(files fs.FS) error {
	var f struct {
		Version   int             `yaml:"version"`
		Particles []string        `yaml:"particles"`
		Phrases   lexicon.Phrases `yaml:"phrases"`
	}
	if err := lexicon.ReadYAML(files, "letter.yaml", &f); err != nil {
		return err
	}
	w.particles = map[string]bool{}
	for _, word := range f.Particles {
		w.particles[word] = true
	}
	var err error
	if w.form, err = f.Phrases.Compile(); err != nil {
		return fmt.Errorf("letter.yaml: %w", err)
	}
	return nil
}

// Roles lists the classes of the role model.
func (w *Wording) Roles() []string { return w.roles.Classes() }
