package slackio

import (
	"context"
	"sync"

	"github.com/slack-go/slack"
)

// A window is the modal in which an interaction is answered: the one in which it happened, or
// one opened with its trigger, which is valid once and for three seconds
// (docs.slack.dev/interactivity/handling-user-interaction).
type window struct {
	api     *slack.Client
	trigger string

	mu      sync.Mutex
	id      string // of the view that is open
	holding bool   // it is a waiting modal
	closed  bool   // no waiting modal may be opened any more
}

// canOpen reports whether no modal is open and one can be opened.
func (w *window) canOpen() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.id == "" && w.trigger != ""
}

// hold opens a waiting modal, unless the answer has arrived in the meantime.
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

// settle prevents waiting modals from now on, and reports whether one is open.
func (w *window) settle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	return w.holding
}

// show puts a view into the modal, or over it; if none is open, it opens one. A waiting modal
// is never left below another.
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
	} // three are stacked already, or the trigger has expired: it replaces the top one
	_, err := w.api.UpdateViewContext(ctx, view, "", "", w.id) // answers come in order: the last one wins
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

// push opens a view over the modal.
func (w *window) push(ctx context.Context, view slack.ModalViewRequest) error {
	_, err := w.api.PushViewContext(ctx, w.trigger, view)
	return judged("lay a window over another", err)
}
