package page

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// The regions of the page that change.
const (
	regionMail   = "mail"
	regionSlack  = "slack"
	regionRecord = "record"
	regionClock  = "clock"
	regionTour   = "tour"
)

// settling is how long changes are gathered before the page hears of them: one
// letter sets off many.
const settling = 60 * time.Millisecond

// A feed tells open pages which of their regions changed.
type feed struct {
	mu      sync.Mutex
	hearers []*hearer
}

// A hearer is an open page, and what it has not been told yet.
type hearer struct {
	changed []string
	more    chan struct{} // holds one where something changed
}

func (f *feed) tell(regions ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, h := range f.hearers {
		for _, region := range regions {
			if !slices.Contains(h.changed, region) {
				h.changed = append(h.changed, region)
			}
		}
		select {
		case h.more <- struct{}{}:
		default:
		}
	}
}

func (f *feed) join() *hearer {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := &hearer{more: make(chan struct{}, 1)}
	f.hearers = append(f.hearers, h)
	return h
}

func (f *feed) leave(h *hearer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.hearers = slices.DeleteFunc(f.hearers, func(o *hearer) bool { return o == h })
}

// take gives what changed since the last time.
func (f *feed) take(h *hearer) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	changed := h.changed
	h.changed = nil
	return changed
}

// serve sends events for as long as the page is open (WHATWG HTML, server-sent
// events): the names of what changed.
func (f *feed) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	h := f.join()
	defer f.leave(h)
	flush := http.NewResponseController(w)
	fmt.Fprint(w, "retry: 1000\n\n")
	for flush.Flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case <-h.more:
		}
		time.Sleep(settling)
		fmt.Fprintf(w, "data: %s\n\n", strings.Join(f.take(h), " "))
	}
}
