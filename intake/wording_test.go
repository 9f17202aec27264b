package intake

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"verbale/intake/lexicon"
)

// wordingFiles is a copy of the embedded files that a test may change.
func wordingFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files, err := fs.Sub(embedded, "data")
	if err != nil {
		t.Fatal(err)
	}
	copied := fstest.MapFS{}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(files, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		copied[e.Name()] = &fstest.MapFile{Data: data}
	}
	return copied
}

func TestDamagedWordingIsRefusedByName(t *testing.T) {
	for name, data := range map[string]string{
		"letter.yaml":    "version: 1\nphrases: {salutation: {en: [\"...\"]}}",
		"acts.yaml":      "version: 1\nphrasez: {}",
		"people.yaml":    "phrases: [",
		"languages.yaml": "version: 1\nlanguages: [{code: xx, script: Klingon}]",
		"times.yaml":     "version: 1\nunits: {eon: [aeon]}",
		"roles.model":    "no model",
	} {
		files := wordingFiles(t)
		files[name] = &fstest.MapFile{Data: []byte(data)}
		if _, err := LoadWording(files); err == nil {
			t.Errorf("%s: no error", name)
		} else if base, _, _ := strings.Cut(name, "."); !strings.Contains(err.Error(), base) && !strings.Contains(err.Error(), "script") {
			t.Errorf("%s: the error does not say which file: %v", name, err)
		}
	}
}

func TestAnOfficesOwnWordingIsUsed(t *testing.T) {
	files := wordingFiles(t)
	acts := string(files["acts.yaml"].Data)
	files["acts.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(acts, "en: [\"undeliverable\"", "en: [\"pigeon came back\", \"gone astray\", \"undeliverable\"", 1))}
	w, err := LoadWording(files)
	if err != nil {
		t.Fatal(err)
	}
	m := &Message{Subject: "Pigeon came back", From: Address{Address: "postmaster@loft.example"}, Text: Text{Content: "Your letter has gone astray."}}
	if got := newTestReader(t).With(w).Read(m); got.Kind != KindBounce {
		t.Errorf("got %s (%s)", got.Kind, got.KindReason)
	}
}

// Every phrase that the code asks for by id stands in the files, in the three
// languages of the office.
func TestPhrasesOfEveryIdInThreeLanguages(t *testing.T) {
	files := wordingFiles(t)
	for name, ids := range map[string][]string{
		"letter.yaml": {"salutation", "opening", "closing", "courtesy", "reference", "incoming", "addressee", "topic", "contact", "below", "covers", "annex"},
		"acts.yaml":   {"ask.verb", "ask.help", "ask.request", "ask.service", "ask.not", "auto.absence", "auto.receipt", "auto.address", "bounce.notice", "spam.offer", "spam.fraud", "other.invitation", "other.nomination", "other.thanks"},
		"people.yaml": {"honorific", "post", "institution.public", "institution.private", "institution.unit", "above", "mission", "accredited", "joint", "behalf", "stop", "answer_to", "informal", "formal"},
	} {
		var f phraseFile
		if err := loadYAML(files, name, &f); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			for _, language := range []string{"en", "fr", "ru"} {
				if len(f.Phrases[id][language]) == 0 {
					t.Errorf("%s: %s has no phrase in %s", name, id, language)
				}
			}
		}
	}
	var times timesFile
	if err := loadYAML(files, "times.yaml", &times); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"deadline", "within", "reply", "activity", "other", "past", "closes", "opens"} {
		for _, language := range []string{"en", "fr", "ru"} {
			if len(times.Roles[id][language]) == 0 {
				t.Errorf("times.yaml: %s has no phrase in %s", id, language)
			}
		}
	}
}

// A word that is looked up whole must be one word to the scanner too.
func TestSingleWordsAreSingleToScanners(t *testing.T) {
	files := wordingFiles(t)
	var languages languageFile
	if err := loadYAML(files, "languages.yaml", &languages); err != nil {
		t.Fatal(err)
	}
	v, err := lexicon.Load(lexicon.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range languages.Languages {
		for _, w := range l.Words {
			if n := len(v.Scan(w).Tokens); n != 1 {
				t.Errorf("%s: %q is %d words", l.Code, w, n)
			}
		}
	}
	for w := range defaultWording().dates.senses {
		if n := len(v.Scan(w).Tokens); n != 1 {
			t.Errorf("times.yaml: %q is %d words", w, n)
		}
	}
}
