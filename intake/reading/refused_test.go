//go:build !race

package reading_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"verbale/intake/reading"
	"verbale/intake/reading/readingtest"
)

// Damaged data files, and models that do not match the other data, must be refused with an
// error that names the file.
func TestFilesThatAreWrongAreRefusedByName(t *testing.T) {
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for _, tt := range []struct {
		name string
		file *fstest.MapFile
		says string
	}{
		{"letter.yaml", text("version: 1\nphrases: {salutation: {en: [\"...\"]}}"), "no word"},
		{"acts.yaml", text("version: 1\nphrasez: {}"), "phrasez"},
		{"people.yaml", text("phrases: ["), ""},
		{"languages.yaml", text("version: 1\nlanguages: [{code: xx, script: Klingon}]"), "Klingon"},
		{"dates.yaml", text("version: 1\nunits: {eon: [aeon]}"), "eon"},
		{"times.yaml", text("version: 1\nphrases: 7"), ""},
		{"weights.yaml", text("version: 1\nroles: {thanks: 0}"), "no weight"},
		{"kinds.yaml", text("version: 1\nspam: {bias: -2, ask: heavy}"), ""},
		{"dating.yaml", text("version: 1\nreply: {deadlines: 1}"), "deadlines"},
		{"official.yaml", text("version: 1\nsigns: {seal: 1}"), "seal"},
		{"asks.yaml", text("version: 1\nbias: {advisory: 0, project: 0}"), "no bias to service capacity_building"},
		{"asks.yaml", text("version: 1\nbias: {}\nmodell: 1"), "modell"},
		{"described.yaml", text("version: 1\nwords: {road-saftey: {en: [roads]}}"), `instrument "road-saftey"`},
		{"described.yaml", text("version: 1\nplaces: {adr: {en: [\"...\"]}}"), "no word"},
		{"roles.model", text("no model"), "decode model"},
		{"roles.model", modelOf(t, "thanks", "thank"), `role "thank"`},
		{"kinds.model", modelOf(t, "spam", "junk.mail"), `kind "junk.mail"`},
		{"subjects.model", modelOf(t, "water", "watr"), `theme "watr"`},
		{"words.model", modelOf(t, "water", "watr"), `theme "watr"`},
		{"services.model", modelOf(t, "advisory", "project"), "capacity_building"},
		{"services.model", modelOf(t, "advisory", "advice", "capacity_building", "project"), `service "advice"`},
	} {
		_, err := reading.Load(fstest.MapFS{tt.name: tt.file}, readingtest.Vocabulary())
		if err == nil || !strings.Contains(err.Error(), tt.name) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("error %v, want one that names %s and says %q", err, tt.name, tt.says)
		}
	}
}
