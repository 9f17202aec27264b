package doctext

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"verbale/intake"
	"verbale/internal/daemon"
)

// shared is the Extractor of all tests that need no special options.
var shared = sync.OnceValue(func() *Extractor { return New(Options{TextDir: sharedTexts}) })

// sharedTexts is the folder in which the tests cache recognised texts. The compiled PDF reader is
// cached in the user's cache folder, since compiling takes seconds, and a minute under the race
// detector.
var sharedTexts string

func TestMain(m *testing.M) {
	var err error
	if sharedTexts, err = os.MkdirTemp("", "doctext"); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := shared().Close(); err != nil {
		panic(err)
	}
	os.RemoveAll(sharedTexts)
	os.Exit(code)
}

// needTesseract skips the test if tesseract is not installed.
func needTesseract(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath(tesseract); err == nil {
		return
	}
	if daemon.ServersRequired() {
		t.Fatal("tesseract is not installed")
	}
	t.Skip("tesseract is not installed")
}

// extractorWith returns an Extractor with the given options and the PDF reader of the shared one.
func extractorWith(t *testing.T, o Options) *Extractor {
	t.Helper()
	o.TextDir = sharedTexts
	e := New(o)
	e.pdf = shared().pdf
	return e
}

func expect(t *testing.T, e *Extractor, name string, data []byte, wantText string, wantMethod intake.TextMethod, wantProblem string) {
	t.Helper()
	text, method, problem := e.TextOf(context.Background(), name, "", data)
	if text != wantText {
		t.Errorf("text:\n%q\nwant:\n%q", text, wantText)
	}
	if method != wantMethod || problem != wantProblem {
		t.Errorf("method %q, problem %q; want %q, %q", method, problem, wantMethod, wantProblem)
	}
}

// testDocument returns a document as TextOf passes it to the readers.
func testDocument(data []byte) document {
	return document{data: data, opt: Options{
		MaxPages: defaultMaxPages, MaxBytes: defaultMaxBytes, MaxExpanded: defaultMaxExpanded, MaxText: defaultMaxText, Timeout: time.Minute,
	}}
}

// zipOf returns a ZIP archive of the given pairs of names and contents.
func zipOf(t testing.TB, namesAndContents ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndContents); i += 2 {
		f, err := w.Create(namesAndContents[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(namesAndContents[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordNamespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// wordPart returns a WordprocessingML part with the given content.
func wordPart(root, content string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><w:%s %s>%s</w:%s>`, root, wordNamespaces, content, root)
}

func docxOf(t testing.TB, body string) []byte {
	return zipOf(t, "word/document.xml", wordPart("document", "<w:body>"+body+"</w:body>"))
}

// wp returns a paragraph with one run of text.
func wp(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

const odfNamespaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
	`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"`

func odtOf(t testing.TB, body string) []byte {
	content := `<office:document-content ` + odfNamespaces + `><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`
	styles := `<office:document-styles ` + odfNamespaces + `><office:styles><style:style><style:header-style/></style:style></office:styles>` +
		`<office:master-styles><style:master-page><style:header><text:p>Ministry of Water</text:p></style:header>` +
		`<style:footer><text:p>10 River Street</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`
	return zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", content, "styles.xml", styles)
}

// pdfOf returns a PDF 1.4 file with one page for each content stream. Helvetica is /F1. Additional
// objects, for example those named in the resources, are passed as extra and numbered from
// firstExtra.
func pdfOf(pages []string, resources string, extra ...string) []byte {
	var objects, kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", firstPage+2*i))
	}
	objects = append(objects, "<< /Type /Catalog /Pages 2 0 R >>",
		fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	for i, content := range pages {
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> %s >> >>", firstPage+2*i+1, resources),
			streamObject("", content))
	}
	return pdfFile(append(objects, extra...), "")
}

const firstPage = 4

// firstExtra returns the number of the first extra object of pdfOf.
func firstExtra(pages int) int { return firstPage + 2*pages }

func streamObject(entries, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(content), content)
}

func pdfFile(objects []string, trailer string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	places := make([]int, len(objects))
	for i, o := range objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

// pdfLines returns a content stream with lines of text from the top of a page. "" is a blank line.
func pdfLines(lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		if line != "" {
			fmt.Fprintf(&b, "BT /F1 11 Tf 1 0 0 1 60 %d Tm (%s) Tj ET\n", 780-14*i, line)
		}
	}
	return b.String()
}
