package doctext

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
)

// pdfReaderEnv is the environment variable that turns a process into a reader of PDF
// documents. Its value is the cache folder, or pdfNoCache.
const (
	pdfReaderEnv = "VERBALE_PDF_READER"
	pdfNoCache   = "-"
)

// init turns the process into a reader of PDF documents if its parent, a process of the
// same program, asks for one. It is here rather than in main so that every program that
// imports the package, such as a test, can start readers.
func init() {
	cacheDir, asked := os.LookupEnv(pdfReaderEnv)
	if !asked {
		return
	}
	if cacheDir == pdfNoCache {
		cacheDir = ""
	}
	servePDF(os.Stdin, os.Stdout, cacheDir)
}

// A pdfQuestion is what the parent asks. The next one follows its answer.
type pdfQuestion struct {
	Ask  pdfAsk
	File []byte // to open
	Page int    // index, to read or draw
}

type pdfAsk string

const (
	askOpen  pdfAsk = "open"  // Count or Encrypted
	askRead  pdfAsk = "read"  // Text and, where it matters, Drawn
	askDraw  pdfAsk = "draw"  // Picture
	askClose pdfAsk = "close" // the document is done, whatever state it is in
)

// A pdfAnswer is the answer to a question. One more is sent first, when the process is
// ready.
type pdfAnswer struct {
	Count     int     // of pages
	Encrypted bool    // only a password opens it
	Text      string  // the text layer of a page in lines
	Drawn     float64 // share of the page that the largest thing drawn covers
	Picture   []byte  // PNG in grey
	Problem   string  // what went wrong, in the words of a library
	Warning   string  // in the first answer: why the compiled code is not kept on disk
}

// servePDF answers questions until the parent closes the pipe or ends. It never returns.
func servePDF(in io.Reader, out io.Writer, cacheDir string) {
	questions := make(chan pdfQuestion)
	go func() {
		for from := gob.NewDecoder(in); ; {
			var q pdfQuestion
			if from.Decode(&q) != nil {
				os.Exit(0) // even while a document is being read
			}
			questions <- q
		}
	}()
	to := gob.NewEncoder(out)
	var a pdfAnswer
	pool, warning, err := newPDFPool(cacheDir)
	a.Warning = warning
	a.fail(err)
	for reader := (&pdfReader{pool: pool}); to.Encode(a) == nil; {
		a = reader.answer(<-questions)
	}
	os.Exit(1)
}

// fail notes an error, if there is one.
func (a *pdfAnswer) fail(err error) {
	if err != nil {
		a.Problem = err.Error()
	}
}

// A pdfReader reads one document after the other, each in a fresh sandbox, so that what a
// document leaves in memory is not seen by the next one.
type pdfReader struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium
	document *pdfDocument // nil where none is open
}

// answer does what a question asks.
func (r *pdfReader) answer(q pdfQuestion) (a pdfAnswer) {
	switch {
	case q.Ask == askClose:
		a.fail(r.close())
	case q.Ask == askOpen:
		a.fail(r.open(q.File, &a))
	case r.document == nil:
		a.fail(errors.New("no document is open"))
	case q.Ask == askRead:
		a.fail(r.document.read(q.Page, &a))
	case q.Ask == askDraw:
		picture, err := r.document.draw(q.Page)
		a.Picture = picture
		a.fail(err)
	}
	return a
}

// close discards the sandbox of the document.
func (r *pdfReader) close() error {
	if r.instance == nil {
		return nil
	}
	instance := r.instance
	r.instance, r.document = nil, nil
	if err := instance.Kill(); err != nil {
		return fmt.Errorf("discard a PDF sandbox: %w", err)
	}
	return nil
}

// open opens a document in a new sandbox.
func (r *pdfReader) open(file []byte, a *pdfAnswer) (err error) {
	if err := r.close(); err != nil {
		return err
	}
	if r.instance, err = r.pool.GetInstance(0); err != nil {
		return fmt.Errorf("get a PDF sandbox: %w", err)
	}
	opened, err := r.instance.OpenDocument(&requests.OpenDocument{File: &file})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		a.Encrypted = true
		return nil
	case err != nil:
		return fmt.Errorf("open PDF: %w", err)
	}
	count, err := r.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return fmt.Errorf("count PDF pages: %w", err)
	}
	a.Count = count.PageCount
	r.document = &pdfDocument{Pdfium: r.instance, ref: opened.Document}
	return nil
}
