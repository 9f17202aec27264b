package strictyaml

import (
	"reflect"
	"testing"

	"github.com/goccy/go-yaml"
)

// A form has all kinds of fields that data files have.
type form struct {
	Version int                 `yaml:"version"`
	Share   float64             `yaml:"share"`
	On      bool                `yaml:"on"`
	Name    string              `yaml:"name"`
	Words   []string            `yaml:"words"`
	Lists   map[string][]string `yaml:"lists"`
	Weights map[string]float64  `yaml:"weights"`
	Months  map[int][]string    `yaml:"months"`
	Items   []item              `yaml:"items"`
}

type item struct {
	ID    string `yaml:"id"`
	Terms `yaml:",inline"`
	Items []item `yaml:"items"`
}

type Terms struct {
	Strong map[string][]string `yaml:"strong"`
}

// Files in the simple subset of YAML. The fast reader must give the same result as the full
// parser.
var plainFiles = map[string]string{
	"single values":     "version: 1\nshare: 0.25\non: true\nname: de la part de  # of whom\n",
	"quotes":            "name: \"it's: so\"\nwords: ['say \"yes\"', \"# none\", l'eau, d\"a]\n",
	"negative":          "version: -2\nshare: -2\nmonths: {-1: [last]}\n",
	"texts like digits": "words: [1968, 2e, +41 22 917, 20 mai, 0]\nname: 33\n",
	"comments":          "# of the file\n\nwords: # of the key\n  # of an item\n  - a # of a value\n\n  - b\n# the end\n",
	"list in brackets":  "words: [\n    road safety, \"вод*\", # some\n    # and more\n    été\n  ]\nname: x\n",
	"bracket at key":    "lists:\n  en: [\n    a, b,\n  ]\n  fr: [c]\n",
	"bracket below key": "words:\n  [a,\n   b]\n",
	"mapping":           "lists: {en: [a, b c], fr: [], \"ru\": [д]}\nweights: {a.b: 1, c-d: 0.5}\n",
	"list at key":       "words:\n- a\n- b\nname: x\n",
	"items":             "items:\n  - id: a\n    strong: {en: [b]}\n    items:\n      - id: c\n      - {id: d}\n  - id: e\n",
	"months":            "months:\n  1: [jan, янв]\n  12: [dec]\n",
	"no end of line":    "name: x",
}

func TestPlainFilesAreReadAlike(t *testing.T) {
	for name, text := range plainFiles {
		var fast, whole form
		if !readPlain(text, &fast) {
			t.Errorf("%s: not read as plain", name)
			continue
		}
		if err := yaml.UnmarshalWithOptions([]byte(text), &whole, yaml.Strict()); err != nil || !reflect.DeepEqual(fast, whole) {
			t.Errorf("%s: got %+v, want %+v (%v)", name, fast, whole, err)
		}
	}
}

// Files that are invalid or not in the simple subset. The fast reader must leave them to the full
// parser.
var otherFiles = map[string]string{
	"nothing":                "# nothing\n",
	"unknown key":            "nome: x\n",
	"key twice":              "name: x\nname: y\n",
	"a text for a number":    "version: one\n",
	"a number for a list":    "words: 1\n",
	"null":                   "name: null\n",
	"no value":               "name:\nversion: 1\n",
	"truth for a text":       "name: true\n",
	"number of another base": "name: 0x10\n",
	"leading zero":           "name: 007\n",
	"power":                  "name: 1e3\n",
	"day":                    "name: 2026-03-01\n",
	"escape":                 "name: \"a\\tb\"\n",
	"quote twice":            "name: 'it''s'\n",
	"text over lines":        "name: a\n  b\n",
	"text block":             "name: |\n  a\n",
	"anchor":                 "words: &a [b]\n",
	"alias":                  "name: *a\n",
	"tag":                    "name: !!str 1\n",
	"colon in a text":        "name: a: b\n",
	"pair in a list":         "words: [a: b]\n",
	"list in a list":         "words:\n  - - a\n",
	"lists side by side":     "words: [a] [b]\n",
	"not closed":             "words: [a\nname: x\n",
	"indented too far":       "version: 1\n  name: x\n",
	"after the mapping":      " name: x\ny\n",
	"indented too little":    "items:\n    - id: a\n   - id: b\n",
	"item at the key":        "items:\n  - id: a\n    strong:\n  - id: b\n",
	"tab":                    "name:\tx\n",
	"two documents":          "name: x\n---\nname: y\n",
	"comma too many":         "words: [a,, b]\n",
	"comment without space":  "words: [a]# b\n",
}

func TestOtherFilesAreNotReadAsPlain(t *testing.T) {
	for name, text := range otherFiles {
		got := form{}
		if readPlain(text, &got) {
			t.Errorf("%s: read as plain: %+v", name, got)
		}
		if !reflect.DeepEqual(got, form{}) {
			t.Errorf("%s: left behind %+v", name, got)
		}
	}
}

// The error for an invalid file must be that of the full YAML parser.
func TestUnmarshalSaysWhatIsWrong(t *testing.T) {
	for _, text := range []string{"nome: x\n", "version: one\n", "words: [a\n"} {
		got, want := Unmarshal([]byte(text), &form{}), yaml.UnmarshalWithOptions([]byte(text), &form{}, yaml.Strict())
		if want == nil || got == nil || got.Error() != want.Error() {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// Fields that are already set and not in the file must keep their values.
func TestValuesThatAreSetAreKept(t *testing.T) {
	got := form{Name: "kept"}
	if err := Unmarshal([]byte("version: 1\n"), &got); err != nil || got.Name != "kept" || got.Version != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func FuzzPlain(f *testing.F) {
	for _, files := range []map[string]string{plainFiles, otherFiles} {
		for _, text := range files {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		var fast, whole form
		if !readPlain(text, &fast) {
			return
		}
		if err := yaml.UnmarshalWithOptions([]byte(text), &whole, yaml.Strict()); err != nil || !reflect.DeepEqual(fast, whole) {
			t.Fatalf("%q: got %+v, want %+v (%v)", text, fast, whole, err)
		}
	})
}
