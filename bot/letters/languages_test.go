package letters_test

import (
	"testing"

	"verbale/internal/phrases"
)

// Colleagues are written to in the language of their Slack profile, which the home tab uses too.
// If it is not known, the directory decides.
func TestColleaguesAreWrittenToAsTheyUseSlack(t *testing.T) {
	for name, c := range map[string]struct {
		works []string // languages of the post in the directory
		uses  string
		want  string
	}{
		"French in Slack":                 {[]string{"en", "fr"}, "fr", phrases.French},
		"Russian in Slack":                {nil, "ru", phrases.Russian},
		"English in Slack, works in none": {[]string{"ru"}, "en", phrases.English},
		"German in Slack, as we do not":   {[]string{"ru"}, "de", phrases.English},
		"not in Slack":                    {[]string{"en", "ru"}, "", phrases.English},
		"not in Slack, without English":   {[]string{"ky", "ru"}, "", phrases.Russian},
	} {
		t.Run(name, func(t *testing.T) {
			w := *writer() // the original is shared
			directory := *w.Directory
			directory.Posts = append(directory.Posts[:0:0], directory.Posts...)
			for i := range directory.Posts {
				if directory.Posts[i].ID == "ra-environment" {
					directory.Posts[i].Languages = c.works
				}
			}
			w.Directory, w.Languages = &directory, func(id string) string {
				if id != "ra-environment" {
					return ""
				}
				return c.uses
			}
			if got := w.LanguageOf("ra-environment"); got != c.want {
				t.Errorf("written to in %s, want %s", got, c.want)
			}
		})
	}
}
