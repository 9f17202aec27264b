package doctext

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"verbale/intake"
)

// Size of a scanned A4 sheet at 150 dpi.
const (
	sheetWidth  = 1240
	sheetHeight = 1754
)

// sheet returns a white page with lines of text.
func sheet(t testing.TB, lines ...string) *image.Gray {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 12, DPI: 150})
	if err != nil {
		t.Fatal(err)
	}
	page := image.NewGray(image.Rect(0, 0, sheetWidth, sheetHeight))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	pen := font.Drawer{Dst: page, Src: image.Black, Face: face}
	for i, line := range lines {
		pen.Dot = fixed.P(120, 160+40*i)
		pen.DrawString(line)
	}
	return page
}

// slip returns a scan of the minimum size, for a fake tesseract that does not read it.
func slip(name string) *image.Gray {
	page := image.NewGray(image.Rect(0, 0, minPictureSide, minPictureSide))
	copy(page.Pix, name)
	return page
}

// slipPDF returns a PDF of slips, on pages with a fifth of the width and height of a sheet.
func slipPDF(t testing.TB, slips ...image.Image) []byte {
	return bytes.ReplaceAll(scanPDF(t, "", slips...), []byte("[0 0 595 842]"), []byte("[0 0 119 168]"))
}

func pngOf(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.NoCompression}
	if err := encoder.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scanPDF returns a PDF whose pages are pictures with a text layer.
func scanPDF(t testing.TB, layer string, sheets ...image.Image) []byte {
	t.Helper()
	var pages, pictures, names []string
	for i, s := range sheets {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, s, nil); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, fmt.Sprintf("q 595 0 0 842 0 0 cm /I%d Do Q\n%s", i, layer))
		names = append(names, fmt.Sprintf("/I%d %d 0 R", i, firstExtra(len(sheets))+i))
		pictures = append(pictures, streamObject(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode",
			s.Bounds().Dx(), s.Bounds().Dy()), b.String()))
	}
	return pdfOf(pages, "/XObject << "+strings.Join(names, " ")+" >>", pictures...)
}

func turned(page *image.Gray) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, page.Rect.Dy(), page.Rect.Dx()))
	for y := range page.Rect.Dy() {
		for x := range page.Rect.Dx() {
			out.SetGray(page.Rect.Dy()-1-y, x, page.GrayAt(x, y))
		}
	}
	return out
}

// tiffOf returns an uncompressed grey TIFF file with one directory per page.
func tiffOf(pages ...*image.Gray) []byte {
	file := []byte("II*\x00\x00\x00\x00\x00")
	le := binary.LittleEndian
	link := 4 // where to write the offset of the next directory
	for _, p := range pages {
		pixels := len(file)
		file = append(file, p.Pix...)
		le.PutUint32(file[link:], uint32(len(file)))
		tags := [][2]int{{256, p.Rect.Dx()}, {257, p.Rect.Dy()}, {258, 8}, {259, 1}, {262, 1}, {273, pixels}, {277, 1}, {278, p.Rect.Dy()}, {279, len(p.Pix)}}
		file = le.AppendUint16(file, uint16(len(tags)))
		for _, tag := range tags {
			file = le.AppendUint16(file, uint16(tag[0]))
			file = le.AppendUint16(file, 4) // LONG
			file = le.AppendUint32(file, 1)
			file = le.AppendUint32(file, uint32(tag[1]))
		}
		link = len(file)
		file = le.AppendUint32(file, 0)
	}
	return file
}

var (
	englishSheet = []string{"Ministry of Water", "Excellency,", "we ask for an advisory mission on dam safety", "and for the training of twenty inspectors."}
	frenchSheet  = []string{"MINISTÈRE DE L'INTÉRIEUR", "Nous sollicitons une mission de conseil", "sur la sécurité routière à Évreux."}
	russianSheet = []string{"Министерство транспорта", "Просим провести учебный семинар", "по безопасности дорожного движения."}
)

