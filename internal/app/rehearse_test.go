package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbale/intake/lexicon"
	"verbale/internal/app"
	"verbale/internal/golden"
)

const (
	embeddedDirectory = "../../routing/data/directory.yaml"
	embeddedRules     = "../../routing/data/rules.yaml"
	embeddedPolicy    = "../../routing/followup/data/policy.yaml"
)

// changed returns a copy of a data file with text replaced. The strings are pairs of old and new
// text.
func changed(t *testing.T, file string, stretches ...string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.NewReplacer(stretches...).Replace(string(data))
	if other == string(data) {
		t.Fatalf("%s holds none of %q", file, stretches)
	}
	path := filepath.Join(t.TempDir(), filepath.Base(file))
	if err := os.WriteFile(path, []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// vacantPost returns a directory in which the post of the environment adviser is vacant.
func vacantPost(t *testing.T) string {
	return changed(t, embeddedDirectory, "- id: ra-environment\n", "- id: ra-environment\n    vacant: true\n")
}

// otherVocabulary returns a copy of the embedded vocabulary with text in one file replaced.
func otherVocabulary(t *testing.T, file string, stretches ...string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "vocabulary")
	if err := os.CopyFS(folder, lexicon.Embedded()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, file)
	if err := os.Rename(changed(t, path, stretches...), path); err != nil {
		t.Fatal(err)
	}
	return folder
}

func rehearsed(t *testing.T, o app.RehearseOptions) (out string, failed int, logged string) {
	t.Helper()
	var printed, log bytes.Buffer
	o.Out, o.Log = &printed, slog.New(slog.NewTextHandler(&log, nil))
	failed, err := app.Rehearse(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return printed.String(), failed, log.String()
}

// A moved is one line of the output of "rehearse --json".
type moved struct {
	Mail, Reference, Subject string
	Before, After            map[string]any
}

func movedIn(t *testing.T, out string) (lines []moved) {
	t.Helper()
	for line := range strings.Lines(out) {
		var m moved
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		lines = append(lines, m)
	}
	return lines
}

func TestWhatChangedDataMove(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		changed app.OfficeData
		mail    string // the mail that is read differently
		want    string
	}{
		{"a post falls vacant", app.OfficeData{Directory: vacantPost(t)},
			"request-fr.eml", `"assignee":"ra-environment" to "assignee":"environment"`},
		{"the desk wants to see all", app.OfficeData{Rules: changed(t, embeddedRules, "confidence_under: 0.70", "confidence_under: 1.00")},
			"request-fr.eml", `"triage":false to "triage":true`},
		{"more time to accept", app.OfficeData{Policy: changed(t, embeddedPolicy, "accept: 1 working day ", "accept: 2 working days")},
			"request-fr.eml", `"due.accept":"2026-02-03T10:00:00+01:00" to "due.accept":"2026-02-04T10:00:00+01:00"`},
		{"a country goes by another name", app.OfficeData{Vocabulary: otherVocabulary(t, "countries.yaml", "Armenia", "Utopia", "Yerevan", "Amaurot")},
			"request-en.eml", `"countries":["AM"] to "countries":null`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, failed, logged := rehearsed(t, app.RehearseOptions{Changed: tt.changed, Paths: []string{labelled}, JSON: true})
			if failed != 0 || logged != "" {
				t.Errorf("%d failed\n%s", failed, logged)
			}
			lines := movedIn(t, out)
			i := slices.IndexFunc(lines, func(m moved) bool { return m.Mail == filepath.Join(labelled, tt.mail) })
			if i < 0 {
				t.Fatalf("%s does not move:\n%s", tt.mail, out)
			}
			if !slices.Contains(lines[i].moves(t), tt.want) {
				t.Errorf("%s does not go from %s, but\n%s", tt.mail, tt.want, strings.Join(lines[i].moves(t), "\n"))
			}
		})
	}
}

