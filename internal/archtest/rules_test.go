package archtest

import (
	"go/parser"
	"go/token"
	"testing"
)

// The rules of the map must refuse these imports.
func TestArrowsThatAreRefused(t *testing.T) {
	for from, to := range map[string]string{
		"bot/mailbox":         "internal/redisstore",
		"internal/config":     "internal/app",
		"bot":                 "bot/registry",
		"bot/registry":        "bot/mailbox",
		"routing":             "routing/followup",
		"intake":              "intake/eml",
		"intake/lexicon":      "intake",
		"routing/followup":    "internal/phrases",
		"intake/eml":          "internal/mailauth",
		"internal/app":        "internal/demo",
		"internal/outbox":     "internal/mailtest",
		"cmd/verbale":         "internal/redisstore",
		"internal/phrases":    "internal/strictyaml",
		"internal/strictyaml": "intake",
		"internal/mailauth":   "internal/phrases",
		"bot/mailout":         "bot/mailbox",
		"intake/learned":      "internal/secret",
	} {
		a, i := find(from)
		b, j := find(to)
		if i < 0 || j < 0 || may(a, i, b, j) {
			t.Errorf("%s may import %s", from, to)
		}
	}
}

func TestImportsThatAreNotPure(t *testing.T) {
	for imported, want := range map[string]bool{
		"os": false, "os/exec": false, "net/http": false, "net/mail": false, "log/slog": false, "io/ioutil": false, "github.com/redis/go-redis/v9": false,
		"io/fs": true, "time": true, "golang.org/x/text/language": true, "github.com/goccy/go-yaml/ast": true,
	} {
		if pureImport(imported) != want {
			t.Errorf("%s: pure is %v, want %v", imported, !want, want)
		}
	}
}

func TestClockIsSeenUnderAnotherName(t *testing.T) {
	for text, want := range map[string]int{
		"package p\nimport \"time\"\nvar a = time.Now()\nvar f = time.Since": 2,
		"package p\nimport clock \"time\"\nvar a = clock.Now()":              1,
		"package p\nimport \"time\"\nvar a = time.UTC":                       0,
		"package p\nvar time struct{ Now int }\nvar a = time.Now":            0,
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(clockUses(file)); got != want {
			t.Errorf("%d uses, want %d, in\n%s", got, want, text)
		}
	}
}
