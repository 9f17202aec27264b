package mailtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"

	"github.com/emersion/go-sasl"
)

// xoauth2Server is the server of the XOAUTH2 mechanism: a refusal is a
// challenge that the client answers before the exchange fails.
type xoauth2Server struct {
	check   func(user, token string) error
	refusal error
}

// Next implements sasl.Server.
func (s *xoauth2Server) Next(response []byte) (challenge []byte, done bool, err error) {
	if s.refusal != nil {
		return nil, false, s.refusal
	}
	if response == nil {
		return []byte{}, false, nil
	}
	var user, token string
	for field := range bytes.SplitSeq(response, []byte{1}) {
		if v, ok := bytes.CutPrefix(field, []byte("user=")); ok {
			user = string(v)
		}
		if v, ok := bytes.CutPrefix(field, []byte("auth=Bearer ")); ok {
			token = string(v)
		}
	}
	if s.refusal = s.check(user, token); s.refusal != nil {
		return []byte(`{"status":"401","schemes":"bearer"}`), false, nil
	}
	return nil, true, nil
}

// bearerServer returns the server side of a token mechanism.
func bearerServer(mechanism string, check func(user, token string) error) (sasl.Server, bool) {
	switch mechanism {
	case "XOAUTH2":
		return &xoauth2Server{check: check}, true
	case sasl.OAuthBearer:
		return sasl.NewOAuthBearerServer(func(o sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
			if check(o.Username, o.Token) != nil {
				return &sasl.OAuthBearerError{Status: "invalid_token", Schemes: "bearer"}
			}
			return nil
		}), true
	}
	return nil, false
}

// A TokenServer gives out access tokens (RFC 6749): "token-1", "token-2" and
// so on, each valid for an hour.
type TokenServer struct {
	http *httptest.Server

	mu     sync.Mutex
	asked  []url.Values
	refuse func(form url.Values) (status int, body string)
}

// NewTokenServer starts a token server on loopback.
func NewTokenServer() *TokenServer {
	s := &TokenServer{}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	return s
}

// URL is the token address.
func (s *TokenServer) URL() string { return s.http.URL + "/token" }

// Close stops the server.
func (s *TokenServer) Close() { s.http.Close() }

// Refuse makes the server answer with a status and body of the test, until it is called
// with nil.
func (s *TokenServer) Refuse(answer func(form url.Values) (status int, body string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = answer
}

// Asked returns the forms that were sent, oldest first.
func (s *TokenServer) Asked() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values(nil), s.asked...)
}

// Newest is the token given out last; "" where none was.
func (s *TokenServer) Newest() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("token-%d", len(s.asked))
}

func (s *TokenServer) serve(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, r.PostForm)
	token, refuse := fmt.Sprintf("token-%d", len(s.asked)), s.refuse
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if refuse != nil {
		status, body := refuse(r.PostForm)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
		return
	}
	json.NewEncoder(w).Encode(map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 3600})
}

// listen listens on an address, or on a free loopback port if it is "".
func listen(address string) (net.Listener, error) {
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return listener, nil
}
