package letters_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"verbale/bot/letters"
	"verbale/intake"
	"verbale/intake/learned"
	"verbale/intake/reading"
	"verbale/intake/reading/kind"
	"verbale/internal/phrases"
	"verbale/routing"
)

// examples has a value for each argument of remarks, and its name in English.
var examples = map[string]struct{ value, called string }{
	"theme": {"road-safety", "Road safety"}, "countries": {"KG,UZ", "Kyrgyzstan, Uzbekistan"}, "territory": {"kosovo", "Kosovo"}, "partner": {"world-bank", "World Bank"},
	"division": {"energy", "Sustainable Energy Division"}, "post": {"ra-energy", "Regional Adviser"}, "stand_in": {"ra-transport", "Regional Adviser"},
	"owner": {"transport", "Sustainable Transport Division"}, "kind": {"auto_reply", "automatic reply"}, "sort": {"newsletter", "newsletter"},
	"field": {"themes", "themes"}, "percent": {"27", "27 %"}, "leader": {"73", "73 %"},
	"reference": {"TC-2026-00041", "TC-2026-00041"}, "number": {"01-12/345", "01-12/345"}, "words": {"Пока не надо {x}", "Пока не надо {x}"},
}

// TestEveryRemarkIsSaidInEveryLanguage searches the source for remarks and their arguments, and
// checks that each has a text in every language.
func TestEveryRemarkIsSaidInEveryLanguage(t *testing.T) {
	made := remarksMade(t)
	if len(made) < 50 {
		t.Fatalf("only %d remarks were found", len(made))
	}
	for id, names := range made {
		r := intake.Remark{ID: id, Args: map[string]string{}}
		for _, name := range names {
			r.Args[name] = examples[name].value
		}
		for _, lang := range phrases.Languages {
			said := writer().Remark(r, lang)
			if strings.HasPrefix(said, "remark.") {
				t.Errorf("%s is not said in %s", id, lang)
			}
			checkArguments(t, r, lang, said)
		}
	}
	for _, key := range wordings(t, "remark.") {
		if _, ok := made[key]; !ok {
			t.Errorf("nothing says remark.%s", key)
		}
	}
}

func checkArguments(t *testing.T, r intake.Remark, lang, said string) {
	t.Helper()
	for name := range r.Args {
		example, ok := examples[name]
		if !ok {
			t.Errorf("%s speaks of a %s, which is not known", r.ID, name)
		}
		if lang == phrases.English && !strings.Contains(said, example.called) {
			t.Errorf("%s does not call its %s %q: %s", r.ID, name, example.called, said)
		}
		said = strings.ReplaceAll(said, example.value, "")
	}
	if strings.ContainsAny(said, "{}") {
		t.Errorf("%s is not told in %s what it speaks of: %s", r.ID, lang, said)
	}
}

// wordings returns the keys with a prefix in the phrases of remarks, without the prefix.
func wordings(t *testing.T, prefix string) (keys []string) {
	t.Helper()
	raw, err := fs.ReadFile(phrases.Embedded(), "remark.en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Texts map[string]string }
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for key := range file.Texts {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			keys = append(keys, rest)
		}
	}
	return keys
}

// remarksMade returns the IDs of the remarks in the source, each with the names of its
// arguments.
func remarksMade(t *testing.T) map[string][]string {
	t.Helper()
	made := map[string][]string{}
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(source), "Remark{") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok {
				for _, remark := range remarksOf(lit) {
					note(t, path, remark, made)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// remarksOf returns the remarks in a composite literal: the literal itself, or the elements of a
// list.
func remarksOf(lit *ast.CompositeLit) (remarks []*ast.CompositeLit) {
	if list, ok := lit.Type.(*ast.ArrayType); ok && isRemark(list.Elt) {
		for _, element := range lit.Elts {
			if remark, ok := element.(*ast.CompositeLit); ok && remark.Type == nil {
				remarks = append(remarks, remark)
			}
		}
	}
	if isRemark(lit.Type) {
		remarks = append(remarks, lit)
	}
	return remarks
}

func isRemark(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Remark"
	case *ast.Ident:
		return e.Name == "Remark"
	}
	return false
}

// note adds a remark to made. It fails if the ID or the names of the arguments are not literals.
func note(t *testing.T, path string, remark *ast.CompositeLit, made map[string][]string) {
	t.Helper()
	id, names := "", []string{}
	for _, element := range remark.Elts {
		pair := element.(*ast.KeyValueExpr)
		switch pair.Key.(*ast.Ident).Name {
		case "ID":
			if id = text(pair.Value); id == "" {
				t.Errorf("%s: the id of a remark is not written out", path)
			}
		case "Args":
			values, ok := pair.Value.(*ast.CompositeLit)
			if !ok {
				t.Errorf("%s: the values of remark %s are not written out", path, id)
				continue
			}
			for _, value := range values.Elts {
				names = append(names, text(value.(*ast.KeyValueExpr).Key))
			}
		}
	}
	if before, twice := made[id]; twice && !slices.Equal(before, names) {
		t.Errorf("%s: remark %s speaks of %v here, of %v elsewhere", path, id, names, before)
	}
	if id != "" {
		made[id] = names
	}
}

func text(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.SelectorExpr:
		if e.Sel.Name == "ReasonUnreadable" {
			return intake.ReasonUnreadable
		}
	}
	return ""
}

