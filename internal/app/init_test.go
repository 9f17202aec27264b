package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/app"
	"verbale/internal/config"
	"verbale/internal/setup"
	"verbale/routing"
)

// newOffice returns the options to set up an office without questions, with the servers of a
// desk.
func newOffice(k *desk) app.InitOptions {
	password := filepath.Join(k.folder, "typed-password")
	k.write(password, k.imap.Password)
	return app.InitOptions{
		Folder: filepath.Join(k.folder, "office"),
		Answers: setup.Answers{
			Desk: deskAddress, IMAP: k.imap.Address, IMAPUser: k.user, IMAPPassword: password, SMTP: k.smtp.Address(), SMTPUser: "none",
		},
		Log: k.log(),
	}
}

func TestNewOfficeIsWrittenAndExamined(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	o := newOffice(k)
	var out bytes.Buffer
	o.Out = &out
	problems, err := app.Init(t.Context(), o)
	if err != nil || problems != 0 {
		t.Fatalf("%d problems, %v\n%s", problems, err, &out)
	}
	for _, said := range []string{"wrote ", "and the data it names are valid", "logged in as " + k.user, "logged in; nothing was sent", "send is off", "Next: edit "} {
		if !strings.Contains(out.String(), said) {
			t.Errorf("not said: %s\n%s", said, &out)
		}
	}
	if strings.Contains(out.String(), k.imap.Password) {
		t.Error("the password is shown")
	}
	if _, err := app.Init(t.Context(), o); err == nil {
		t.Error("the files were written anew without --force")
	}
}

func TestEveryInterviewMakesFilesThatAreRight(t *testing.T) {
	scripts, err := filepath.Glob("../setup/testdata/*/answers.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%v, %v", scripts, err)
	}
	for _, script := range scripts {
		in, err := os.Open(script)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		var a setup.Answers
		asker, folder := setup.Interview{In: in, Out: new(bytes.Buffer)}, t.TempDir()
		typed, err := asker.Ask(t.Context(), a.Questions())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := setup.Write(folder, &a, typed, false); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(filepath.Join(folder, setup.ConfigFile), os.LookupEnv)
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		data, err := os.ReadFile(c.Directory)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := routing.LoadDirectory(c.Directory, data); err != nil {
			t.Errorf("%s: %v", script, err)
		}
	}
}

func TestWrongPasswordIsToldInPlainWords(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	o := newOffice(k)
	k.write(o.Answers.IMAPPassword, "not-the-password")
	var out bytes.Buffer
	o.Out = &out
	problems, err := app.Init(t.Context(), o)
	if err != nil || problems != 1 || !strings.Contains(out.String(), "to fix it: check user and password_file") {
		t.Errorf("%d problems, %v\n%s", problems, err, &out)
	}
}

func TestFlagsThatAreMissingAreNamed(t *testing.T) {
	_, err := app.Init(t.Context(), app.InitOptions{Folder: t.TempDir(), Out: new(bytes.Buffer)})
	if _, ok := errors.AsType[app.AnswersError](err); !ok || !strings.Contains(err.Error(), "--desk") {
		t.Errorf("%v", err)
	}
}
