// Package wait pauses for a time or until something holds, and never longer
// than a context lasts.
package wait

import (
	"context"
	"time"
)

// For pauses for d. Where ctx ends sooner it returns the error of ctx at once.
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

// Until asks again and again, with a pause between, until holds says yes. It
// returns the error of holds, or that of ctx where it ends sooner.
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
