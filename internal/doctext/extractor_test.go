package doctext

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"verbale/intake"
)

func TestFormatIsToldByBytesThenTypeThenName(t *testing.T) {
	docx := docxOf(t, wp("Dear"))
	tests := map[string]struct {
		filename, contentType string
		data                  []byte
		want                  format
	}{
		"RTF called DOC":               {"letter.doc", "application/msword", []byte(`{\rtf1 Dear}`), formatRTF},
		"DOCX called DOC":              {"letter.doc", "application/msword", docx, formatDOCX},
		"DOCX without name":            {"", "application/octet-stream", docx, formatDOCX},
		"archive without office":       {"a.zip", "application/zip", zipOf(t, "a.txt", "Dear"), formatUnknown},
		"HTML called DOC":              {"letter.doc", "application/msword", []byte("\ufeff\n<HTML><body>"), formatHTML},
		"PDF behind white space":       {"x", "", []byte("\n\n%PDF-1.4"), formatPDF},
		"JPEG called PDF":              {"scan.pdf", "application/pdf", []byte("\xff\xd8\xff\xe0"), formatPicture},
		"content type over name":       {"letter.pdf", "text/plain", []byte("Dear"), formatPlain},
		"name alone":                   {"LETTER.CSV", "application/octet-stream", []byte("a;b"), formatPlain},
		"unnamed text":                 {"README", "application/octet-stream", []byte("Dear\n"), formatPlain},
		"unknown bytes":                {"x.bin", "application/octet-stream", []byte("\x00\x01\x02"), formatUnknown},
		"content type that is damaged": {"x", "TEXT/PLAIN; charset=\"", []byte("a\x00"), formatPlain},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, _ := identify(test.filename, test.contentType, test.data); got != test.want {
				t.Errorf("identified as %s, want %s", got, test.want)
			}
		})
	}
}

func TestFilesThatAreNotRead(t *testing.T) {
	expect(t, shared(), "empty.pdf", nil, "", intake.MethodNone, "the file is empty")
	expect(t, shared(), "x.bin", []byte("\x00\x01\x02"), "", intake.MethodNone, "files of this kind are not read")
	expect(t, shared(), "blank.txt", []byte(" \n"), "", intake.MethodNone, "the file holds no text")
}

func TestPanicOfAReaderIsASentence(t *testing.T) {
	whole := readers[formatRTF]
	t.Cleanup(func() { readers[formatRTF] = whole })
	readers[formatRTF] = func(context.Context, document) (string, error) { panic("secret words of the letter") }
	var log bytes.Buffer
	e := extractorWith(t, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	expect(t, e, "letter.rtf", []byte(`{\rtf1 Dear}`), "", intake.MethodNone, "the file is broken")
	if !strings.Contains(log.String(), "a document reader panicked") || strings.Contains(log.String(), "secret") {
		t.Errorf("log: %s", log.String())
	}
	readers[formatRTF] = whole
	expect(t, e, "letter.rtf", []byte(`{\rtf1 Dear}`), "Dear", intake.MethodText, "")
}

func TestReadersStopWhenTheirTimeIsOver(t *testing.T) {
	e := extractorWith(t, Options{Timeout: time.Nanosecond})
	files := map[string][]byte{
		"a.docx": docxOf(t, wp("Dear")),
		"a.odt":  odtOf(t, "<text:p>Dear</text:p>"),
		"a.rtf":  []byte(`{\rtf1 ` + strings.Repeat("Dear ", checkEvery) + `}`),
		"a.doc":  docOf(t, wordFixture{pieces: []wordPiece{{"Dear", false}}}),
		"a.pdf":  pdfOf([]string{pdfLines("Dear")}, ""),
	}
	for name, data := range files {
		if _, _, problem := e.TextOf(t.Context(), name, "", data); problem != "reading took longer than 1ns and was stopped" {
			t.Errorf("%s: problem %q", name, problem)
		}
	}
}
