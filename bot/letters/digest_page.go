package letters

import (
	_ "embed"
	"html/template"
	"strings"

	"verbale/bot"
)

//go:embed data/digest.html
var digestTemplate string

// digestForm is the page of a digest. It is part of the program and tested, so
// that failing to parse it is a defect, not a circumstance.
var digestForm = template.Must(template.New("digest").Parse(digestTemplate))

// digestPage writes a digest as a page that reads well on a phone; whatever
// strangers wrote in it is escaped.
func digestPage(p *bot.Post, footer string) string {
	var page strings.Builder
	err := digestForm.Execute(&page, struct {
		*bot.Post
		Footer string
	}{p, footer})
	if err != nil {
		return "" // the plain text says the same
	}
	return page.String()
}
