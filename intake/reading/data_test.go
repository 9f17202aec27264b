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

// modelOf returns a stored model that distinguishes the given classes by one word each.
func modelOf(t *testing.T, classes ...string) *fstest.MapFile {
	t.Helper()
	var examples []learned.Example
	for range 5 {
		for i, class := range classes {
			examples = append(examples, learned.Example{Class: class, Text: strings.Repeat("x", i+1)})
		}
	}
	data, err := learned.Train(examples, learned.Defaults()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: data}
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

// A file of the office's own must replace the embedded file of that name; the others stay in
// use.
func TestAnOfficesOwnFilesAreUsed(t *testing.T) {
	own := strings.Replace(string(read(t, reading.Embedded(), "acts.yaml")), `en: ["undeliverable"`, `en: ["pigeon came back", "gone astray", "undeliverable"`, 1)
	pigeon := &intake.Message{Subject: "Pigeon came back", From: intake.Address{Address: "postmaster@loft.example"}, Text: intake.Text{Content: "Your letter has gone astray."}}
	for name, c := range map[string]struct {
		files  fstest.MapFS
		kind   intake.Kind
		reason string
	}{
		"none":  {fstest.MapFS{}, intake.KindOther, ""},
		"acts":  {fstest.MapFS{"acts.yaml": {Data: []byte(own)}}, intake.KindBounce, "kind.mail_system"},
		"kinds": {fstest.MapFS{"kinds.model": modelOf(t, "other.pigeons", "request")}, intake.KindOther, "pigeons"},
	} {
		r, err := reading.Load(c.files, readingtest.Vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Read(pigeon); got.Kind != c.kind || c.reason != "" && readingtest.Why(got.KindReason) != c.reason {
			t.Errorf("%s: got %s (%s), want %s (%s)", name, got.Kind, got.KindReason, c.kind, c.reason)
		}
	}
}

// The files must contain a phrase for every id that the code looks up.
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
