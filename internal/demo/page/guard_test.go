package page

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	ownAddress = "127.0.0.1:4711"
	ownToken   = "TOKEN"
)

// guarded serves a page behind the guard, as Run does.
func guarded() http.Handler {
	p := &Page{address: ownAddress, token: ownToken}
	return p.guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.Path)) }))
}

func TestWhoIsLetIn(t *testing.T) {
	for _, d := range []struct {
		name, method, host, path string
		headers                  map[string]string
		want                     int
	}{
		{"the page", "GET", ownAddress, "/TOKEN/", nil, http.StatusOK},
		{"the page's own deed", "POST", ownAddress, "/TOKEN/act", map[string]string{"Origin": "http://" + ownAddress, "Sec-Fetch-Site": "same-origin"}, http.StatusOK},
		{"without a token", "GET", ownAddress, "/", nil, http.StatusForbidden},
		{"with another token", "GET", ownAddress, "/TOKEM/", nil, http.StatusForbidden},
		{"with the beginning of the token", "GET", ownAddress, "/TOK/", nil, http.StatusForbidden},
		{"with the token alone", "GET", ownAddress, "/TOKEN", nil, http.StatusForbidden},
		{"a name that was made to point here", "GET", "rebound.example:4711", "/TOKEN/", nil, http.StatusForbidden},
		{"another port's page", "POST", ownAddress, "/TOKEN/act", map[string]string{"Origin": "http://127.0.0.1:80"}, http.StatusForbidden},
		{"another site's page", "POST", ownAddress, "/TOKEN/act", map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		{"a form of a page without an origin", "POST", ownAddress, "/TOKEN/act", map[string]string{"Origin": "null"}, http.StatusForbidden},
	} {
		r := httptest.NewRequest(d.method, "http://"+ownAddress+d.path, nil)
		r.Host = d.host
		for name, value := range d.headers {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		guarded().ServeHTTP(w, r)
		if w.Code != d.want {
			t.Errorf("%s: status %d, want %d", d.name, w.Code, d.want)
		}
	}
}

func TestWhatIsTooLargeIsRefusedInWords(t *testing.T) {
	p := &Page{Options: Options{Log: slog.New(slog.DiscardHandler)}}
	w := httptest.NewRecorder()
	p.deed(p.dropMail)(w, httptest.NewRequest("POST", "/drop", bytes.NewReader(make([]byte, largest+1))))
	if got := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, "too large: the page takes mails of 24 MB") {
		t.Errorf("status %d, %q", w.Code, got)
	}
}

func TestNothingFromElsewhereIsAllowed(t *testing.T) {
	w := httptest.NewRecorder()
	guarded().ServeHTTP(w, httptest.NewRequest("GET", "http://"+ownAddress+"/TOKEN/", nil))
	csp := w.Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
		t.Errorf("policy %q", csp)
	}
}

// The Content-Security-Policy forbids inline scripts and styles, so the templates must have none.
func TestTemplatesHaveNoScriptOrStyleOfTheirOwn(t *testing.T) {
	entries, err := files.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		raw, err := files.ReadFile("templates/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, forbidden := range []string{" style=", " onclick", " onload", "<style", "<script>", "http://", "https://", "javascript:"} {
			if strings.Contains(text, forbidden) {
				t.Errorf("%s has %q", e.Name(), forbidden)
			}
		}
	}
}
