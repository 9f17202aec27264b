package bot

import (
	"context"
	"time"
)

// CanaryWithin is how long a canary letter may take to arrive.
const CanaryWithin = time.Hour

// A Canary is the state of the latest canary letter, a test mail to the desk's own mailbox.
type Canary struct {
	MessageID string    // of the latest letter; must be unguessable
	Sent      time.Time // when it was queued for sending; zero if none ever was
	Arrived   time.Time // when a letter last arrived
}

// Due reports whether it is time for the next letter.
func (c Canary) Due(now time.Time, every time.Duration) bool { return !now.Before(c.Sent.Add(every)) }

// Late reports whether the latest letter should have arrived by now.
func (c Canary) Late(now time.Time) bool {
	return c.Arrived.Before(c.Sent) && now.After(c.Sent.Add(CanaryWithin))
}

// Canaries stores the state of the latest canary letter for all processes and across
// restarts. Before the first letter it is the zero Canary.
type Canaries interface {
	Canary(ctx context.Context) (Canary, error)
	SetCanary(ctx context.Context, c Canary) error
}
