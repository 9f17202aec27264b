package report

import (
	"io"
	"runtime"
	"testing"
)

// BenchmarkReport makes a report of 100,000 requests and renders it in all formats.
func BenchmarkReport(b *testing.B) {
	const requests = 100_000
	all, q := records(lives(b, 1, requests)...), asOf(day(12, 31))
	b.Run("make", func(b *testing.B) {
		b.ReportAllocs()
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		var r *Report
		for b.Loop() {
			var err error
			if r, err = Make(all, none, q); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(r.Requests)), "B/request")
	})
	r, err := Make(all, none, q)
	if err != nil {
		b.Fatal(err)
	}
	for name, write := range map[string]func() error{
		"text":   func() error { return r.WriteText(io.Discard, in("en")) },
		"csv":    func() error { return r.WriteCSV(io.Discard, in("en")) },
		"json":   func() error { return r.WriteJSON(io.Discard) },
		"xlsx":   func() error { return r.WriteWorkbook(io.Discard, in("en")) },
		"charts": func() error { _, err := Charts(r, in("en")); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
