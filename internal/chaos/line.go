package chaos

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// A Weather is how a Line carries.
type Weather string

const (
	Fair  Weather = "fair"  // carries
	Slow  Weather = "slow"  // carries each piece a while later
	Still Weather = "still" // takes lines and bytes, and carries nothing: half-open
	Cut   Weather = "cut"   // ends all lines, and takes none
)

// slowness is by how much a slow Line delays each piece.
const slowness = 150 * time.Millisecond

// A Line stands between a bot and one of its servers, as a network does.
type Line struct {
	listener net.Listener
	work     sync.WaitGroup

	mu      sync.Mutex
	target  string
	weather Weather
	changed chan struct{} // closed when the weather changes
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

// OpenLine opens a Line on a free loopback port; it leads nowhere before Lead.
func OpenLine() (*Line, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	l := &Line{listener: listener, weather: Fair, changed: make(chan struct{}), pairs: map[*pair]bool{}}
	l.work.Go(l.accept)
	return l, nil
}

// Address is host:port on the bot's side.
func (l *Line) Address() string { return l.listener.Addr().String() }

// Lead sets the server's address.
func (l *Line) Lead(target string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.target = target
}

// Close ends the Line and all it carries.
func (l *Line) Close() {
	l.listener.Close()
	l.Set(Cut)
	l.work.Wait()
}

// Set changes the weather. What a still Line held is carried on when it is fair
// again.
func (l *Line) Set(w Weather) {
	l.mu.Lock()
	l.weather = w
	close(l.changed)
	l.changed = make(chan struct{})
	l.mu.Unlock()
	if w == Cut {
		l.Break()
	}
}

// Break ends what is carried now, with what is held of it; new lines are taken.
func (l *Line) Break() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for p := range l.pairs {
		p.end()
	}
}

func (l *Line) now() (Weather, <-chan struct{}, *Trap) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.weather, l.changed, l.trap
}

func (l *Line) accept() {
	for {
		client, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.mu.Lock()
		target, weather := l.target, l.weather
		l.mu.Unlock()
		if weather == Cut || target == "" {
			client.Close()
			continue
		}
		l.work.Go(func() { l.join(client, target) })
	}
}

// join carries one connection until one of its sides ends it.
func (l *Line) join(client net.Conn, target string) {
	server, err := net.DialTimeout("tcp", target, time.Second)
	if err != nil {
		client.Close()
		return
	}
	p := &pair{client: client, server: server, gone: make(chan struct{})}
	l.mu.Lock()
	l.pairs[p] = true
	cut := l.weather == Cut
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

func (l *Line) carry(p *pair, d direction, from, to net.Conn) {
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

// pass waits until the weather, and whoever set a trap, lets a piece through. It
// is false where the connection ended before.
func (l *Line) pass(p *pair, d direction, piece []byte) bool {
	for {
		weather, changed, trap := l.now()
		if trap != nil && !trap.pass(l, p, d, piece) {
			return false
		}
		switch weather {
		case Fair:
			return true
		case Slow:
			return waited(p, time.After(slowness))
		}
		if !waited(p, changed) {
			return false
		}
	}
}

func waited[T any](p *pair, until <-chan T) bool {
	select {
	case <-until:
		return true
	case <-p.gone:
		return false
	}
}

// A Trap stops the first piece in one direction that holds all its words, before
// it is carried; so it is known between which two steps the bot is.
//
// Laid on the lines of several bots, it catches but one.
type Trap struct {
	to     direction
	words  []string
	answer bool       // what is stopped is the answer to such a piece
	first  []string   // nothing is stopped before a piece with these words went to a server
	sprung chan *Line // has the line on which it has stopped something
	freed  chan struct{}

	mu     sync.Mutex
	armed  bool  // the first words went by
	asked  *pair // on which the answer will come
	caught *pair
}

// newTrap makes a trap for what goes in a direction and holds some words.
func newTrap(to direction, words ...string) *Trap {
	return &Trap{to: to, words: words, sprung: make(chan *Line, 1), freed: make(chan struct{})}
}

// newAnswerTrap makes a trap for the answer to what holds some words.
func newAnswerTrap(words ...string) *Trap {
	t := newTrap(toServer, words...)
	t.answer = true
	return t
}

// after lets the trap wait until other words have gone to a server.
func (t *Trap) after(words ...string) *Trap {
	t.first = words
	return t
}

// free lets go of what was stopped, and stops no more.
func (t *Trap) free() { close(t.freed) }

// Lay sets a trap on the Line; nil takes it away.
func (l *Line) Lay(t *Trap) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.trap = t
}

func (t *Trap) pass(l *Line, p *pair, d direction, piece []byte) bool {
	if !t.catches(p, d, piece) {
		return true
	}
	select {
	case t.sprung <- l:
	default: // the same connection has sent more
	}
	return waited(p, t.freed)
}

func (t *Trap) catches(p *pair, d direction, piece []byte) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.caught != nil {
		return t.caught == p && !t.let()
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

func (t *Trap) let() bool {
	select {
	case <-t.freed:
		return true
	default:
		return false
	}
}

func holds(piece []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(piece, []byte(w)) {
			return false
		}
	}
	return true
}
