package doctext

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"os/exec"
	"regexp"
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

// wantedLanguages are those of our correspondence, as tesseract calls them,
// with their scripts, as it calls these.
var wantedLanguages = []struct{ language, script string }{{"eng", "Latin"}, {"fra", "Latin"}, {"rus", "Cyrillic"}}

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

	once      sync.Once
	installed []string // what tesseract has
	missing   error    // why nothing can be recognised
}

func newRecogniser(o Options) *recogniser {
	return &recogniser{
		off:     o.OCR == OCROff,
		timeout: o.Timeout,
		log:     o.Log,
		turns:   make(chan struct{}, runtime.NumCPU()),
		cache:   newOCRCache(o.CacheDir),
	}
}

// listTimeout bounds the question which languages there are.
const listTimeout = 10 * time.Second

// usable returns nil where pictures can be recognised, else the flaw that a
// scan then has.
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
		r.installed = installed
		if r.languages("") == "" {
			r.missing = flaw("the document is a scan and OCR has neither English nor French nor Russian")
		}
	})
	return r.missing
}

// pages recognises pictures of pages in parallel and returns their texts in
// order, "" for those that failed.
func (r *recogniser) pages(ctx context.Context, pictures []*image.Gray) ([]string, error) {
	texts := make([]string, len(pictures))
	problems := make([]error, len(pictures))
	var group errgroup.Group
	for i, picture := range pictures {
		group.Go(func() error {
			texts[i], problems[i] = r.page(ctx, picture)
			return nil
		})
	}
	_ = group.Wait() // the problems are kept by page
	return texts, errors.Join(problems...)
}

func (r *recogniser) page(ctx context.Context, picture *image.Gray) (string, error) {
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&encoded, picture); err != nil {
		return "", fmt.Errorf("encode a page for recognition: %w", err)
	}
	key := r.cache.key(encoded.Bytes(), r.languages(""))
	if text, ok := r.cache.get(key); ok {
		return text, nil
	}
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	text, err := r.recognise(ctx, encoded.Bytes())
	if err == nil {
		r.cache.put(key, text)
	}
	return text, err
}

// languages returns the installed languages for a page in a script, as tesseract
// wants them. A page in Latin letters is read without Russian, whose letters
// would be taken for accented ones; Cyrillic letters quote names in Latin ones.
func (r *recogniser) languages(script string) string {
	var chosen []string
	for _, w := range wantedLanguages {
		if slices.Contains(r.installed, w.language) && (script != "Latin" || w.script == script) {
			chosen = append(chosen, w.language)
		}
	}
	return strings.Join(chosen, "+")
}

// recognise looks which way up a page is and in which script, then reads it.
func (r *recogniser) recognise(ctx context.Context, page []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	segmentation, script := "3", "" // as it stands
	if slices.Contains(r.installed, orientationData) {
		// It fails on pages with few letters, which are then read as they are.
		found, err := r.run(ctx, page, "--psm", "0")
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if err == nil {
			script = pageScript(found)
		}
		segmentation = "1" // turned upright first
	}
	languages := cmp.Or(r.languages(script), r.languages(""))
	text, err := r.run(ctx, page, "-l", languages, "--psm", segmentation, "--dpi", strconv.Itoa(scanDPI))
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		r.log.Warn("tesseract failed on a page", "cause", err)
		return "", errOCRFailed
	}
	return joinPrinted(text), nil
}

// orientationData is tesseract's data for telling scripts and directions apart.
const orientationData = "osd"

// sureScript is the confidence from which a page is in one script alone.
const sureScript = 5

var scriptLines = regexp.MustCompile(`(?m)^Script: (\w+)\nScript confidence: ([0-9.]+)`)

// pageScript reads tesseract's report on a page: the name of the script, or ""
// where it is not sure.
func pageScript(report string) string {
	m := scriptLines.FindStringSubmatch(report)
	if m == nil {
		return ""
	}
	if sure, err := strconv.ParseFloat(m[2], 64); err != nil || sure < sureScript {
		return ""
	}
	return m[1]
}

// run starts one tesseract process for one page.
func (r *recogniser) run(ctx context.Context, page []byte, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, tesseract, append([]string{"-", "-"}, args...)...)
	// More threads a page make each page slower when several run at once.
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = bytes.NewReader(page)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	return string(out), err
}
