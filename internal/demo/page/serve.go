package page

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// policy lets the page have nothing but what comes from its own server.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// guard refuses what does not come from the page itself: another host name (a name
// that was made to point at this machine), a missing token, a request that another
// page sent.
func (p *Page) guard(next http.Handler) http.Handler {
	next = http.NewCrossOriginProtection().Handler(http.StripPrefix("/"+p.token, next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if r.Host != p.address || !p.admits(r.URL.Path) {
			http.Error(w, "This address is incomplete. The demo printed the whole one when it started.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// admits tells whether a path begins with the token.
func (p *Page) admits(path string) bool {
	token, _, found := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return found && subtle.ConstantTimeCompare([]byte(token), []byte(p.token)) == 1
}

// part serves what a template makes of what was found.
func (p *Page) part(name string, find func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		found, err := find(r)
		var out bytes.Buffer
		if err == nil {
			err = p.templates.ExecuteTemplate(&out, name, found)
		}
		if err != nil {
			p.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(out.Bytes()) // who has gone away misses nothing
	}
}

// largest is how much one may send: a letter with its scans. A document travels in
// Base64, which takes a third more.
const largest = 24 << 20

// deed serves something that is done, and answers with what came of it.
func (p *Page) deed(do func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, largest)
		done, err := do(r)
		if err != nil {
			p.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(done) // as above
	}
}

// fail says what went wrong; the page shows it.
func (p *Page) fail(w http.ResponseWriter, r *http.Request, err error) {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		err = fmt.Errorf("that is too large: the page takes mails of %d MB, and documents of %d", largest>>20, largest>>20*3/4)
	}
	if r.Context().Err() == nil {
		p.Log.Debug("the page could not do something", "path", strings.TrimPrefix(r.URL.Path, "/"+p.token), "error", err)
	}
	http.Error(w, err.Error(), http.StatusUnprocessableEntity)
}

// asked reads what a request says in JSON.
func asked[T any](r *http.Request) (of T, err error) {
	return of, json.NewDecoder(r.Body).Decode(&of)
}
