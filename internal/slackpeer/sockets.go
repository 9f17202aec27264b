package slackpeer

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// maxConnections is how many connections one app may hold
// (docs.slack.dev/apis/events-api/using-socket-mode).
const maxConnections = 10

// sockets are the Socket Mode connections of the app.
type sockets struct {
	tickets map[string]bool // of apps.connections.open, not used yet
	open    []*connection
	turn    int
	pending map[string]*pending // by envelope id
	arrived chan struct{}       // closed when a line comes up
}

// A connection is one WebSocket to the app.
type connection struct {
	ws      *websocket.Conn
	writing sync.Mutex
	leaving bool // told to disconnect: it gets no further envelopes
}

func (l *connection) write(message any) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.ws.WriteMessage(websocket.TextMessage, encode(message))
}

// A pending is an envelope that waits to be acknowledged. The channel gives the
// payload of the acknowledgement; it is closed if the connection breaks.
type pending struct {
	line *connection
	ack  chan json.RawMessage
}

// connectionsOpen is docs.slack.dev/reference/methods/apps.connections.open. The
// address it gives is good for one connection.
func (p *Peer) connectionsOpen(*call) (answer, error) {
	ticket := p.newID("k")
	p.sockets.tickets[ticket] = true
	return answer{"url": "ws://" + p.base + "/link/?ticket=" + ticket + "&app_id=" + AppID}, nil
}

// serveConnection is one Socket Mode connection: hello, then envelopes one way and
// acknowledgements the other (docs.slack.dev/apis/events-api/using-socket-mode).
func (p *Peer) serveConnection(w http.ResponseWriter, r *http.Request) {
	ok := false
	p.locked(func() {
		ticket := r.URL.Query().Get("ticket")
		ok = p.sockets.tickets[ticket] && len(p.sockets.open) < maxConnections && !p.closed
		delete(p.sockets.tickets, ticket)
	})
	if !ok {
		http.Error(w, "no such ticket, or too many lines", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	l := &connection{ws: ws}
	if p.connect(l) {
		p.listen(l)
	}
	p.hangUp(l)
}

// connect says hello on a new connection and puts it to work.
func (p *Peer) connect(l *connection) bool {
	n := 0
	p.locked(func() { n = len(p.sockets.open) + 1 })
	hello := map[string]any{
		"type": "hello", "num_connections": n, "connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{"host": "peer", "approximate_connection_time": 3600},
	}
	if l.write(hello) != nil {
		return false
	}
	p.locked(func() {
		p.sockets.open = append(p.sockets.open, l)
		close(p.sockets.arrived)
		p.sockets.arrived = make(chan struct{})
		p.spawn(func() { p.ping(l) })
		p.stir()
	})
	return p.ctx.Err() == nil
}

// pingWithin is how long a connection may take a ping. Clients wait for one no longer than that.
const pingWithin = 30 * time.Second

// ping keeps a connection alive until it breaks. The client waits for the first ping too.
func (p *Peer) ping(l *connection) {
	ticker := time.NewTicker(p.opt.PingEvery)
	defer ticker.Stop()
	for {
		deadline := time.Now().Add(pingWithin)
		if l.ws.WriteControl(websocket.PingMessage, []byte("ping"), deadline) != nil {
			return
		}
		select {
		case <-ticker.C:
		case <-p.ctx.Done():
			return
		}
	}
}

// listen takes acknowledgements from a connection until it breaks.
func (p *Peer) listen(l *connection) {
	for {
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if err := l.ws.ReadJSON(&ack); err != nil {
			return
		}
		p.locked(func() {
			if w := p.sockets.pending[ack.EnvelopeID]; w != nil {
				delete(p.sockets.pending, ack.EnvelopeID)
				w.ack <- ack.Payload
			}
		})
	}
}

// hangUp cuts and forgets a connection; what waited for an acknowledgement on it has
// missed it.
func (p *Peer) hangUp(l *connection) {
	_ = l.ws.NetConn().Close() // it may be broken already
	p.locked(func() {
		p.sockets.open = slices.DeleteFunc(p.sockets.open, func(o *connection) bool { return o == l })
		for id, w := range p.sockets.pending {
			if w.line == l {
				delete(p.sockets.pending, id)
				close(w.ack)
			}
		}
		p.stir()
	})
}

// next picks the connection for an envelope: each in turn. Without one it gives a channel
// that is closed when a connection comes up.
func (s *sockets) next() (*connection, <-chan struct{}) {
	for range s.open {
		s.turn = (s.turn + 1) % len(s.open)
		if l := s.open[s.turn]; !l.leaving {
			return l, nil
		}
	}
	return nil, s.arrived
}

// Connections is how many Socket Mode connections take envelopes.
func (p *Peer) Connections() (n int) {
	p.locked(func() {
		for _, l := range p.sockets.open {
			if !l.leaving {
				n++
			}
		}
	})
	return n
}

// DropConnections cuts all connections, without a word, as a network does.
func (p *Peer) DropConnections() {
	var lines []*connection
	p.locked(func() { lines = slices.Clone(p.sockets.open) })
	for _, l := range lines {
		p.hangUp(l)
	}
}

// Disconnect asks the app to renew all its connections, for a reason: "warning" or
// "refresh_requested". They get no further envelopes, and the app closes them
// (docs.slack.dev/apis/events-api/using-socket-mode).
func (p *Peer) Disconnect(reason string) {
	var lines []*connection
	p.locked(func() {
		lines = slices.Clone(p.sockets.open)
		for _, l := range lines {
			l.leaving = true
		}
	})
	for _, l := range lines {
		message := map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "peer"}}
		_ = l.write(message) // a broken line is renewed anyway
	}
}
