package phrases

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/language"
)

// Languages lists the languages in which we write, the fallback first.
var Languages = []string{English, French, Russian}

// ISO 639-1 codes of these languages.
const (
	English = "en"
	French  = "fr"
	Russian = "ru"
)

//go:embed data/*.yaml
var embedded embed.FS

// Values holds the values of a text's placeholders. A time.Time is formatted as a date in the
// language of the text, in the time's own location; an int can also select the plural form;
// everything else is formatted by fmt.
type Values map[string]any

// A Catalogue holds the texts of all languages. It is safe for concurrent use.
type Catalogue struct {
	byLanguage map[string]*languageTexts
}

// filePrefixes are the prefixes of the files that make up a language: mails and shared texts, the
// desk, reports, and the reasons for what was read or decided.
var filePrefixes = []string{"", "desk.", "report.", "remark."}

// languageTexts holds the texts of one language. Its calendar is in the first file.
type languageTexts struct {
	tag      language.Tag
	Calendar calendar        `yaml:"calendar"`
	Texts    map[string]text `yaml:"texts"`
}

// Default returns the built-in catalogue.
var Default = sync.OnceValue(func() *Catalogue {
	c, err := read(Embedded())
	if err != nil {
		panic(fmt.Sprintf("embedded catalogue: %v", err)) // covered by a test
	}
	return c
})

// Embedded returns the files of the default catalogue, as a template for a custom one.
func Embedded() fs.FS {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}

// Load reads the files of each language, en.yaml, desk.en.yaml and so on, and checks them
// against the keys and placeholders of the default catalogue. The error joins all problems
// found.
func Load(fsys fs.FS) (*Catalogue, error) {
	c, err := read(fsys)
	if err != nil {
		return nil, err
	}
	if err := c.check(Default().byLanguage[English]); err != nil {
		return nil, err
	}
	return c, nil
}

func read(fsys fs.FS) (*Catalogue, error) {
	c := &Catalogue{byLanguage: map[string]*languageTexts{}}
	var faults []error
	for _, lang := range Languages {
		b, err := readLanguage(fsys, lang)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		c.byLanguage[lang] = b
	}
	return c, errors.Join(faults...)
}

func readLanguage(fsys fs.FS, lang string) (*languageTexts, error) {
	whole := &languageTexts{tag: language.MustParse(lang), Texts: map[string]text{}}
	var faults []error
	for _, prefix := range filePrefixes {
		name := prefix + lang + ".yaml"
		b, err := readFile(fsys, name)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if b.Calendar.Months != nil {
			whole.Calendar = b.Calendar
		}
		for _, key := range slices.Sorted(maps.Keys(b.Texts)) {
			if _, twice := whole.Texts[key]; twice {
				faults = append(faults, fmt.Errorf("read catalogue %s: %s stands in another file as well", name, key))
			}
			whole.Texts[key] = b.Texts[key]
		}
	}
	return whole, errors.Join(faults...)
}

func readFile(fsys fs.FS, name string) (*languageTexts, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	b := &languageTexts{}
	if err := yaml.UnmarshalWithOptions(raw, b, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read catalogue %s: %w", name, err)
	}
	return b, nil
}

// Text returns the text of a key in a language. An unknown key is returned unchanged.
func (c *Catalogue) Text(lang, key string, values Values) string {
	b, ok := c.byLanguage[lang]
	if !ok {
		b = c.byLanguage[English]
	}
	t, ok := b.Texts[key]
	if !ok {
		return key
	}
	return expand(t.form(b.tag, values), func(name string) (string, bool) {
		v, given := values[name]
		return b.write(v), given
	})
}

// Speaks reports whether we write in the language.
func (c *Catalogue) Speaks(lang string) bool {
	_, ok := c.byLanguage[lang]
	return ok
}

// Date formats a day in the language.
func (c *Catalogue) Date(lang string, day time.Time) string {
	b, ok := c.byLanguage[lang]
	if !ok {
		b = c.byLanguage[English]
	}
	return b.Calendar.write(day)
}

// OverdueBy says in a language for how many full working days something has been overdue, as
// part of a sentence: "by 3 working days".
func (c *Catalogue) OverdueBy(lang string, days int) string {
	if days < 1 {
		return c.Text(lang, "overdue.less", nil)
	}
	return c.Text(lang, "overdue.days", Values{"count": days})
}

func (b *languageTexts) write(v any) string {
	if day, ok := v.(time.Time); ok {
		return b.Calendar.write(day)
	}
	return fmt.Sprint(v)
}

// expand replaces each {name} once; inserted values are not expanded. If a value ends in a
// full stop, as a Russian date does, a full stop that follows it is dropped.
func expand(text string, value func(name string) (string, bool)) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		v, given := value(name)
		if !closed || !given {
			out.WriteString("{")
			text = rest
			continue
		}
		out.WriteString(v)
		if strings.HasSuffix(v, ".") {
			after = strings.TrimPrefix(after, ".")
		}
		text = after
	}
}
