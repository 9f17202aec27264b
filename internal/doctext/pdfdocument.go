package doctext

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// A pdfDocument is an open document in a sandbox of its own.
type pdfDocument struct {
	pdfium.Pdfium
	ref references.FPDF_DOCUMENT
}

func (p *pdfDocument) page(index int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: p.ref, Index: index}}
}

// read gets the text layer of a page, and what is drawn on it where the text may
// not be all.
func (p *pdfDocument) read(index int, a *pdfAnswer) error {
	text, err := p.layer(p.page(index))
	if err != nil {
		return err
	}
	if a.Text = repairCyrillic(text); !maybeScan(a.Text) {
		return nil
	}
	a.Drawn, err = p.drawnShare(p.page(index))
	return err
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

// chars returns the characters of a page, the first and the last of each word with
// their places. Each place is three calls into the sandbox, and no more are needed
// to see columns and lines.
func (p *pdfDocument) chars(page references.FPDF_TEXTPAGE, count int) ([]pdfChar, error) {
	chars, err := p.letters(page, count)
	if err != nil {
		return nil, err
	}
	for i := range chars {
		chars[i].first = begins(chars, i)
		if edge := chars[i].first || begins(chars, i+1); !edge || unicode.IsSpace(chars[i].char) {
			continue
		}
		box, err := p.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: i})
		if err == nil { // a character without a place gives an error
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

// drawDPI is the resolution in which PDFium draws pages. Drawing is slow in the sandbox,
// and drawing in grey slower still, so pages are turned grey and scaled for recognition
// by this package.
const drawDPI = 150

// draw renders a page, coarser where it is larger than a sheet.
func (p *pdfDocument) draw(index int) ([]byte, error) {
	ref := p.page(index)
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
