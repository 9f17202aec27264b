package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbale/internal/app"
)

// An object is one line of "explain --json".
type object = map[string]any

func explained(t *testing.T, o app.ExplainOptions) (lines []object, failed int) {
	t.Helper()
	var out bytes.Buffer
	o.Out, o.Log, o.JSON = &out, (&desk{logs: &logbook{}}).log(), true
	failed, err := app.Explain(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		var x object
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		lines = append(lines, x)
	}
	return lines, failed
}

// corpus returns the files of all sample letters of the demo and of all fixtures of the mail
// reader.
func corpus(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	for name, l := range samples(t) {
		if err := os.WriteFile(filepath.Join(folder, name+".eml"), written(t, l), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var files []string
	for _, pattern := range []string{filepath.Join(folder, "*.eml"), "../../intake/eml/testdata/*.eml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) < 10 {
			t.Fatalf("%d mails like %s, %v", len(found), pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

func TestEveryLineOfExplainKeepsTheContract(t *testing.T) {
	t.Parallel()
	files := corpus(t)
	lines, failed := explained(t, app.ExplainOptions{Files: files, Full: true})
	if failed != 0 || len(lines) != len(files) {
		t.Fatalf("%d lines for %d files, %d failed", len(lines), len(files), failed)
	}
	requests := 0
	for i, x := range lines {
		if x["file"] != files[i] {
			t.Errorf("line %d is of %v, want %s", i, x["file"], files[i])
		}
		name := filepath.Base(files[i])
		for _, problem := range lineForm.differs("", x) {
			t.Errorf("%s: %s", name, problem)
		}
		isRequest := x["kind"] == "request"
		for _, key := range []string{"request", "routing", "plan"} {
			if (x[key] != nil) != isRequest {
				t.Errorf("%s: %s is %v in a mail of kind %v", name, key, x[key], x["kind"])
			}
		}
		if isRequest {
			requests++
			checkPlan(t, name, x)
		}
		checkEvidence(t, name, x)
	}
	if requests < 9 {
		t.Errorf("only %d requests among them", requests)
	}
}

// checkEvidence compares each quotation with the text it is taken from.
func checkEvidence(t *testing.T, name string, x object) {
	t.Helper()
	message := x["message"].(object)
	sources := map[string]string{"subject": message["subject"].(string), "body": message["text"].(string)}
	for i, a := range message["attachments"].([]any) {
		sources[fmt.Sprintf("attachment:%d", i+1)] = a.(object)["text"].(string)
	}
	for _, e := range x["evidence"].([]any) {
		e := e.(object)
		text, known := sources[e["source"].(string)]
		start, end := int(e["start"].(float64)), int(e["end"].(float64))
		if !known || start < 0 || end > len(text) || start >= end || text[start:end] != e["quote"] {
			t.Errorf("%s: the quotation does not stand where it is said to: %v", name, e)
		}
	}
}

var (
	planSteps      = []string{"acknowledge", "triage", "accept", "answer", "outcome", "results"}
	planRecipients = []string{"requester", "desk", "desk_lead", "chief"}
)

func checkPlan(t *testing.T, name string, x object) {
	t.Helper()
	routing := x["routing"].(object)
	plan := x["plan"].([]any)
	var last time.Time
	for i, p := range plan {
		p := p.(object)
		at, err := time.Parse(time.RFC3339, p["at"].(string))
		if err != nil || at.Before(last) {
			t.Errorf("%s: step %d is due at %v after %v, %v", name, i, at, last, err)
		}
		last = at
		to := p["to"].(string)
		if !slices.Contains(planSteps, p["step"].(string)) || !slices.Contains(planRecipients, to) && to != routing["assignee"] {
			t.Errorf("%s: step %v to %q", name, p["step"], to)
		}
	}
	message := x["message"].(object)
	if date, ok := message["date"].(string); ok && len(plan) > 0 {
		now, err := time.Parse(time.RFC3339, date)
		acknowledged, _ := time.Parse(time.RFC3339, plan[0].(object)["at"].(string))
		if err != nil || plan[0].(object)["step"] != "acknowledge" || !acknowledged.Equal(now) {
			t.Errorf("%s: of %s, but first %v", name, date, plan[0])
		}
	}
	if step := plan[1].(object)["step"]; (step == "triage") != (routing["triage"] == true) {
		t.Errorf("%s: triage is %v, and the second step %v", name, routing["triage"], step)
	}
}

func TestExplainGoesOnAfterAFileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	good := filepath.Join(t.TempDir(), "good.eml")
	if err := os.WriteFile(good, request(1), 0o600); err != nil {
		t.Fatal(err)
	}
	gone, folder := filepath.Join(t.TempDir(), "gone.eml"), t.TempDir()
	lines, failed := explained(t, app.ExplainOptions{
		Files: []string{good, gone, "-", folder, "-"}, In: bytes.NewReader(request(2)),
	})
	if failed != 2 || len(lines) != 5 {
		t.Fatalf("%d failed, %d lines", failed, len(lines))
	}
	for i, file := range []string{good, gone, "-", folder, "-"} {
		reason, broken := lines[i]["error"].(string)
		if lines[i]["file"] != file || broken != (i == 1 || i == 3) {
			t.Errorf("line %d: %v", i, lines[i])
		}
		if broken && (reason == "" || len(lines[i]) != 2) {
			t.Errorf("line %d: %v", i, lines[i])
		}
	}
	for _, i := range []int{2, 4} {
		if subject := lines[i]["message"].(object)["subject"]; !strings.Contains(fmt.Sprint(subject), "request-2") {
			t.Errorf("of standard input: %v", lines[i])
		}
	}
}

func TestWhatCannotBeReadIsOfKindOther(t *testing.T) {
	t.Parallel()
	head := []string{"From: <a@ministry.example>", "Subject: Request", "Message-ID: <a@ministry.example>", "MIME-Version: 1.0"}
	mails := map[string][]byte{
		"empty file":   nil,
		"empty body":   plain("", head[0], "Message-ID: <b@ministry.example>"),
		"only blanks":  plain(" \n\t\n", head[0], "Message-ID: <c@ministry.example>"),
		"encrypted":    plain("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", append(head, "Content-Type: text/plain")...),
		"enveloped":    plain("MIAGCSqGSIb3DQEHA6CAMIACAQA=\n", append(head, "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "Content-Transfer-Encoding: base64")...),
		"PGP/MIME":     plain("--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----\n--x--\n", append(head, `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=x`)...),
		"nothing read": bytes.Repeat([]byte{0}, 1000),
	}
	for name, raw := range mails {
		lines, failed := explained(t, app.ExplainOptions{Files: []string{"-"}, In: bytes.NewReader(raw)})
		if failed != 0 || len(lines) != 1 || lines[0]["kind"] != "other" || lines[0]["kind_reason"] != "unreadable" {
			t.Errorf("%s: %v", name, lines)
		}
	}
}

func TestExplainPrintsForPeople(t *testing.T) {
	t.Parallel()
	files := corpus(t)
	var out bytes.Buffer
	failed, err := app.Explain(t.Context(), app.ExplainOptions{Files: append(files, "nowhere.eml"), Out: &out, Log: (&desk{logs: &logbook{}}).log()})
	if err != nil || failed != 1 {
		t.Errorf("%d failed, %v", failed, err)
	}
	for line := range strings.Lines(out.String()) {
		if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 100 && strings.Contains(strings.TrimSpace(line), " ") && !strings.Contains(line, ".eml") {
			t.Errorf("a line of %d characters: %s", n, line)
		}
		if strings.ContainsAny(line, "\x00\x1b\r") {
			t.Errorf("control characters reach the terminal: %q", line)
		}
	}
}

func TestExplainEndsWhileAPipeStaysEmpty(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		defer stop()
		writer := openedForWriting(t, pipe) // returns once the pipe has a reader
		t.Cleanup(func() { writer.Close() })
	}()
	_, err := app.Explain(ctx, app.ExplainOptions{Files: []string{pipe}, Out: io.Discard, Log: slog.New(slog.DiscardHandler)})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// openedForWriting waits until the pipe has a reader and opens it for writing.
func openedForWriting(t *testing.T, pipe string) *os.File {
	for {
		writer, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			return writer
		}
		if !errors.Is(err, syscall.ENXIO) {
			t.Error(err)
			return nil
		}
		time.Sleep(time.Millisecond)
	}
}

func TestExplainCutsWhatHasNoEnd(t *testing.T) {
	t.Parallel()
	lines, failed := explained(t, app.ExplainOptions{Files: []string{"/dev/zero"}})
	if failed != 0 || len(lines) != 1 {
		t.Fatalf("%d lines, %d failed", len(lines), failed)
	}
	if problems := fmt.Sprint(lines[0]["message"].(object)["problems"]); !strings.Contains(problems, "too large") {
		t.Errorf("problems %s", problems)
	}
}
