package slackio

import (
	"context"
	"time"
)

// A Pacer is the Mouth's pacer, with the rate of posting.
type Pacer struct{ *pacer }

func NewPacer(now func() time.Time) Pacer { return Pacer{newPacer(now)} }

func (p Pacer) Turn(ctx context.Context, key string) error { return p.turn(ctx, key, postingRate) }

func (p Pacer) Hold(key string, pause time.Duration) { p.hold(key, postingRate, pause) }
