package mailauth_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"

	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
	"verbale/internal/secret"
)

const (
	user         = "tc@desk.unece.example"
	password     = "pass-word-value"
	clientSecret = "client-secret-value"
	refreshToken = "refresh-token-value"
)

var server = mailauth.Server{Address: "mail.example:993", TLS: mailauth.Implicit}

func tokenServer(t *testing.T) *mailtest.TokenServer {
	t.Helper()
	s := mailtest.NewTokenServer()
	t.Cleanup(s.Close)
	return s
}

func start(t *testing.T, l *mailauth.Login, offered ...string) (mechanism, response string) {
	t.Helper()
	client, err := l.SASL(t.Context(), offered, server)
	if err != nil {
		t.Fatal(err)
	}
	mechanism, first, err := client.Start()
	if err != nil {
		t.Fatal(err)
	}
	return mechanism, string(first)
}

func TestPasswordMechanisms(t *testing.T) {
	l := mailauth.NewLogin(mailauth.Credentials{User: user, Password: secret.New(password)})
	if m, r := start(t, l, "LOGIN", "plain", "XOAUTH2"); m != "PLAIN" || r != "\x00"+user+"\x00"+password {
		t.Errorf("%s %q", m, r)
	}
	client, err := l.SASL(t.Context(), []string{"LOGIN"}, server)
	if err != nil {
		t.Fatal(err)
	}
	if m, first, _ := client.Start(); m != "LOGIN" || first != nil {
		t.Errorf("%s %q", m, first)
	}
	for i, want := range []string{user, password} {
		if got, err := client.Next([]byte("whatever:")); err != nil || string(got) != want {
			t.Errorf("answer %d: %q, %v", i+1, got, err)
		}
	}
	if _, err := client.Next([]byte("and your name?")); err == nil {
		t.Error("a third question was answered")
	}
	if _, err := l.SASL(t.Context(), []string{"GSSAPI", "XOAUTH2"}, server); !errors.Is(err, mailauth.ErrNoMechanism) {
		t.Errorf("without a common mechanism: %v", err)
	}
}