// moves returns the differences, as `"field":before to "field":after`.
func (m moved) moves(t *testing.T) (all []string) {
	t.Helper()
	for field := range m.Before {
		before, errBefore := json.Marshal(map[string]any{field: m.Before[field]})
		after, errAfter := json.Marshal(map[string]any{field: m.After[field]})
		if err := errors.Join(errBefore, errAfter); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Trim(string(before), "{}")+" to "+strings.Trim(string(after), "{}"))
	}
	return all
}

func TestDataThatChangeNothingMoveNothing(t *testing.T) {
	t.Parallel()
	out, failed, _ := rehearsed(t, app.RehearseOptions{Changed: app.OfficeData{
		Directory: embeddedDirectory, Rules: embeddedRules, Policy: embeddedPolicy,
	}, Paths: []string{labelled}})
	if failed != 0 || out != "6 read again, 0 with a different result\n" {
		t.Errorf("%d failed\n%s", failed, out)
	}
}

func TestRehearsalAsPeopleSeeIt(t *testing.T) {
	t.Parallel()
	out, _, _ := rehearsed(t, app.RehearseOptions{Changed: app.OfficeData{Directory: vacantPost(t)}, Paths: []string{labelled}})
	golden.Compare(t, "testdata/rehearse.txt", out)
}

func TestMailThatCannotBeReadKeepsNoOtherFromBeingCompared(t *testing.T) {
	t.Parallel()
	const unreadable = "/proc/self/mem" // can be opened, but reading at offset 0 fails
	if _, err := os.Stat(unreadable); err != nil {
		t.Skip(err)
	}
	out, failed, logged := rehearsed(t, app.RehearseOptions{Changed: app.OfficeData{Directory: vacantPost(t)}, Paths: []string{unreadable, labelled}})
	if failed != 1 || !strings.Contains(logged, unreadable) || !strings.Contains(out, "6 read again, 1 with") {
		t.Errorf("%d failed\n%s\n%s", failed, logged, out)
	}
}

func TestChangedDataThatAreWrongAreNamed(t *testing.T) {
	t.Parallel()
	wrong := changed(t, embeddedDirectory, "divisions:", "divisons:")
	o := app.RehearseOptions{Changed: app.OfficeData{Directory: wrong}, Paths: []string{labelled}, Out: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler)}
	if _, err := app.Rehearse(t.Context(), o); err == nil || !strings.Contains(err.Error(), wrong+":8:1") {
		t.Errorf("error %v", err)
	}
}

func TestRecordsAreReadAgain(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	k.deliver(request(1), written(t, samples(t)["10-invitation"]), request(2))
	s.settled(3)
	before := k.list(app.ListOptions{JSON: true})
	o := app.RehearseOptions{Config: k.file, Changed: app.OfficeData{Directory: vacantPost(t)}, JSON: true}

	out, failed, logged := rehearsed(t, o)
	lines := movedIn(t, out)
	if failed != 0 || len(lines) != 2 {
		t.Fatalf("%d failed, want 2 records to move:\n%s%s", failed, out, logged)
	}
	for _, m := range lines {
		if referenceForm.FindString(m.Reference) == "" || m.Mail != "" || !strings.Contains(m.Subject, "water management") ||
			m.Before["assignee"] != "ra-environment" || m.After["assignee"] != "environment" {
			t.Errorf("%+v", m)
		}
	}
	if after := k.list(app.ListOptions{JSON: true}); after != before {
		t.Errorf("the records are others than before:\n%s\n%s", before, after)
	}

	k.redis("DEL", strings.TrimSpace(k.redis("KEYS", "*letter*"+lines[0].Reference)))
	o.JSON = false
	out, failed, logged = rehearsed(t, o)
	if failed != 1 || !strings.Contains(logged, lines[0].Reference) || !strings.Contains(out, "1 read again, 1 with") {
		t.Errorf("%d failed\n%s%s", failed, logged, out)
	}
}
