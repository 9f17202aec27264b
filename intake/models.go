package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
)

// The files in which models are stored.
const (
	rolesModel    = "roles.model"    // what a sentence does in a letter
	kindsModel    = "kinds.model"    // what kind of mail a whole text is
	subjectsModel = "subjects.model" // which theme an ask is about
	servicesModel = "services.model" // which service it is for
)

// Models are models that an office has trained itself. Where one is missing,
// that of the program is used; the zero Models are those of the program.
type Models struct {
	roles, kinds, subjects, services *learned.Model
}

// LoadModels reads those of the four model files that lie in a folder. It
// refuses models that tell apart what the reader or the vocabulary does not
// know; its error names every file that is wrong.
func LoadModels(files fs.FS, v *lexicon.Vocabulary) (Models, error) {
	var m Models
	var problems []error
	for _, file := range []struct {
		name  string
		into  **learned.Model
		check func(*learned.Model) error
	}{
		{rolesModel, &m.roles, checkRoles},
		{kindsModel, &m.kinds, checkKinds},
		{subjectsModel, &m.subjects, func(m *learned.Model) error { return checkSubjects(m, v) }},
		{servicesModel, &m.services, checkServices},
	} {
		model, err := loadModel(files, file.name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = file.check(model)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("load model: %s: %w", file.name, err))
		}
		*file.into = model
	}
	return m, errors.Join(problems...)
}

// WithModels returns a Reader that has learned from an office's own sentences.
func (r *Reader) WithModels(m Models) *Reader {
	other, wording := *r, *r.wording
	wording.roles = cmp.Or(m.roles, wording.roles)
	wording.kinds = cmp.Or(m.kinds, wording.kinds)
	other.wording = &wording
	other.weighing.subjects = cmp.Or(m.subjects, r.weighing.subjects)
	other.weighing.services = cmp.Or(m.services, r.weighing.services)
	return &other
}

func checkRoles(m *learned.Model) error {
	return checkClasses(m, "role", func(class string) bool {
		_, ok := defaultWeighing().roles[class]
		return ok
	})
}

func checkKinds(m *learned.Model) error {
	return checkClasses(m, "kind", func(class string) bool {
		kind, _, _ := strings.Cut(class, ".")
		return slices.Contains(Kinds(), Kind(kind))
	})
}

func checkSubjects(m *learned.Model, v *lexicon.Vocabulary) error {
	return checkClasses(m, "theme", func(class string) bool {
		_, ok := v.Theme(class)
		return ok
	})
}

func checkServices(m *learned.Model) error {
	for _, s := range Services() {
		if m.Index(string(s)) < 0 {
			return fmt.Errorf("the model does not know service %s", s)
		}
	}
	return checkClasses(m, "service", func(class string) bool { return slices.Contains(Services(), Service(class)) })
}

func checkClasses(m *learned.Model, what string, known func(class string) bool) error {
	for _, class := range m.Classes() {
		if !known(class) {
			return fmt.Errorf("%s %q of the model is not known", what, class)
		}
	}
	return nil
}
