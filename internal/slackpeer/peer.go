package slackpeer

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// What the app is called and how it proves itself, unless [Options] says otherwise.
const (
	BotToken      = "xoxb-peer"
	AppToken      = "xapp-peer"
	SigningSecret = "peer-signing-secret"

	TeamID  = "T0000TEAM"
	AppID   = "A00000APP"
	BotID   = "B00000BOT"
	BotUser = "U00000BOT" // the user as whom the app posts
)

// AllScopes are all scopes that methods of the peer ask for, except chat:write.public,
// which would let the app post to channels without being a member.
var AllScopes = []string{
	"app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands",
	"files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:read", "mpim:write",
	"reactions:read", "reactions:write", "usergroups:read", "users:read", "users:read.email",
}

// AllEvents are the events that the peer can send.
var AllEvents = []string{
	"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "message.mpim", "reaction_added",
}

// Options configure the workspace. The zero value is a strict Slack with the clock of
// the machine.
type Options struct {
	// Now is Slack's clock; time.Now if nil.
	Now func() time.Time
	// AckWithin is how long the app may take to acknowledge a delivery, in real
	// time; 3 s if zero, as docs.slack.dev/interactivity/handling-user-interaction
	// has it.
	AckWithin time.Duration
	// TriggerLife is how long the trigger_id of an act can be used; 3 s if zero, as
	// docs.slack.dev/interactivity/handling-user-interaction has it.
	TriggerLife time.Duration
	// RetryPauses are the pauses, in real time, before an event that was not
	// acknowledged is delivered again; if nil, those of docs.slack.dev/apis/events-api:
	// at once, after a minute, after five minutes.
	RetryPauses []time.Duration
	// PingEvery is the time between two pings on a Socket Mode line; 5 s if zero.
	PingEvery time.Duration
	// Scopes are what the bot token is granted; AllScopes if nil.
	Scopes []string
	// Events are what the app is subscribed to; AllEvents if nil.
	Events []string
	// Unlimited leaves out the rate limits.
	Unlimited bool
	// AppName is what people see; "Verbale" if empty.
	AppName string
	// Addr is where to listen; a free port of 127.0.0.1 if empty.
	Addr string
	// Front is the host:port given to the app in URLs, if a proxy stands before the peer;
	// if empty, that at which the peer listens.
	Front string
}

// withDefaults fills in what the caller left out.
func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.AckWithin == 0 {
		o.AckWithin = 3 * time.Second
	}
	if o.TriggerLife == 0 {
		o.TriggerLife = 3 * time.Second
	}
	if o.RetryPauses == nil {
		o.RetryPauses = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.PingEvery == 0 {
		o.PingEvery = 5 * time.Second
	}
	if o.Scopes == nil {
		o.Scopes = slices.Clone(AllScopes)
	}
	if o.Events == nil {
		o.Events = slices.Clone(AllEvents)
	}
	if o.AppName == "" {
		o.AppName = "Verbale"
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	return o
}

// A Peer is one workspace with one app in it. Make it with [Start].
type Peer struct {
	opt     Options
	base    string // host:port given to the app in URLs
	listens string // host:port at which the peer listens
	server  *http.Server
	ctx     context.Context // until Close
	stop    context.CancelFunc
	work    sync.WaitGroup // all goroutines

	mu       sync.Mutex
	closed   bool
	underway int // errands
	ids      int
	stamp    stamp
	users    map[string]*User
	channels map[string]*Channel
	groups   []UserGroup
	logs     map[string]*log // by channel
	private  []*Message      // ephemeral messages, in order of time
	planned  []*Message      // scheduled messages; TS is when they are to be posted
	files    map[string]*File
	views    views
	triggers map[string]*trigger
	replies  map[string]*replyURL
	limits   limits
	faults   faults
	calls    []Call
	sockets  sockets
	post     *Endpoints // HTTP mode, if not nil
	twice    int        // how many of the next deliveries are made twice
	feed     feed
	touched  map[string]state // what people chose in messages, by user, channel and message
	offered  map[string]any   // options of external selects that were shown, by value
}

// Start opens a workspace with the app's bot user in it, and no one else yet. It
// fails only if it cannot listen.
func Start(o Options) (*Peer, error) {
	o = o.withDefaults()
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen as a Slack peer: %w", err)
	}
	base := listener.Addr().String()
	if o.Front != "" {
		base = o.Front
	}
	p := newPeer(o, base)
	p.listens = listener.Addr().String()
	p.server = &http.Server{Handler: p.routes(), ReadHeaderTimeout: time.Minute}
	p.work.Go(func() { _ = p.server.Serve(listener) }) // always ends with an error, when it is closed
	return p, nil
}

func newPeer(o Options, base string) *Peer {
	p := &Peer{
		opt: o, base: base,
		users: map[string]*User{}, channels: map[string]*Channel{}, logs: map[string]*log{},
		files: map[string]*File{}, triggers: map[string]*trigger{}, replies: map[string]*replyURL{}, touched: map[string]state{}, offered: map[string]any{},
		views:   views{stacks: map[string][]*View{}, homes: map[string]*View{}},
		limits:  limits{buckets: map[string]*bucket{}, rates: map[string]Rate{}},
		faults:  faults{},
		sockets: sockets{tickets: map[string]bool{}, pending: map[string]*pending{}, arrived: make(chan struct{})},
		feed:    feed{more: make(chan struct{})},
	}
	p.ctx, p.stop = context.WithCancel(context.Background())
	p.users[BotUser] = &User{ID: BotUser, Name: "verbale", RealName: o.AppName, IsBot: true, TZ: "Etc/UTC"}
	return p
}

// Close ends the workspace. Connections are cut, and deliveries under way are given up.
func (p *Peer) Close() {
	p.locked(func() { p.closed = true })
	p.stop()
	_ = p.server.Close() // its errors do not matter any more
	p.DropConnections()
	p.work.Wait()
}

// URL is the base URL of the Web API, for slack.OptionAPIURL.
func (p *Peer) URL() string { return "http://" + p.base + "/api/" }

// Addr is the host:port at which the peer listens.
func (p *Peer) Addr() string { return p.listens }

// routes are the addresses at which the peer answers: the Web API, the Socket
// Mode lines, the upload of files and the response URLs.
func (p *Peer) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", p.serveMethod)
	mux.HandleFunc("/link/", p.serveConnection)
	mux.HandleFunc("POST /upload/{file}", p.serveUpload)
	mux.HandleFunc("POST /reply/{id}", p.serveReply)
	return mux
}

// locked runs f with the lock held, after posting the scheduled messages that are due.
func (p *Peer) locked(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.postDue()
	f()
}

// spawn runs f in a goroutine, for which Close waits. The caller holds the lock.
func (p *Peer) spawn(f func()) {
	if !p.closed {
		p.work.Go(f)
	}
}

// errand is spawn for work that [Peer.Settle] waits for too.
func (p *Peer) errand(f func()) {
	p.underway++
	p.spawn(func() {
		f()
		p.locked(func() {
			p.underway--
			p.stir()
		})
	})
}

// Settle waits until nothing is on its way to the app: every event was acknowledged or
// given up.
func (p *Peer) Settle(ctx context.Context) error {
	return p.Until(ctx, func() (settled bool) {
		p.locked(func() { settled = p.underway == 0 })
		return settled
	})
}
