package redisstore

import (
	"sync"
	"testing"
)

// All processes of an office use the same signing secret, even if they start at the same time or
// are restarted. Another office on the same server has a different secret.
func TestAnOfficeHasOneSecret(t *testing.T) {
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			url := start(t)
			given := make([]string, 8)
			var group sync.WaitGroup
			for i := range given {
				s := openOffice(t, url, t.TempDir(), "test")
				group.Go(func() { given[i] = signature(t, s) })
			}
			group.Wait()
			for _, one := range append(given, signature(t, openOffice(t, url, t.TempDir(), "test"))) {
				if len(one) != 2*signed || one != given[0] {
					t.Errorf("signed as %q and as %q", given[0], one)
				}
			}
			if signature(t, openOffice(t, url, t.TempDir(), "other")) == given[0] {
				t.Error("another office has the same secret")
			}
		})
	}
}

func signature(t *testing.T, s *Store) string {
	t.Helper()
	sign, err := s.Signer(t.Context())
	if err != nil {
		t.Error(err)
		return ""
	}
	if sign("a") == sign("b") {
		t.Error("all texts have one signature")
	}
	return sign("acknowledge:TC-2026-00042")
}
