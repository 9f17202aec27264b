package doctext

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

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
	instance, discard, err := e.pdf.open(ctx)
	if err != nil {
		return nil, err
	}
	defer discard()
	ctx, cancel := context.WithTimeout(ctx, d.opt.Timeout)
	defer cancel()
	context.AfterFunc(ctx, discard) // a call that is stuck ends with its instance

	pdf, err := openPDF(instance, d.data)
	if err != nil {
		return nil, errors.Join(ctx.Err(), err)
	}
	return pdf.read(ctx, d.opt, func(page int) *scan {
		if e.ocr.usable() != nil {
			return nil
		}
		return e.ocr.scanOf(d.data, page)
	})
}

// A pdfDocument is an open document in an instance of its own.
type pdfDocument struct {
	pdfium.Pdfium
	ref   references.FPDF_DOCUMENT
	count int
}

func openPDF(instance pdfium.Pdfium, data []byte) (*pdfDocument, error) {
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, errEncrypted
	case err != nil:
		return nil, fmt.Errorf("open PDF: %w", err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, fmt.Errorf("count PDF pages: %w", err)
	}
	return &pdfDocument{Pdfium: instance, ref: opened.Document, count: count.PageCount}, nil
}

// read reads page by page. scanOf returns nil where pages are not recognised. Pages that cannot be read are passed over; when the
// time is over or the instance broke down, what was read before is returned.
func (p *pdfDocument) read(ctx context.Context, opt Options, scanOf func(page int) *scan) ([]pdfPage, error) {
	var pages []pdfPage
	var problem error
	size, scans := 0, 0
	for i := range min(p.count, opt.MaxPages) {
		if scans == opt.MaxOCRPages {
			scanOf = func(int) *scan { return nil }
		}
		page, err := p.page(i, scanOf)
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
	if problem == nil && p.count > opt.MaxPages {
		problem = flaw(fmt.Sprintf("only the first %d of %d pages were read", opt.MaxPages, p.count))
	}
	return pages, problem
}

func brokenAt(index int) flaw {
	if index == 0 {
		return flaw("the file is broken on page 1")
	}
	return flaw(fmt.Sprintf("the file is broken after page %d", index))
}

// page reads one page, and draws it where it is to be recognised.
func (p *pdfDocument) page(index int, scanOf func(page int) *scan) (pdfPage, error) {
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: p.ref, Index: index}}
	text, err := p.layer(ref)
	if err != nil {
		return pdfPage{}, err
	}
	page := pdfPage{text: repairCyrillic(text)}
	if !maybeScan(page.text) {
		return page, nil
	}
	drawn, err := p.drawnShare(ref)
	if err != nil {
		return page, err
	}
	if page.picture = isScan(page.text, drawn); !page.picture {
		return page, nil
	}
	s := scanOf(index)
	if s != nil && !s.known {
		if s.picture, err = p.draw(ref); err != nil {
			return page, err
		}
	}
	page.scan = s
	return page, nil
}

// maxArranged bounds the characters of a page whose places are asked for, which
// takes a hundred bytes each; a page of a letter has some thousands.
const maxArranged = 50_000

// layer returns the text layer of a page in lines.
func (p *pdfDocument) layer(ref requests.Page) (string, error) {
	opened, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return "", fmt.Errorf("read text: %w", err)
	}
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: opened.TextPage})
	if err != nil {
		return "", fmt.Errorf("count characters: %w", err)
	}
	if count.Count > maxArranged {
		text, err := p.GetPageText(&requests.GetPageText{Page: ref})
		if err != nil {
			return "", fmt.Errorf("read text: %w", err)
		}
		return text.Text, nil
	}
	chars, err := p.chars(opened.TextPage, count.Count)
	if err != nil {
		return "", err
	}
	return arrange(chars), nil
}

