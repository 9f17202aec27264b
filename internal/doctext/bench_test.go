package doctext

import (
	"strings"
	"testing"
)

func BenchmarkTextOf(b *testing.B) {
	const line = "we ask for an advisory mission on the safety of dams"
	files := map[string][]byte{
		"pdf":  pdfOf([]string{pdfLines(line, line, line, line, line, line, line, line, line, line, line, line)}, ""),
		"docx": docxOf(b, strings.Repeat(wp(line), 60)),
		"odt":  odtOf(b, strings.Repeat("<text:p>"+line+"</text:p>", 60)),
		"rtf":  []byte(`{\rtf1 ` + strings.Repeat(line+`\par `, 60) + `}`),
		"doc":  docOf(b, wordFixture{pieces: []wordPiece{{strings.Repeat(line+"\r", 60), false}}}),
	}
	for name, data := range files {
		b.Run(name, func(b *testing.B) {
			shared().TextOf(b.Context(), name, "", data) // the PDF reader starts
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if text, _, _ := shared().TextOf(b.Context(), name, "", data); text == "" {
					b.Fatal("no text")
				}
			}
		})
	}
}

func BenchmarkRecognition(b *testing.B) {
	needTesseract(b)
	page := pngOf(b, sheet(b, englishSheet...))
	r := newRecogniser(Options{}.withDefaults())
	if err := r.usable(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := r.recognise(b.Context(), page); err != nil {
			b.Fatal(err)
		}
	}
}
