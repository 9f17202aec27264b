package doctext

import (
	"image"
	"testing"
)

// The fuzz targets of the readers of RTF, DOC and DOCX are in the files of their tests.

// FuzzODF mutates the XML in an archive, like FuzzDOCX.
func FuzzODF(f *testing.F) {
	f.Add(`<office:text><text:p>Dear <text:s text:c="9"/>colleagues</text:p><table:table-cell/></office:text>`)
	f.Add(`<text:s text:c="999999999999"/><draw:text-box></text:p>`)
	f.Fuzz(func(t *testing.T, part string) {
		text, _ := readODF(t.Context(), testDocument(zipOf(t, "content.xml", part, "styles.xml", part)))
		checkTidy(t, text)
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(`<sst><si><t>Name</t></si><si><r><t>a</t></r></si></sst>`, `<worksheet><row><c t="s"><v>0</v></c><c t="s"><v>99999999999</v></c><c><v>24</v></c></row></worksheet>`)
	f.Fuzz(func(t *testing.T, words, sheet string) {
		text, _ := readXLSX(t.Context(), testDocument(zipOf(t, "xl/sharedStrings.xml", words, "xl/worksheets/sheet1.xml", sheet)))
		checkTidy(t, text)
	})
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(`<html><meta charset=koi8-r><table><tr><td>a<td>b</table><p hidden>c<script>d</script>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, _ := readHTML(t.Context(), testDocument(data))
		checkTidy(t, text)
	})
}

func FuzzPlain(f *testing.F) {
	f.Add([]byte("\xff\xfeD\x00e\x00a\x00r\x00"), "")
	f.Add([]byte("\xf3\xd7\xc1\xd6\xc1\xc5\xcd\xd9\xc5"), "koi8-r")
	f.Fuzz(func(t *testing.T, data []byte, charset string) {
		d := testDocument(data)
		d.charset = charset
		text, _ := readPlain(t.Context(), d)
		checkTidy(t, text)
	})
}

// FuzzPicture renders pages for OCR without running it.
func FuzzPicture(f *testing.F) {
	page := image.NewGray(image.Rect(0, 0, minPictureSide, minPictureSide))
	f.Add(pngOf(f, page))
	f.Add(tiffOf(page, page))
	f.Fuzz(func(t *testing.T, data []byte) {
		pages, err := decodePages(t.Context(), testDocument(data))
		if len(pages) > defaultMaxOCRPages || err == nil && len(data) == 0 {
			t.Errorf("%d pages, %v", len(pages), err)
		}
	})
}

// FuzzPDF tests how the results of the sandboxed PDF reader are processed.
func FuzzPDF(f *testing.F) {
	f.Add(pdfOf([]string{pdfLines("Dear colleagues,", "", "we ask for advice")}, ""))
	f.Fuzz(func(t *testing.T, data []byte) {
		pages, _ := shared().pdfPages(t.Context(), testDocument(data))
		text, _ := joinPages(pages)
		checkTidy(t, text)
	})
}
