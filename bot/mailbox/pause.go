package mailbox

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	longestPause    = 5 * time.Minute // between two attempts to reach a server or a store
	longestGapPause = time.Hour       // between two attempts to handle one message
)

// pause is how long to wait after the given number of consecutive failures. It doubles from
// first up to longest, with a random jitter of up to half, so that many processes do not retry
// at the same moment.
func pause(first time.Duration, failures int, longest time.Duration) time.Duration {
	d := first
	for range failures - 1 {
		if d *= 2; d >= longest {
			d = longest
			break
		}
	}
	return d/2 + rand.N(d/2+1)
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
