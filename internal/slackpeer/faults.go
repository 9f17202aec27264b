package slackpeer

import (
	"net/http"
	"time"
)

// A Fault makes a call fail, as a test wants it.
type Fault struct {
	// Delay is waited for, in real time, before the answer. If nothing else is set, the
	// answer is the usual one.
	Delay time.Duration
	// Cut closes the connection without an answer.
	Cut bool
	// Status is the HTTP status, such as 500 or 503.
	Status int
	// Code is Slack's error code, such as "fatal_error"; it comes with status 200
	// unless Status says otherwise.
	Code string
	// RetryAfter is the header of a 429, in seconds.
	RetryAfter int
	// AfterEffect says that the call does what it should first, and only its answer
	// is lost.
	AfterEffect bool
}

// faults are those still to come, by method.
type faults map[string][]Fault

// Fail lets a fault happen to the next n calls of a method, or of "response_url".
func (p *Peer) Fail(method string, n int, f Fault) {
	p.locked(func() {
		for range n {
			p.faults[method] = append(p.faults[method], f)
		}
	})
}

// strike takes the next fault of a method; the zero value if there is none.
func (p *Peer) strike(method string) (f Fault) {
	p.locked(func() {
		if next := p.faults[method]; len(next) > 0 {
			f, p.faults[method] = next[0], next[1:]
		}
	})
	return f
}

// answers reports whether the fault replaces the answer.
func (f Fault) answers() bool { return f.Cut || f.Status != 0 || f.Code != "" }

// name is how a fault is recorded among the calls.
func (f Fault) name() string {
	switch {
	case f.Cut:
		return "cut"
	case f.Code != "":
		return f.Code
	}
	return "http_" + itoa(f.Status)
}

// pass waits for the delay of a fault, unless the caller gives up before.
func (f Fault) pass(r *http.Request) {
	select {
	case <-time.After(f.Delay):
	case <-r.Context().Done():
	}
}

// show answers a call with the fault.
func (f Fault) show(w http.ResponseWriter) {
	if f.Cut {
		panic(http.ErrAbortHandler) // how net/http cuts a line
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", itoa(f.RetryAfter))
	}
	body := []byte("<html>" + http.StatusText(f.Status) + "</html>") // as Slack's load balancer answers
	if f.Code != "" {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		body = encode(answer{"ok": false, "error": f.Code})
	}
	w.WriteHeader(max(f.Status, http.StatusOK))
	_, _ = w.Write(body) // the caller may be gone
}
