package doctext

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A flaw is what is wrong with a document, as a sentence for the desk.
type flaw string

// Error implements error.
func (f flaw) Error() string { return string(f) }

const (
	errUnknownKind = flaw("files of this kind are not read")
	errBroken      = flaw("the file is broken")
	errBrokenPart  = flaw("the file is broken and was read in part")
	errEncrypted   = flaw("the file is password protected")
	errTextFull    = flaw("the text is very long and was cut")
	errTooDeep     = flaw("the file is nested too deeply")
	errNoText      = flaw("the file holds no text")
	errNoOCR       = flaw("the document is a scan without a text layer and no OCR is installed")
	errOCROff      = flaw("the document is a scan without a text layer and OCR is switched off")
	errOCRFailed   = flaw("the document is a scan and its recognition failed")
)

// sentence says what err means for the desk. Whatever is not a flaw is a
// library's own wording about a broken file: logged, not shown.
func (e *Extractor) sentence(err error, f format, text string) string {
	var known flaw
	switch {
	case err == nil && text == "" && f != formatPicture:
		return errNoText.Error()
	case err == nil:
		return ""
	case errors.As(err, &known) && (known != errBroken || text == ""):
		return known.Error()
	case errors.Is(err, context.DeadlineExceeded):
		return "reading took longer than " + duration(e.opt.Timeout) + " and was stopped"
	case errors.Is(err, context.Canceled):
		return "reading was interrupted"
	}
	e.opt.Log.Info("a document could not be read in full", "format", f.String(), "cause", err)
	if text == "" {
		return errBroken.Error()
	}
	return errBrokenPart.Error()
}

// size writes a number of bytes for people.
func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// duration writes a span for people.
func duration(d time.Duration) string {
	if d%time.Second != 0 {
		return d.String()
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}