func TestMicrosoftTakesClientCredentials(t *testing.T) {
	tokens := tokenServer(t)
	l := mailauth.NewLogin(mailauth.Credentials{User: user,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", ClientSecret: secret.New(clientSecret)}})
	m, r := start(t, l, "PLAIN", "OAUTHBEARER", "XOAUTH2")
	if m != "XOAUTH2" || r != "user="+user+"\x01auth=Bearer token-1\x01\x01" {
		t.Errorf("%s %q", m, r)
	}
	start(t, l, "XOAUTH2")
	asked := tokens.Asked()
	if len(asked) != 1 {
		t.Fatalf("a valid token was not used again: asked %d times", len(asked))
	}
	want := map[string]string{"grant_type": "client_credentials", "client_id": "app", "client_secret": clientSecret,
		"scope": "https://outlook.office365.com/.default"}
	for field, value := range want {
		if got := asked[0].Get(field); got != value {
			t.Errorf("%s is %q, want %q", field, got, value)
		}
	}
}

func TestGmailTakesARefreshToken(t *testing.T) {
	tokens := tokenServer(t)
	l := mailauth.NewLogin(mailauth.Credentials{User: user,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", RefreshToken: secret.New(refreshToken)}})
	m, r := start(t, l, "OAUTHBEARER")
	if want := "n,a=" + user + ",\x01host=mail.example\x01port=993\x01auth=Bearer token-1\x01\x01"; m != "OAUTHBEARER" || r != want {
		t.Errorf("%s %q", m, r)
	}
	form := tokens.Asked()[0]
	if form.Get("grant_type") != "refresh_token" || form.Get("refresh_token") != refreshToken {
		t.Errorf("asked with %v", form)
	}
}

func TestRotatedRefreshTokenIsUsedNextTime(t *testing.T) {
	tokens := tokenServer(t)
	tokens.Refuse(func(url.Values) (int, string) {
		return http.StatusOK, `{"access_token":"a","token_type":"Bearer","expires_in":3600,"refresh_token":"second"}`
	})
	l := mailauth.NewLogin(mailauth.Credentials{User: user,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", RefreshToken: secret.New(refreshToken)}})
	start(t, l, "XOAUTH2")
	_ = l.Refused(errors.New("no"))
	start(t, l, "XOAUTH2")
	if got := tokens.Asked()[1].Get("refresh_token"); got != "second" {
		t.Errorf("asked with %q", got)
	}
}

func TestRefusedTokenIsNotOfferedAgain(t *testing.T) {
	tokens := tokenServer(t)
	l := mailauth.NewLogin(mailauth.Credentials{User: user,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", ClientSecret: secret.New(clientSecret)}})
	start(t, l, "XOAUTH2")
	if err := l.Refused(errors.New("token-1 has been revoked")); !errors.Is(err, mailauth.ErrRefused) || strings.Contains(err.Error(), "token-1") {
		t.Errorf("Refused: %v", err)
	}
	if _, r := start(t, l, "XOAUTH2"); !strings.Contains(r, "token-2") {
		t.Errorf("offered %q", r)
	}
}

func TestRefusalChallengeIsAnsweredSoThatTheServerCanRefuse(t *testing.T) {
	tokens := tokenServer(t)
	l := mailauth.NewLogin(mailauth.Credentials{User: user,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", ClientSecret: secret.New(clientSecret)}})
	for mechanism, want := range map[string]string{"XOAUTH2": "", sasl.OAuthBearer: "\x01"} {
		client, err := l.SASL(t.Context(), []string{mechanism}, server)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := client.Next([]byte(`{"status":"401"}`)); err != nil || got == nil || string(got) != want {
			t.Errorf("%s: %q, %v", mechanism, got, err)
		}
	}
}

func TestNoErrorHoldsASecret(t *testing.T) {
	tokens := tokenServer(t)
	echo := func(form url.Values) (int, string) {
		return http.StatusUnauthorized, fmt.Sprintf(`{"error":"invalid_client","error_description":%q}`, form.Encode())
	}
	closed := mailtest.NewTokenServer()
	closed.Close()
	ask := func(o mailauth.OAuth2) error {
		l := mailauth.NewLogin(mailauth.Credentials{User: user, OAuth2: &o})
		_, err := l.SASL(t.Context(), []string{"XOAUTH2"}, server)
		return err
	}
	byPassword := mailauth.NewLogin(mailauth.Credentials{User: user, Password: secret.New(password)})
	byToken := mailauth.NewLogin(mailauth.Credentials{User: user,
		OAuth2: &mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", ClientSecret: secret.New(clientSecret)}})
	_, bearer := start(t, byToken, "XOAUTH2")
	plain := base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password))
	tokens.Refuse(echo)
	for name, err := range map[string]error{
		"token server echoes":      ask(mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", ClientSecret: secret.New(clientSecret)}),
		"refresh token echoed":     ask(mailauth.OAuth2{TokenURL: tokens.URL(), ClientID: "app", RefreshToken: secret.New(refreshToken)}),
		"token server is away":     ask(mailauth.OAuth2{TokenURL: closed.URL(), ClientID: "app", ClientSecret: secret.New(clientSecret)}),
		"secret in a token URL":    ask(mailauth.OAuth2{TokenURL: closed.URL() + "?s=" + clientSecret, ClientID: "app", ClientSecret: secret.New(clientSecret)}),
		"server echoes a password": byPassword.Refused(fmt.Errorf("NO wrong password %s", password)),
		"server echoes in base64":  byPassword.Refused(fmt.Errorf("NO bad response %s", plain)),
		"server echoes a token":    decoded(byToken.Redact(fmt.Errorf("NO bad response %s", base64.StdEncoding.EncodeToString([]byte(bearer))))),
		"chain of causes":          byPassword.Redact(fmt.Errorf("log in: %w", errors.New(password))),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for e := err; e != nil; e = errors.Unwrap(e) {
			for _, secret := range []string{password, clientSecret, refreshToken, plain, "token-1"} {
				if strings.Contains(fmt.Sprintf("%v %+v %#v", e, e, e), secret) {
					t.Errorf("%s: %q stands in %v", name, secret, e)
				}
			}
		}
	}
}

// decoded appends to an error everything that can be decoded as base64 from its text.
func decoded(err error) error {
	text := err.Error()
	for word := range strings.FieldsSeq(strings.ReplaceAll(text, secret.Mask, " ")) {
		for skip := range min(4, len(word)) {
			plain, _ := base64.RawStdEncoding.DecodeString(strings.TrimRight(word[skip:], "="))
			text += " " + string(plain)
		}
	}
	return errors.New(text)
}

func TestSecretDoesNotShowItself(t *testing.T) {
	c := mailauth.Credentials{User: user, Password: secret.New(password), OAuth2: &mailauth.OAuth2{ClientSecret: secret.New(clientSecret), RefreshToken: secret.New(refreshToken)}}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("login", "credentials", c, "password", c.Password)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("login", "credentials", c, "password", c.Password)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(encoded) + fmt.Sprintf("%v %+v %#v %s %q %v", c, c, c, c.Password, c.Password, *c.OAuth2)
	for _, secret := range []string{password, clientSecret, refreshToken} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q shows in %s", secret, shown)
		}
	}
}
