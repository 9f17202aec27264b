package doctext

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"verbale/intake"
)

func TestPDFTextLayer(t *testing.T) {
	tests := map[string]struct {
		pages []string
		want  string
	}{
		"lines and paragraphs": {
			[]string{pdfLines("Excellency,", "", "we ask for help with the", "reform of our law on water.", "It is urgent.", "", "Yours")},
			"Excellency,\n\nwe ask for help with the\nreform of our law on water.\nIt is urgent.\n\nYours"},
		"pages": {[]string{pdfLines("first page of the letter"), pdfLines("second page of the letter")}, "first page of the letter\n\nsecond page of the letter"},
		"columns": {
			[]string{"BT /F1 11 Tf 1 0 0 1 60 780 Tm (No. 12/5) Tj 1 0 0 1 400 780 Tm (2 May 2026) Tj ET"}, "No. 12/5\t2 May 2026"},
		"hyphen of the word itself": {
			[]string{pdfLines("they ask for a well-", "founded study of it")}, "they ask for a well-founded\nstudy of it"},
		"divided word that stands whole elsewhere": {
			[]string{pdfLines("their cooperation and co-", "operation with others")}, "their cooperation and cooperation\nwith others"},
		"divided throughout": {
			[]string{pdfLines("we ask for tech-", "nical cooper-", "ation in wa-", "ter")}, "we ask for technical\ncooperation\nin water"},
		"Cyrillic given as Latin-1": {
			[]string{pdfLines(cp1251("Просим провести семинар"))}, "Просим провести семинар"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expect(t, shared(), "letter.pdf", pdfOf(test.pages, ""), test.want, intake.MethodText, "")
		})
	}
}

