package slackio

import (
	"context"
	"sync"

	"github.com/slack-go/slack"
)

// A window is the modal in which an act is answered: the one in which it was done,
// or one that its trigger can open, once and within three seconds
// (docs.slack.dev/interactivity/handling-user-interaction).
type window struct {
	api     *slack.Client
	trigger string

	mu      sync.Mutex
	id      string // of the view that stands
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

// show puts a view into the window, or over it; where there is none, it is opened.
// What stands in for an answer is never left below one.
func (w *window) show(ctx context.Context, view slack.ModalViewRequest, over bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	held := w.holding
	w.closed, w.holding = true, false
	if w.id == "" {
		return w.open(ctx, view)
	}
	if over && !held && w.push(ctx, view) == nil {
		return nil
	} // three lie on each other already, or the trigger has ended: it takes their place
	_, err := w.api.UpdateViewContext(ctx, view, "", "", w.id) // acts in a window are answered in order: the last one holds
	return judged("redraw a window", err)
}

func (w *window) open(ctx context.Context, view slack.ModalViewRequest) error {
	r, err := w.api.OpenViewContext(ctx, w.trigger, view)
	if err != nil {
		return judged("open a window", err)
	}
	w.id = r.ID
	return nil
}

// push lays a view over the window.
func (w *window) push(ctx context.Context, view slack.ModalViewRequest) error {
	_, err := w.api.PushViewContext(ctx, w.trigger, view)
	return judged("lay a window over another", err)
}
