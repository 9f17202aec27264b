package slackio

import (
	"context"
	"sync"

	"github.com/slack-go/slack"

	"verbale/bot/desk"
)

// A window is the modal in which an act is answered: the one in which it was done,
// or one that its trigger can open, once and within three seconds
// (docs.slack.dev/interactivity/handling-user-interaction).
type window struct {
	api     *slack.Client
	trigger string

	mu      sync.Mutex
	id      string // of the view that stands
	hash    string // of what the person saw; "" once it is ours to write over
	holding bool   // it stands in for an answer
	closed  bool   // no window is to stand in any more
}

// canOpen reports whether there is no window and one can be opened.
func (w *window) canOpen() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.id == "" && w.trigger != ""
}

// hold opens a window that stands in for the answer, unless that came meanwhile.
func (w *window) hold(ctx context.Context, view slack.ModalViewRequest) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed || w.id != "" {
		return nil
	}
	err := w.open(ctx, view)
	w.holding = err == nil
	return err
}

// settle lets no window stand in from now on, and reports whether one does.
func (w *window) settle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	return w.holding
}

// show puts a view into the window, which is opened where there is none.
func (w *window) show(ctx context.Context, view slack.ModalViewRequest) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed, w.holding = true, false
	if w.id == "" {
		return w.open(ctx, view)
	}
	_, err := w.api.UpdateViewContext(ctx, view, "", w.hash, w.id)
	err = judged("redraw a window", err)
	if says(err, "hash_conflict") { // the person has moved on, and sees something newer
		return nil
	}
	return err
}

func (w *window) open(ctx context.Context, view slack.ModalViewRequest) error {
	r, err := w.api.OpenViewContext(ctx, w.trigger, view)
	if err != nil {
		return judged("open a window", err)
	}
	w.id = r.ID
	return nil
}

// push lays a page over the window.
func (w *window) push(ctx context.Context, d Drawer, p desk.Page) error {
	view, err := d.PageWindow(p)
	if err != nil {
		return err
	}
	_, err = w.api.PushViewContext(ctx, w.trigger, view)
	return judged("lay a window over another", err)
}
