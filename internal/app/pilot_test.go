package app_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/app"
)

func TestWhatIsWithheldIsNeverReleased(t *testing.T) {
	t.Parallel()
	k := newDesk(t, func(c *configLines) { c.send = "off" })
	s := k.serve()
	k.deliver(request(1))
	s.settled(1)
	s.stop()

	k.configure()
	s = k.serve()
	k.deliver(request(2))
	s.settled(2)
	k.eachAcknowledgedOnce(1)
	for _, m := range k.sent() {
		if strings.Contains(m.raw, "request-1") {
			t.Errorf("what was withheld went out to %s", m.to())
		}
	}
	withheld := actionsOf(t, s, reference(1))
	if len(withheld) == 0 {
		t.Error("what would have gone out was not written down")
	}
	for _, a := range withheld {
		if a.State != bot.ActionWithheld {
			t.Errorf("%s is %s", a.Key, a.State)
		}
	}
}

func actionsOf(t testing.TB, s *service, reference string) []bot.Action {
	t.Helper()
	actions, err := s.server.Store().Actions(t.Context(), reference)
	if err != nil {
		t.Fatal(err)
	}
	return actions
}

func TestOldMailIsRecordedInSilence(t *testing.T) {
	t.Parallel()
	yesterday := time.Now().AddDate(0, 0, -1)
	tests := []struct {
		name, since   string
		old, answered int
	}{
		{"older than the first start", "", 3, 1},
		{"older than a day that is named", "    since: " + yesterday.Format(time.RFC3339), 2, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newDesk(t, func(c *configLines) { c.mailbox = tt.since })
			for n, hours := range []int{2000, 30, 10} {
				k.deliverTo("INBOX", request(n), time.Now().Add(-time.Duration(hours)*time.Hour))
			}
			s := k.serve()
			s.settled(3)
			k.deliver(request(3))
			s.settled(4)
			k.eachAcknowledgedOnce(tt.answered)
			old := 0
			for _, r := range records(t, s) {
				if !r.Backfilled {
					continue
				}
				old++
				if r.Owner != intake.ToDesk || len(r.Plan) > 0 || len(actionsOf(t, s, r.Reference)) > 0 {
					t.Errorf("%s is not silent: %+v", r.Reference, r)
				}
			}
			if old != tt.old {
				t.Errorf("%d records are backfilled, want %d", old, tt.old)
			}
		})
	}
}

func records(t testing.TB, s *service) []*intake.Record {
	t.Helper()
	all, _, err := s.server.Store().List(t.Context(), bot.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImportTakesEachMailOnce(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	mbox, maildir, folder := k.mbox(1, 2, 3), k.maildir(11, 12, 13, 14), k.emlFolder(21, 22)
	for _, want := range []string{"9 mails: 9 recorded", "9 mails: 0 recorded, 0 joined to records, 0 set aside, 9 already recorded"} {
		if out := k.imports(false, mbox, maildir, folder); !strings.HasPrefix(out, want) {
			t.Errorf("%s, want %s", out, want)
		}
	}
	s := k.serve()
	s.settled(0)
	if n := len(records(t, s)); n != 9 {
		t.Errorf("%d records of 9 mails", n)
	}
	k.eachAcknowledgedOnce(0)
	if sent := k.sent(); len(sent) > 0 {
		t.Errorf("%d mails went out for imported mail", len(sent))
	}
}

func TestImportAcknowledgesWhereItIsAskedTo(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	folder := k.emlFolder(1, 2)
	for range 2 {
		k.imports(true, folder)
	}
	if n := len(k.sent()); n != 0 {
		t.Errorf("the import itself sent %d mails", n)
	}
	s := k.serve()
	s.settled(0)
	k.eachAcknowledgedOnce(2)
	if n := len(k.sent()); n != 2 {
		t.Errorf("%d mails went out, want the acknowledgements alone", n)
	}
}

func TestImportGoesOnAfterAMailThatCannotBeRead(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	folder := k.emlFolder(1, 2)
	gone := filepath.Join(folder, "0.eml")
	if err := os.Symlink(filepath.Join(folder, "nowhere"), gone); err != nil {
		t.Fatal(err)
	}
	if out := k.imports(false, folder); !strings.HasPrefix(out, "2 mails: 2 recorded") {
		t.Errorf("%s", out)
	}
	_, err := app.Import(t.Context(), app.ImportOptions{Config: k.file, Paths: []string{gone}, Out: &bytes.Buffer{}, Log: k.log()})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a path that is not there: %v", err)
	}
}

func (k *desk) imports(acknowledge bool, paths ...string) string {
	k.t.Helper()
	var out bytes.Buffer
	failed, err := app.Import(k.t.Context(), app.ImportOptions{
		Config: k.file, Paths: paths, Acknowledge: acknowledge, Out: &out, Log: k.log(),
	})
	if err != nil || failed != 0 {
		k.t.Errorf("import of %v: %d failed, %v", paths, failed, err)
	}
	return out.String()
}

func (k *desk) mbox(numbers ...int) string {
	var mbox bytes.Buffer
	for _, n := range numbers {
		fmt.Fprintf(&mbox, "From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n%s\n", request(n))
	}
	file := filepath.Join(k.t.TempDir(), "archive")
	k.write(file, mbox.String())
	return file
}

func (k *desk) maildir(numbers ...int) string {
	folder := k.t.TempDir()
	for _, sub := range []string{"cur", "new", "tmp"} {
		if err := os.Mkdir(filepath.Join(folder, sub), 0o700); err != nil {
			k.t.Fatal(err)
		}
	}
	for _, n := range numbers {
		k.write(filepath.Join(folder, "cur", fmt.Sprintf("%d.host:2,S", n)), string(request(n)))
	}
	return folder
}

func (k *desk) emlFolder(numbers ...int) string {
	folder := k.t.TempDir()
	for _, n := range numbers {
		k.write(filepath.Join(folder, fmt.Sprintf("%d.eml", n)), string(request(n)))
	}
	return folder
}