func TestScansAreRecognised(t *testing.T) {
	needTesseract(t)
	tests := map[string]struct {
		data []byte
		want []string
	}{
		"PDF, English":              {scanPDF(t, "", sheet(t, englishSheet...)), englishSheet},
		"PDF, French":               {scanPDF(t, "", sheet(t, frenchSheet...)), frenchSheet},
		"PDF, Russian":              {scanPDF(t, "", sheet(t, russianSheet...)), russianSheet},
		"PDF with a stamp":          {scanPDF(t, pdfLines("Electronically signed"), sheet(t, englishSheet...)), englishSheet},
		"PDF of two pages":          {scanPDF(t, "", sheet(t, englishSheet...), sheet(t, russianSheet...)), append(englishSheet, russianSheet...)},
		"PDF with page on its side": {scanPDF(t, "", turned(sheet(t, append(englishSheet, englishSheet...)...))), englishSheet},
		"PNG":                       {pngOf(t, sheet(t, englishSheet...)), englishSheet},
		"fax of two pages":          {tiffOf(sheet(t, englishSheet...), sheet(t, frenchSheet...)), append(englishSheet, frenchSheet...)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, method, problem := shared().TextOf(t.Context(), "scan", "", test.data)
			if method != intake.MethodOCR || problem != "" {
				t.Errorf("method %q, problem %q", method, problem)
			}
			for _, line := range test.want {
				if !strings.Contains(text, line) {
					t.Errorf("%q is missing in %q", line, text)
				}
			}
		})
	}
}

func TestScanPageLimit(t *testing.T) {
	fakeTesseract(t, "cat >/dev/null; echo Excellency\n")
	e := extractorWith(t, Options{MaxOCRPages: 1})
	expect(t, e, "scan.pdf", slipPDF(t, slip("one"), slip("two")), "Excellency", intake.MethodOCR, "only the first 1 of 2 scanned pages were recognised")
}

func TestScanWithoutRecognition(t *testing.T) {
	png, pdf := pngOf(t, slip("unread")), slipPDF(t, slip("unread"))
	e := extractorWith(t, Options{OCR: OCROff})
	expect(t, e, "scan.pdf", pdf, "", intake.MethodNone, "the document is a scan without a text layer and OCR is switched off")
	t.Setenv("PATH", t.TempDir())
	e = extractorWith(t, Options{})
	expect(t, e, "scan.pdf", pdf, "", intake.MethodNone, "the document is a scan without a text layer and no OCR is installed")
	expect(t, e, "scan.png", png, "", intake.MethodNone, "the document is a scan without a text layer and no OCR is installed")
	if _, err := OCRLanguages(t.Context()); err == nil {
		t.Error("languages of a missing program")
	}
}

