package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A result is the exit code and the output of a command.
type result struct {
	code     int
	out, err string
}

func verbale(t *testing.T, in string, args ...string) result {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(in), &out, &errOut)
	return result{code, out.String(), errOut.String()}
}

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const letter = "From: <a@ministry.example>\nSubject: Request\n\nThe Ministry requests advice on the Water Convention.\n"

func TestExitCodes(t *testing.T) {
	right := file(t, "right.yaml", "send: off\n")
	wrong := file(t, "wrong.yaml", "send: maybe\n")
	gone := filepath.Join(t.TempDir(), "gone")
	down := file(t, "down.yaml", "redis: {url: \"redis://127.0.0.1:1\"}\n")
	secret := file(t, "secret", "shh")
	byHTTP := file(t, "http.yaml", "slack: {mode: http, listen: \"127.0.0.1:8080\", bot_token_file: "+secret+", signing_secret_file: "+secret+"}\n")
	mail := file(t, "letter.eml", letter)
	const rules = "../../routing/data/rules.yaml"
	tests := []struct {
		args string
		code int
		says string // on standard error
	}{
		{"", exitDone, ""},
		{"--help", exitDone, ""},
		{"version", exitDone, ""},
		{"--version", exitDone, ""},
		{"help", exitDone, ""},
		{"help list", exitDone, ""},
		{"help completion", exitDone, ""},
		{"help lst", exitUsage, `there is no command "lst"; did you mean "list"?`},
		{"completion bash", exitDone, ""},
		{"completion", exitUsage, "missing argument; usage: verbale completion SHELL"},
		{"completion tcsh", exitUsage, `shell tcsh: not known; did you mean "bash"?`},
		{"-c", exitUsage, "flag needs an argument"},
		{"version now", exitUsage, `unexpected argument "now"; usage: verbale version`},
		{"serv", exitUsage, `there is no command "serv"; did you mean "serve"?`},
		{"--nonsense", exitUsage, "there is no flag --nonsense; write one of"},

		{"explain " + mail, exitDone, ""},
		{"explain --json " + mail + " -", exitDone, ""},
		{"explain", exitUsage, "missing argument; usage: verbale explain [--json] FILE..."},
		{"explain --jsn " + mail, exitUsage, `there is no flag --jsn; did you mean "json"?`},
		{"explain " + gone, exitFailed, ""},
		{"explain -c " + wrong + " " + mail, exitFailed, "wrong.yaml:1:7"},

		{"check -c " + right, exitDone, ""},
		{"check -c " + wrong, exitFailed, ""},
		{"check -c " + gone, exitFailed, "no such file"},
		{"check", exitUsage, "-c FILE"},

		{"serve", exitUsage, "-c FILE"},
		{"serve -c " + wrong, exitFailed, "wrong.yaml:1:7"},
		{"serve -c " + right, exitFailed, "names no mailbox"},
		{"doctor", exitUsage, "-c FILE"},
		{"doctor -c " + wrong, exitFailed, "wrong.yaml:1:7"},
		{"doctor -c " + down, exitFailed, ""},
		{"audit", exitUsage, "-c FILE"},
		{"audit -c " + down, exitFailed, "open the store"},
		{"import -c " + right, exitUsage, "missing argument"},
		{"import " + mail, exitUsage, "-c FILE"},
		{"import -c " + down + " " + mail, exitFailed, "open the store"},
		{"list", exitUsage, "-c FILE"},
		{"list --limit 0 -c " + right, exitUsage, "must be 1 or more"},
		{"list -c " + right + " --status asigned", exitUsage, `--status asigned: not known; did you mean "assigned"?`},
		{"list -c " + right + " --limit some", exitUsage, "--limit some: not a whole number"},
		{"list -c " + down, exitFailed, "open the store"},
		{"show -c " + right, exitUsage, "missing argument"},
		{"show TC-2026-00001", exitUsage, "-c FILE"},
		{"show -c " + down + " TC-2026-00001", exitFailed, "open the store"},
		{"report", exitUsage, "-c FILE"},
		{"report extra -c " + right, exitUsage, `unexpected argument "extra"`},
		{"report -c " + down, exitFailed, "open the store"},
		{"report -c " + right + " --format pdf", exitUsage, "--format pdf"},
		{"report -c " + right + " --lang de", exitUsage, "--lang de"},
		{"report -c " + right + " --from yesterday", exitUsage, "--from yesterday: date \"yesterday\" is not of the form 2006-01-02\n"},
		{"report -c " + right + " --as-of soon", exitUsage, "is not a time like"},
		{"report -c " + right + " --from 2026-07-01 --until 2026-06-30", exitUsage, "--until 2026-06-30 is before"},
		{"export", exitUsage, "-c FILE"},
		{"export -c " + down, exitFailed, "open the store"},
		{"export -c " + right + " --format text", exitUsage, "--format text"},
		{"export -c " + right + " --status asigned", exitUsage, `--status asigned: not known; did you mean "assigned"?`},
		{"export -c " + right + " --lang it", exitUsage, "--lang it"},
		{"retry -c " + right, exitUsage, "missing argument"},
		{"retry -c " + down + " key", exitFailed, "open the store"},
		{"rehearse --rules " + rules + " " + mail, exitDone, ""},
		{"rehearse " + mail, exitUsage, "give the changed data"},
		{"rehearse --rules " + rules, exitUsage, "-c FILE"},
		{"rehearse --rules " + gone + " " + mail, exitFailed, "gone: no such file"},
		{"rehearse --rules " + rules + " " + gone, exitFailed, "gone: no such file"},
		{"rehearse --rules " + rules + " -c " + down, exitFailed, "open the store"},
		{"manifest", exitDone, ""},
		{"manifest -c " + right, exitDone, ""},
		{"manifest --url https://verbale.example", exitUsage, "slack.mode http"},
		{"manifest -c " + byHTTP + " --url https://verbale.example", exitDone, ""},
		{"manifest -c " + byHTTP, exitUsage, "--url"},
		{"manifest -c " + byHTTP + " --url http://verbale.example", exitFailed, "no https address"},
		{"bench", exitUsage, "--mails DIR"},
		{"bench --mails m --count 0", exitUsage, "--count 0: must be 1 or more"},
		{"bench --mails m --single -1", exitUsage, "--single -1: must be 0 or more"},
		{"bench --mails m --processes 1", exitUsage, "--processes 1: must be 2 or more"},
		{"bench --mails m --processes 3 --redis sentinels", exitUsage, `--redis sentinels: not known; did you mean "sentinel"?`},
		{"bench --mails m --scale 1000,100", exitUsage, "--scale needs ascending numbers of records"},
		{"bench --mails m --scale 1000,many", exitUsage, "--scale 1000,many: not a list of whole numbers such as 1000,100000\n"},
		{"bench --mails m --scale 1000 --processes 3", exitUsage, "--scale and --processes"},
		{"demo extra", exitUsage, `unexpected argument "extra"`},
		{"init --dir " + gone, exitUsage, "--desk: an answer is required"},
		{"init --dir " + gone + " --desk tc@unece.example --imap unece", exitUsage, "--imap"},
		{"demo --pause long", exitUsage, "--pause long: not a duration such as"},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			got := verbale(t, letter, strings.Fields(tt.args)...)
			if got.code != tt.code || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit status %d, want %d; on standard error %q, want %q", got.code, tt.code, got.err, tt.says)
			}
			if tt.code == exitDone && got.out == "" {
				t.Error("nothing was printed")
			}
			if strings.Contains(got.err, "panic") || strings.Count(got.err, "\n") > 3 {
				t.Errorf("not a word too many: %s", got.err)
			}
		})
	}
}

