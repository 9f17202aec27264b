package setup_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/golden"
	"verbale/internal/setup"
	"verbale/routing"
)

// interview runs the interview with the answers in a script.
func interview(t *testing.T, script string) (a setup.Answers, typed setup.Secrets, shown string) {
	t.Helper()
	in, err := os.Open(script)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var out bytes.Buffer
	asker := setup.Interview{In: in, Out: &out}
	if typed, err = asker.Ask(t.Context(), a.Questions()); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	return a, typed, out.String()
}

func TestInterviews(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*/answers.txt")
	if err != nil || len(scripts) < 4 {
		t.Fatalf("%v, %v", scripts, err)
	}
	for _, script := range scripts {
		expected := filepath.Dir(script)
		t.Run(filepath.Base(expected), func(t *testing.T) {
			a, typed, shown := interview(t, script)
			folder := t.TempDir()
			written, err := setup.Write(folder, &a, typed, false)
			if err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, filepath.Join(expected, "asked.txt"), strings.ReplaceAll(shown, ": ", ":\n")) // in a terminal the typed answer ends the line
			for _, path := range written {
				compare(t, folder, path, expected)
			}
		})
	}
}

// compare compares a file with the expected one. Files with secrets must only be accessible to
// their owner.
func compare(t *testing.T, folder, path, expected string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	content, mode := string(data), info.Mode().Perm()
	switch name, _ := filepath.Rel(folder, path); name {
	case setup.ConfigFile:
		golden.Compare(t, filepath.Join(expected, name), content)
	case setup.DirectoryFile:
		added, whole := strings.CutPrefix(content, routing.DirectoryFile())
		if !whole {
			t.Error("the directory does not begin with the usual one")
		}
		golden.Compare(t, filepath.Join(expected, "staff.yaml"), added)
	default:
		if mode != 0o600 || !strings.Contains(content, "letter-opener") {
			t.Errorf("%s has mode %v and holds %q", name, mode, content)
		}
		return
	}
	if strings.Contains(content, "letter-opener") || mode != fs.FileMode(0o640) {
		t.Errorf("%s holds a secret, or has mode %v", path, mode)
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	for _, script := range []string{"plain", "microsoft-and-slack", "google", "corrected"} {
		if _, _, shown := interview(t, filepath.Join("testdata", script, "answers.txt")); strings.Contains(shown, "letter-opener") {
			t.Errorf("%s: a secret is shown:\n%s", script, shown)
		}
	}
}

func TestFilesThatAreThereAreLeftAlone(t *testing.T) {
	a, typed, _ := interview(t, "testdata/plain/answers.txt")
	folder := t.TempDir()
	theirs := filepath.Join(folder, setup.DirectoryFile)
	if err := os.WriteFile(theirs, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := setup.Write(folder, &a, typed, false)
	if taken, ok := errors.AsType[setup.TakenError](err); !ok || len(taken) != 1 || taken[0] != theirs {
		t.Fatalf("%v", err)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("something was written all the same: %v, %v", left, err)
	}
	if _, err := setup.Write(folder, &a, typed, true); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(theirs); err != nil || string(data) == "theirs" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestInputThatEndsTooSoonWritesNothing(t *testing.T) {
	var a setup.Answers
	asker := setup.Interview{In: strings.NewReader("tc@unece.example\n"), Out: new(bytes.Buffer)}
	if _, err := asker.Ask(t.Context(), a.Questions()); !errors.Is(err, setup.ErrUnanswered) {
		t.Errorf("%v", err)
	}
}

func TestWhoBreaksOffIsNotWaitedFor(t *testing.T) {
	typed, terminal := io.Pipe() // nothing is typed
	defer terminal.Close()
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	var a setup.Answers
	asker := setup.Interview{In: typed, Out: new(bytes.Buffer)}
	if _, err := asker.Ask(ctx, a.Questions()); !errors.Is(err, setup.ErrBrokenOff) {
		t.Errorf("%v", err)
	}
}

func TestAFolderWithAnOfficeIsNotFree(t *testing.T) {
	folder := t.TempDir()
	if err := setup.Free(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, setup.DirectoryFile), []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, taken := errors.AsType[setup.TakenError](setup.Free(folder)); !taken {
		t.Error("it counts as free")
	}
}

func TestFlagsAnswerWithoutBeingAsked(t *testing.T) {
	a := setup.Answers{Desk: "tc@unece.example", IMAP: "imap.unece.example:993", Login: "password", Slack: "no", Redis: "embedded"}
	if err := setup.Assume(a.Questions()); err != nil {
		t.Fatal(err)
	}
	if a.SMTP != "smtp.unece.example:587" || a.IMAPUser != "tc@unece.example" || a.Domains != "unece.example" {
		t.Errorf("%+v", a)
	}
}

func TestMissingAndWrongFlagsAreAllNamed(t *testing.T) {
	a := setup.Answers{IMAP: "imap.unece.example", Login: "microsoft", Slack: "maybe"}
	err := setup.Assume(a.Questions())
	for _, flag := range []string{"--desk:", "--imap:", "--tenant:", "--client-id:", "--slack:"} {
		if err == nil || !strings.Contains(err.Error(), flag) {
			t.Errorf("%s is not named: %v", flag, err)
		}
	}
}
