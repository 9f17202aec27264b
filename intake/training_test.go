package intake

import (
	"flag"
	"os"
	"testing"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
)

var update = flag.Bool("update", false, "write the golden files and the models anew")

// The stored models are those that the training data give, so that nobody can
// change one without the other.
func TestStoredModelsComeFromTheTrainingData(t *testing.T) {
	if testing.Short() {
		t.Skip("trains every model anew")
	}
	files := os.DirFS("testdata/training")
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for name, train := range map[string]func() (*learned.Model, error){
		"data/roles.model":    func() (*learned.Model, error) { return TrainRoles(files) },
		"data/kinds.model":    func() (*learned.Model, error) { return TrainKinds(files) },
		"data/subjects.model": func() (*learned.Model, error) { return TrainSubjects(files, v) },
		"data/services.model": func() (*learned.Model, error) { return TrainServices(files, v) },
	} {
		m, err := train()
		if err != nil {
			t.Fatal(err)
		}
		got, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not what the training data give; run go test ./intake -run %s -update", name, t.Name())
		}
	}
}
