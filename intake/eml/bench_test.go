package eml_test

import (
	"os"
	"testing"

	"verbale/intake/eml"
)

func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"plain-letter", "windows-1251-undeclared-with-raw-header", "filename-continued-rfc2231", "html-outlook-reply", "forward-of-a-forward"} {
		raw, err := os.ReadFile("testdata/" + name + ".eml")
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				parse(raw, eml.Options{})
			}
		})
	}
}
