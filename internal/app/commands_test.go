package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"verbale/internal/app"
	"verbale/internal/mailtest"
)

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		breakIt  func(k *desk)
		problems int
		want     []string // "part status: text", only the beginning
	}{
		{"all is well", func(*desk) {}, 0, []string{"Redis ok", "IMAP ok: logged in", "SMTP ok", "send warning: sending is on, and the directory still has example addresses"}},
		{"the password is wrong", func(k *desk) { k.write(filepath.Join(k.folder, "password"), "hunter2") }, 1,
			[]string{"IMAP problem", "SMTP ok"}},
		{"everybody can read the password", func(k *desk) {
			if err := os.Chmod(filepath.Join(k.folder, "password"), 0o644); err != nil {
				k.t.Fatal(err)
			}
		}, 0, []string{"secret warning: every user of this machine can read it; chmod 600 ", "IMAP ok"}},
		{"a folder is missing", func(k *desk) {
			k.configure(func(c *configLines) { c.mailbox = "    folders: [INBOX, Requests]" })
		}, 1, []string{`IMAP problem: there is no folder "Requests"; create it, or name one of: INBOX`}},
		{"Redis is dead", func(k *desk) {
			k.configure(func(c *configLines) { c.redis = "redis://127.0.0.1:1" })
		}, 1, []string{"Redis problem"}},
		{"Redis keeps nothing", func(k *desk) {
			address := k.forgetfulRedis()
			k.configure(func(c *configLines) { c.redis = "redis://" + address })
		}, 0, []string{"Redis ok", "Redis warning"}},
		{"the relay is down", func(k *desk) { k.smtp.Stop() }, 1, []string{"SMTP problem"}},
		{"sending is off", func(k *desk) {
			k.configure(func(c *configLines) { c.send = "off" })
		}, 0, []string{"send warning"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newDesk(t)
			k.t = t
			tt.breakIt(k)
			var out bytes.Buffer
			problems, err := app.Doctor(t.Context(), app.DoctorOptions{Config: k.file, JSON: true, Out: &out, Log: k.log()})
			if err != nil || problems != tt.problems {
				t.Errorf("%d problems, want %d, %v\n%s", problems, tt.problems, err, &out)
			}
			found := findings(t, &out)
			for _, want := range tt.want {
				if !slices.ContainsFunc(found, func(f string) bool { return strings.HasPrefix(f, want) }) {
					t.Errorf("nothing like %q:\n%s", want, strings.Join(found, "\n"))
				}
			}
			if strings.Contains(out.String(), "hunter2") || strings.Contains(out.String(), k.imap.Password) {
				t.Errorf("a password is shown:\n%s", &out)
			}
		})
	}
}

// findings returns the doctor's lines in short form. It fails the test if a line that is not ok
// has no advice.
func findings(t *testing.T, out *bytes.Buffer) (found []string) {
	t.Helper()
	for line := range strings.Lines(out.String()) {
		var f struct{ Part, Status, Text, Mend string }
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if f.Status != "ok" && f.Mend == "" {
			t.Errorf("no advice: %s", line)
		}
		part, _, _ := strings.Cut(f.Part, " ")
		found = append(found, strings.TrimSuffix(fmt.Sprintf("%s %s: %s; %s", part, f.Status, f.Text, f.Mend), "; "))
	}
	return found
}