// TestSortsOfMailAreNamed checks that every sort of mail that a kind reason may state has a
// name.
func TestSortsOfMailAreNamed(t *testing.T) {
	raw, err := fs.ReadFile(reading.Embedded(), "acts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var acts struct{ Phrases map[string]any }
	if err := yaml.Unmarshal(raw, &acts); err != nil {
		t.Fatal(err)
	}
	model, err := learned.Load(reading.Embedded(), kind.ModelFile)
	if err != nil {
		t.Fatal(err)
	}
	named, found := wordings(t, "sort."), map[string]bool{}
	for _, id := range slices.AppendSeq(model.Classes(), maps.Keys(acts.Phrases)) {
		group, sort, ok := strings.Cut(id, ".")
		if !ok || group == "ask" || group == "bounce" {
			continue
		}
		if found[sort] = true; !slices.Contains(named, sort) {
			t.Errorf("mail of sort %s has no name", sort)
		}
	}
	for _, sort := range named {
		if !found[sort] {
			t.Errorf("no mail is of sort %s", sort)
		}
	}
	own := intake.Remark{ID: "kind.sort", Args: map[string]string{"sort": "pigeons"}}
	if got := writer().Remark(own, "fr"); got != "pigeons" {
		t.Errorf("an office's own sort of mail is called %q", got)
	}
}

// TestFieldsThatHoldRequestsUpAreNamed checks that exactly those fields have a name whose doubts
// the rules accept.
func TestFieldsThatHoldRequestsUpAreNamed(t *testing.T) {
	const standing = "doubts: [kind, countries, themes, services]"
	rules, err := os.ReadFile("../../routing/data/rules.yaml")
	if err != nil || !strings.Contains(string(rules), standing) {
		t.Fatalf("%v: %q is not in the rules", err, standing)
	}
	named := wordings(t, "doubted.")
	for _, field := range append(intake.Fields(), intake.FieldKind, intake.FieldLanguage, intake.FieldReference) {
		_, err := routing.LoadRules("rules.yaml", []byte(strings.Replace(string(rules), standing, "doubts: ["+string(field)+"]", 1)))
		if may := err == nil; may != slices.Contains(named, string(field)) {
			t.Errorf("a doubt on %s may hold a request up: %t, is named: %t", field, may, !may)
		}
	}
}

func TestRemarksWithoutIDAreSaidAsTheyStand(t *testing.T) {
	old := intake.Plain("the main theme is water")
	ruled := intake.Remark{Said: map[string]string{"en": "roads", "ru": "дороги"}}
	for _, test := range []struct {
		remark     intake.Remark
		lang, want string
	}{
		{old, "en", "the main theme is water"}, {old, "ru", "the main theme is water"},
		{ruled, "en", "roads"}, {ruled, "ru", "дороги"}, {ruled, "fr", "roads"},
		{intake.Remark{}, "ru", ""},
	} {
		if got := writer().Remark(test.remark, test.lang); got != test.want {
			t.Errorf("%+v in %s: %q, want %q", test.remark, test.lang, got, test.want)
		}
	}
}

// TestMailsToColleaguesSayRemarksInTheirLanguage writes an assignment that contains every
// remark. None of them may be in English.
func TestMailsToColleaguesSayRemarksInTheirLanguage(t *testing.T) {
	for _, lang := range []string{phrases.French, phrases.Russian} {
		rec := record("en", "KG")
		english := map[string]bool{}
		for id, names := range remarksMade(t) {
			r := intake.Remark{ID: id, Args: map[string]string{}}
			for _, name := range names {
				r.Args[name] = examples[name].value
			}
			rec.Routing.Reasons = append(rec.Routing.Reasons, r)
			rec.Doubts = append(rec.Doubts, intake.Doubt{Field: intake.FieldThemes, Reason: r})
			english[writer().Remark(r, phrases.English)] = true
		}
		directory, err := routing.EmbeddedDirectory()
		if err != nil {
			t.Fatal(err)
		}
		for i := range directory.Posts {
			directory.Posts[i].Languages = []string{lang}
		}
		w := *writer()
		w.Directory = directory
		text := w.Assignment(rec, "ra-environment", letters.Background{}, letters.Effect{}).Text
		for line := range strings.SplitSeq(text, "\n") {
			_, doubt, _ := strings.Cut(line, ": ")
			if reason := strings.TrimPrefix(line, "- "); english[reason] || english[doubt] {
				t.Errorf("a mail in %s says %q", lang, line)
			}
		}
	}
}
