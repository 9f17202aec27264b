package outbox

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"verbale/bot"
)

func standard(t *testing.T) Policy {
	t.Helper()
	return policyOf(t, bot.MouthMail)
}

func policyOf(t *testing.T, m bot.Mouth) Policy {
	t.Helper()
	p, err := DefaultPolicies()
	if err != nil {
		t.Fatal(err)
	}
	return p[m]
}

func TestAnOfficeMayHavePoliciesOfItsOwn(t *testing.T) {
	own := strings.Replace(string(defaultPolicies), "first: 30s", "first: 7s", 1)
	for name, c := range map[string]struct {
		folder fs.FS
		first  time.Duration
	}{
		"no folder":       {nil, 30 * time.Second},
		"folder with":     {fstest.MapFS{PolicyFile: {Data: []byte(own)}}, 7 * time.Second},
		"folder without":  {fstest.MapFS{}, 30 * time.Second},
		"one not allowed": {fstest.MapFS{PolicyFile: {Data: []byte("mail: {retry: {attempts: 0}}")}}, 0},
	} {
		p, err := LoadPolicies(c.folder)
		if (err != nil) != (c.first == 0) || p[bot.MouthMail].Retry.First != c.first && err == nil {
			t.Errorf("%s: %+v, %v", name, p[bot.MouthMail], err)
		}
	}
}

func TestDelaysGrow(t *testing.T) {
	p := standard(t)
	for _, c := range []struct {
		attempts int
		share    float64
		want     time.Duration
	}{
		{1, 0, 30 * time.Second},
		{2, 0, time.Minute},
		{3, 0, 2 * time.Minute},
		{5, 0, 8 * time.Minute},
		{8, 0, 64 * time.Minute},
		{9, 0, 2 * time.Hour},
		{1000, 0, 2 * time.Hour},
		{1, 1, 36 * time.Second},
		{2, 0.5, 66 * time.Second},
		{1000, 1, 2*time.Hour + 24*time.Minute},
	} {
		if got := p.delay(c.attempts, c.share); got != c.want {
			t.Errorf("after %d attempts with share %v: %s, want %s", c.attempts, c.share, got, c.want)
		}
	}
}

func TestFailuresAreJudged(t *testing.T) {
	p := standard(t)
	broken := errors.New("550 no such user")
	for _, c := range []struct {
		name    string
		attempt int
		err     error
		want    verdict
	}{
		{"may pass", 1, bot.Temporary(broken), verdict{after: 30 * time.Second}},
		{"asked to wait longer", 1, bot.TemporaryAfter(broken, time.Hour), verdict{after: time.Hour}},
		{"asked to wait less", 3, bot.TemporaryAfter(broken, time.Second), verdict{after: 2 * time.Minute}},
		{"will not pass", 1, broken, verdict{park: true}},
		{"last but one", p.Retry.Attempts - 1, bot.Temporary(broken), verdict{after: 2 * time.Hour}},
		{"last", p.Retry.Attempts, bot.Temporary(broken), verdict{park: true}},
	} {
		if got := p.judge(c.attempt, c.err, 0); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestPolicyFileIsChecked(t *testing.T) {
	whole := string(defaultPolicies)
	for _, c := range []struct{ name, from, to, complaint string }{
		{"unknown key", "limit: 10", "limits: 10", "limits"},
		{"no attempts", "attempts: 10", "attempts: 0", "retry.attempts"},
		{"longest shorter than first", "longest: 2h", "longest: 1s", "retry.longest"},
		{"jitter too large", "jitter: 0.2", "jitter: 2", "retry.jitter"},
		{"no window", "window: 3h", "window: 0s", "rate.window"},
		{"a mouth too many", "slack:", "telegram:", `no mouth "telegram"`},
		{"a mouth too few", "slack:", "telegram:", "for slack"},
		{"nothing to combine", "combine: 100", "combine: 0", "rate.combine"},
	} {
		text := strings.Replace(whole, c.from, c.to, 1)
		if text == whole {
			t.Fatalf("%s: %q does not stand in the file", c.name, c.from)
		}
		if _, err := ReadPolicies([]byte(text)); err == nil || !strings.Contains(err.Error(), c.complaint) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
