package doctext

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"verbale/intake"
)

// A pdfPage is what was got from one page: its text layer, and what is to be
// recognised where the text layer does not tell what stands on it.
type pdfPage struct {
	text    string
	picture bool  // the page is a picture, or its text layer is of no use
	scan    *scan // of such a page, where it may be recognised
}

// readPDF reads the text layer of each page and recognises the pages that have
// none. The document is closed before recognition starts, so that slow scans do
// not keep other documents from being opened.
func (e *Extractor) readPDF(ctx context.Context, d document) (string, intake.TextMethod, error) {
	pages, err := e.pdfPages(ctx, d)
	var scans []*scan
	missing := 0
	for _, p := range pages {
		if p.scan != nil {
			scans = append(scans, p.scan)
		} else if p.picture {
			missing++
		}
	}
	ocrErr := e.ocr.pages(ctx, scans)
	text, method := joinPages(pages)
	if missing > 0 && ocrErr == nil {
		ocrErr = e.unrecognised(missing, len(scans))
	}
	return text, method, errors.Join(err, ocrErr)
}

// unrecognised says why scanned pages were not even tried.
func (e *Extractor) unrecognised(missing, tried int) error {
	if err := e.ocr.usable(); err != nil {
		return err
	}
	return flaw(fmt.Sprintf("only the first %d of %d scanned pages were recognised", tried, tried+missing))
}

// joinPages puts the recognised text of a page in the place of its text layer,
// unless the text layer says more.
func joinPages(pages []pdfPage) (string, intake.TextMethod) {
	method := intake.MethodText
	texts := make([]string, len(pages))
	for i, p := range pages {
		texts[i] = p.text
		if p.scan != nil && letters(p.scan.text) > letters(p.text) {
			texts[i] = p.scan.text
			method = intake.MethodOCR
		}
	}
	// Whether hyphens at line ends divide words is judged by the whole text.
	return joinDivided(strings.Join(texts, "\n\n")), method
}

func (e *Extractor) pdfPages(ctx context.Context, d document) ([]pdfPage, error) {
	process, err := e.pdf.take(ctx)
	if err != nil {
		return nil, err
	}
	defer e.pdf.giveBack(process)
	ctx, cancel := context.WithTimeout(ctx, d.opt.Timeout)
	defer cancel()
	stop := context.AfterFunc(ctx, process.end)
	defer func() {
		if !stop() {
			process.end() // it is being ended, and must not be given back before
		}
	}()
	opened, err := process.ask(pdfQuestion{Ask: askOpen, File: d.data})
	switch {
	case err != nil:
		return nil, errors.Join(ctx.Err(), err)
	case opened.Encrypted:
		return nil, errEncrypted
	}
	return readPages(ctx, process, opened.Count, d.opt, func(page int) *scan {
		if e.ocr.usable() != nil {
			return nil
		}
		return e.ocr.scanOf(d.data, page)
	})
}

// readPages reads page by page. scanOf returns nil where pages are not
// recognised. Pages that cannot be read are passed over; when the time is over
// or the process broke down, what was read before is returned.
func readPages(ctx context.Context, process *pdfProcess, count int, opt Options, scanOf func(page int) *scan) ([]pdfPage, error) {
	var pages []pdfPage
	var problem error
	size, scans := 0, 0
	for i := range min(count, opt.MaxPages) {
		if scans == opt.MaxOCRPages {
			scanOf = func(int) *scan { return nil }
		}
		page, err := readPage(process, i, scanOf)
		if ctx.Err() != nil {
			return pages, fmt.Errorf("read page %d: %w", i+1, ctx.Err())
		}
		if err != nil && problem == nil {
			problem = brokenAt(i)
		}
		pages = append(pages, page)
		if page.scan != nil {
			scans++
		}
		if size += len(page.text); size > opt.MaxText {
			return pages, errTextFull
		}
	}
	if problem == nil && count > opt.MaxPages {
		problem = flaw(fmt.Sprintf("only the first %d of %d pages were read", opt.MaxPages, count))
	}
	return pages, problem
}

func brokenAt(index int) flaw {
	if index == 0 {
		return flaw("the file is broken on page 1")
	}
	return flaw(fmt.Sprintf("the file is broken after page %d", index))
}

// readPage reads one page, and has it drawn where it is to be recognised.
func readPage(process *pdfProcess, index int, scanOf func(page int) *scan) (pdfPage, error) {
	read, err := process.ask(pdfQuestion{Ask: askRead, Page: index})
	page := pdfPage{text: read.Text}
	if err != nil {
		return page, err
	}
	if page.picture = isScan(page.text, read.Drawn); !page.picture {
		return page, nil
	}
	s := scanOf(index)
	if s != nil && !s.known {
		drawn, err := process.ask(pdfQuestion{Ask: askDraw, Page: index})
		if err != nil {
			return page, err
		}
		s.picture = drawn.Picture
	}
	page.scan = s
	return page, nil
}
