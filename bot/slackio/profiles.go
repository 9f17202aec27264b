package slackio

import (
	"context"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbale/internal/wait"
)

// learnProfiles is how often profiles are read again: people travel, and change their settings.
const learnProfiles = 6 * time.Hour

// A profile is what a user has set in Slack, as last read.
type profile struct {
	zone     *time.Location // nil if unknown
	language string         // of the locale, ISO 639-1; "" if unknown
}

// Zone is the time zone in the Slack profile of the holder of a post or division, as last
// read; nil if it is not known. It makes no calls.
func (p *People) Zone(id string) *time.Location { return p.profile(id).zone }

// Language is the language in which the holder of a post or division, or a colleague by the ID
// used in histories, uses Slack, as last read; "" if it is not known. It makes no calls.
func (p *People) Language(id string) string { return p.profile(id).language }

func (p *People) profile(id string) profile {
	if contact, known := p.directory.Contact(id); known {
		id = firstOf(contact.Slack, contact.Address)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.profiles[strings.ToLower(id)]
}

// LearnProfiles reads the profiles of the contacts in the directory periodically until ctx
// ends. What cannot be read stays as last known.
func (p *People) LearnProfiles(ctx context.Context) error {
	for {
		p.learnAll(ctx)
		if err := wait.For(ctx, learnProfiles); err != nil {
			return nil
		}
	}
}

// learnAll reads all profiles. What cannot be read is logged once for all: often Slack cannot
// be reached, or refuses the token.
func (p *People) learnAll(ctx context.Context) {
	unread, failure := 0, error(nil)
	for _, id := range contactIDs(p.directory) {
		if !userID.MatchString(id) {
			continue
		}
		u, err := p.user(ctx, id)
		if err == nil {
			p.learn(u)
			continue
		}
		unread++
		if failure == nil {
			failure = err
		}
	}
	switch {
	case ctx.Err() != nil:
	case unread > 0:
		p.workspace.log.Warn("time zones and languages of colleagues could not be read", "colleagues", unread, "error", failure)
	default:
		p.workspace.log.Info("time zones and languages of colleagues were read")
	}
}

// learn keeps the profile of a user.
func (p *People) learn(u *slack.User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.profiles[strings.ToLower(u.ID)]
	if zone, err := time.LoadLocation(u.TZ); err == nil && u.TZ != "" {
		known.zone = zone
	}
	known.language = firstOf(languageOf(u.Locale), known.language)
	for _, key := range []string{u.ID, addressOf(u)} {
		if key != "" {
			p.profiles[strings.ToLower(key)] = known
		}
	}
}
