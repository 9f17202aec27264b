package slackpeer

import (
	"encoding/json"
	"slices"
	"time"
)

// An envelope is something to be delivered to the app.
type envelope struct {
	kind    string // events_api, interactive or slash_commands
	payload json.RawMessage
	accepts bool // an acknowledgement may carry an answer
	attempt int  // of a redelivery, from 1
	reason  string
}

// A Delivery is an attempt to deliver something to the app, for tests to look at.
type Delivery struct {
	Kind    string // events_api, interactive or slash_commands
	Attempt int    // 0 for the first
	Payload json.RawMessage
	Missed  string // why it failed, such as "timeout"; "" if acknowledged
}

// send delivers an envelope to the app and waits for the acknowledgement. If there is
// none in time, missed tells why.
func (p *Peer) send(e envelope) (ack json.RawMessage, missed string) {
	var post *Endpoints
	twice := false
	p.locked(func() {
		post = p.post
		if twice = p.twice > 0; twice {
			p.twice--
		}
	})
	once := p.sendOnConnection
	if post != nil {
		once = func(e envelope) (json.RawMessage, string) { return p.sendByHTTP(*post, e) }
	}
	if twice {
		p.locked(func() { p.errand(func() { p.attempt(once, e) }) })
	}
	return p.attempt(once, e)
}

// attempt sends an envelope once and records the Delivery.
func (p *Peer) attempt(once func(envelope) (json.RawMessage, string), e envelope) (json.RawMessage, string) {
	ack, missed := once(e)
	p.locked(func() {
		p.feed.deliveries = append(p.feed.deliveries, Delivery{Kind: e.kind, Attempt: e.attempt, Payload: e.payload, Missed: missed})
		if missed != "" {
			p.changed(Change{Kind: Missed})
		}
	})
	return ack, missed
}

// WaitForAcks changes [Options.AckWithin] for the deliveries to come.
func (p *Peer) WaitForAcks(within time.Duration) { p.locked(func() { p.opt.AckWithin = within }) }

func (p *Peer) ackWithin() (d time.Duration) {
	p.locked(func() { d = p.opt.AckWithin })
	return d
}

// sendOnConnection sends an envelope over the connection whose turn it is. If there is none, it
// waits for one, within the time for the acknowledgement.
func (p *Peer) sendOnConnection(e envelope) (ack json.RawMessage, missed string) {
	deadline := time.NewTimer(p.ackWithin())
	defer deadline.Stop()
	id, w, arrived := p.enqueue()
	for w == nil {
		select {
		case <-arrived:
			id, w, arrived = p.enqueue()
		case <-deadline.C:
			return nil, "timeout"
		case <-p.ctx.Done():
			return nil, "closed"
		}
	}
	if err := w.line.write(e.wrap(id)); err != nil {
		return nil, "connection_failed"
	}
	select {
	case ack, ok := <-w.ack:
		if !ok {
			return nil, "connection_failed"
		}
		return ack, ""
	case <-deadline.C:
		p.locked(func() { delete(p.sockets.pending, id) })
		return nil, "timeout"
	case <-p.ctx.Done():
		return nil, "closed"
	}
}

// enqueue picks a line for an envelope and registers for its acknowledgement. If there is
// no line, w is nil and arrived is closed when one comes up.
func (p *Peer) enqueue() (id string, w *pending, arrived <-chan struct{}) {
	p.locked(func() {
		var l *connection
		if l, arrived = p.sockets.next(); l != nil {
			id, w = p.newID("e"), &pending{line: l, ack: make(chan json.RawMessage, 1)}
			p.sockets.pending[id] = w
		}
	})
	return id, w, arrived
}

// wrap is the envelope as it goes over the line.
func (e envelope) wrap(id string) map[string]any {
	out := map[string]any{
		"type": e.kind, "envelope_id": id, "payload": e.payload, "accepts_response_payload": e.accepts,
	}
	if e.kind == "events_api" {
		out["retry_attempt"], out["retry_reason"] = e.attempt, e.reason
	}
	return out
}

// sendEvent brings an event to the app and says whether it was acknowledged at the
// first attempt; if not, it is delivered again in the background, three times at
// most (docs.slack.dev/apis/events-api). Interactions are never delivered again.
func (p *Peer) sendEvent(e envelope) bool {
	_, missed := p.send(e)
	if missed == "" {
		return true
	}
	p.locked(func() { p.errand(func() { p.redeliver(e, missed) }) })
	return false
}

func (p *Peer) redeliver(e envelope, missed string) {
	for i, pause := range p.opt.RetryPauses {
		select {
		case <-time.After(pause):
		case <-p.ctx.Done():
			return
		}
		e.attempt, e.reason = i+1, missed
		if _, missed = p.send(e); missed == "" {
			return
		}
	}
	p.note(Change{Kind: Lost})
}

// Duplicate lets the next n deliveries reach the app twice, in envelopes of their
// own, as happens when Slack does not see an acknowledgement that was sent.
func (p *Peer) Duplicate(n int) { p.locked(func() { p.twice += n }) }

// Deliveries returns all attempts so far to deliver something to the app.
func (p *Peer) Deliveries() (list []Delivery) {
	p.locked(func() { list = slices.Clone(p.feed.deliveries) })
	return list
}