func cp1251(s string) string {
	b, err := charmap.Windows1251.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func TestPDFIsKnownByItsBytes(t *testing.T) {
	data := append([]byte("\r\n\r\n"), pdfOf([]string{pdfLines("a letter in an odd wrapping")}, "")...)
	text, _, _ := shared().TextOf(t.Context(), "letter.doc", "application/octet-stream", data)
	if text != "a letter in an odd wrapping" {
		t.Errorf("got %q", text)
	}
}

func TestPDFLimits(t *testing.T) {
	pages := []string{pdfLines("first page of the letter"), pdfLines("second page of the letter"), pdfLines("third page of the letter")}
	expect(t, extractorWith(t, Options{MaxPages: 2}), "a.pdf", pdfOf(pages, ""),
		"first page of the letter\n\nsecond page of the letter", intake.MethodText, "only the first 2 of 3 pages were read")
	expect(t, extractorWith(t, Options{MaxBytes: 1 << 10}), "a.pdf", pdfOf(pages, ""), "", intake.MethodNone, "the file is larger than 1 kB and was not opened")
}

// formBomb returns a page with nested form XObjects, each drawing the next one ten times. In all
// ten to the power of depth forms are drawn.
func formBomb(depth int) []byte {
	first := firstExtra(1)
	var forms []string
	for i := range depth {
		content := "BT /F1 11 Tf (x) Tj ET"
		if i+1 < depth {
			content = strings.Repeat("/X Do ", 10)
		}
		forms = append(forms, streamObject(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>", first+i+1), content))
	}
	return pdfOf([]string{"/X Do"}, fmt.Sprintf("/XObject << /X %d 0 R >>", first), forms...)
}

func TestPDFHostile(t *testing.T) {
	letter := pdfOf([]string{pdfLines("a letter that is quite all right")}, "")
	encrypt := fmt.Sprintf("/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]", strings.Repeat("ab", 32), strings.Repeat("cd", 32))
	loop := pdfFile([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}, "")
	missing := bytes.Replace(pdfOf([]string{pdfLines("first page of the letter"), pdfLines("second page of the letter"), ""}, ""), []byte("8 0 R]"), []byte("1 0 R]"), 1)
	tests := map[string]struct {
		data          []byte
		text, problem string
	}{
		"a page is missing": {missing, "first page of the letter\n\nsecond page of the letter", "the file is broken after page 2"},
		"encrypted":         {bytes.Replace(letter, []byte("/Root 1 0 R"), []byte("/Root 1 0 R "+encrypt), 1), "", "the file is password protected"},
		"header alone":      {[]byte("%PDF-1.7\n"), "", "the file is broken"},
		"page tree loops":   {loop, "", "the file is broken on page 1"},
		"cut off":           {letter[:bytes.Index(letter, []byte("xref"))], "", "the file is broken"},
		"xref misplaced":    {bytes.Replace(letter, []byte("startxref\n"), []byte("startxref\n9"), 1), "a letter that is quite all right", ""},
		"xref loops": {bytes.Replace(letter, []byte("/Root 1 0 R"), []byte(fmt.Sprintf("/Root 1 0 R /Prev %d", bytes.Index(letter, []byte("xref\n")))), 1),
			"a letter that is quite all right", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text, _, problem := shared().TextOf(t.Context(), "letter.pdf", "", test.data)
			if text != test.text || problem != test.problem {
				t.Errorf("got %q, %q; want %q, %q", text, problem, test.text, test.problem)
			}
		})
	}
}

func TestPDFThatGetsStuckIsStoppedAndTheNextIsRead(t *testing.T) {
	e := extractorWith(t, Options{Timeout: 100 * time.Millisecond})
	text, method, problem := e.TextOf(t.Context(), "bomb.pdf", "", formBomb(12))
	if text != "" || method != intake.MethodNone || problem != "reading took longer than 100ms and was stopped" {
		t.Errorf("got %q, %q, %q", text, method, problem)
	}
	e.opt.Timeout = time.Minute
	letter := pdfOf([]string{pdfLines("a letter that is quite all right")}, "")
	expect(t, e, "letter.pdf", letter, "a letter that is quite all right", intake.MethodText, "")
}

func TestPDFReaderThatDiedIsStartedAgain(t *testing.T) {
	e := extractorWith(t, Options{})
	letter := pdfOf([]string{pdfLines("a letter that is quite all right")}, "")
	for range 2 {
		expect(t, e, "letter.pdf", letter, "a letter that is quite all right", intake.MethodText, "")
		for _, process := range e.pdf.idle {
			process.end()
		}
	}
}

func TestPDFReaderIsGivenNothingButItsCacheFolder(t *testing.T) {
	t.Setenv("VERBALE_SECRET", "hush")
	e := extractorWith(t, Options{})
	process, err := e.pdf.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer e.pdf.giveBack(process)
	if env := strings.Join(process.cmd.Env, " "); strings.Contains(env, "hush") || len(process.cmd.Args) > 1 {
		t.Errorf("arguments %q, environment %s", process.cmd.Args, env)
	}
}

func TestPDFStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, problem := shared().TextOf(ctx, "letter.pdf", "", formBomb(12))
	if problem != "reading was interrupted" {
		t.Errorf("problem %q", problem)
	}
}

func TestDocumentsAreReadAtTheSameTime(t *testing.T) {
	files := map[string][]byte{
		"a.pdf":  pdfOf([]string{pdfLines("a letter that is quite all right")}, ""),
		"a.docx": docxOf(t, wp("a letter that is quite all right")),
		"a.rtf":  []byte(`{\rtf1 a letter that is quite all right}`),
	}
	var group sync.WaitGroup
	for name, data := range files {
		for range 8 {
			group.Go(func() { expect(t, shared(), name, data, "a letter that is quite all right", intake.MethodText, "") })
		}
	}
	group.Wait()
}

func TestClosedExtractorSaysSo(t *testing.T) {
	e := New(Options{})
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	expect(t, e, "a.pdf", pdfOf([]string{""}, ""), "", intake.MethodNone, "the PDF reader was closed")
}

func TestGarbageLayerIsAScan(t *testing.T) {
	tests := map[string]struct {
		text  string
		drawn float64
		want  bool
	}{
		"letter":                      {strings.Repeat("words ", 100), 0, false},
		"letter on full-page paper":   {strings.Repeat("words ", 100), 1, false},
		"glyphs without meaning":      {strings.Repeat("\ue001\ue002 ", 100), 0, true},
		"replacement characters":      {strings.Repeat("a\ufffd\ufffd ", 100), 0, true},
		"picture alone":               {"", 1, true},
		"picture with a stamp":        {strings.Repeat("signed ", 10), 1, true},
		"few words and a line":        {"Annex 1", 0.01, true},
		"few words and nothing drawn": {"Annex 1", 0, false},
		"blank page":                  {"", 0, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := isScan(test.text, test.drawn); got != test.want {
				t.Errorf("isScan = %v, want %v", got, test.want)
			}
		})
	}
}
