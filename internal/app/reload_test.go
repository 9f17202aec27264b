package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"verbale/internal/app"
)

// ownRules writes the default rules to a file of the desk. The names of the rules get the word as
// prefix.
func (k *desk) ownRules(word string) {
	k.t.Helper()
	usual, err := os.ReadFile("../../routing/data/rules.yaml")
	if err != nil {
		k.t.Fatal(err)
	}
	k.write(filepath.Join(k.folder, "rules.yaml"), strings.ReplaceAll(string(usual), "- id: ", "- id: "+word+"-"))
}

// rules returns the name of the rule that routed each record, by reference.
func (k *desk) rules() map[string]string {
	k.t.Helper()
	var out bytes.Buffer
	if err := app.List(k.t.Context(), app.ListOptions{Config: k.file, JSON: true, Limit: 1000, Out: &out, Log: k.log()}); err != nil {
		k.t.Fatal(err)
	}
	rules := map[string]string{}
	for line := range strings.Lines(out.String()) {
		var rec struct {
			Reference string
			Routing   struct{ Rule string }
		}
		if err := json.Unmarshal([]byte(line), &rec); err != nil {
			k.t.Fatal(err)
		}
		rules[rec.Reference] = rec.Routing.Rule
	}
	return rules
}

// reloaded requests a reload and waits until the metrics count the given number of reloads with
// the result.
func (s *serving) reloaded(result string, times int) {
	s.t.Helper()
	s.reload <- syscall.SIGHUP
	s.shows(fmt.Sprintf("verbale_reloads_total{result=%q} %d", result, times))
}

func TestNewDataAreTakenUnderLoad(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	k.ownRules("old")
	s := k.serveWhole("rules: rules.yaml\n")
	const reloads, each = 2, 8
	for n := range reloads {
		for m := range each {
			k.deliver(request(n*each + m))
		}
		k.ownRules(fmt.Sprintf("new%d", n)) // while the mails are being read
		s.reloaded("done", n+1)
	}
	k.deliver(request(reloads * each))
	const mails = reloads*each + 1
	s.await("all acknowledgements", func() bool { return len(k.acknowledgements()) == mails })
	s.shows("verbale_outbox_in_hand 0")
	for id, copies := range k.acknowledgements() {
		if len(copies) != 1 {
			t.Errorf("%s went out %d times", id, len(copies))
		}
	}
	if balance := k.audit(); !strings.Contains(balance, fmt.Sprintf("%d on the server = %d recorded + 0 joined", mails, mails)) {
		t.Error(balance)
	}
	last := fmt.Sprintf("new%d-", reloads-1)
	if rule := k.rules()[k.newest()]; !strings.HasPrefix(rule, last) {
		t.Errorf("the mail after the last reload went by rule %q, want %s…", rule, last)
	}
}

// newest returns the highest reference of the desk's records.
func (k *desk) newest() (reference string) {
	for r := range k.rules() {
		reference = max(reference, r)
	}
	return reference
}

func TestWrongDataAreRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	k.ownRules("old")
	k.write(filepath.Join(k.folder, "directory.yaml"), k.usualDirectory())
	s := k.serveWhole("rules: rules.yaml\ndirectory: directory.yaml\n")
	k.ownRules("new") // valid, but must not be used, since another file is invalid
	k.write(filepath.Join(k.folder, "directory.yaml"), "divisons: []\n")
	s.reloaded("failed", 1)
	s.shows("verbale_reload_successful 0")
	k.deliver(request(1))
	s.await("the acknowledgement", func() bool { return len(k.acknowledgements()) == 1 })
	for _, rule := range k.rules() {
		if !strings.HasPrefix(rule, "old-") {
			t.Errorf("routed by %q", rule)
		}
	}
	if log := k.logs.String(); !strings.Contains(log, "divisons") || !strings.Contains(log, "the configuration was not applied") {
		t.Errorf("the log does not say what is wrong:\n%s", log)
	}

	k.write(filepath.Join(k.folder, "directory.yaml"), k.usualDirectory())
	s.reloaded("done", 1)
	s.shows("verbale_reload_successful 1")
	k.deliver(request(2))
	s.await("the next acknowledgement", func() bool { return len(k.acknowledgements()) == 2 })
	if rule := k.rules()[k.newest()]; !strings.HasPrefix(rule, "new-") {
		t.Errorf("routed by %q", rule)
	}
}

func (k *desk) usualDirectory() string {
	k.t.Helper()
	usual, err := os.ReadFile("../../routing/data/directory.yaml")
	if err != nil {
		k.t.Fatal(err)
	}
	return string(usual)
}

func TestWhatTheHouseStandsOnNeedsARestart(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serveWhole("")
	written, err := os.ReadFile(k.file)
	if err != nil {
		t.Fatal(err)
	}
	k.write(k.file, string(written)+"office: another\n")
	s.reloaded("failed", 1)
	if log := k.logs.String(); !strings.Contains(log, "office cannot change while the service runs; restart it") {
		t.Errorf("%s", log)
	}
}
