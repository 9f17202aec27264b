package outbox

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// Actions added by commits in quick succession are claimed together. The first action after a
// pause is claimed at once.
func TestNudgesThatFollowEachOtherLeadToOneClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var claims []time.Duration
		q, p, began := newMemory(), &post{}, time.Now()
		q.fault = func(call, _ string) error {
			if call == "Claim" {
				claims = append(claims, time.Since(began))
			}
			return nil
		}
		o, stop := running(t, q, p, func(o *Options) { o.Poll, o.Gather = time.Hour, 20*time.Millisecond })
		defer stop()
		time.Sleep(time.Second)
		for n := range 5 {
			q.add(mail(n))
			o.Nudge()
			time.Sleep(3 * time.Millisecond)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		want := []time.Duration{0, time.Second, time.Second + 20*time.Millisecond}
		if len(p.ids()) != 5 || !slices.Equal(claims, want) {
			t.Errorf("%d sent, claimed at %v, want %v", len(p.ids()), claims, want)
		}
	})
}