// forgetfulRedis starts a redis-server without persistence.
func (k *desk) forgetfulRedis() (address string) {
	k.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		k.t.Fatal(err)
	}
	address = listener.Addr().String()
	listener.Close()
	_, port, _ := net.SplitHostPort(address)
	server := exec.Command("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
	server.Dir = k.t.TempDir()
	if err := server.Start(); err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	k.await("the server", func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return address
}

// recordForm is the form of one line of "list --json" and "show --json".
var recordForm = fields{
	"reference": text, "revision": number, "status": text, "outcome": optionalText, "owner": text, "kind": kinds,
	"request": nullable{requestForm}, "routing": nullable{routingForm},
	"history": listOf{fields{"at": moment, "actor": text, "what": text}},
	"actions": listOf{fields{"key": text, "kind": text, "state": text, "to": listOf{address}, "subject": text}},
	"plan":    listOf{fields{"at": moment, "step": text, "to": text}},
}

func TestListAndShow(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	letters := samples(t)
	started := time.Now()
	for i, name := range []string{"01-statistics-training", "03-etir-seminar", "13-note-verbale-speca", "10-invitation", "08-auto-reply"} {
		// INTERNALDATE has a resolution of one second.
		k.deliverTo("INBOX", written(t, letters[name]), started.Add(time.Duration(i+1)*time.Second))
		s.settled(i + 1) // so that the references are in this order
	}
	year := strings.Split(records(t, s)[0].Reference, "-")[1]
	statistics, etir, nexus := "TC-"+year+"-00001", "TC-"+year+"-00002", "TC-"+year+"-00003"

	for _, tt := range []struct {
		name string
		list app.ListOptions
		want []string
	}{
		{"all, newest first", app.ListOptions{}, []string{nexus, etir, statistics}},
		{"one only", app.ListOptions{Limit: 1}, []string{nexus}},
		{"by status", app.ListOptions{Selection: app.Selection{Status: "needs_triage"}}, []string{nexus}},
		{"by country", app.ListOptions{Selection: app.Selection{Country: "KG"}}, []string{nexus, etir}},
		{"by division", app.ListOptions{Selection: app.Selection{Division: "statistics"}}, []string{statistics}},
		{"by owner", app.ListOptions{Selection: app.Selection{Owner: "desk"}}, []string{nexus}},
		{"open ones", app.ListOptions{Selection: app.Selection{Open: true}}, []string{nexus, etir, statistics}},
		{"none", app.ListOptions{Selection: app.Selection{Country: "FR"}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) { checkList(t, k, tt.list, tt.want) })
	}
	t.Run("set aside", func(t *testing.T) { checkSetAside(t, k) })
	t.Run("show", func(t *testing.T) { checkShow(t, k, statistics) })
	t.Run("forget", func(t *testing.T) { checkForgetting(t, k, statistics) })
}

func (k *desk) list(o app.ListOptions) string {
	k.t.Helper()
	var out bytes.Buffer
	o.Config, o.Out, o.Log = k.file, &out, k.log()
	if o.Limit == 0 {
		o.Limit = 50
	}
	if err := app.List(k.t.Context(), o); err != nil {
		k.t.Fatal(err)
	}
	return out.String()
}

func checkList(t *testing.T, k *desk, o app.ListOptions, want []string) {
	var got []string
	for line := range strings.Lines(k.list(o)) {
		got = append(got, referenceForm.FindString(line))
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed %v, want %v", got, want)
	}
	o.JSON = true
	lines := decoded(t, k.list(o))
	for i, x := range lines {
		for _, problem := range recordForm.differs("", x) {
			t.Errorf("line %d: %s", i, problem)
		}
	}
	if len(lines) != len(want) {
		t.Errorf("%d lines of JSON for %v", len(lines), want)
	}
}

func decoded(t *testing.T, out string) (lines []object) {
	t.Helper()
	for line := range strings.Lines(out) {
		var x object
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		lines = append(lines, x)
	}
	return lines
}

func checkSetAside(t *testing.T, k *desk) {
	form := fields{"kind": kinds, "kind_reason": text, "subject": text, "from": address, "received_at": moment,
		"place": fields{}, "doubts": listOf{fields{"field": text}}}
	lines := decoded(t, k.list(app.ListOptions{SetAside: true, JSON: true}))
	if len(lines) != 2 || lines[0]["kind"] != "auto_reply" || lines[1]["kind"] != "other" {
		t.Errorf("%v", lines)
	}
	for _, x := range lines {
		for _, problem := range form.differs("", x) {
			t.Error(problem)
		}
	}
	if page := k.list(app.ListOptions{SetAside: true}); !strings.Contains(page, "invitation") {
		t.Errorf("no reason:\n%s", page)
	}
}

func checkShow(t *testing.T, k *desk, reference string) {
	var said bytes.Buffer // what was written to standard error
	show := func(o app.ShowOptions) (string, int) {
		var out bytes.Buffer
		said.Reset()
		o.Config, o.Out, o.Err, o.Log = k.file, &out, &said, k.log()
		failed, err := app.Show(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return out.String(), failed
	}
	page, failed := show(app.ShowOptions{References: []string{reference}})
	for _, want := range []string{reference + " · assigned", "National accounts", "acknowledge:" + reference + ": done", "recorded", "folder INBOX"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the page:\n%s", want, page)
		}
	}
	if strings.Contains(page, "| ") || failed != 0 {
		t.Errorf("the letter is shown, though nobody asked, or %d failed:\n%s", failed, page)
	}
	if page, _ := show(app.ShowOptions{References: []string{reference}, Letter: true}); !strings.Contains(page, "  | ") {
		t.Errorf("no letter:\n%s", page)
	}
	out, failed := show(app.ShowOptions{References: []string{"TC-1999-00001", reference}, JSON: true, Letter: true})
	lines := decoded(t, out)
	if failed != 1 || len(lines) != 1 || lines[0]["letter"] == nil {
		t.Errorf("%d failed, %v", failed, lines)
	}
	if want := "verbale: there is no request TC-1999-00001; \"verbale list\" shows those there are\n"; said.String() != want {
		t.Errorf("%q, want %q", said.String(), want)
	}
	for _, short := range []string{"1", "#1", "TC-1", "tc 1", strings.TrimPrefix(reference, "TC-")} {
		if page, failed := show(app.ShowOptions{References: []string{short}}); failed != 0 || !strings.HasPrefix(page, reference) {
			t.Errorf("%q, which Slack takes for %s, shows %q, and says %q", short, reference, page, &said)
		}
	}
	year := strings.Split(reference, "-")[1]
	for asked, want := range map[string]string{
		"999": `verbale: there is no request "999", which means TC-` + year + `-00999; "verbale list" shows those there are` + "\n",
		"all": `verbale: "all" is no reference, such as TC-2026-00042; "verbale list" shows those there are` + "\n",
	} {
		if _, failed := show(app.ShowOptions{References: []string{asked}}); failed != 1 || said.String() != want {
			t.Errorf("%d failed, said %q, want %q", failed, said.String(), want)
		}
	}
}

func checkForgetting(t *testing.T, k *desk, reference string) {
	o := app.ForgetOptions{Reference: "1", DryRun: true, Open: true, Reason: "asked for it"}
	if page := k.forgets(o); !strings.HasPrefix(page, reference) {
		t.Errorf("forgetting 1 means:\n%s", page)
	}
	o.Config, o.Reference, o.Log = k.file, "999", k.log()
	if err := app.Forget(t.Context(), o); err == nil || !strings.HasPrefix(err.Error(), `there is no request "999"`) {
		t.Error(err)
	}
}

func TestWhatWasGivenUpIsTriedAgainOnDemand(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	k.smtp.Fail(mailtest.Fault{Rcpt: func(to string) error {
		if strings.HasSuffix(to, "@unece.example") {
			return nil
		}
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user: " + to}
	}})
	k.deliver(request(1))
	s.settled(1)
	lines := decoded(t, k.list(app.ListOptions{Parked: true, JSON: true}))
	if len(lines) != 1 || lines[0]["kind"] != "acknowledge" || lines[0]["state"] != "parked" {
		t.Fatalf("parked: %v", lines)
	}
	key := lines[0]["key"].(string)
	if page := k.list(app.ListOptions{Parked: true}); !strings.Contains(page, key) || !strings.Contains(page, "550") {
		t.Errorf("parked:\n%s", page)
	}
	if strings.Contains(k.logs.String(), "popescu") || strings.Contains(fmt.Sprint(lines[0]["last_error"]), "popescu") {
		t.Errorf("what the relay says of people reaches the log:\n%v\n%s", lines, k.logs)
	}
	k.smtp.Fail(mailtest.Fault{})
	var out bytes.Buffer
	var said bytes.Buffer
	failed, err := app.Retry(t.Context(), app.RetryOptions{Config: k.file, Keys: []string{"nothing", key}, Out: &out, Err: &said, Log: k.log()})
	if err != nil || failed != 1 || !strings.Contains(out.String(), key) {
		t.Errorf("%d failed, %v: %s", failed, err, &out)
	}
	if want := "verbale: no action \"nothing\" is parked; \"verbale list --parked\" shows those that are\n"; said.String() != want {
		t.Errorf("%q, want %q", said.String(), want)
	}
	k.await("the acknowledgement", func() bool { return len(k.acknowledgements()) == 1 })
	if left := k.list(app.ListOptions{Parked: true}); left != "" {
		t.Errorf("still parked:\n%s", left)
	}
}

func TestAuditTellsOfMailWithoutOutcome(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	k.deliver(request(1))
	s.settled(1)
	s.stop()
	k.deliver(request(2))
	if out := k.audit(); !strings.Contains(out, "+ 1 waiting") {
		t.Errorf("%s", out)
	}
	k.configure(func(c *configLines) { c.mailbox = "    folders: [Missing, INBOX]" })
	var rest bytes.Buffer
	_, err := app.Audit(t.Context(), app.AuditOptions{Config: k.file, Out: &rest, Log: k.log()})
	if err == nil || !strings.Contains(err.Error(), "Missing") || !strings.Contains(rest.String(), "INBOX: 2 on the server") {
		t.Errorf("after a folder that is missing: %v\n%s", err, &rest)
	}
	k.write(filepath.Join(k.folder, "password"), "wrong")
	if _, err := app.Audit(t.Context(), app.AuditOptions{Config: k.file, Out: &bytes.Buffer{}, Log: k.log()}); err == nil {
		t.Error("audit says nothing of a mailbox that it cannot open")
	}
}

func TestImportLooksAtAllPathsFirst(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	var out bytes.Buffer
	_, err := app.Import(t.Context(), app.ImportOptions{Config: k.file, Paths: []string{k.mbox(1), "/nonexistent/mails"}, Out: &out, Log: k.log()})
	if err == nil {
		t.Error("a path that leads nowhere is no error")
	}
	if list := k.list(app.ListOptions{}); list != "" {
		t.Errorf("recorded all the same:\n%s", list)
	}
}
