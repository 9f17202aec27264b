package doctext

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkTextOf reads letters of two full pages, which have three times the words of a typical
// two-page letter, and a PDF of typical length.
func BenchmarkTextOf(b *testing.B) {
	const line = "we ask for an advisory mission on the safety of dams and on the law of water"
	const lines, pages = 45, 2
	page := pdfLines(slices.Repeat([]string{line}, lines)...)
	files := map[string][]byte{
		"pdf":             pdfOf(slices.Repeat([]string{page}, pages), ""),
		"pdf of 26 lines": pdfOf([]string{pdfLines(slices.Repeat([]string{line}, 20)...), pdfLines(slices.Repeat([]string{line}, 6)...)}, ""),
		"docx":            docxOf(b, strings.Repeat(wp(line), lines*pages)),
		"odt":             odtOf(b, strings.Repeat("<text:p>"+line+"</text:p>", lines*pages)),
		"rtf":             []byte(`{\rtf1 ` + strings.Repeat(line+`\par `, lines*pages) + `}`),
		"doc":             docOf(b, wordFixture{pieces: []wordPiece{{strings.Repeat(line+"\r", lines*pages), false}}}),
	}
	for name, data := range files {
		b.Run(name, func(b *testing.B) {
			shared().TextOf(b.Context(), name, "", data) // starts the PDF reader
			b.SetBytes(int64(len(data)))
			before := processorTime(b)
			for b.Loop() {
				if text, _, _ := shared().TextOf(b.Context(), name, "", data); text == "" {
					b.Fatal("no text")
				}
			}
			b.ReportMetric(float64(processorTime(b)-before)/1e6/float64(b.N), "cpu-ms/op")
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

// processorTime returns the CPU time used by this process and its children.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var own syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		b.Fatal(err)
	}
	used := time.Duration(own.Utime.Nano() + own.Stime.Nano())
	for _, process := range shared().pdf.idle {
		used += timeOnProcessor(b, process.cmd.Process.Pid)
	}
	return used
}

// timeOnProcessor returns the CPU time of all threads of another process on Linux.
func timeOnProcessor(b *testing.B, pid int) (used time.Duration) {
	b.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil {
		b.Fatal(err)
	}
	for _, thread := range threads {
		var running time.Duration
		if stat, err := os.ReadFile(thread); err == nil { // the thread may have ended
			if _, err := fmt.Sscan(string(stat), &running); err != nil {
				b.Fatal(err)
			}
		}
		used += running
	}
	return used
}
