package mailauth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"verbale/internal/secret"
)

// MicrosoftScope is the scope with which an application reads a Microsoft 365 mailbox on
// its own behalf.
const MicrosoftScope = "https://outlook.office365.com/.default"

// Token endpoints; that of Microsoft is completed by the tenant.
const (
	microsoftTokenURL = "https://login.microsoftonline.com/%s/oauth2/v2.0/token"
	googleTokenURL    = "https://oauth2.googleapis.com/token"
)

// tokenTimeout bounds one question to a token server.
const tokenTimeout = 30 * time.Second

// OAuth2 says how tokens are obtained: by the client credentials grant (RFC
// 6749, section 4.4) where RefreshToken is empty, as Microsoft 365 wants it,
// otherwise by the refresh token (section 6), as Gmail wants it.
type OAuth2 struct {
	Tenant       string // directory (tenant) id of Microsoft 365; used where TokenURL is empty
	TokenURL     string // "" means Microsoft's if there is a Tenant, else Google's
	ClientID     string
	ClientSecret secret.Value
	RefreshToken secret.Value
	Scopes       []string     // none means MicrosoftScope for client credentials
	HTTPClient   *http.Client `json:"-"` // nil means one with a timeout
}

func (o *OAuth2) tokenURL() string {
	switch {
	case o.TokenURL != "":
		return o.TokenURL
	case o.Tenant != "":
		return fmt.Sprintf(microsoftTokenURL, url.PathEscape(o.Tenant))
	}
	return googleTokenURL
}

func (o *OAuth2) scopes() []string {
	if len(o.Scopes) == 0 && o.RefreshToken.IsZero() {
		return []string{MicrosoftScope}
	}
	return o.Scopes
}

// tokens keeps the access token as long as it is valid.
type tokens struct {
	config  *OAuth2
	mu      sync.Mutex
	current *oauth2.Token
	refresh string // the refresh token; the server may replace it
}

func newTokens(o *OAuth2) *tokens {
	return &tokens{config: o, refresh: o.RefreshToken.Reveal()}
}

// token returns a valid access token. It asks the server only if it has none.
func (t *tokens) token(ctx context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current.Valid() {
		return t.current.AccessToken, nil
	}
	ctx, cancel := context.WithTimeout(ctx, tokenTimeout)
	defer cancel()
	fresh, err := t.ask(context.WithValue(ctx, oauth2.HTTPClient, t.httpClient()))
	if err != nil {
		return "", fmt.Errorf("obtain an access token: %w", redact(brief(err), t.secrets()))
	}
	if fresh.RefreshToken != "" {
		t.refresh = fresh.RefreshToken
	}
	t.current = fresh
	return fresh.AccessToken, nil
}

// ask gets a new access token from the server.
func (t *tokens) ask(ctx context.Context) (*oauth2.Token, error) {
	o := t.config
	if o.RefreshToken.IsZero() {
		cc := clientcredentials.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret.Reveal(),
			TokenURL: o.tokenURL(), Scopes: o.scopes(), AuthStyle: oauth2.AuthStyleInParams}
		return cc.Token(ctx)
	}
	config := oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret.Reveal(), Scopes: o.scopes(),
		Endpoint: oauth2.Endpoint{TokenURL: o.tokenURL(), AuthStyle: oauth2.AuthStyleInParams}}
	return config.TokenSource(ctx, &oauth2.Token{RefreshToken: t.refresh}).Token()
}

// drop forgets the access token, after a server refused it.
func (t *tokens) drop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current = nil
}

// secrets lists all values that must not be shown. The caller holds the lock.
func (t *tokens) secrets() []string {
	s := []string{t.config.ClientSecret.Reveal(), t.config.RefreshToken.Reveal(), t.refresh}
	if t.current != nil {
		s = append(s, t.current.AccessToken)
	}
	return s
}

func (t *tokens) httpClient() *http.Client {
	if t.config.HTTPClient != nil {
		return t.config.HTTPClient
	}
	return &http.Client{Timeout: tokenTimeout}
}

// brief reduces a refusal by the token server to its status and error code (RFC 6749,
// section 5.2). The rest of the answer may repeat secrets.
func brief(err error) error {
	var refusal *oauth2.RetrieveError
	if !errors.As(err, &refusal) {
		return err
	}
	status := "no status"
	if refusal.Response != nil {
		status = refusal.Response.Status
	}
	return fmt.Errorf("the token server answered %s (%s)", status, refusal.ErrorCode)
}
