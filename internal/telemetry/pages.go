package telemetry

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"verbale/internal/secret"
)

// A Condition is one thing that must hold for the process to be ready.
type Condition struct {
	Name   string `json:"name"`
	Ready  bool   `json:"ready"`
	Reason string `json:"reason,omitempty"` // why it is not ready, for operators
}

// Pages are the process's own pages over HTTP: /metrics, /healthz and /readyz.
type Pages struct {
	Metrics *Metrics
	// Ready returns all conditions. It must return soon.
	Ready func(context.Context) []Condition
	// Token is the bearer token (RFC 6750) needed for every page; empty for none.
	Token secret.Value
}

// Handler serves the pages.
func (p Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.Metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", p.readyz)
	if p.Token.IsZero() {
		return mux
	}
	return p.known(mux)
}

// known refuses callers who do not have the token. Hashes are compared so that the time
// of the comparison tells nothing about the token, not even its length.
func (p Pages) known(next http.Handler) http.Handler {
	want := sha256.Sum256([]byte("Bearer " + p.Token.Reveal()))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		if subtle.ConstantTimeCompare(want[:], got[:]) == 1 {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Bearer realm="verbale"`)
		http.Error(w, "a bearer token is needed", http.StatusUnauthorized)
	})
}

// readyz answers 200 where everything is ready and 503 where something is not,
// with all conditions either way.
func (p Pages) readyz(w http.ResponseWriter, r *http.Request) {
	answer := struct {
		Ready      bool        `json:"ready"`
		Conditions []Condition `json:"conditions"`
	}{true, p.Ready(r.Context())}
	for _, c := range answer.Conditions {
		answer.Ready = answer.Ready && c.Ready
	}
	w.Header().Set("Content-Type", "application/json")
	if !answer.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(answer) // fails only if the caller is gone
}
