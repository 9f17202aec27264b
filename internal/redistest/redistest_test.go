package redistest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"verbale/internal/daemon"
	"verbale/internal/wait"
)

// started starts the servers of a form. It skips the test if Redis is not installed.
func started(t *testing.T, form Form) *Servers {
	t.Helper()
	s, err := Start(t.Context(), form, t.TempDir())
	if errors.Is(err, ErrNoServer) && !daemon.ServersRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestAnotherMasterTakesThePlaceOfOneThatIsLost(t *testing.T) {
	for form, url := range map[Form]string{Sentinel: "redis-sentinel://127.0.0.1:", Cluster: "redis-cluster://127.0.0.1:"} {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			s := started(t, form)
			if !strings.HasPrefix(s.URL, url) {
				t.Errorf("reached at %s", s.URL)
			}
			const key = "{office}:key"
			first, err := s.master(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Lose(t.Context(), key, patience); err != nil {
				t.Fatal(err)
			}
			eventually(t, "another master holds the key", func() bool {
				now, err := s.master(t.Context(), key)
				return err == nil && now != first
			})
		})
	}
}

// patience is the time limit for waiting on a slow machine.
const patience = 2 * time.Minute

func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := wait.Until(ctx, 50*time.Millisecond, func() (bool, error) { return so(), nil }); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestMasterIsReadFromTheNodes(t *testing.T) {
	const nodes = `a 127.0.0.1:30001@40001 master,fail - 1 2 1 disconnected 0-5460
b 127.0.0.1:30002@40002 slave a 0 0 1 connected
c 127.0.0.1:30003@40003,host master - 0 0 2 connected 5461 5463-10922 [5462-<-a]
`
	for slot, want := range map[int]string{5461: "30003", 5463: "30003", 10922: "30003", 5462: "", 0: ""} {
		if got, _ := masterIn(nodes, slot); got != want {
			t.Errorf("slot %d is held at %q, want %q", slot, got, want)
		}
	}
}

func TestAnUnknownFormIsRefused(t *testing.T) {
	if _, err := Start(t.Context(), "ring", t.TempDir()); err == nil {
		t.Error("Redis was started as a ring")
	}
}
