package demo

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"verbale/internal/daemon"
	"verbale/internal/demo/page"
)

// untilSeen is the time limit for waiting for a condition on the page.
const untilSeen = 2 * time.Minute

// A visitor uses the page with a browser. The console must have no errors.
type visitor struct {
	t       *testing.T
	ctx     context.Context
	folder  string // for screenshots
	mu      sync.Mutex
	console []string
}

// visit starts the demo and opens its page in a browser. If there is no browser, it skips the test,
// or fails it if VERBALE_REQUIRE_SERVERS is 1.
func visit(t *testing.T) *visitor {
	t.Helper()
	browser := browserProgram(t)
	opened := make(chan string, 1)
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- browse(ctx, Options{Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))}, func(p *page.Page) { opened <- p.URL() })
	}()
	t.Cleanup(func() {
		leave()
		if err := <-ended; err != nil {
			t.Errorf("the demo ended with %v", err)
		}
	})
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.Flag("disable-quic", true))
	running, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	tab, shut := chromedp.NewContext(running)
	t.Cleanup(shut)
	v := &visitor{t: t, ctx: tab, folder: pictures(t)}
	select {
	case url := <-opened:
		v.does(chromedp.EmulateViewport(1600, 1000), chromedp.Navigate(url))
	case err := <-ended:
		ended <- err
		t.Fatalf("the demo does not open: %v", err)
	}
	go v.listen()
	return v
}

// browserProgram returns the path of a browser.
func browserProgram(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	if daemon.ServersRequired() {
		t.Fatal("chromium is not installed")
	}
	t.Skip("chromium is not installed")
	return ""
}

// pictures returns the folder for screenshots: VERBALE_PICTURES if set, otherwise a temporary one.
func pictures(t *testing.T) string {
	if folder := os.Getenv("VERBALE_PICTURES"); folder != "" {
		return folder
	}
	return t.TempDir()
}

func (v *visitor) listen() {
	for m, err := range chromedp.Console(v.ctx) {
		if err != nil {
			return
		}
		v.mu.Lock()
		v.console = append(v.console, fmt.Sprint(m))
		v.mu.Unlock()
	}
}

// complaints returns the messages of the console.
func (v *visitor) complaints() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.console
}

func (v *visitor) does(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	if err := chromedp.Do(v.ctx, steps...); err != nil {
		v.t.Fatal(err)
	}
}

// until waits for a JavaScript expression to become true.
func (v *visitor) until(what, expression string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, untilSeen)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool]("Boolean("+expression+")", chromedp.WithPollingInterval(50*time.Millisecond))); err != nil {
		text, _ := chromedp.Run(v.ctx, chromedp.Evaluate[string]("document.body.innerText"))
		v.t.Fatalf("waited in vain for %s: %v\nconsole: %q\nthe page:\n%s", what, err, v.complaints(), text)
	}
}

// sees waits until a part of the page contains the words.
func (v *visitor) sees(part string, words ...string) {
	v.t.Helper()
	for _, w := range words {
		v.until(fmt.Sprintf("%q in %s", w, part), fmt.Sprintf("document.querySelector(%q)?.textContent.includes(%q)", part, w))
	}
}

// presses waits for a button with the given label in a part of the page and presses it by keyboard.
func (v *visitor) presses(part, words string) {
	v.t.Helper()
	button := fmt.Sprintf(`[...document.querySelectorAll(%q)].find((b) => b.offsetParent && !b.disabled && b.textContent.trim() === %q)`,
		part+" button,"+part+" summary", words)
	v.until("the button "+words, button)
	v.does(chromedp.Evaluate[chromedp.Void](button+".focus()"), chromedp.KeyEvent("\r"))
}

// types fills in a field.
func (v *visitor) types(field, text string) {
	v.t.Helper()
	v.until("the field "+field, fmt.Sprintf("document.querySelector(%q)?.offsetParent", field))
	v.does(chromedp.SetValue(field, text))
}

// becomes switches the workspace to another user.
func (v *visitor) becomes(id string) {
	v.t.Helper()
	v.does(chromedp.Evaluate[chromedp.Void](fmt.Sprintf("document.querySelector('#face').value=%q; document.querySelector('#face').dispatchEvent(new Event('change'))", id)))
}

// photographs saves a screenshot of the page.
func (v *visitor) photographs(name string) {
	v.t.Helper()
	picture, err := chromedp.Run(v.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(v.folder, name+".png"), picture, 0o600); err != nil {
		v.t.Fatal(err)
	}
}

// nameless returns the controls on the page without an accessible name.
const nameless = `[...document.querySelectorAll('button, input, select, textarea, summary, a[href]')].filter((c) => c.checkVisibility?.() &&
	!(c.getAttribute('aria-label') || c.labels?.length || c.textContent.trim() || c.closest('[aria-labelledby]') === c)).map((c) => c.outerHTML)`

// checks fails the test if controls have no accessible name or content does not fit its column or
// the window.
func (v *visitor) checks(where string) {
	v.t.Helper()
	list, err := chromedp.Run(v.ctx, chromedp.Evaluate[[]string](nameless))
	if err != nil || len(list) > 0 {
		v.t.Errorf("%s: controls without a name: %v %s", where, err, strings.Join(list, "\n"))
	}
	wide, err := chromedp.Run(v.ctx, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight || [...document.querySelectorAll('.scroll')].some((s) => s.scrollWidth > s.clientWidth)"))
	if err != nil || wide {
		v.t.Errorf("%s: the page does not fit the window: %v", where, err)
	}
}
