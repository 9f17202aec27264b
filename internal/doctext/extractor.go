package doctext

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"verbale/intake"
)

// Options bound the work of an Extractor. The zero value of each field stands
// for the default named beside it.
type Options struct {
	// CacheDir keeps the compiled PDF reader between runs. Default: "verbale" in
	// the user's cache folder; where there is none, or it cannot be written,
	// nothing is kept.
	CacheDir string
	// TextDir keeps what was recognised in scans, the words of letters that is, so
	// that it can be read with the scan alone.
	// Default: "ocr" in CacheDir.
	TextDir     string
	MaxPages    int           // pages of a document that are read; 60
	MaxOCRPages int           // pages of a document that are recognised; 6
	MaxBytes    int           // size of a file; 32 MB
	MaxExpanded int           // size of all that is unpacked from one archive; 64 MB
	MaxText     int           // bytes of text returned; 1 MB
	Timeout     time.Duration // work on one document, and on each page recognised, not counting the wait for a turn; 60 s
	OCR         OCRMode       // OCRAuto
	Log         *slog.Logger  // receives what operators should know; discarded
}

// An OCRMode says whether pictures are recognised.
type OCRMode string

const (
	OCRAuto OCRMode = "auto" // where tesseract is installed
	OCROff  OCRMode = "off"  // never
)

// Defaults of Options.
const (
	defaultMaxPages    = 60
	defaultMaxOCRPages = 6
	defaultMaxBytes    = 32 << 20
	defaultMaxExpanded = 64 << 20
	defaultMaxText     = 1 << 20
	defaultTimeout     = time.Minute
)

// An Extractor reads documents. It is safe for concurrent use; at most as many
// documents as there are processors are read at a time, the others wait.
type Extractor struct {
	opt   Options
	turns chan struct{} // one token a document that is being read
	pdf   *pdfProcessPool
	ocr   *recogniser
}

// New returns an Extractor. Nothing is started before it is needed.
func New(o Options) *Extractor {
	o = o.withDefaults()
	return &Extractor{
		opt:   o,
		turns: make(chan struct{}, runtime.NumCPU()),
		pdf:   newPDFProcessPool(o.CacheDir, o.Log),
		ocr:   newRecogniser(o),
	}
}

func (o Options) withDefaults() Options {
	setDefault(&o.MaxPages, defaultMaxPages)
	setDefault(&o.MaxOCRPages, defaultMaxOCRPages)
	setDefault(&o.MaxBytes, defaultMaxBytes)
	setDefault(&o.MaxExpanded, defaultMaxExpanded)
	setDefault(&o.MaxText, defaultMaxText)
	setDefault(&o.Timeout, defaultTimeout)
	setDefault(&o.OCR, OCRAuto)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.CacheDir = usableCacheDir(o.CacheDir)
	if o.TextDir == "" && o.CacheDir != "" {
		o.TextDir = filepath.Join(o.CacheDir, "ocr")
	}
	return o
}

func setDefault[T comparable](field *T, value T) {
	var unset T
	if *field == unset {
		*field = value
	}
}

// usableCacheDir makes sure that the folder exists and is private to the user.
// It returns "" where it cannot.
func usableCacheDir(dir string) string {
	if dir == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(base, "verbale")
	}
	if os.MkdirAll(dir, 0o700) != nil {
		return ""
	}
	return dir
}

// Close ends the PDF reader. PDF documents are not read afterwards.
func (e *Extractor) Close() error {
	e.pdf.close()
	return nil
}

// A document is one file to be read and the bounds it is read within.
type document struct {
	data    []byte
	charset string // of the content type; "" where it names none
	opt     Options
}

// TextOf reads the text of a file. filename and contentType help where the
// bytes do not tell what it is; contentType may carry a charset parameter.
// method tells how the text was obtained, MethodNone that nothing was read.
// problem is one English sentence for the desk, without a full stop, or "";
// text that was read before the problem arose is returned with it. A picture
// too small to be a letter, such as a logo, has neither text nor problem.
//
// TextOf never panics, and returns soon after ctx ends.
func (e *Extractor) TextOf(ctx context.Context, filename, contentType string, data []byte) (text string, method intake.TextMethod, problem string) {
	switch {
	case len(data) == 0:
		return "", intake.MethodNone, "the file is empty"
	case len(data) > e.opt.MaxBytes:
		return "", intake.MethodNone, fmt.Sprintf("the file is larger than %s and was not opened", size(e.opt.MaxBytes))
	}
	f, charset := identify(filename, contentType, data)
	raw, method, err := e.read(ctx, f, document{data: data, charset: charset, opt: e.opt})
	text, cut := tidy(raw, e.opt.MaxText)
	if cut && err == nil {
		err = errTextFull
	}
	if text == "" {
		method = intake.MethodNone
	}
	return text, method, e.sentence(err, f, text)
}

// A reader reads the text of one format. With an error it returns what it had
// read before.
type reader func(context.Context, document) (string, error)

// readers are those that run in this process.
var readers = map[format]reader{
	formatDOCX:  readDOCX,
	formatODF:   readODF,
	formatXLSX:  readXLSX,
	formatRTF:   readRTF,
	formatDOC:   readDOC,
	formatHTML:  readHTML,
	formatPlain: readPlain,
}

// read reads a document of known format. A panic ends the work and is logged,
// never shown.
func (e *Extractor) read(ctx context.Context, f format, d document) (text string, method intake.TextMethod, err error) {
	defer func() {
		if v := recover(); v != nil {
			e.opt.Log.Error("a document reader panicked", "format", f.String(), "cause", panicCause(v), "stack", string(debug.Stack()))
			err = errBroken
		}
	}()
	switch f {
	case formatPDF:
		return e.readPDF(ctx, d)
	case formatPicture:
		return e.readPicture(ctx, d)
	}
	read, known := readers[f]
	if !known {
		return "", intake.MethodNone, errUnknownKind
	}
	err = e.inTurn(ctx, func(ctx context.Context) error {
		text, err = read(ctx, d)
		return err
	})
	return text, intake.MethodText, err
}

// panicCause describes a panic without words of the document, which the value of
// a library's panic might hold.
func panicCause(v any) string {
	if fault, ok := v.(runtime.Error); ok {
		return fault.Error()
	}
	return fmt.Sprintf("%T", v)
}

// inTurn waits for a turn, then does the work within its time.
func (e *Extractor) inTurn(ctx context.Context, work func(context.Context) error) error {
	select {
	case e.turns <- struct{}{}:
		defer func() { <-e.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, e.opt.Timeout)
	defer cancel()
	return work(ctx)
}
