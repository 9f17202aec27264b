package letter

import (
	"fmt"
	"io/fs"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading/dates"
)

// Wording is the words by which the form of a letter is recognised, as against
// the vocabulary of the domain. It is read only and may be used by several
// goroutines at once.
type Wording struct {
	form      *lexicon.Terms // letter.yaml: the anatomy of a letter
	acts      *lexicon.Terms // acts.yaml: what a sentence or a mail does
	particles map[string]bool
	dates     *dates.Words
	languages *languageTable
	roles     *learned.Model
}

// RolesModel is the file of the model that tells what a sentence does in a
// letter.
const RolesModel = "roles.model"

// Load reads letter.yaml, acts.yaml, languages.yaml, dates.yaml and
// roles.model. Its error names the file that is wrong.
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

// loadForm reads letter.yaml; the particles of names are looked up as they are
// written.
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

// Roles lists what the role model tells apart.
func (w *Wording) Roles() []string { return w.roles.Classes() }
