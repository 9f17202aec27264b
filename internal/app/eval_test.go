package app_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/app"
)

// labelled is a folder of mails with a label file next to each.
const labelled = "../eval/testdata/labelled"

// copyOf copies a folder so that a test can change it.
func copyOf(t *testing.T, folder string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(copied, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	return copied
}

// evaluated runs an evaluation and returns its JSON output, the number of failed mails and the
// log.
func evaluated(t *testing.T, o app.EvalOptions) (figures map[string]any, failed int, logged string) {
	t.Helper()
	var out, log bytes.Buffer
	o.JSON, o.Out, o.Log = true, &out, slog.New(slog.NewTextHandler(&log, nil))
	failed, err := app.Evaluate(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &figures); err != nil {
		t.Fatalf("%v in %s", err, &out)
	}
	return figures, failed, log.String()
}

func TestLabelledMailsAreMeasured(t *testing.T) {
	t.Parallel()
	figures, failed, logged := evaluated(t, app.EvalOptions{Folder: labelled, Misses: app.AllFields})
	if failed != 0 || logged != "" {
		t.Errorf("%d failed\n%s", failed, logged)
	}
	for name, want := range map[string]any{
		"messages": 6.0, "answered": 1.0, "kind": 1.0, "language": 1.0, "reference": 1.0, "countries exact": 1.0, "division": 1.0,
	} {
		if figures[name] != want {
			t.Errorf("%s is %v, want %v", name, figures[name], want)
		}
	}
	kinds := figures["confusion"].(map[string]any)["kind"].(map[string]any)
	if want := map[string]any{"request": 3.0}; !maps.Equal(kinds["request"].(map[string]any), want) {
		t.Errorf("requests were taken for %v, want %v", kinds["request"], want)
	}
}

func TestMissesAreShownWithWhatWasWanted(t *testing.T) {
	t.Parallel()
	folder := copyOf(t, labelled)
	label := filepath.Join(folder, "request-en.json")
	data, err := os.ReadFile(label)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(label, bytes.Replace(data, []byte(`"AM"`), []byte(`"GE", "AZ"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	o := app.EvalOptions{Folder: folder, Misses: "countries", Out: &out, Log: slog.New(slog.DiscardHandler)}
	if failed, err := app.Evaluate(t.Context(), o); failed != 0 || err != nil {
		t.Fatalf("%d failed, %v", failed, err)
	}
	for _, want := range []string{"countries exact        0.6667", "division: labelled down, read across", "misses of countries", "want AZ, GE, got AM"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not printed:\n%s", want, &out)
		}
	}
	figures, _, _ := evaluated(t, app.EvalOptions{Folder: folder, Misses: "countries"})
	misses, err := json.Marshal(figures["misses"])
	if want := `{"countries":[{"got":["AM"],"mail":"request-en.eml","want":["AZ","GE"]}]}`; err != nil || string(misses) != want {
		t.Errorf("misses %s, want %s", misses, want)
	}
}

// An error in one mail or its label is reported with the name of the mail, and the other mails
// are still evaluated.
func TestBrokenLabelsAreNamed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		breakIt  func(folder string) error
		mails    float64 // number of mails evaluated
		mail     string  // name of the mail in the error
		says     string
		answered float64
	}{
		{"the label is cut", func(f string) error { return os.Truncate(filepath.Join(f, "absence.json"), 10) }, 5, "absence.eml", "unexpected end", 1},
		{"the label says nothing", func(f string) error { return os.WriteFile(filepath.Join(f, "absence.json"), []byte("{}"), 0o600) }, 5, "absence.eml", "none of", 1},
		{"there is no label", func(f string) error { return os.Remove(filepath.Join(f, "absence.json")) }, 5, "absence.eml", "absence.json", 1},
		{"there is no mail", func(f string) error { return os.Remove(filepath.Join(f, "absence.eml")) }, 5, "absence.eml", "no such file", 1},
		{"the mail is a folder", func(f string) error {
			mail := filepath.Join(f, "absence.eml")
			if err := os.Remove(mail); err != nil {
				return err
			}
			return os.Mkdir(mail, 0o700)
		}, 6, "absence.eml", "is a folder", 0.8333},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := copyOf(t, labelled)
			if err := tt.breakIt(folder); err != nil {
				t.Fatal(err)
			}
			figures, failed, logged := evaluated(t, app.EvalOptions{Folder: folder})
			if failed != 1 || figures["messages"] != tt.mails || figures["answered"] != tt.answered {
				t.Errorf("%d failed, %v measured, answered %v; want 1, %v and %v", failed, figures["messages"], figures["answered"], tt.mails, tt.answered)
			}
			if !strings.Contains(logged, "mail="+tt.mail) || !strings.Contains(logged, tt.says) || strings.Count(logged, "\n") != 1 {
				t.Errorf("logged %s", logged)
			}
		})
	}
}

func TestFoldersWithoutLabelledMailsAreRefused(t *testing.T) {
	t.Parallel()
	for folder, says := range map[string]string{t.TempDir(): "no labelled mail", filepath.Join(t.TempDir(), "gone"): "no such file"} {
		_, err := app.Evaluate(t.Context(), app.EvalOptions{Folder: folder, Out: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler)})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}
