package slackio

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// keepHomes is for how long a home tab that was opened is thought to be in view. Slack
// tells each time it is opened, and it is drawn then.
const keepHomes = 12 * time.Hour

// homes remembers who has opened their home tab, and whose is about to be drawn.
type homes struct {
	opened *cache[struct{}]

	mu      sync.Mutex
	waiting map[string]bool // by user
}

func newHomes(now func() time.Time) *homes {
	return &homes{opened: newCache[struct{}](now, keepHomes, mostPeople), waiting: map[string]bool{}}
}

// wait reports whether a home tab is to be drawn: one that is in view, and is not
// about to be drawn anyway.
func (h *homes) wait(user string) bool {
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

// begin is called before what a home tab shows is asked for.
func (h *homes) begin(user string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.waiting, user)
}

// refreshHome draws the home tab of a person anew where they have opened it: by
// itself, so that nothing else that they do waits for it.
func (e *Ear) refreshHome(v *visit) {
	if !e.homes.wait(v.user) {
		return
	}
	taken := e.pool.do(homeKey(v.user), func() {
		e.homes.begin(v.user)
		ctx, cancel := v.context()
		defer cancel()
		v.noted("draw a home tab", e.publishHome(ctx, v))
	})
	if !taken { // they are shown it when they open it again
		e.homes.begin(v.user)
	}
}

// homeKey puts drawing it in line with its being opened (visit.key).
func homeKey(user string) string { return user + " home" }

// publishHome draws the home tab of a person as it is now.
func (e *Ear) publishHome(ctx context.Context, v *visit) error {
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

func (e *Ear) drawHome(ctx context.Context, v *visit, page desk.Page) error {
	view, err := v.drawer().Home(page)
	if err != nil {
		return err
	}
	_, err = e.Workspace.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: v.user, View: view})
	return judged("draw a home tab", err)
}
