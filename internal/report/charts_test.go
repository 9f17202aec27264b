package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

func checkChart(t *testing.T, name string, c Chart) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(c.PNG))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	size := picture.Bounds().Size()
	if size.X != chartWidth*dotsAnInch/72 || size.Y < 200 || size.Y > 3*size.X {
		t.Errorf("%s: %v", name, size)
	}
	drawn := drawnShare(picture)
	if drawn < 0.005 || drawn > 0.7 {
		t.Errorf("%s: %.1f %% of it is drawn", name, 100*drawn)
	}
	for _, edge := range []image.Rectangle{
		{image.Pt(0, 0), image.Pt(size.X, 12)}, {image.Pt(0, 0), image.Pt(12, size.Y)},
		{image.Pt(size.X-12, 0), size}, {image.Pt(0, size.Y-4), size},
	} {
		if !blank(picture, edge) {
			t.Errorf("%s: something is drawn over its edge at %v", name, edge)
		}
	}
}

// drawnShare returns the share of pixels that are not white. It samples one in twenty-five.
func drawnShare(picture image.Image) float64 {
	b, drawn, seen := picture.Bounds(), 0, 0
	for y := b.Min.Y; y < b.Max.Y; y += 5 {
		for x := b.Min.X; x < b.Max.X; x += 5 {
			if seen++; !white(picture.At(x, y)) {
				drawn++
			}
		}
	}
	return float64(drawn) / float64(seen)
}

func blank(picture image.Image, within image.Rectangle) bool {
	for y := within.Min.Y; y < within.Max.Y; y++ {
		for x := within.Min.X; x < within.Max.X; x++ {
			if !white(picture.At(x, y)) {
				return false
			}
		}
	}
	return true
}

func white(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r == 0xffff && g == 0xffff && b == 0xffff
}

func TestNamesOfSheetsAreWhatSpreadsheetsTake(t *testing.T) {
	for name, want := range map[string]string{
		"By country":     "By country",
		`a/b\c:d?e*f[g]`: "abcdefg",
		"Открытые запросы по ответственным лицам": "Открытые запросы по ответственн",
	} {
		if got := sheetName(name); got != want {
			t.Errorf("%q became %q, not %q", name, got, want)
		}
	}
}