// fakeTesseract replaces tesseract by a script.
func fakeTesseract(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	list := "#!/bin/sh\nif [ \"$1\" = --list-langs ]; then echo List of languages:; echo eng; exit; fi\n"
	if err := os.WriteFile(filepath.Join(dir, tesseract), []byte(list+script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

func TestRecognitionThatFails(t *testing.T) {
	fakeTesseract(t, "exit 1\n")
	expect(t, extractorWith(t, Options{}), "scan.png", pngOf(t, slip("failing")), "", intake.MethodNone, "the document is a scan and its recognition failed")
}

func TestRecognitionIsCachedByContent(t *testing.T) {
	calls := filepath.Join(t.TempDir(), "calls")
	fakeTesseract(t, "cat >/dev/null; echo x >>"+calls+"; echo Excellency\n")
	dir := t.TempDir()
	png, pdf := pngOf(t, slip("cached")), slipPDF(t, slip("cached"))
	for range 2 { // the second Extractor finds the result on disk
		e := New(Options{TextDir: dir})
		for range 2 { // the second reading finds it in memory
			expect(t, e, "scan.png", png, "Excellency", intake.MethodOCR, "")
			expect(t, e, "scan.pdf", pdf, "Excellency", intake.MethodOCR, "")
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(calls)
	if err != nil || string(got) != "x\nx\n" {
		t.Errorf("recognised %q times, %v", got, err)
	}
}

// Recognised text is cached on disk to save time. After the letter is deleted, nobody with access
// to the disk must be able to read it: without the scan the cache cannot be decrypted.
func TestWordsOfAScanAreReadOnDiskWithTheScanAlone(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, strings.Repeat("0a", 32)) // from a version that did not encrypt the cache
	if err := os.WriteFile(old, []byte("Excellency"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := newOCRCache(dir)
	c.put(c.key([]byte("the scan"), 1, "fra"), "Excellency")
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, files[0].Name()))
	if err != nil || bytes.Contains(kept, []byte("Excellency")) || strings.Contains(files[0].Name(), c.key([]byte("the scan"), 1, "fra")) {
		t.Errorf("%s holds %q, %v", files[0].Name(), kept, err)
	}
	again := newOCRCache(dir)
	if text, known := again.get(again.key([]byte("the scan"), 1, "fra")); !known || text != "Excellency" {
		t.Errorf("who has the scan reads %q, %t", text, known)
	}
	if err := os.WriteFile(filepath.Join(dir, files[0].Name()), append(kept, 'x'), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, known := newOCRCache(dir).get(c.key([]byte("the scan"), 1, "fra")); known {
		t.Errorf("a file that somebody changed reads %q", text)
	}
}

func TestCacheForgetsTheOldest(t *testing.T) {
	c := newOCRCache("")
	for i := range cacheMemory + 1 {
		c.put(fmt.Sprint(i), "text")
	}
	_, first := c.get("0")
	_, last := c.get(fmt.Sprint(cacheMemory))
	if first || !last || len(c.recent) != cacheMemory {
		t.Errorf("first %v, last %v, %d kept", first, last, len(c.recent))
	}
}

func TestCacheOnDiskIsBounded(t *testing.T) {
	c := newOCRCache(t.TempDir())
	c.files = 3
	for i := range 10 {
		c.put(fmt.Sprint(i), "text")
	}
	kept, err := os.ReadDir(c.dir)
	if err != nil || len(kept) != c.files {
		t.Errorf("%d files kept, %v", len(kept), err)
	}
}

func TestPicturesThatAreNoLetters(t *testing.T) {
	logo := image.NewGray(image.Rect(0, 0, 190, 600))
	for i := range logo.Pix {
		logo.Pix[i] = uint8(i * 7919 >> 3)
	}
	expect(t, shared(), "logo.png", pngOf(t, logo), "", intake.MethodNone, "")
	expect(t, shared(), "dot.png", pngOf(t, image.NewGray(image.Rect(0, 0, 8, 8))), "", intake.MethodNone, "")
}

func TestPicturesHostile(t *testing.T) {
	good := pngOf(t, slip("good"))
	huge := bytes.Clone(good)
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	loop := tiffOf(slip("loop"))
	copy(loop[len(loop)-4:], loop[4:8])
	tests := map[string]struct {
		data    []byte
		problem string
	}{
		"cut off":             {good[:len(good)/2], "the file is broken"},
		"hundred gigapixels":  {huge, "the picture is too large (100000 × 100000)"},
		"TIFF without a page": {append([]byte("II*\x00\xff\xff\xff\x7f"), make([]byte, minPictureBytes)...), "the file is broken"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expect(t, shared(), "scan.png", test.data, "", intake.MethodNone, test.problem)
		})
	}
	if pages, _ := tiffPages(loop, 10); len(pages) != 1 {
		t.Errorf("a TIFF that goes round has %d pages", len(pages))
	}
}

func TestGreyPutsTransparencyOnWhite(t *testing.T) {
	page := grey(image.NewNRGBA(image.Rect(0, 0, 10, 10)))
	if got := page.GrayAt(5, 5); got != (color.Gray{Y: 255}) {
		t.Errorf("got %v", got)
	}
}

func TestRecognitionStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := newRecogniser(Options{}.withDefaults()).page(ctx, &scan{picture: pngOf(t, slip("stopped"))})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err %v", err)
	}
}

func TestRecognitionIsGivenNoSecrets(t *testing.T) {
	seen := filepath.Join(t.TempDir(), "environment")
	fakeTesseract(t, "cat >/dev/null; env >"+seen+"; echo Excellency\n")
	t.Setenv("VERBALE_PASSWORD", "hunter2")
	expect(t, extractorWith(t, Options{}), "scan.png", pngOf(t, slip("secrets")), "Excellency", intake.MethodOCR, "")
	environment, err := os.ReadFile(seen)
	if err != nil || strings.Contains(string(environment), "VERBALE") || !strings.Contains(string(environment), "PATH=") {
		t.Errorf("the program is given\n%s%v", environment, err)
	}
}
