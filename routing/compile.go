package routing

import (
	"fmt"
	"slices"

	"verbale/internal/strictyaml"
)

// Themes returns the division that owns a theme; the vocabulary implements it.
type Themes interface {
	DivisionOf(theme string) (division string, ok bool)
}

// A Table is a compiled directory and rules. It is immutable and safe for concurrent use.
type Table struct {
	dir    *Directory
	rules  *Rules
	match  []Rule // the rules with their groups expanded
	themes Themes
}

// Compile builds a Table after checking that all IDs used in the rules and posts exist. The
// error is a strictyaml.Problems listing all problems, those of the directory first.
func Compile(dir *Directory, rules *Rules, themes Themes) (*Table, error) {
	t := &Table{dir: dir, rules: rules, themes: themes}
	problems := slices.Concat(t.checkPosts(), t.checkRules())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	for _, rule := range rules.Rules {
		rule.When.Countries = rules.expand(rule.When.Countries)
		t.match = append(t.match, rule)
	}
	return t, nil
}

// Directory returns the directory that the table was compiled from.
func (t *Table) Directory() *Directory { return t.dir }

// expand replaces groups by their countries.
func (r *Rules) expand(countries []string) (out []string) {
	for _, c := range countries {
		if members, ok := r.Groups[c]; ok {
			out = append(out, members...)
		} else {
			out = append(out, c)
		}
	}
	return out
}

func (t *Table) checkPosts() strictyaml.Problems {
	doc := t.dir.doc.Again()
	for i, post := range t.dir.Posts {
		for j, theme := range post.Themes {
			at := strictyaml.Root.Key("posts").Item(i).Key("themes").Item(j)
			if owner, ok := t.checkTheme(doc, at, theme); ok && owner != post.Division {
				doc.Report(at, fmt.Sprintf("theme %q belongs to %s, the post to %s", theme, owner, post.Division), "name themes of the post's own division")
			}
		}
	}
	return doc.Problems()
}

func (t *Table) checkTheme(doc *strictyaml.Document, at strictyaml.Path, theme string) (owner string, ok bool) {
	if owner, ok = t.themes.DivisionOf(theme); !ok {
		doc.Report(at, fmt.Sprintf("theme %q is not in the vocabulary", theme), "write the id of a theme")
	}
	return owner, ok
}

func (t *Table) checkRules() strictyaml.Problems {
	doc, root := t.rules.doc.Again(), strictyaml.Root
	strictyaml.OneOf(doc, root.Key("fallback"), t.rules.Fallback, t.dir.divisionIDs()...)
	for i, theme := range t.rules.Support.OwnField {
		t.checkTheme(doc, root.Key("support").Key("own_field").Item(i), theme)
	}
	leads := slices.Concat([]string{LeadAdviser, LeadDivision}, t.dir.divisionIDs(), t.dir.postIDs())
	for i, rule := range t.rules.Rules {
		at := root.Key("rules").Item(i)
		strictyaml.OneOf(doc, at.Key("then").Key("lead"), rule.Then.Lead, leads...)
		for j, division := range rule.When.Divisions {
			strictyaml.OneOf(doc, at.Key("when").Key("divisions").Item(j), division, t.dir.divisionIDs()...)
		}
		for j, theme := range rule.When.Themes {
			t.checkTheme(doc, at.Key("when").Key("themes").Item(j), theme)
		}
	}
	if n := len(t.rules.Rules); n == 0 || !t.rules.Rules[n-1].When.empty() {
		doc.Report(root.Key("rules"), "the last rule does not match everything", "end with a rule without “when”")
	}
	return doc.Problems()
}
