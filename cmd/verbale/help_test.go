package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// widest is the maximum line length of help texts.
const widest = 100

func TestEveryCommandExplainsItself(t *testing.T) {
	for _, cmd := range newRoot().Commands() {
		if cmd.Hidden {
			continue
		}
		t.Run(cmd.Name(), func(t *testing.T) {
			first, _ := utf8.DecodeRuneInString(cmd.Short)
			if !unicode.IsUpper(first) || strings.HasSuffix(cmd.Short, ".") {
				t.Errorf("short: %q", cmd.Short)
			}
			if !strings.HasSuffix(cmd.Long, ".") {
				t.Errorf("long: %q", cmd.Long)
			}
			if takesMore := strings.Contains(cmd.Use, "-c FILE"); takesMore && cmd.Example == "" {
				t.Error("no example")
			}
			for line := range strings.Lines(cmd.Long + "\n" + cmd.Example) {
				if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > widest {
					t.Errorf("%d characters: %s", n, line)
				}
			}
		})
	}
}

func TestHelpListsCommandsInTheOrderOfUse(t *testing.T) {
	help, last := verbale(t, "", "help").out, -1
	for _, name := range []string{"demo", "init", "manifest", "check", "doctor", "serve", "list", "explain", "bench", "help"} {
		at := strings.Index(help, "\n  "+name+" ")
		if at < last {
			t.Errorf("%s does not follow the command before it:\n%s", name, help)
		}
		last = at
	}
}

// The commands and flags in all examples must exist. The examples are not run, since most need a
// server.
func TestExamplesAreUnderstood(t *testing.T) {
	for _, cmd := range newRoot().Commands() {
		for line := range strings.Lines(strings.ReplaceAll(cmd.Example, "\\\n", " ")) {
			_, command, ours := strings.Cut(line, "verbale ")
			if !ours || strings.Contains(line, "kill") {
				continue
			}
			command, _, _ = strings.Cut(command, "|")
			command, _, _ = strings.Cut(command, "&&")
			command, _, _ = strings.Cut(command, ">")
			t.Run(cmd.Name(), func(t *testing.T) { understood(t, strings.Fields(command)) })
		}
	}
}

func TestWhatFollowsIsCompleted(t *testing.T) {
	config := file(t, "office.yaml", "send: off\n")
	for args, want := range map[string]string{
		"list --status ":                    "needs_triage\n",
		"list --owner ":                     "ra-environment\n",
		"list --division ":                  "environment\n",
		"report --format ":                  "text\ncsv\nxlsx\njson\n:4",
		"export --format ":                  "csv\nxlsx\njson\n:4",
		"export --lang ":                    "en\nfr\nru\n:4",
		"eval --misses ":                    "divisions_support\n",
		"init --login ":                     "password\nmicrosoft\ngoogle\n:4",
		"help com":                          "completion\t",
		"completion ":                       "bash\nzsh\nfish\npowershell\n:4",
		"show -c " + config + " ":           ":4\n", // completion must not start a private store
		"show -c " + config + ".missing   ": ":1\n",
	} {
		got := verbale(t, "", append([]string{cobra.ShellCompRequestCmd}, strings.Split(args, " ")...)...)
		if got.code != exitDone || !strings.Contains(got.out, want) {
			t.Errorf("%q: %d %q", args, got.code, got.out)
		}
	}
}
