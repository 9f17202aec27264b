package what

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"verbale/intake"
	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A weighing holds the weights and models by which sentences are weighted and themes and
// services are recognised.
type weighing struct {
	roles     map[string]float64
	standings map[string]float64
	subjects  *learned.Model
	words     *learned.Model
	services  *learned.Model
	// servicesOf lists, for each class of the services model, the services its texts request.
	servicesOf [][]intake.Service
	asks       askWeights
}

// weightsFile is the format of weights.yaml.
type weightsFile struct {
	Version   int                `yaml:"version"`
	Roles     map[string]float64 `yaml:"roles"`
	Standings map[string]float64 `yaml:"standings"`
}

// standingNames maps standings to the keys of weights.yaml.
var standingNames = map[letter.Standing]string{
	letter.StandingSubject: "subject", letter.StandingLetter: "letter", letter.StandingCover: "cover", letter.StandingAnnex: "annex",
}

// topicStanding is the key of weights.yaml for a topic line.
const topicStanding = "topic"

// Files of the models that classify the theme of a request by its terms and by its words, and
// its service.
const (
	SubjectsModel = "subjects.model"
	WordsModel    = "words.model"
	ServicesModel = "services.model"
)

func loadWeighing(files fs.FS, v *lexicon.Vocabulary, roles []string) (weighing, error) {
	w, noWeights := loadRoleWeights(files, roles)
	var noSubjects, noWords, noServices, noAsks error
	w.asks, noAsks = loadAskWeights(files)
	isTheme := func(class string) bool {
		_, ok := v.Theme(class)
		return ok
	}
	w.subjects, noSubjects = loadClassifier(files, SubjectsModel, "theme", isTheme)
	w.words, noWords = loadClassifier(files, WordsModel, "theme", isTheme)
	w.services, noServices = loadClassifier(files, ServicesModel, "service", func(class string) bool {
		return !slices.ContainsFunc(servicesOf(class), func(s intake.Service) bool { return !slices.Contains(intake.Services(), s) })
	})
	if noServices == nil {
		for _, class := range w.services.Classes() {
			w.servicesOf = append(w.servicesOf, servicesOf(class))
		}
		noServices = lacksService(w.services)
	}
	return w, errors.Join(noWeights, noSubjects, noWords, noServices, noAsks)
}

// loadRoleWeights reads weights.yaml and checks that every role and standing has a weight.
func loadRoleWeights(files fs.FS, roles []string) (weighing, error) {
	var f weightsFile
	if err := lexicon.ReadYAML(files, "weights.yaml", &f); err != nil {
		return weighing{}, err
	}
	for _, role := range roles {
		if _, ok := f.Roles[role]; !ok {
			return weighing{}, fmt.Errorf("role %q of roles.model has no weight in weights.yaml", role)
		}
	}
	for _, name := range standingNames {
		if _, ok := f.Standings[name]; !ok {
			return weighing{}, fmt.Errorf("weights.yaml gives no weight to standing %s", name)
		}
	}
	return weighing{roles: f.Roles, standings: f.Standings}, nil
}

// Roles lists the roles that have a weight in weights.yaml.
func Roles(files fs.FS) ([]string, error) {
	w, err := loadRoleWeights(files, nil)
	return slices.Sorted(maps.Keys(w.roles)), err
}

// loadClassifier reads a model and checks that all its classes are known.
func loadClassifier(files fs.FS, name, what string, known func(class string) bool) (*learned.Model, error) {
	m, err := learned.Load(files, name)
	if err != nil {
		return nil, err
	}
	for _, class := range m.Classes() {
		if !known(class) {
			return nil, fmt.Errorf("%s: %s %q of the model is not known", name, what, class)
		}
	}
	return m, nil
}

func lacksService(m *learned.Model) error {
	for _, s := range intake.Services() {
		if m.Index(string(s)) < 0 {
			return fmt.Errorf("%s: the model does not know service %s", ServicesModel, s)
		}
	}
	return nil
}
