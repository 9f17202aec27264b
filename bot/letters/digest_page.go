package letters

import (
	_ "embed"
	"html/template"
	"strings"

	"verbale/bot"
)

//go:embed data/digest.html
var digestTemplate string

// digestForm is the HTML template of a digest. It is built in and covered by tests, so a
// parse error would be a bug and panics.
var digestForm = template.Must(template.New("digest").Parse(digestTemplate))

// digestPage formats a digest as a page that is readable on a phone; text from strangers is
// escaped.
func digestPage(p *bot.Post, footer string) string {
	var page strings.Builder
	err := digestForm.Execute(&page, struct {
		*bot.Post
		Footer string
	}{p, footer})
	if err != nil {
		return "" // fall back to plain text
	}
	return page.String()
}
