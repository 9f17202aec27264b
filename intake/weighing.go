package intake

import (
	"fmt"
	"io/fs"
	"sync"

	"verbale/intake/learned"
)

// A weighing says how much the words of a sentence count towards what a letter
// asks for, and which subject and service they speak for.
type weighing struct {
	roles     map[string]float64
	standings map[string]float64
	subjects  *learned.Model
	services  *learned.Model
}

// defaultWeighing loads the embedded files once. They are part of the program
// and tested, so that failing to load them is a defect, not a circumstance.
var defaultWeighing = sync.OnceValue(func() weighing {
	files, err := fs.Sub(embedded, "data")
	if err == nil {
		var w weighing
		if w, err = loadWeighing(files, defaultWording().roles.Classes()); err == nil {
			return w
		}
	}
	panic(fmt.Sprintf("embedded weights: %v", err))
})

// weightsFile is the form of data/weights.yaml.
type weightsFile struct {
	Version   int                `yaml:"version"`
	Roles     map[string]float64 `yaml:"roles"`
	Standings map[string]float64 `yaml:"standings"`
}

// standingNames are the keys of weights.yaml.
var standingNames = map[standing]string{
	standingSubject: "subject", standingLetter: "letter", standingCover: "cover", standingAnnex: "annex",
}

// topicStanding is the key of weights.yaml for a topic line.
const topicStanding = "topic"

// loadWeighing reads weights.yaml, subjects.model and services.model, and
// checks that every role and standing has its weight.
func loadWeighing(files fs.FS, roles []string) (weighing, error) {
	var f weightsFile
	if err := loadYAML(files, "weights.yaml", &f); err != nil {
		return weighing{}, err
	}
	for _, role := range roles {
		if _, ok := f.Roles[role]; !ok {
			return weighing{}, fmt.Errorf("weights.yaml gives no weight to role %s", role)
		}
	}
	for _, name := range standingNames {
		if _, ok := f.Standings[name]; !ok {
			return weighing{}, fmt.Errorf("weights.yaml gives no weight to standing %s", name)
		}
	}
	w := weighing{roles: f.Roles, standings: f.Standings}
	var err error
	if w.subjects, err = loadModel(files, subjectsModel); err != nil {
		return weighing{}, err
	}
	w.services, err = loadModel(files, servicesModel)
	return w, err
}