func TestCheckNamesAllProblemsWithPlaceAndHint(t *testing.T) {
	wrong := file(t, "office.yaml", "send: of\nmailbx: []\nmailbox:\n  - address: imap.example\n    tls: sometimes\ndesk: {address: nobody}\n")
	got := verbale(t, "", "check", "-c", wrong)
	for _, want := range []string{
		`office.yaml:1:7: send "of" is not known; did you mean "on"?`,
		`office.yaml:2:1: key "mailbx" is not known here; did you mean "mailbox"?`,
		`office.yaml:4:5: key "user" is missing`,
		`office.yaml:4:14: "imap.example" is not of the form host:port; write it like`,
		`office.yaml:5:10: tls "sometimes" is not known; write one of`,
		`office.yaml:6:17: "nobody" is not a mail address; write it like`,
	} {
		if !strings.Contains(got.out, want) {
			t.Errorf("not told: %s\n%s", want, got.out)
		}
	}
	asJSON := verbale(t, "", "check", "--json", "-c", wrong)
	if asJSON.code != exitFailed || strings.Count(asJSON.out, "\n") != strings.Count(got.out, "\n") {
		t.Errorf("exit status %d\n%s", asJSON.code, asJSON.out)
	}
	for line := range strings.Lines(asJSON.out) {
		var problem struct {
			Status, File  string
			Line, Column  int
			Message, Hint string
		}
		if err := json.Unmarshal([]byte(line), &problem); err != nil || problem.Status != "problem" || problem.File != wrong || problem.Line == 0 || problem.Column == 0 || problem.Message == "" {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func TestCheckWarnsOfAddressesThatNobodyReads(t *testing.T) {
	unedited := file(t, "office.yaml", "send: on\nmailbox:\n  - {address: \"imap.unece.example:993\", user: tc}\nsmtp: {address: \"smtp.unece.example:465\"}\ndesk: {address: tc@unece.example}\n")
	got := verbale(t, "", "check", "-c", unedited)
	if got.code != exitDone || !strings.Contains(got.out, "example addresses, like environment@unece.example") {
		t.Errorf("exit status %d\n%s%s", got.code, got.out, got.err)
	}
	asJSON := verbale(t, "", "check", "--json", "-c", unedited)
	var warning struct{ Status, File, Message string }
	if err := json.Unmarshal([]byte(asJSON.out), &warning); err != nil || asJSON.code != exitDone {
		t.Fatalf("exit status %d, %v\n%s", asJSON.code, err, asJSON.out)
	}
	if warning.Status != "warning" || warning.File != unedited || !strings.Contains(got.out, warning.Message) {
		t.Errorf("%+v", warning)
	}
}

func TestAChoiceIsNotOfferedWithoutAName(t *testing.T) {
	got := verbale(t, "", "list", "-c", "office.yaml", "--status", "bogus")
	if got.code != exitUsage || !strings.Contains(got.err, "write one of needs_reading, ") {
		t.Errorf("exit status %d: %s", got.code, got.err)
	}
}

func TestCheckLooksIntoTheDataOfTheOffice(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"office.yaml":          "directory: directory.yaml\nrules: rules.yaml\npolicy: policy\nvocabulary: vocabulary\n",
		"directory.yaml":       "divisons: []\n",
		"rules.yaml":           "rules:\n  - {name: all, wen: {}}\n",
		"policy/policy.yaml":   "triagge: 4h\n",
		"vocabulary/cues.yaml": "cues: [\n",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := verbale(t, "", "check", "-c", filepath.Join(folder, "office.yaml"))
	for _, want := range []string{"directory.yaml:1:1: ", "rules.yaml:2:", "policy.yaml:1:1: ", "cues.yaml:1:"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("nothing of %s:\n%s", want, got.out)
		}
	}
	if got.code != exitFailed {
		t.Errorf("exit status %d", got.code)
	}
	for line := range strings.Lines(got.out) {
		if strings.HasPrefix(line, ":") || strings.HasPrefix(line, " ") {
			t.Errorf("a line without a file: %s", line)
		}
	}
}

func TestVersionIsThatOfTheLinker(t *testing.T) {
	if got := verbale(t, "", "version"); got.out != "verbale "+version+"\n" {
		t.Errorf("%q", got.out)
	}
}
