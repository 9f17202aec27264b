package lexicon

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func embedded(t testing.TB) *Vocabulary {
	t.Helper()
	v, err := Load(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEmbeddedVocabularyHolds(t *testing.T) {
	v := embedded(t)
	for _, theme := range v.Themes {
		if _, ok := v.Division(theme.Division); !ok {
			t.Errorf("theme %s belongs to no division", theme.ID)
		}
	}
	for _, c := range v.Countries {
		if len(c.ID) != 2 || strings.ToUpper(c.ID) != c.ID {
			t.Errorf("country %q is no ISO 3166-1 alpha-2 code", c.ID)
		}
	}
	if n := len(v.Countries); n < 193 {
		t.Errorf("%d States; the United Nations alone have 193 members", n)
	}
	for _, level := range []string{"required", "expected", "useful"} {
		if len(v.Elements[level]) == 0 {
			t.Errorf("no %s elements of a request", level)
		}
	}
	if v.Scan("Republic of Kosovo").Of(ClassTerritory) == nil {
		t.Error("Kosovo is not known as a territory")
	}
}

func TestNamesComeInTheLanguageAsked(t *testing.T) {
	c, ok := embedded(t).Country("CI")
	if !ok {
		t.Fatal("Côte d'Ivoire is not known")
	}
	for language, want := range map[string]string{"en": "Côte d'Ivoire", "ru": "Кот-д'Ивуар", "sr": "Côte d'Ivoire"} {
		if got := c.Name.In(language); got != want {
			t.Errorf("name in %s is %q, want %q", language, got, want)
		}
	}
}

func TestDomainsShowTheState(t *testing.T) {
	v := embedded(t)
	for _, c := range []struct {
		domain     string
		id         string
		government bool
	}{
		{"mintrans.gov.kg", "KG", true},
		{"eco.gov.az", "AZ", true},
		{"example.tj", "TJ", false},
		{"mail.ru", "", false},
		{"undp.org", "", false},
		{"rks-gov.net", "", false},
		{"vladars.rs", "BA", true},
		{"", "", false},
	} {
		if id, government := v.CountryOfDomain(c.domain); id != c.id || government != c.government {
			t.Errorf("%s: %q, %v; want %q, %v", c.domain, id, government, c.id, c.government)
		}
	}
	if got := v.TerritoryOfDomain("mmph.rks-gov.net"); got != "kosovo" {
		t.Errorf("rks-gov.net belongs to %q", got)
	}
}

// senses lists the ids that a scan finds in one class.
func senses(v *Vocabulary, c Class, text string) string {
	var ids []string
	for _, h := range v.Scan(text).Of(c) {
		for _, s := range h.Senses {
			ids = append(ids, s.ID)
		}
	}
	return strings.Join(ids, " ")
}

func TestStatesAreFoundInThreeLanguagesAndInEveryCase(t *testing.T) {
	v := embedded(t)
	for text, want := range map[string]string{
		"the Kyrgyz Republic and Tajikistan":           "KG TJ",
		"la République de Moldova et l’Ouzbékistan":    "MD UZ",
		"Республикой Армения, в Грузии и Узбекистаном": "AM GE UZ",
		"Королевства Марокко; Того":                    "MA TG",
		"из-за того, что":                              "",
		"50 000 US dollars for Georgia":                "GE",
		"the Aarhus Convention":                        "",
		"Guinée-Bissau et Guinée équatoriale":          "GW GQ",
		"Демократической Республики Конго":             "CD",
	} {
		if got := senses(v, ClassCountry, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAmbiguousAcronymsNeedTheirContext(t *testing.T) {
	v := embedded(t)
	if got := senses(v, ClassTheme, "The ADR clause of the contract"); strings.Contains(got, "dangerous-goods") {
		t.Errorf("ADR without context speaks for %q", got)
	}
	if got := senses(v, ClassTheme, "ADR training on tank vehicles"); !strings.Contains(got, "dangerous-goods") {
		t.Errorf("ADR beside tanks speaks for %q", got)
	}
}

func TestInstrumentsAreKnownByTheirYear(t *testing.T) {
	v := embedded(t)
	for text, want := range map[string]string{
		"the Convention of 1979":                                  "air-convention",
		"Convention de 1992 sur le partage du fleuve":             "water-convention",
		"the 1992 Convention, after the accident at the tailings": "industrial-accidents-convention",
		"Конвенции по охране и использованию трансграничных водотоков и международных озер": "water-convention",
		"recommandation n° 34": "rec-34-data-harmonization",
	} {
		if got := senses(v, ClassInstrument, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestShortNamesOfInstrumentsNeedTheirContext(t *testing.T) {
	v := embedded(t)
	for text, want := range map[string]string{
		"the London Protocol, on targets for drinking water": "protocol-water-health",
		"the London Protocol on dumping at sea":              "",
		"les principes fondamentaux de notre statistique":    "fundamental-principles",
		"les principes fondamentaux du droit de la famille":  "",
		"Женевской хартии, на жилищный кодекс":               "geneva-charter-housing",
		"Женевской хартии любительского спорта":              "",
		"the Aarhus protocol, with limits for mercury":       "heavy-metals-protocol",
		"протокол, подписанный в 2003 году, о регистре":      "prtr-protocol",
	} {
		if got := senses(v, ClassInstrument, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// with returns the embedded files with some replaced, or removed if the replacement is "".
func with(t *testing.T, changed map[string]string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := fs.ReadDir(Embedded(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := fs.ReadFile(Embedded(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = &fstest.MapFile{Data: b}
	}
	for name, text := range changed {
		if delete(files, name); text != "" {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return files
}

func TestFilesThatAreWrongAreRefusedWithEveryProblem(t *testing.T) {
	for _, c := range []struct {
		name    string
		changed map[string]string
		want    []string
	}{
		{"a file is missing", map[string]string{"partners.yaml": ""}, []string{"partners.yaml"}},
		{"a key is misspelt", map[string]string{"elements.yaml": "record_element: {}\n"}, []string{"elements.yaml", "record_element"}},
		{"two files are wrong", map[string]string{"elements.yaml": "x: 1\n", "partners.yaml": "y: 1\n"}, []string{"elements.yaml", "partners.yaml"}},
		{"ids and references", map[string]string{"partners.yaml": `partners:
  - {id: a, role: un, name: {en: A, fr: A, ru: А}, aka: ["…"]}
  - {id: a, role: un, name: {en: A, fr: A}, aka: []}
`, "instruments.yaml": `instruments:
  - {id: i, division: nowhere, themes: [nothing], name: {en: I, fr: I, ru: И}, aka: []}
`}, []string{`partner "a" has no id of its own`, `term "…" holds no word`, "lacks a name", `division "nowhere"`, `theme "nothing"`}},
		{"a short name of anything", map[string]string{"instruments.yaml": "instruments:\n  - {id: i, name: {en: I, fr: I, ru: И}, aka: [I], short: [Charter]}\n"},
			[]string{"instrument i is called for short without"}},
		{"a language that is none", map[string]string{"cues.yaml": "cues:\n  - {id: c, strong: {en: [w], fr: [w], ru: [w], english: [w]}}\n"}, []string{`cue c: "english" is no language`}},
		{"a cue in one language", map[string]string{"cues.yaml": "cues:\n  - {id: c, strong: {en: [word]}}\n"}, []string{"cue c lacks strong terms"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(with(t, c.changed))
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not speak of %q:\n%v", want, err)
				}
			}
		})
	}
}

const sample = `The Ministry of Transport of the Republic of Armenia kindly requests a workshop on road safety audits and on the
carriage of dangerous goods under ADR, with experts of UNECE, in Yerevan in the second quarter. UNDP has offered the venue.`

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Embedded()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	v := embedded(b)
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		v.Scan(sample)
	}
}

// A strong term is sufficient evidence by itself, so it must not belong to two divisions.
func TestNoStrongTermBelongsToTwoDivisions(t *testing.T) {
	var f files
	if err := f.read(Embedded()); err != nil {
		t.Fatal(err)
	}
	owner := map[string]string{}
	for _, d := range f.themes.Divisions {
		for _, theme := range d.Themes {
			for _, list := range theme.Strong {
				for _, term := range list {
					folded := FoldString(term)
					if other, claimed := owner[folded]; claimed && other != d.ID {
						t.Errorf("%q is claimed by %s and by %s", term, other, d.ID)
					}
					owner[folded] = d.ID
				}
			}
		}
	}
	if len(owner) < 1000 {
		t.Errorf("only %d strong terms were looked at", len(owner))
	}
}
