package doctext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// tesseract is the program that recognises pictures.
const tesseract = "tesseract"

// wantedLanguages are the languages of the letters, by the names that tesseract has for
// them. It prefers the first in doubt: with French, the accented letters are kept that
// it would lose with English.
var wantedLanguages = []string{"fra", "eng", "rus"}

// OCRLanguages returns the languages that the installed tesseract can read, in
// its own three-letter names. The error says that it is missing or broken.
func OCRLanguages(ctx context.Context) ([]string, error) {
	out, err := exec.CommandContext(ctx, tesseract, "--list-langs").Output()
	if err != nil {
		return nil, fmt.Errorf("list the languages of tesseract: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[1:], nil // the first line is a title
}

// A recogniser runs tesseract, one process a page, at most one a processor.
type recogniser struct {
	off     bool
	timeout time.Duration // of one page
	log     *slog.Logger
	turns   chan struct{}
	cache   *ocrCache

	once         sync.Once
	languages    string // joined by "+"
	segmentation string // tesseract's page segmentation mode
	missing      error  // why nothing can be recognised
}

func newRecogniser(o Options) *recogniser {
	return &recogniser{
		off:     o.OCR == OCROff,
		timeout: o.Timeout,
		log:     o.Log,
		turns:   make(chan struct{}, runtime.NumCPU()),
		cache:   newOCRCache(o.TextDir),
	}
}

// listTimeout bounds the question which languages there are.
const listTimeout = 10 * time.Second

// usable returns nil if pictures can be recognised, else the flaw to report of scans. It
// asks tesseract once, at the first call.
func (r *recogniser) usable() error {
	r.once.Do(func() {
		if r.off {
			r.missing = errOCROff
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), listTimeout)
		defer cancel()
		installed, err := OCRLanguages(ctx)
		if err != nil {
			r.log.Warn("scans are not recognised", "cause", err)
			r.missing = errNoOCR
			return
		}
		r.missing = r.choose(installed)
	})
	return r.missing
}

// choose decides with which languages and settings tesseract is called, by the data that
// are installed for it.
func (r *recogniser) choose(installed []string) error {
	wanted := slices.DeleteFunc(slices.Clone(wantedLanguages), func(l string) bool { return !slices.Contains(installed, l) })
	if len(wanted) == 0 {
		return flaw("the document is a scan and OCR has neither English nor French nor Russian")
	}
	r.languages = strings.Join(wanted, "+")
	r.segmentation = "3" // as the page stands
	if slices.Contains(installed, orientationData) {
		r.segmentation = "1" // turned upright first
	}
	return nil
}

// A scan is a page to be recognised.
type scan struct {
	key     string // of its result in the cache
	picture []byte // PNG in grey; nil where the result is known
	known   bool
	text    string // the result, once known
}

// scanOf returns the scan of a page of a file, with its result where that is in
// the cache: the page need not even be drawn then.
func (r *recogniser) scanOf(file []byte, page int) *scan {
	s := &scan{key: r.cache.key(file, page, r.languages)}
	s.text, s.known = r.cache.get(s.key)
	return s
}

// pages recognises scans in parallel. Those that fail stay without text.
func (r *recogniser) pages(ctx context.Context, scans []*scan) error {
	problems := make([]error, len(scans))
	var group errgroup.Group
	for i, s := range scans {
		group.Go(func() error {
			problems[i] = r.page(ctx, s)
			return nil
		})
	}
	_ = group.Wait() // the problems are kept by page
	return errors.Join(problems...)
}

// page recognises one scan, when it is its turn, and caches the result.
func (r *recogniser) page(ctx context.Context, s *scan) error {
	if s.known {
		return nil
	}
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	text, err := r.recognise(ctx, s.picture)
	if err != nil {
		return err
	}
	s.text, s.known = text, true
	r.cache.put(s.key, text)
	return nil
}

// orientationData is tesseract's data for telling which way up a page is.
const orientationData = "osd"

// recognise turns a page upright where tesseract can, then reads it.
func (r *recogniser) recognise(ctx context.Context, page []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	text, err := r.run(ctx, page, "-l", r.languages, "--psm", r.segmentation, "--dpi", strconv.Itoa(scanDPI))
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		r.log.Warn("tesseract failed on a page", "cause", err)
		return "", errOCRFailed
	}
	return joinPrinted(text), nil
}

// recogniserEnvironment returns those variables of the environment that tesseract needs
// to start and to find its data. It leaves out all others, which may hold passwords.
func recogniserEnvironment() (kept []string) {
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SystemRoot"} {
		if value, set := os.LookupEnv(name); set {
			kept = append(kept, name+"="+value)
		}
	}
	return kept
}

// run starts one tesseract process for one page.
func (r *recogniser) run(ctx context.Context, page []byte, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, tesseract, append([]string{"-", "-"}, args...)...)
	// More threads a page make each page slower when several run at once.
	cmd.Env = append(recogniserEnvironment(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = bytes.NewReader(page)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	return string(out), err
}
