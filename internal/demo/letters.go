package demo

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"text/template"
	"time"

	"github.com/goccy/go-yaml"
)

//go:embed letters/*.yaml
var letterFiles embed.FS

// A Letter is one sample mail of the demo: invented people, written in the
// manner of the letters that the program is made for. Its texts are templates,
// so that the dates in them lie ahead whenever the demo runs.
type Letter struct {
	Name       string            `yaml:"-"`
	From       string            `yaml:"from"`
	Subject    string            `yaml:"subject"`
	Language   string            `yaml:"language"`
	Charset    string            `yaml:"charset"`
	Headers    map[string]string `yaml:"headers"`
	Body       string            `yaml:"body"`
	Attachment *Attachment       `yaml:"attachment"`
	Bounce     *Bounce           `yaml:"bounce"`
}

// An Attachment is a letter that is made into a document, .pdf or .docx by its
// file name.
type Attachment struct {
	Filename string `yaml:"filename"`
	Text     string `yaml:"text"`
}

// A Bounce makes a mail a delivery status notification (RFC 3464).
type Bounce struct {
	Recipient string `yaml:"recipient"`
	Status    string `yaml:"status"`
	Returned  string `yaml:"returned"` // subject of the mail that came back
}

// Dates writes a day in a language; internal/phrases does.
type Dates interface {
	Date(language string, day time.Time) string
}

// Letters returns the sample letters in the order of delivery, their dates
// counted from now.
func Letters(now time.Time, dates Dates) ([]Letter, error) {
	names, err := fs.Glob(letterFiles, "letters/*.yaml")
	if err != nil {
		return nil, err
	}
	letters := make([]Letter, 0, len(names))
	for _, name := range names {
		l, err := readLetter(name, now, dates)
		if err != nil {
			return nil, fmt.Errorf("sample letter %s: %w", name, err)
		}
		letters = append(letters, l)
	}
	return letters, nil
}

func readLetter(name string, now time.Time, dates Dates) (Letter, error) {
	raw, err := letterFiles.ReadFile(name)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{Name: strings.TrimSuffix(path.Base(name), ".yaml")}
	if err := yaml.UnmarshalWithOptions(raw, &l, yaml.Strict()); err != nil {
		return Letter{}, err
	}
	if l.Body, err = fill(l.Body, l.Language, now, dates); err != nil {
		return Letter{}, err
	}
	if l.Attachment != nil {
		l.Attachment.Text, err = fill(l.Attachment.Text, l.Language, now, dates)
	}
	return l, err
}

// fill puts dates into a text: "day 30" is thirty days from now, "monday 3" and
// "wednesday 3" are days of the third week from now.
func fill(text, language string, now time.Time, dates Dates) (string, error) {
	date := func(days int) string { return dates.Date(language, now.AddDate(0, 0, days)) }
	thisMonday := -int(now.Weekday()+6) % 7
	t, err := template.New("letter").Funcs(template.FuncMap{
		"day":       date,
		"monday":    func(weeks int) string { return date(thisMonday + 7*weeks) },
		"wednesday": func(weeks int) string { return date(thisMonday + 7*weeks + 2) },
	}).Parse(text)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = t.Execute(&b, nil)
	return b.String(), err
}
