package chaos

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// A NetworkState is how a Proxy carries.
type NetworkState string

const (
	Connected NetworkState = "fair"  // carries
	Slow      NetworkState = "slow"  // carries each piece with a delay
	HalfOpen  NetworkState = "still" // accepts connections and bytes, and carries nothing (half-open)
	Cut       NetworkState = "cut"   // ends all connections, and accepts none
)

// slowDelay is by how much a slow Proxy delays each piece.
const slowDelay = 150 * time.Millisecond

// A Proxy is a TCP proxy between a bot and one of its servers. It can fail as a network
// does.
type Proxy struct {
	listener net.Listener
	work     sync.WaitGroup

	mu      sync.Mutex
	target  string
	state   NetworkState
	changed chan struct{} // closed when the state changes
	pairs   map[*pair]bool
	trap    *Trap
}

// A pair is one connection, from both sides.
type pair struct {
	client, server net.Conn
	once           sync.Once
	gone           chan struct{}
}

func (p *pair) end() {
	p.once.Do(func() {
		close(p.gone)
		p.client.Close()
		p.server.Close()
	})
}

// A direction is where bytes go.
type direction int

const (
	toServer direction = iota
	toClient
)

// OpenProxy opens a Proxy on a free loopback port. It accepts no connection before SetTarget.
func OpenProxy() (*Proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &Proxy{listener: listener, state: Connected, changed: make(chan struct{}), pairs: map[*pair]bool{}}
	l.work.Go(l.accept)
	return l, nil
}

// Address is the host:port to which the bot connects.
func (l *Proxy) Address() string { return l.listener.Addr().String() }

// SetTarget sets the host:port of the server.
func (l *Proxy) SetTarget(target string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.target = target
}

// Close ends the Proxy and all connections.
func (l *Proxy) Close() {
	l.listener.Close()
	l.Set(Cut)
	l.work.Wait()
}

// Set changes the state. What a half-open Proxy held is forwarded once it is connected
// again.
func (l *Proxy) Set(w NetworkState) {
	l.mu.Lock()
	l.state = w
	close(l.changed)
	l.changed = make(chan struct{})
	l.mu.Unlock()
	if w == Cut {
		l.Break()
	}
}

// Break ends all connections, with what is held of them. New ones are accepted.
func (l *Proxy) Break() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for p := range l.pairs {
		p.end()
	}
}

// now returns the state, the channel that is closed when it changes, and the trap.
func (l *Proxy) now() (NetworkState, <-chan struct{}, *Trap) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state, l.changed, l.trap
}

func (l *Proxy) accept() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.mu.Lock()
		target, state := l.target, l.state
		l.mu.Unlock()
		if state == Cut || target == "" {
			client.Close()
			continue
		}
		l.work.Go(func() { l.join(client, target) })
	}
}

// join connects a client with the server until one of them ends the connection.
func (l *Proxy) join(client net.Conn, target string) {
	server, err := net.DialTimeout("tcp", target, time.Second)
	if err != nil {
		client.Close()
		return
	}
	p := &pair{client: client, server: server, gone: make(chan struct{})}
	l.mu.Lock()
	l.pairs[p] = true
	cut := l.state == Cut
	l.mu.Unlock()
	if cut {
		p.end()
	}
	var both sync.WaitGroup
	both.Go(func() { l.carry(p, toServer, client, server) })
	both.Go(func() { l.carry(p, toClient, server, client) })
	both.Wait()
	l.mu.Lock()
	delete(l.pairs, p)
	l.mu.Unlock()
}

// carry copies in one direction until either side ends the connection.
func (l *Proxy) carry(p *pair, d direction, from, to net.Conn) {
	defer p.end()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && (!l.pass(p, d, buffer[:n]) || !wrote(to, buffer[:n])) || err != nil {
			return
		}
	}
}

func wrote(to net.Conn, b []byte) bool {
	_, err := to.Write(b)
	return err == nil
}

// pass waits until the state and the trap let a piece through. It returns false if the
// connection ended before.
func (l *Proxy) pass(p *pair, d direction, piece []byte) bool {
	for {
		state, changed, trap := l.now()
		if trap != nil && !trap.pass(l, p, d, piece) {
			return false
		}
		switch state {
		case Connected:
			return true
		case Slow:
			return waited(p, time.After(slowDelay))
		}
		if !waited(p, changed) {
			return false
		}
	}
}

// waited waits for a channel, and returns false if the connection ended before.
func waited[T any](p *pair, until <-chan T) bool {
	select {
	case <-until:
		return true
	case <-p.gone:
		return false
	}
}

// A Trap stops a connection at the first piece in one direction that contains all of its
// words, before that piece is carried. So a test knows between which two steps a bot is.
//
// A Trap may be laid on several Lines. It stops one connection only.
type Trap struct {
	to     direction
	words  []string
	answer bool          // stop at the answer to such a piece, not at the piece
	first  []string      // ignore everything until a piece with these words went to the server
	sprung chan *Proxy   // gets the Proxy on which a connection was stopped
	freed  chan struct{} // closed by free

	mu     sync.Mutex
	armed  bool  // a piece with the words of first went by
	asked  *pair // the connection on which the answer is expected
	caught *pair // the connection that is stopped
}

// newTrap makes a trap for a piece in a direction that contains all words.
func newTrap(to direction, words ...string) *Trap {
	return &Trap{to: to, words: words, sprung: make(chan *Proxy, 1), freed: make(chan struct{})}
}

// newAnswerTrap makes a trap for the answer to a piece that contains all words.
func newAnswerTrap(words ...string) *Trap {
	t := newTrap(toServer, words...)
	t.answer = true
	return t
}

// after makes the trap ignore everything before a piece with other words.
func (t *Trap) after(words ...string) *Trap {
	t.first = words
	return t
}

// free lets the stopped connection go on. The trap stops nothing any more.
func (t *Trap) free() { close(t.freed) }

// SetTrap sets a trap on the Proxy; nil removes it.
func (l *Proxy) SetTrap(t *Trap) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.trap = t
}

// pass holds a piece back, if the trap catches it, until it is freed. It returns false if
// the connection ended before.
func (t *Trap) pass(l *Proxy, p *pair, d direction, piece []byte) bool {
	if !t.catches(p, d, piece) {
		return true
	}
	select {
	case t.sprung <- l:
	default: // a further piece of the connection that is stopped already
	}
	return waited(p, t.freed)
}

// catches decides whether a piece is held back.
func (t *Trap) catches(p *pair, d direction, piece []byte) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.caught != nil {
		return t.caught == p && !t.isFree()
	}
	if len(t.first) > 0 && !t.armed {
		t.armed = d == toServer && holds(piece, t.first)
		return false
	}
	fits := d == t.to && holds(piece, t.words)
	if t.answer && fits {
		t.asked, fits = p, false
	}
	if t.answer && d == toClient && t.asked == p {
		fits = true
	}
	if fits {
		t.caught = p
	}
	return fits
}

func (t *Trap) isFree() bool {
	select {
	case <-t.freed:
		return true
	default:
		return false
	}
}

// holds reports whether a piece contains all words.
func holds(piece []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(piece, []byte(w)) {
			return false
		}
	}
	return true
}