// chars returns the characters of a page, those at the edges of words with their
// places. Each place is a call into the sandbox, and no more are needed to see
// columns and lines.
func (p *pdfDocument) chars(page references.FPDF_TEXTPAGE, count int) ([]pdfChar, error) {
	chars, err := p.letters(page, count)
	if err != nil {
		return nil, err
	}
	for i := range chars {
		if chars[i].first = begins(chars, i); !chars[i].first && !begins(chars, i+1) {
			continue
		}
		box, err := p.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: i})
		if err == nil { // one that stands nowhere is an error
			chars[i].box = box.Rect
		}
	}
	return chars, nil
}

// letters returns the characters of a page without places: all at once, or one by
// one where PDFium leaves some out of the whole text.
func (p *pdfDocument) letters(page references.FPDF_TEXTPAGE, count int) ([]pdfChar, error) {
	text, err := p.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: page, Count: count})
	if err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	const hyphen = "\uFFFE" // in the whole text
	whole := []rune(strings.ReplaceAll(strings.TrimRight(text.Text, "\x00"), hyphen, string(lineHyphen)))
	chars := make([]pdfChar, count)
	for i := range chars {
		if len(whole) == count {
			chars[i].char = whole[i]
			continue
		}
		one, err := p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
		if err != nil {
			return nil, fmt.Errorf("read character: %w", err)
		}
		chars[i].char = rune(one.Unicode)
	}
	return chars, nil
}

// begins reports whether a stretch of characters or of blanks begins at i.
func begins(chars []pdfChar, i int) bool {
	if i == 0 || i == len(chars) {
		return true
	}
	return unicode.IsSpace(chars[i].char) != unicode.IsSpace(chars[i-1].char)
}

// maxObjects bounds how many objects of a page are looked at for pictures.
const maxObjects = 2000

// drawnShare returns the share of the page that its largest picture covers;
// drawings made of lines alone count for a little.
func (p *pdfDocument) drawnShare(ref requests.Page) (float64, error) {
	size, err := p.GetPageSize(&requests.GetPageSize{Page: ref})
	if err != nil {
		return 0, fmt.Errorf("read page size: %w", err)
	}
	count, err := p.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return 0, fmt.Errorf("count objects: %w", err)
	}
	largest := 0.0
	for i := range min(count.Count, maxObjects) {
		object, err := p.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			return largest, fmt.Errorf("read object: %w", err)
		}
		largest = max(largest, p.area(object.PageObject)/(size.Width*size.Height))
	}
	return largest, nil
}

// area returns the area of an object that can hold the picture of a page, in
// square points; 0 for others, and where it is unknown.
func (p *pdfDocument) area(object references.FPDF_PAGEOBJECT) float64 {
	kind, err := p.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if err != nil || kind.Type == enums.FPDF_PAGEOBJ_TEXT || kind.Type == enums.FPDF_PAGEOBJ_SHADING {
		return 0
	}
	b, err := p.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
	if err != nil {
		return 0
	}
	return math.Abs(float64(b.Right-b.Left) * float64(b.Top-b.Bottom))
}

// drawDPI is what PDFium draws pages in. It is slow at this within the sandbox;
// grey, which it is slower at still, and the size for recognition are got here.
const drawDPI = 150

// draw renders a page, coarser where it is larger than a sheet.
func (p *pdfDocument) draw(ref requests.Page) ([]byte, error) {
	size, err := p.GetPageSize(&requests.GetPageSize{Page: ref})
	if err != nil {
		return nil, fmt.Errorf("read page size: %w", err)
	}
	dpi := min(drawDPI, math.Sqrt(maxPixels*72*72/(size.Width*size.Height)))
	drawn, err := p.RenderPageInDPI(&requests.RenderPageInDPI{Page: ref, DPI: max(int(dpi), 1)})
	if err != nil {
		return nil, fmt.Errorf("draw page: %w", err)
	}
	defer drawn.Cleanup()
	return encodePage(grey(drawn.Result.RenderedImage))
}
