package config_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"verbale/internal/config"
	"verbale/internal/golden"
	"verbale/internal/secret"
	"verbale/routing/followup"
)

// environment returns the variables defined in a file of testdata by comments of the form
// "# env: NAME=value".
func environment(t *testing.T, file string) func(string) (string, bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if stated, ok := strings.CutPrefix(line, "# env: "); ok {
			name, value, _ := strings.Cut(strings.TrimSpace(stated), "=")
			variables[name] = value
		}
	}
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

func files(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		t.Fatalf("%s: nothing found (%v)", pattern, err)
	}
	return found
}

func TestGoodConfigurationsAreReadWithTheirDefaults(t *testing.T) {
	for _, file := range files(t, "testdata/good/*.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			c, err := config.Load(file, environment(t, file))
			if err != nil {
				t.Fatal(err)
			}
			shown, err := json.MarshalIndent(c, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			compare(t, strings.TrimSuffix(file, ".yaml")+".json", string(shown)+"\n")
		})
	}
}

func TestBadConfigurationsAreRefusedWithAllTheirProblems(t *testing.T) {
	for _, file := range files(t, "testdata/bad/*.yaml") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := config.Load(file, environment(t, file))
			problems, ok := errors.AsType[config.Problems](err)
			if !ok {
				t.Fatalf("got %v, want problems", err)
			}
			for _, p := range problems {
				if p.Line == 0 || p.Column == 0 || p.File != file {
					t.Errorf("no place: %+v", p)
				}
			}
			compare(t, strings.TrimSuffix(file, ".yaml")+".problems", err.Error()+"\n")
		})
	}
}

// compare calls golden.Compare after checking that no secret is shown.
func compare(t *testing.T, file, got string) {
	t.Helper()
	if strings.Contains(got, "letter-opener") {
		t.Fatalf("a secret is shown:\n%s", got)
	}
	golden.Compare(t, file, got)
}

func TestSecretsComeFromFilesAndVariables(t *testing.T) {
	file := "testdata/good/full.yaml"
	c, err := config.Load(file, environment(t, file))
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]secret.Value{
		"letter-opener-9": c.Mailbox[0].Password, "letter-opener-1": c.Mailbox[1].OAuth2.ClientSecret,
		"letter-opener-2": c.SMTP.Password, "letter-opener-3": c.Slack.BotToken, "letter-opener-4": c.Slack.AppToken,
	} {
		if got.Reveal() != name {
			t.Errorf("a secret is %q, want %q", got.Reveal(), name)
		}
	}
}

func TestReadLeavesSecretsAlone(t *testing.T) {
	c, err := config.Read("testdata/good/full.yaml")
	if err != nil || !c.Mailbox[0].Password.IsZero() || c.Desk.Channel != "C012TRIAGE" {
		t.Errorf("%v", err)
	}
}

func TestAMissingFileIsNoProblemOfTheFile(t *testing.T) {
	_, err := config.Load("testdata/nowhere.yaml", os.LookupEnv)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestSinceIsADayOfTheOfficeOrAMoment(t *testing.T) {
	c, err := config.Read("testdata/good/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("", 3600)
	for i, want := range []string{"2026-01-31T00:00:00+01:00", "2026-01-31T09:00:00+01:00"} {
		if got := c.Mailbox[i].Since.In(zone).Format(time.RFC3339); got != want {
			t.Errorf("since %s, want %s", got, want)
		}
	}
}

func TestThePolicyMayBeAFolderOrAFile(t *testing.T) {
	if files := new(config.Config).PolicyFiles(); files != nil {
		t.Error("no path, but files")
	}
	for _, path := range []string{"testdata/good/policy", "testdata/good/policy/policy.yaml"} {
		if _, err := followup.Load((&config.Config{Policy: path}).PolicyFiles()); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
