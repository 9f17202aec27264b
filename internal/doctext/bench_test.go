package doctext

import (
	"slices"
	"strings"
	"testing"
)

// BenchmarkTextOf reads letters of two full pages.
func BenchmarkTextOf(b *testing.B) {
	const line = "we ask for an advisory mission on the safety of dams and on the law of water"
	const lines, pages = 45, 2
	page := pdfLines(slices.Repeat([]string{line}, lines)...)
	files := map[string][]byte{
		"pdf":  pdfOf(slices.Repeat([]string{page}, pages), ""),
		"docx": docxOf(b, strings.Repeat(wp(line), lines*pages)),
		"odt":  odtOf(b, strings.Repeat("<text:p>"+line+"</text:p>", lines*pages)),
		"rtf":  []byte(`{\rtf1 ` + strings.Repeat(line+`\par `, lines*pages) + `}`),
		"doc":  docOf(b, wordFixture{pieces: []wordPiece{{strings.Repeat(line+"\r", lines*pages), false}}}),
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
