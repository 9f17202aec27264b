package intake

import (
	"strings"
	"testing"
	"testing/fstest"

	"verbale/intake/learned"
)

// modelOf is a stored model that tells apart the given classes by a word each.
func modelOf(t *testing.T, classes ...string) *fstest.MapFile {
	t.Helper()
	var examples []learned.Example
	for range 5 {
		for i, class := range classes {
			examples = append(examples, learned.Example{Class: class, Text: strings.Repeat("x", i+1)})
		}
	}
	o := learned.Defaults()
	o.Bits = 8
	data, err := learned.Train(examples, o).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: data}
}

func TestModelsThatDoNotFitAreRefusedByName(t *testing.T) {
	for _, tt := range []struct {
		name string
		file *fstest.MapFile
		says string
	}{
		{"roles.model", &fstest.MapFile{Data: []byte("no model")}, "decode model"},
		{"roles.model", modelOf(t, "thanks", "thank"), `role "thank"`},
		{"kinds.model", modelOf(t, "spam", "junk.mail"), `kind "junk.mail"`},
		{"subjects.model", modelOf(t, "water", "watr"), `theme "watr"`},
		{"services.model", modelOf(t, "advisory", "project"), "capacity_building"},
		{"services.model", modelOf(t, "advisory", "advice", "capacity_building", "project"), `service "advice"`},
	} {
		_, err := LoadModels(fstest.MapFS{tt.name: tt.file}, embeddedVocabulary(t))
		if err == nil || !strings.Contains(err.Error(), tt.name) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("error %v, want one that names %s and says %q", err, tt.name, tt.says)
		}
	}
}

// An office's own model takes the place of the program's; the others stay.
func TestAnOfficesOwnModelsAreUsed(t *testing.T) {
	v := embeddedVocabulary(t)
	plain := newTestReader(t)
	none, err := LoadModels(fstest.MapFS{}, v)
	if err != nil || plain.WithModels(none).wording.kinds != plain.wording.kinds {
		t.Errorf("no file changes no model: %v", err)
	}
	own, err := LoadModels(fstest.MapFS{"kinds.model": modelOf(t, "spam", "request")}, v)
	if err != nil {
		t.Fatal(err)
	}
	r := plain.WithModels(own)
	if r.wording.kinds == plain.wording.kinds || r.wording.roles != plain.wording.roles || r.weighing.services != plain.weighing.services {
		t.Error("kinds.model alone should have been replaced")
	}
	m := &Message{Text: Text{Content: "Xx x xx."}}
	if got := r.Read(m); got.Kind == "" {
		t.Error("a mail was not read")
	}
}
