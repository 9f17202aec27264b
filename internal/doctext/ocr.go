package doctext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// tesseract is the program that recognises pictures.
const tesseract = "tesseract"

// wantedLanguages are those of our correspondence, as tesseract calls them, the
// ones that read the others' letters best first.
var wantedLanguages = []string{"eng", "fra", "rus"}

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
	languages string // joined by "+"
	missing   error  // why nothing can be recognised
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
		wanted := slices.DeleteFunc(slices.Clone(wantedLanguages), func(l string) bool { return !slices.Contains(installed, l) })
		if len(wanted) == 0 {
			r.missing = flaw("the document is a scan and OCR has none of the languages " + strings.Join(wantedLanguages, ", "))
		}
		r.languages = strings.Join(wanted, "+")
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
	key := r.cache.key(encoded.Bytes(), r.languages)
	if text, ok := r.cache.get(key); ok {
		return text, nil
	}
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	text, err := r.run(ctx, encoded.Bytes())
	if err == nil {
		r.cache.put(key, text)
	}
	return text, err
}

// run starts one tesseract process for one page.
func (r *recogniser) run(ctx context.Context, page []byte) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, tesseract, "-", "-", "-l", r.languages, "--dpi", fmt.Sprint(scanDPI))
	// More threads a page make each page slower when several run at once.
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = bytes.NewReader(page)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		r.log.Warn("tesseract failed on a page", "cause", err)
		return "", errOCRFailed
	}
	return string(out), nil
}
