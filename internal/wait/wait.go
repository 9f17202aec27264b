// Package wait waits for a time, or until a condition holds, but no longer than a context
// lasts.
package wait

import (
	"context"
	"time"
)

// For waits for d. If ctx ends sooner it returns the error of ctx at once.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Until calls holds again and again, with a pause in between, until it returns true or an
// error, which Until returns. If ctx ends sooner it returns the error of ctx.
func Until(ctx context.Context, pause time.Duration, holds func() (bool, error)) error {
	for {
		if ok, err := holds(); ok || err != nil {
			return err
		}
		if err := For(ctx, pause); err != nil {
			return err
		}
	}
}
