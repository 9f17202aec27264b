package wait_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"verbale/internal/wait"
)

func TestForPausesNoLongerThanItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began := time.Now()
		if err := wait.For(ctx, 20*time.Second); err != nil || time.Since(began) != 20*time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		if err := wait.For(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Minute {
			t.Errorf("%v after %s", err, time.Since(began))
		}
	})
}

func TestUntilAsksUntilItHoldsOrFails(t *testing.T) {
	failure := errors.New("cannot tell")
	for _, c := range []struct {
		holds bool
		err   error
	}{{true, nil}, {false, failure}} {
		synctest.Test(t, func(t *testing.T) {
			asked := 0
			err := wait.Until(t.Context(), time.Second, func() (bool, error) {
				if asked++; asked < 3 {
					return false, nil
				}
				return c.holds, c.err
			})
			if !errors.Is(err, c.err) || asked != 3 {
				t.Errorf("%v after %d questions", err, asked)
			}
		})
	}
}

func TestUntilEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	err := wait.Until(ctx, time.Hour, func() (bool, error) { cancel(); return false, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
