package mailbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"verbale/internal/mailauth"
)

// errSilent is the cause when the server did not respond in time: the connection is half-open,
// or the server hangs.
var errSilent = errors.New("no answer from the server in time")

// A connection is one logged-in connection. No call on it outlasts its context or its time limit:
// when either ends, the connection is closed and can no longer be used.
type connection struct {
	account Account
	client  *imapclient.Client
	timeout time.Duration
	news    chan struct{} // holds one signal that mail may have arrived
	caps    imap.CapSet
}

// dial connects and logs in.
func dial(ctx context.Context, a Account, timeout time.Duration) (*connection, error) {
	conn, err := a.Server.Dial(ctx)
	if err != nil {
		return nil, err
	}
	l := &connection{account: a, timeout: timeout, news: make(chan struct{}, 1)}
	options := &imapclient.Options{
		TLSConfig:             a.Server.TLSConfig(),
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: l.notice},
	}
	// Until there is a client to close, closing the connection unblocks it.
	stop := closeWhenOver(ctx, timeout, func() { conn.Close() })
	if a.Server.TLS == mailauth.StartTLS {
		l.client, err = imapclient.NewStartTLS(conn, options)
	} else {
		l.client = imapclient.New(conn, options)
	}
	stop()
	if err != nil {
		return nil, fmt.Errorf("start TLS with %s: %w", a.Server.Address, err)
	}
	if err := l.login(ctx); err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

func (l *connection) notice(data *imapclient.UnilateralDataMailbox) {
	if data.NumMessages == nil {
		return
	}
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// login authenticates, unless the greeting says that this has already happened (PREAUTH), and
// reads the capabilities of the server.
func (l *connection) login(ctx context.Context) error {
	err := l.within(ctx, l.timeout, "greeting", func() error {
		if err := l.client.WaitGreeting(); err != nil {
			return err
		}
		l.caps = l.client.Caps()
		return nil
	})
	if err != nil || l.client.State() == imap.ConnStateAuthenticated {
		return err
	}
	if err := l.authenticate(ctx); err != nil {
		return err
	}
	return l.within(ctx, l.timeout, "capability", func() (err error) {
		l.caps, err = l.client.Capability().Wait()
		return err
	})
}

func (l *connection) authenticate(ctx context.Context) error {
	password, plain := l.account.Login.Password()
	useCommand := plain && len(l.caps.AuthMechanisms()) == 0 && !l.caps.Has(imap.CapLoginDisabled)
	attempt := func() error { return l.client.Login(l.account.Login.User(), password).Wait() }
	if !useCommand {
		sasl, err := l.account.Login.SASL(ctx, l.caps.AuthMechanisms(), l.account.Server)
		if err != nil {
			return fmt.Errorf("log in at %s: %w", l.account.Server.Address, err)
		}
		attempt = func() error { return l.client.Authenticate(sasl) }
	}
	err := l.within(ctx, l.timeout, "log in", attempt)
	if refused(err) {
		return l.account.Login.Refused(err)
	}
	return l.account.Login.Redact(err)
}

// within runs one exchange with the server, and closes the connection if ctx ends or the limit
// passes before the exchange is over.
func (l *connection) within(ctx context.Context, limit time.Duration, what string, exchange func() error) error {
	stop := closeWhenOver(ctx, limit, func() { l.client.Close() })
	err := exchange()
	if cause := stop(); cause != nil && err != nil {
		err = cause
	}
	if err != nil {
		return fmt.Errorf("%s at %s: %w", what, l.account.Server.Address, err)
	}
	return nil
}

// closeWhenOver calls closeIt when ctx ends or the limit passes, unless stop is called first.
// If closeIt was called, stop returns the reason.
func closeWhenOver(ctx context.Context, limit time.Duration, closeIt func()) (stop func() error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errSilent)
	release := context.AfterFunc(ctx, closeIt)
	return func() error {
		defer cancel()
		if release() {
			return nil
		}
		return context.Cause(ctx)
	}
}

// close closes the connection without logging out.
func (l *connection) close() { l.client.Close() }

// logout logs out and closes the connection.
func (l *connection) logout(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), logoutTimeout)
	defer cancel()
	_ = l.within(ctx, logoutTimeout, "log out", func() error { return l.client.Logout().Wait() })
	l.close()
}

// logoutTimeout limits optional clean-up while stopping.
const logoutTimeout = 2 * time.Second

// has reports whether the server has a capability.
func (l *connection) has(c imap.Cap) bool { return l.caps.Has(c) }

// open selects a folder, read-only if nothing is to be changed.
func (l *connection) open(ctx context.Context, folder string, readOnly bool) (*imap.SelectData, error) {
	var data *imap.SelectData
	err := l.within(ctx, l.timeout, "open folder "+folder, func() (err error) {
		data, err = l.client.Select(folder, &imap.SelectOptions{ReadOnly: readOnly}).Wait()
		return err
	})
	if err == nil && data.UIDValidity == 0 {
		err = fmt.Errorf("open folder %s at %s: the server gave no UIDVALIDITY", folder, l.account.Server.Address)
	}
	return data, err
}

// search returns the UIDs that match the criteria, in order.
func (l *connection) search(ctx context.Context, criteria *imap.SearchCriteria) ([]uint32, error) {
	var found imap.UIDSet
	err := l.within(ctx, l.timeout, "search", func() error {
		data, err := l.client.UIDSearch(criteria, nil).Wait()
		found, _ = data.All.(imap.UIDSet)
		return err
	})
	if err != nil {
		return nil, err
	}
	nums, _ := found.Nums()
	uids := make([]uint32, len(nums))
	for i, n := range nums {
		uids[i] = uint32(n)
	}
	slices.Sort(uids)
	return uids, nil
}

// idle waits for news with IDLE (RFC 2177), at most for d. Ending the IDLE also shows whether
// the connection is still alive. If ctx ends, the IDLE is still ended properly, so that the
// connection can be closed cleanly.
func (l *connection) idle(ctx context.Context, d time.Duration) error {
	var idle *imapclient.IdleCommand
	err := l.within(ctx, l.timeout, "idle", func() (err error) {
		idle, err = l.client.Idle()
		return err
	})
	if err != nil {
		return err
	}
	l.await(ctx, d)
	limit := l.timeout
	if ctx.Err() != nil {
		limit = logoutTimeout
	}
	err = l.within(context.WithoutCancel(ctx), limit, "end idle", func() error {
		if err := idle.Close(); err != nil {
			return err
		}
		return idle.Wait()
	})
	return errors.Join(err, ctx.Err())
}

// await returns when there is news, when ctx or the connection ends, or after d.
func (l *connection) await(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-l.news:
	case <-timer.C:
	case <-ctx.Done():
	case <-l.client.Closed():
	}
}

// refused reports whether the server answered NO or BAD, after which the connection is still
// usable. After any other error it is not.
func refused(err error) bool {
	var answer *imap.Error
	return errors.As(err, &answer) && answer.Type != imap.StatusResponseTypeBye
}

// missing reports whether the server said that the folder does not exist.
func missing(err error) bool {
	var answer *imap.Error
	if !errors.As(err, &answer) {
		return false
	}
	return answer.Code == imap.ResponseCodeNonExistent || answer.Code == imap.ResponseCodeTryCreate ||
		strings.Contains(strings.ToLower(answer.Text), "doesn't exist")
}
