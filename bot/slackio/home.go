package slackio

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// keepHomes is for how long an opened home tab is assumed to be in view. Slack sends an event
// each time it is opened, and it is drawn then.
const keepHomes = 12 * time.Hour

// homeTabs remembers which users have opened their home tab, and for which a redraw is pending.
type homeTabs struct {
	opened *cache[struct{}]

	mu      sync.Mutex
	waiting map[string]bool // by user
}

func newHomeTabs(now func() time.Time) *homeTabs {
	return &homeTabs{opened: newCache[struct{}](now, keepHomes, mostPeople), waiting: map[string]bool{}}
}

// wait reports whether a home tab is to be redrawn: it must be in view, and have no redraw
// pending.
func (h *homeTabs) wait(user string) bool {
	if _, opened := h.opened.find(user); !opened {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.waiting[user] {
		return false
	}
	h.waiting[user] = true
	return true
}

// begin must be called before the content of a home tab is queried, so that later changes
// trigger another redraw.
func (h *homeTabs) begin(user string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.waiting, user)
}

// refreshHome redraws the home tab of a user who has opened it. It runs as a separate job, so
// that no other interaction of the user waits for it.
func (e *Ear) refreshHome(v *interaction) {
	if !e.homes.wait(v.user) {
		return
	}
	taken := e.pool.do(homeKey(v.user), func() {
		e.homes.begin(v.user)
		ctx, cancel := v.context()
		defer cancel()
		v.noted("draw a home tab", e.publishHome(ctx, v))
	})
	if !taken { // it is drawn when the user opens it again
		e.homes.begin(v.user)
	}
}

// homeKey is the job key under which home tabs are drawn, the same as when they are opened
// (interaction.key).
func homeKey(user string) string { return user + " home" }

// publishHome draws the current home tab of a user.
func (e *Ear) publishHome(ctx context.Context, v *interaction) error {
	by, err := e.People.Colleague(ctx, v.user)
	if err != nil {
		return err
	}
	page, err := e.Desk.Home(ctx, by)
	if err != nil {
		return err
	}
	return e.drawHome(ctx, v, page)
}

func (e *Ear) drawHome(ctx context.Context, v *interaction, page desk.Page) error {
	view, err := v.drawer().Home(page)
	if err != nil {
		return err
	}
	_, err = e.Workspace.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: v.user, View: view})
	return judged("draw a home tab", err)
}
