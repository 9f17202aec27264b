package outbox

import (
	"log/slog"
	"math/rand/v2"
	"time"
)

func (o *Options) setDefaults() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Workers == 0 {
		o.Workers = 8
	}
	for value, standard := range map[*time.Duration]time.Duration{
		&o.Timeout: 2 * time.Minute, &o.Lease: 5 * time.Minute, &o.Poll: 5 * time.Second, &o.Gather: 20 * time.Millisecond, &o.Grace: 20 * time.Second,
	} {
		if *value == 0 {
			*value = standard
		}
	}
}
