package page

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"time"

	"verbale/intake/lexicon"
	"verbale/internal/mailtest"
	"verbale/internal/redisstore"
	"verbale/internal/slackpeer"
	"verbale/internal/slackpeer/blockkit"
	"verbale/routing"
)

//go:embed templates assets
var files embed.FS

// A Face is somebody of the workspace as whom one can look at it.
type Face struct {
	ID   string // the user's
	Name string
	What string // what they are and may do
}

// Options say what the page shows. All but Log are needed.
type Options struct {
	Store   *redisstore.Store
	Slack   *slackpeer.Peer
	Channel string // id of the desk's channel
	Faces   []Face // the first is who one is at first
	Post    *mailtest.PostOffice
	Desk    string // its mail address
	Clock   *Clock // by which the program, the post office and the workspace go
	Tour    []Letter
	Log     *slog.Logger // of what the page itself could not do; nil for none
}

// A Page is the page and the server behind it.
type Page struct {
	Options
	address   string // host and port
	listener  net.Listener
	token     string
	templates *template.Template
	blocks    *blockkit.HTML
	words     words
	feed      feed
	mails     mails
	tour      tour
}

// Listen makes a page on a free port of loopback. It serves once Run is called.
func Listen(o Options) (*Page, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := &Page{Options: o, token: rand.Text(), tour: tour{letters: o.Tour}}
	if err := p.load(); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the page of the demo: %w", err)
	}
	p.listener, p.address = listener, listener.Addr().String()
	return p, nil
}

func (p *Page) load() (err error) {
	if p.words.vocabulary, err = lexicon.Load(lexicon.Embedded()); err != nil {
		return fmt.Errorf("load the names that the page shows: %w", err)
	}
	if p.words.directory, err = routing.EmbeddedDirectory(); err != nil {
		return fmt.Errorf("load the names that the page shows: %w", err)
	}
	if p.blocks, err = blockkit.NewHTML(p.names()); err != nil {
		return err
	}
	p.templates, err = template.New("").Funcs(p.functions()).ParseFS(files, "templates/*.gohtml")
	if err != nil {
		return fmt.Errorf("read the templates of the page: %w", err)
	}
	return nil
}

// URL is the address of the page, with its token.
func (p *Page) URL() string { return "http://" + p.address + "/" + p.token + "/" }

// Run serves the page until ctx ends.
func (p *Page) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := p.Slack.Watch(func(slackpeer.Change) { p.feed.tell(regionSlack, regionRecord) })
	defer stop()
	p.Post.OnDelivery(func(string, mailtest.Received) { p.feed.tell(regionMail, regionRecord) })
	server := &http.Server{
		Handler: p.guard(p.routes()), ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx },
	}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() }) // nobody waits for what is under way
	defer stopped()
	if err := server.Serve(p.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page of the demo: %w", err)
	}
	return nil
}

// routes are the parts of the page, below its token.
func (p *Page) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.part("page", p.showPage))
	mux.Handle("GET /assets/", http.FileServerFS(files))
	mux.HandleFunc("GET /events", p.feed.serve)
	mux.HandleFunc("GET /mail", p.part("mail", p.showMail))
	mux.HandleFunc("GET /slack", p.part("slack", p.showSlack))
	mux.HandleFunc("GET /modal", p.part("modal", p.showModal))
	mux.HandleFunc("GET /record", p.part("record", p.showRecord))
	mux.HandleFunc("GET /clock", p.part("clock", p.showClock))
	mux.HandleFunc("GET /tour", p.deed(p.showTour))
	mux.HandleFunc("POST /mail", p.deed(p.writeMail))
	mux.HandleFunc("POST /drop", p.deed(p.dropMail))
	mux.HandleFunc("POST /act", p.deed(p.act))
	mux.HandleFunc("POST /clock", p.deed(p.pushClock))
	mux.HandleFunc("POST /tour", p.deed(p.nextLetter))
	return mux
}
