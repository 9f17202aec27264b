package page

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"verbale/bot"
	"verbale/internal/wait"
)

// A Clock is the machine's clock, some time ahead of it. The zero value goes right.
type Clock struct{ ahead atomic.Int64 }

// Now is the time by this clock.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// Push puts the clock forward.
func (c *Clock) Push(by time.Duration) { c.ahead.Add(int64(max(by, 0))) }

// A hands is what the page shows of the clock.
type hands struct {
	Now    time.Time
	Pushed bool
	Next   time.Time // when something is due next; zero where nothing is
	Ref    string    // of what
}

func (p *Page) showClock(r *http.Request) (any, error) {
	at, ref, err := p.next(r.Context())
	return hands{Now: p.Clock.Now(), Pushed: p.Clock.ahead.Load() > 0, Next: at, Ref: ref}, err
}

// next finds when an open record is looked at next, and which.
func (p *Page) next(ctx context.Context) (at time.Time, reference string, err error) {
	open, _, err := p.Store.List(ctx, bot.Query{Open: true, Limit: 1000})
	if err != nil {
		return at, "", err
	}
	references := make([]string, len(open))
	for i, rec := range open {
		references[i] = rec.Reference
	}
	wakes, err := p.Store.WakesAt(ctx, references...)
	now := p.Clock.Now()
	for ref, wake := range wakes {
		if wake.After(now) && (at.IsZero() || wake.Before(at)) {
			at, reference = wake, ref
		}
	}
	return at, reference, err
}

// How far the clock can be pushed, besides to what is due next.
var pushes = map[string]time.Duration{"hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour}

// pushClock puts the clock forward: "to" is next, hour, day or week.
func (p *Page) pushClock(r *http.Request) (any, error) {
	wish, err := asked[struct{ To string }](r)
	if err != nil {
		return nil, err
	}
	if err := p.atRest(r.Context()); err != nil {
		return nil, err
	}
	by, known := pushes[wish.To]
	reference := ""
	if wish.To == "next" {
		at, ref, err := p.next(r.Context())
		if err != nil {
			return nil, err
		}
		known, reference = !at.IsZero(), ref
		by = at.Sub(p.Clock.Now()) + time.Second
	}
	if !known {
		return nil, fmt.Errorf("nothing is due on any open request")
	}
	p.Clock.Push(by)
	p.feed.tell(regionClock, regionRecord, regionMail, regionSlack)
	return map[string]string{"now": inGeneva(p.Clock.Now()), "reference": reference}, nil
}

// atRest waits until no action is in hand: a push of the clock would end its lease, and it
// would be performed a second time.
func (p *Page) atRest(ctx context.Context) error {
	return wait.Until(ctx, 20*time.Millisecond, func() (bool, error) { return p.Store.AtRest(ctx, p.Clock.Now()) })
}

// zone is that of the office.
var zone = func() *time.Location {
	z, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		return time.UTC // a machine without time zones
	}
	return z
}()

// inGeneva is a moment as the page shows it.
func inGeneva(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format("Monday 2 January 2006, 15:04")
}

// short is a moment beside what happens then; it tells the year where that is not
// the year by the page's clock.
func (p *Page) short(t time.Time) string {
	if t.In(zone).Year() != p.Clock.Now().In(zone).Year() {
		return t.In(zone).Format("2 Jan 2006, 15:04")
	}
	return t.In(zone).Format("2 Jan, 15:04")
}
