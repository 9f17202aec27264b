package bench

import (
	"strings"
	"testing"
	"time"
)

func TestVaryGivesAMailAnIdentityOfItsOwn(t *testing.T) {
	tests := map[string]string{
		"line feeds": "From: a@b.example\nMessage-Id:\n <old@b.example>\nReply-To: x@y.example\nSubject: s\n\nMessage-ID: in the body\n",
		"CRLF":       "From: a@b.example\r\nMESSAGE-ID: <old@b.example>\r\nSubject: s\r\n\r\nMessage-ID: in the body\r\n",
	}
	for name, raw := range tests {
		got := string(Vary([]byte(raw), 7))
		if !strings.HasPrefix(got, "Message-ID: <bench-7@ministry.example>\r\n") || strings.Contains(got, "old@") || strings.Contains(got, "x@y") {
			t.Errorf("%s: %q", name, got)
		}
		if !strings.Contains(got, "Subject: s") || !strings.Contains(got, "Message-ID: in the body") {
			t.Errorf("%s: lost something: %q", name, got)
		}
	}
	if got := string(Vary([]byte("no header end"), 1)); !strings.HasSuffix(got, "no header end") {
		t.Errorf("mail without a body: %q", got)
	}
}

func TestPercentileByNearestRank(t *testing.T) {
	values := []time.Duration{5, 1, 4, 2, 3}
	for p, want := range map[int]time.Duration{1: 1, 50: 3, 80: 4, 99: 5, 100: 5} {
		if got := percentile(values, p); got != want {
			t.Errorf("p%d = %d, want %d", p, got, want)
		}
	}
	if got := percentile(nil, 50); got != 0 {
		t.Errorf("p50 of nothing = %d", got)
	}
}
