package app_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"verbale/intake/lexicon"
	"verbale/internal/app"
)

// sentences writes a small folder of labelled sentences.
func sentences(t *testing.T) string {
	t.Helper()
	var roles, kinds, asks strings.Builder
	for _, language := range []string{"en", "fr"} {
		for i := range 6 {
			fmt.Fprintf(&roles, `{"lang": %q, "role": "thanks", "text": "gratitude %d"}`+"\n", language, i)
			fmt.Fprintf(&roles, `{"lang": %q, "role": "courtesy", "text": "salutation %d"}`+"\n", language, i)
			fmt.Fprintf(&kinds, `{"lang": %q, "kind": "spam", "text": "lottery %d"}`+"\n", language, i)
			fmt.Fprintf(&kinds, `{"lang": %q, "kind": "other", "sub": "thanks", "text": "gratitude %d"}`+"\n", language, i)
			for _, service := range []string{"advisory", "capacity_building", "project"} {
				fmt.Fprintf(&asks, `{"lang": %q, "theme": "water", "service": %q, "text": "%s %d"}`+"\n", language, service, service, i)
			}
		}
	}
	folder := t.TempDir()
	for name, lines := range map[string]*strings.Builder{"roles.jsonl": &roles, "kinds.jsonl": &kinds, "asks/all.jsonl": &asks} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// files returns the content of all files in a folder by name.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		found[e.Name()] = string(data)
	}
	return found
}

// alone marks a test that trains models. Such a test is not parallel, because it needs much
// memory, and is skipped under the race detector, which makes it too slow.
func alone(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("trains models; run without the race detector")
	}
}

func TestTrainingWritesTheModelsAndNothingElse(t *testing.T) {
	alone(t)
	from, config := sentences(t), officeOfFewTerms(t)
	var written []map[string]string
	for range 2 {
		folder := filepath.Join(t.TempDir(), "new", "models")
		var out bytes.Buffer
		if err := app.Train(t.Context(), app.TrainOptions{Config: config, Sentences: from, Models: folder, Out: &out}); err != nil {
			t.Fatal(err)
		}
		written = append(written, files(t, folder))
		if n := strings.Count(out.String(), "\n"); n != 5 {
			t.Errorf("%d lines were printed, want one for each model:\n%s", n, &out)
		}
	}
	if len(written[0]) != 5 {
		t.Errorf("%d files were written, want 5", len(written[0]))
	}
	for _, name := range []string{"roles.model", "kinds.model", "subjects.model", "words.model", "services.model"} {
		if written[0][name] == "" || written[0][name] != written[1][name] {
			t.Errorf("%s differs from one training to the next, or is missing", name)
		}
	}
}

func TestTheReportShowsWhatModelsMakeOfUnseenSentences(t *testing.T) {
	alone(t)
	var out bytes.Buffer
	if err := app.Train(t.Context(), app.TrainOptions{Config: officeOfFewTerms(t), Sentences: sentences(t), Report: true, Out: &out}); err != nil {
		t.Fatal(err)
	}
	report := regexp.MustCompile(` +`).ReplaceAllString(out.String(), " ")
	for _, want := range []string{
		"roles.model: 60 sentences", "kinds.model: 24 sentences", "services.model: 58 sentences",
		"language en 12 1.000 1.000", "\n fr 12 1.000 1.000", "kind all 24 1.000 1.000", "\n other 12 1.000 1.000", "class other.thanks 12 1.000 1.000",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is not in the report:\n%s", want, &out)
		}
	}
}

func TestNothingIsWrittenWhereSentencesAreWrong(t *testing.T) {
	t.Parallel()
	from, folder := sentences(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "asks", "more.jsonl"), []byte("{\"lang\": \"en\"}\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := app.Train(t.Context(), app.TrainOptions{Sentences: from, Models: folder, Out: &bytes.Buffer{}})
	if err == nil || !strings.Contains(err.Error(), "asks/more.jsonl:1: ") || !strings.Contains(err.Error(), "asks/more.jsonl:2: ") {
		t.Errorf("error %v, want one that names both lines", err)
	}
	err = app.Train(t.Context(), app.TrainOptions{Sentences: filepath.Join(from, "gone"), Models: folder, Out: &bytes.Buffer{}})
	if err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("error %v, want one that names the folder", err)
	}
	if left := files(t, folder); len(left) != 0 {
		t.Errorf("%d files were written", len(left))
	}
}

// officeWithVocabulary writes a configuration and a copy of the embedded vocabulary for it, and
// returns the file and the vocabulary folder.
func officeWithVocabulary(t *testing.T) (config, vocabulary string) {
	t.Helper()
	folder := t.TempDir()
	vocabulary = filepath.Join(folder, "vocabulary")
	if err := os.CopyFS(vocabulary, lexicon.Embedded()); err != nil {
		t.Fatal(err)
	}
	config = filepath.Join(folder, "verbale.yaml")
	if err := os.WriteFile(config, []byte("vocabulary: vocabulary\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return config, vocabulary
}

// officeOfFewTerms writes a configuration whose themes have one term per strength and language,
// so that training, which also learns from the terms, is fast.
func officeOfFewTerms(t *testing.T) (config string) {
	t.Helper()
	config, vocabulary := officeWithVocabulary(t)
	path := filepath.Join(vocabulary, "themes.yaml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var themes any
	if err := yaml.Unmarshal(data, &themes); err != nil {
		t.Fatal(err)
	}
	if data, err = yaml.Marshal(shortened(themes)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return config
}

// shortened reduces each list of texts to its first element.
func shortened(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = shortened(value)
		}
	case []any:
		if _, texts := v[0].(string); texts {
			return v[:1]
		}
		for i, value := range v {
			v[i] = shortened(value)
		}
	}
	return v
}

// Models an office has trained are used if they are in its vocabulary folder.
func TestModelsBesideTheVocabularyAreUsed(t *testing.T) {
	alone(t)
	config, vocabulary := officeWithVocabulary(t)
	mails := copyOf(t, labelled)
	read := func() string {
		var out bytes.Buffer
		letters, err := filepath.Glob(filepath.Join(mails, "*.eml"))
		if err != nil || len(letters) == 0 {
			t.Fatal(letters, err)
		}
		failed, err := app.Explain(t.Context(), app.ExplainOptions{
			Config: config, Files: letters, JSON: true, Out: &out, Log: slog.New(slog.DiscardHandler),
		})
		if failed != 0 || err != nil {
			t.Fatal(failed, err)
		}
		return out.String()
	}
	before := read()
	if err := app.Train(t.Context(), app.TrainOptions{Config: config, Sentences: sentences(t), Models: vocabulary, Out: &bytes.Buffer{}}); err != nil {
		t.Fatal(err)
	}
	// These models were trained on a few sentences only, so the results must be different.
	if read() == before {
		t.Error("nothing was read otherwise")
	}
	for _, model := range []string{"roles", "kinds", "subjects", "words", "services"} {
		if err := os.Remove(filepath.Join(vocabulary, model+".model")); err != nil {
			t.Fatal(err)
		}
	}
	if after := read(); after != before {
		t.Errorf("without models of the office's own it is read as\n%s\nand not as\n%s", after, before)
	}
	if err := os.WriteFile(filepath.Join(vocabulary, "roles.model"), []byte("cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := app.Evaluate(t.Context(), app.EvalOptions{Config: config, Folder: mails, Out: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler)})
	if err == nil || !strings.Contains(err.Error(), vocabulary) || !strings.Contains(err.Error(), "roles.model") {
		t.Errorf("error %v, want one that names the folder and roles.model", err)
	}
}
