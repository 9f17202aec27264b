package mailout

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"verbale/bot"
	"verbale/internal/mailauth"
)

// keepAlive is how long an unused connection is kept: less than the 5 minutes that a server
// has to wait (RFC 5321, section 4.5.3.2.7), and less than most servers do wait.
const keepAlive = 20 * time.Second

// A connection is one connection to the relay, after greeting and login.
type connection struct {
	client *smtp.Client
	used   time.Time
	handed bool // the current mail may have been sent
}

// A pool keeps connections open between mails.
type pool struct {
	options Options
	slots   chan struct{} // one for each connection that may be in use
	idle    chan *connection
}

func newPool(o Options) *pool {
	return &pool{options: o, slots: make(chan struct{}, o.Lines), idle: make(chan *connection, o.Lines)}
}

// use calls f with a connection. If an idle connection turns out to be dead before the mail
// was handed over, it calls f once more with a new one.
func (p *pool) use(ctx context.Context, f func(*connection) error) error {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return bot.Temporary(fmt.Errorf("wait for a free connection to the relay: %w", ctx.Err()))
	}
	if l := p.rested(); l != nil {
		err := p.try(ctx, l, f)
		if err == nil || answered(err) || l.handed || ctx.Err() != nil {
			return err
		}
	}
	l, err := p.dial(ctx)
	if err != nil {
		return err
	}
	return p.try(ctx, l, f)
}

func (p *pool) try(ctx context.Context, l *connection, f func(*connection) error) error {
	stop := context.AfterFunc(ctx, func() { l.client.Close() })
	err := f(l)
	inTime := stop()
	if inTime && (err == nil || answered(err)) {
		p.keep(l, err != nil)
		return err
	}
	l.client.Close()
	if err != nil && !inTime {
		err = bot.Temporary(fmt.Errorf("no response from the relay: %w", context.Cause(ctx)))
	}
	if l.handed {
		err = bot.Unsure(err)
	}
	return err
}

// keep returns a connection to the pool. After a refusal it first resets the open transaction.
func (p *pool) keep(l *connection, refused bool) {
	if refused && l.client.Reset() != nil {
		l.client.Close()
		return
	}
	l.used, l.handed = time.Now(), false
	select {
	case p.idle <- l:
	default:
		l.client.Close()
	}
}

// rested returns an idle connection that is likely to be alive, or nil.
func (p *pool) rested() *connection {
	for {
		select {
		case l := <-p.idle:
			if time.Since(l.used) < keepAlive {
				return l
			}
			l.client.Close()
		default:
			return nil
		}
	}
}

func (p *pool) close() {
	for {
		select {
		case l := <-p.idle:
			_ = l.client.Quit()
			l.client.Close()
		default:
			return
		}
	}
}

func (p *pool) dial(ctx context.Context) (*connection, error) {
	conn, err := p.options.Server.Dial(ctx)
	if err != nil {
		return nil, bot.Temporary(err)
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	client := smtp.NewClient(conn)
	if p.options.Server.TLS == mailauth.StartTLS {
		client, err = smtp.NewClientStartTLS(conn, p.options.Server.TLSConfig())
	}
	if err != nil {
		conn.Close()
		return nil, explain(commandConnect, err)
	}
	client.CommandTimeout, client.SubmissionTimeout = p.options.Timeout, p.options.Timeout
	if err := p.enter(ctx, client); err != nil {
		client.Close()
		return nil, err
	}
	return &connection{client: client}, nil
}

// enter greets the relay and logs in.
func (p *pool) enter(ctx context.Context, client *smtp.Client) error {
	if err := client.Hello(p.options.Hello); err != nil {
		return explain(commandConnect, err)
	}
	login := p.options.Login
	if login.User() == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	mechanism, err := login.SASL(ctx, strings.Fields(offered), p.options.Server)
	if err != nil {
		return bot.Temporary(err)
	}
	err = client.Auth(mechanism)
	if refusedForGood(err) {
		return bot.TemporaryAfter(login.Refused(explain(commandAuth, err)), restAfterLogin)
	}
	return explain(commandAuth, login.Redact(err))
}

func (l *connection) mail(from string, size int) error {
	return l.client.Mail(from, &smtp.MailOptions{Size: int64(size)})
}

// data hands the mail over. Once data has been sent, only the relay knows whether the mail is
// delivered.
func (l *connection) data(raw []byte) error {
	w, err := l.client.Data()
	if err != nil {
		return explain(commandData, err)
	}
	l.handed = true
	if _, err := w.Write(raw); err != nil {
		return explain(commandData, err)
	}
	return explain(commandData, w.Close())
}
