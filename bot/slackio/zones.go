package slackio

import (
	"context"
	"time"

	"verbale/internal/wait"
)

// learnZones is how often the time zones of profiles are read again: people travel.
const learnZones = 6 * time.Hour

// Zone is the time zone in the Slack profile of the holder of a post or division, as last
// read; nil if it is not known. It makes no calls.
func (p *People) Zone(id string) *time.Location {
	contact, known := p.directory.Contact(id)
	if !known {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.zones[contact.Slack]
}

// LearnZones reads the profiles of the contacts in the directory periodically until ctx ends.
// If a profile cannot be read, the last known time zone stays.
func (p *People) LearnZones(ctx context.Context) error {
	for {
		p.learnAll(ctx)
		if err := wait.For(ctx, learnZones); err != nil {
			return nil
		}
	}
}

// learnAll reads all profiles. What cannot be read is logged once for all: often Slack cannot
// be reached, or refuses the token.
func (p *People) learnAll(ctx context.Context) {
	unread, failure := 0, error(nil)
	defer func() {
		if unread > 0 && ctx.Err() == nil {
			p.workspace.log.Warn("time zones of colleagues could not be read", "colleagues", unread, "error", failure)
		}
	}()
	for _, id := range contactIDs(p.directory) {
		if !userID.MatchString(id) {
			continue
		}
		u, err := p.user(ctx, id)
		if err != nil {
			unread++
			if failure == nil {
				failure = err
			}
			continue
		}
		zone, err := time.LoadLocation(u.TZ)
		if err != nil || u.TZ == "" {
			continue
		}
		p.mu.Lock()
		p.zones[id] = zone
		p.mu.Unlock()
	}
}
