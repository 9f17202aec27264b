package reading_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"

	"verbale/intake"
	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
	"verbale/intake/reading/readingtest"
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

// Damaged data are refused by the name of the file, and so are models that do
// not fit the rest.
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

func TestEveryFileThatIsWrongIsNamed(t *testing.T) {
	bad := &fstest.MapFile{Data: []byte("?: [")}
	files := fstest.MapFS{"times.yaml": bad, "people.yaml": bad, "kinds.model": bad, "services.model": bad}
	_, err := reading.Load(files, readingtest.Vocabulary())
	for name := range files {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
}

// An office's own file takes the place of the program's; the others stay.
func TestAnOfficesOwnFilesAreUsed(t *testing.T) {
	own := strings.Replace(string(read(t, reading.Embedded(), "acts.yaml")), `en: ["undeliverable"`, `en: ["pigeon came back", "gone astray", "undeliverable"`, 1)
	pigeon := &intake.Message{Subject: "Pigeon came back", From: intake.Address{Address: "postmaster@loft.example"}, Text: intake.Text{Content: "Your letter has gone astray."}}
	for name, c := range map[string]struct {
		files  fstest.MapFS
		kind   intake.Kind
		reason string
	}{
		"none":  {fstest.MapFS{}, intake.KindOther, ""},
		"acts":  {fstest.MapFS{"acts.yaml": {Data: []byte(own)}}, intake.KindBounce, "notice of a mail system"},
		"kinds": {fstest.MapFS{"kinds.model": modelOf(t, "other.pigeons", "request")}, intake.KindOther, "pigeons"},
	} {
		r, err := reading.Load(c.files, readingtest.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Read(pigeon); got.Kind != c.kind || c.reason != "" && got.KindReason != c.reason {
			t.Errorf("%s: got %s (%s), want %s (%s)", name, got.Kind, got.KindReason, c.kind, c.reason)
		}
	}
}

// Every phrase that the code asks for by id stands in the files.
func TestPhrasesOfEveryId(t *testing.T) {
	for name, ids := range map[string][]string{
		"letter.yaml": {"salutation", "opening", "closing", "courtesy", "reference", "incoming", "addressee", "topic", "contact", "below", "covers", "annex"},
		"acts.yaml":   {"ask.verb", "ask.help", "ask.request", "ask.service", "ask.not", "auto.absence", "auto.receipt", "auto.address", "bounce.notice", "spam.offer", "spam.fraud", "other.invitation", "other.nomination", "other.thanks"},
		"people.yaml": {"honorific", "post", "institution.public", "institution.private", "institution.unit", "above", "mission", "accredited", "joint", "behalf", "stop", "answer_to", "informal", "formal"},
		"times.yaml":  {"deadline", "within", "reply", "activity", "other", "past", "closes", "opens"},
	} {
		var f struct {
			Phrases lexicon.Phrases `yaml:"phrases"`
		}
		if err := yaml.Unmarshal(read(t, reading.Embedded(), name), &f); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if len(f.Phrases[id]["en"]) == 0 {
				t.Errorf("%s: %s has no phrase", name, id)
			}
		}
	}
}
