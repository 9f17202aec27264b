package mailauth

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/emersion/go-sasl"

	"verbale/internal/secret"
)

// ErrRefused marks errors by which a server refused the credentials.
var ErrRefused = errors.New("the server refused the login")

// ErrNoMechanism is returned if the server offers no mechanism for the credentials.
var ErrNoMechanism = errors.New("no common login mechanism")

// Credentials are a user name and a password, or OAuth2 if that is not nil.
type Credentials struct {
	User     string
	Password secret.Value
	OAuth2   *OAuth2
}

// A Login makes SASL clients from credentials. It is safe for concurrent use
// and keeps an access token for as long as it is valid.
type Login struct {
	credentials Credentials
	tokens      *tokens // nil for a password
}

// NewLogin returns a Login for the credentials.
func NewLogin(c Credentials) *Login {
	l := &Login{credentials: c}
	if c.OAuth2 != nil {
		l.tokens = newTokens(c.OAuth2)
	}
	return l
}

// User is the user name; "" if there is no login, as at a relay that trusts this machine.
func (l *Login) User() string { return l.credentials.User }

// Password is the password, for IMAP's own LOGIN command, and whether there is one.
func (l *Login) Password() (string, bool) {
	return l.credentials.Password.Reveal(), l.tokens == nil
}

// SASL returns a client for the best of the offered mechanisms: XOAUTH2 or
// OAUTHBEARER with OAuth2, else PLAIN or LOGIN. The server is named for
// OAUTHBEARER, which sends its host and port along (RFC 7628, section 3.1).
func (l *Login) SASL(ctx context.Context, offered []string, server Server) (sasl.Client, error) {
	if l.tokens != nil {
		return l.bearer(ctx, offered, server)
	}
	user, password := l.credentials.User, l.credentials.Password.Reveal()
	switch {
	case offers(offered, sasl.Plain):
		return sasl.NewPlainClient("", user, password), nil
	case offers(offered, sasl.Login):
		return &passwordDialogue{user: user, password: password}, nil
	}
	return nil, fmt.Errorf("log in with a password: %w; offered: %s", ErrNoMechanism, strings.Join(offered, " "))
}

// bearer returns a client for OAuth 2.0.
func (l *Login) bearer(ctx context.Context, offered []string, server Server) (sasl.Client, error) {
	legacy := offers(offered, xoauth2Mechanism)
	if !legacy && !offers(offered, sasl.OAuthBearer) {
		return nil, fmt.Errorf("log in with OAuth 2.0: %w; offered: %s", ErrNoMechanism, strings.Join(offered, " "))
	}
	token, err := l.tokens.token(ctx)
	if err != nil {
		return nil, err
	}
	if legacy {
		return &xoauth2{user: l.credentials.User, token: token}, nil
	}
	_, port, _ := net.SplitHostPort(server.Address)
	number, _ := strconv.Atoi(port)
	return oauthBearer{sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{
		Username: l.credentials.User, Token: token, Host: server.Host(), Port: number})}, nil
}

// Refused must be called when the server has refused a login. The next attempt uses a new
// access token. It returns the error to report, marked with ErrRefused and without
// secrets.
func (l *Login) Refused(err error) error {
	clean := l.Redact(err)
	if l.tokens != nil {
		l.tokens.drop()
	}
	return fmt.Errorf("%w: %w", ErrRefused, clean)
}

// Redact removes all secrets of this login from an error.
func (l *Login) Redact(err error) error {
	if l.tokens == nil {
		return redact(err, []string{l.credentials.Password.Reveal()})
	}
	l.tokens.mu.Lock()
	defer l.tokens.mu.Unlock()
	return redact(err, l.tokens.secrets())
}

func offers(offered []string, mechanism string) bool {
	return slices.ContainsFunc(offered, func(o string) bool { return strings.EqualFold(o, mechanism) })
}
