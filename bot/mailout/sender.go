package mailout

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/mailauth"
)

// Options configure a Sender. Zero fields mean the defaults given here.
type Options struct {
	Server mailauth.Server
	Login  *mailauth.Login // nil for a relay that authenticates us by IP address
	From   intake.Address  // the desk's address
	Own    []string        // our other addresses; From is always one of ours
	Loop   string          // "office/desk", for LoopHeader

	Hello   string        // the name in our EHLO; default the domain of From
	Lines   int           // maximum number of connections; default 4
	Timeout time.Duration // for one mail, from connecting to the relay's final reply; default 2 minutes

	// Missed, if set, is called for each mail that was not sent to all its recipients.
	Missed func(context.Context, bot.Missed)

	Now func() time.Time // default time.Now
	Log *slog.Logger     // default slog.Default()
}

// A Sender hands mail to a relay. It keeps a few connections open between mails and is safe
// for concurrent use.
type Sender struct {
	options Options
	own     map[string]bool
	pool    *pool
	// noNull means that the relay does not accept a null return path from us.
	noNull atomic.Bool
}

// New returns a Sender, or what is wrong with the options.
func New(o Options) (*Sender, error) {
	if err := o.Server.Check(); err != nil {
		return nil, fmt.Errorf("smtp: %w", err)
	}
	address, err := asciiAddress(o.From.Address)
	if err != nil {
		return nil, fmt.Errorf("smtp: the desk's address: %w", err)
	}
	o.From.Address = address
	o = withDefaults(o)
	s := &Sender{options: o, own: map[string]bool{strings.ToLower(address): true}, pool: newPool(o)}
	for _, own := range o.Own {
		s.own[strings.ToLower(own)] = true
	}
	return s, nil
}

func withDefaults(o Options) Options {
	if o.Login == nil {
		o.Login = mailauth.NewLogin(mailauth.Credentials{})
	}
	if o.Hello == "" {
		_, o.Hello, _ = strings.Cut(o.From.Address, "@")
	}
	if o.Lines <= 0 {
		o.Lines = 4
	}
	if o.Timeout <= 0 {
		o.Timeout = 2 * time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// Close closes the idle connections.
func (s *Sender) Close() { s.pool.close() }

// Check connects and logs in, and sends nothing.
func (s *Sender) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	return s.pool.use(ctx, func(l *connection) error {
		return explain(commandConnect, l.client.Noop())
	})
}

// Perform sends the mail of an action and returns its Message-ID.
//
// An acknowledgement goes out with the null return path, as RFC 3834, section 3.3, allows: it
// answers an external sender, and any automatic reply to it must not come back and be
// answered. Assignments and other mail to colleagues use the desk's address as return path,
// since the desk must learn when they are not delivered. So do acknowledgements if the relay
// refuses the null return path, as some do after a login.
func (s *Sender) Perform(ctx context.Context, a bot.Action) (string, error) {
	e, err := s.envelope(a)
	if err != nil {
		return "", fmt.Errorf("prepare the mail of %s: %w", a.Key, err)
	}
	within, cancel := context.WithTimeout(ctx, s.options.Timeout)
	defer cancel()
	var missed []bot.Miss
	err = s.pool.use(within, func(l *connection) error {
		missed, err = s.send(l, e)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("send the mail of %s: %w", a.Key, err)
	}
	if len(missed) > 0 && s.options.Missed != nil {
		s.options.Missed(ctx, bot.Missed{Action: a, Whom: missed})
	}
	return a.Mail.MessageID, nil
}

// An envelope is a mail ready to be handed over.
type envelope struct {
	key    string
	null   bool // use the null return path
	to, cc []string
	raw    []byte
}

func (s *Sender) envelope(a bot.Action) (envelope, error) {
	if a.Mail == nil {
		return envelope{}, errors.New("the action has no mail")
	}
	e := envelope{key: a.Key, null: a.Mail.Automatic && a.Kind == bot.ActionAcknowledge}
	seen := map[string]bool{}
	for _, list := range []struct {
		from []intake.Address
		into *[]string
	}{{a.Mail.To, &e.to}, {a.Mail.Cc, &e.cc}} {
		for _, r := range list.from {
			address, err := asciiAddress(r.Address)
			if err != nil {
				return envelope{}, err
			}
			folded := strings.ToLower(address)
			if a.Mail.Automatic && s.own[folded] && a.Kind != bot.ActionCanary {
				return envelope{}, ErrOwnAddress
			}
			if !seen[folded] {
				seen[folded] = true
				*list.into = append(*list.into, address)
			}
		}
	}
	var err error
	e.raw, err = Compose(a.Mail, s.options.From, s.options.Now(), s.options.Loop)
	return e, err
}

func (s *Sender) send(l *connection, e envelope) (missed []bot.Miss, err error) {
	if err := s.mailFrom(l, e); err != nil {
		return nil, err
	}
	if missed, err = s.rcptTo(l, e); err != nil {
		return nil, err
	}
	return missed, l.data(e.raw)
}

func (s *Sender) mailFrom(l *connection, e envelope) error {
	if e.null && !s.noNull.Load() {
		null := l.mail("", len(e.raw))
		if !refusedForGood(null) {
			return explain(commandMail, null)
		}
		err := l.mail(s.options.From.Address, len(e.raw))
		if err == nil { // else it is not the null return path that was refused
			s.noNull.Store(true)
			s.options.Log.Warn("the relay does not accept a null return path; bounces of automatic mail will go to the desk",
				"error", explain(commandMail, null))
		}
		return explain(commandMail, err)
	}
	return explain(commandMail, l.mail(s.options.From.Address, len(e.raw)))
}

// rcptTo names the recipients. A temporary refusal of a To recipient fails the whole mail, so
// that a retry reaches nobody twice. A permanent refusal of a To recipient, or any refusal of
// a Cc recipient, does not, as long as one To recipient is accepted; refused recipients are
// returned as missed.
func (s *Sender) rcptTo(l *connection, e envelope) (missed []bot.Miss, err error) {
	for _, to := range e.to {
		if err = explain(commandRcpt, l.client.Rcpt(to, nil)); err == nil {
			continue
		}
		if _, temporary := bot.IsTemporary(err); temporary {
			return nil, err
		}
		missed = append(missed, bot.Miss{Address: to, Reason: err.Error(), ForGood: true})
	}
	if len(missed) == len(e.to) {
		return nil, err
	}
	for _, cc := range e.cc {
		if err = explain(commandRcpt, l.client.Rcpt(cc, nil)); err == nil {
			continue
		}
		if !answered(err) {
			return nil, err
		}
		_, temporary := bot.IsTemporary(err)
		missed = append(missed, bot.Miss{Address: cc, Reason: err.Error(), ForGood: !temporary})
	}
	if len(missed) > 0 {
		s.options.Log.Warn("the relay did not accept the mail for all recipients", "action", e.key, "missed", len(missed), "error", missed[0].Reason)
	}
	return missed, nil
}
