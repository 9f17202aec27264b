package strictyaml_test

import (
	"errors"
	"testing"

	"verbale/internal/strictyaml"
)

type colour string

func (c *colour) UnmarshalText(b []byte) error {
	if s := string(b); s != "red" && s != "blue" {
		return unknownColour(s)
	}
	*c = colour(b)
	return nil
}

type unknownColour string

func (u unknownColour) Error() string { return "no such colour as " + string(u) }
func (u unknownColour) Hint() string  { return "write red or blue" }

// A multilingual is a text in several languages. A plain string is the English text.
type multilingual map[string]string

func (m *multilingual) UnmarshalText(b []byte) error {
	*m = multilingual{"en": string(b)}
	return nil
}

type house struct {
	Name    string            `yaml:"name,required"`
	Floors  int               `yaml:"floors"`
	Height  float64           `yaml:"height"`
	Inhabit bool              `yaml:"inhabited"`
	Paint   colour            `yaml:"paint"`
	Rooms   []room            `yaml:"rooms"`
	Names   map[string]string `yaml:"names"`
	Garden  *room             `yaml:"garden"`
	Motto   multilingual      `yaml:"motto"`
	Mottoes []multilingual    `yaml:"mottoes"`
}

type room struct {
	ID string `yaml:"id,required"`
}

func TestDecodeReadsWhatIsRight(t *testing.T) {
	var h house
	doc := strictyaml.Decode("house.yaml", []byte("\ufeff"+`
name: 12
floors: 3
height: 7.5
inhabited: true
paint: red
rooms:
  - id: hall
  - {id: "attic"}
names: {fr: maison, garden: jardin, "garden.id": nom}
garden: {id: front}
motto: home
mottoes:
  - fr: chez soi
    ru: дома
  - {en: sweet}
`), &h)
	if err := doc.Err(); err != nil {
		t.Fatal(err)
	}
	if h.Name != "12" || h.Floors != 3 || h.Height != 7.5 || !h.Inhabit || h.Paint != "red" ||
		len(h.Rooms) != 2 || h.Rooms[1].ID != "attic" || h.Names["fr"] != "maison" || h.Garden.ID != "front" ||
		h.Motto["en"] != "home" || h.Mottoes[0]["ru"] != "дома" || h.Mottoes[1]["en"] != "sweet" {
		t.Errorf("read %+v", h)
	}
}

func TestDecodeTellsEveryProblemAtItsPlace(t *testing.T) {
	tests := map[string]struct{ yaml, want string }{
		"empty":          {"", `h.yaml:1:1: key "name" is missing; add “name: …”`},
		"only a comment": {"# nothing\n", `h.yaml:1:1: key "name" is missing; add “name: …”`},
		"unknown key":    {"name: a\nflors: 3\n", `h.yaml:2:1: key "flors" is not known here; did you mean "floors"?`},
		"given twice":    {"name: a\nname: b\n", `h.yaml:2:1: key "name" is given twice; keep one of the two`},
		"no number":      {"name: a\nfloors: many\n", `h.yaml:2:9: floors must be a whole number`},
		"no bool":        {"name: a\ninhabited: yes\n", `h.yaml:2:12: inhabited must be true or false`},
		"bad text":       {"name: a\npaint: pink\n", `h.yaml:2:8: paint: no such colour as pink; write red or blue`},
		"no list":        {"name: a\nrooms: hall\n", `h.yaml:2:8: rooms must be a list; write [a, b] or one “- item” per line`},
		"list for text":  {"name: [a]\n", `h.yaml:1:7: name must be a string`},
		"no text or map": {"name: a\nmotto: [a]\n", `h.yaml:2:8: motto must be a single value`},
		"no value":       {"name:\n", `h.yaml:1:7: name has no value; add a value or remove the line`},
		"alias":          {"name: &x a\nfloors: 1\n", `h.yaml:1:7: anchors, aliases and tags are not supported here; write the value itself`},
		"in a list":      {"name: a\nrooms:\n  - id: b\n  - idd: c\n", "h.yaml:4:5: key \"idd\" is not known here; did you mean \"id\"?\nh.yaml:4:5: key \"id\" is missing; add “id: …”"},
		"no mapping":     {"- name\n", `h.yaml:1:1: the file must be a mapping; write “key: value” lines`},
		"two documents":  {"name: a\n---\nname: b\n", `h.yaml:3:1: a second document begins here; keep one document per file`},
		"not UTF-8":      {"name: a\n# \xd4\xf0\n", `h.yaml:2:3: this is not UTF-8; save the file as UTF-8`},
		"two problems":   {"floors: x\nheight: y\nname: a\n", "h.yaml:1:9: floors must be a whole number\nh.yaml:2:9: height must be a number"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := strictyaml.Decode("h.yaml", []byte(tt.yaml), new(house)).Err()
			if err == nil || err.Error() != tt.want {
				t.Errorf("got\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
}

func TestDecodeNamesThePlaceOfBrokenSyntax(t *testing.T) {
	err := strictyaml.Decode("h.yaml", []byte("name: a\nrooms: [\n"), new(house)).Err()
	var problems strictyaml.Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Line != 2 {
		t.Errorf("got %v, want one problem in line 2", err)
	}
}

func TestReportFallsBackToWhatWouldHoldTheValue(t *testing.T) {
	doc := strictyaml.Decode("h.yaml", []byte("name: a\nrooms:\n  - id: b\n"), new(house))
	doc.Report(strictyaml.Root.Key("rooms").Item(0).Key("window"), "no window", "")
	strictyaml.OneOf(doc, strictyaml.Root.Key("rooms").Item(0).Key("id"), "b", "hall")
	want := "h.yaml:3:5: no window\nh.yaml:3:9: id \"b\" is not known; write one of hall"
	if got := doc.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("name: a\nrooms: [{id: b}]\n")
	f.Add("name: &a [*a]\n<<: *a\n")
	f.Add("? [a]\n: |\n  b\n--- !!x\n")
	f.Fuzz(func(t *testing.T, text string) {
		doc := strictyaml.Decode("f.yaml", []byte(text), new(house))
		for _, p := range doc.Problems() {
			if p.Line < 1 || p.Column < 1 || p.Message == "" {
				t.Errorf("problem without place or words: %+v", p)
			}
		}
	})
}
