package app_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"verbale/bot"
	"verbale/internal/demo"
)

// hostile returns malformed and oversized mails, by the defect they have. Large ones are smaller
// under the race detector.
func hostile(t *testing.T) map[string][]byte {
	t.Helper()
	return map[string][]byte{
		"broken MIME": plain("--a\nContent-Type: multipart/alternative; boundary=\n\n--b\n\nwords\n--a-\n",
			"From: <x@ministry.example>", "Content-Type: multipart/mixed; boundary=\"a"),
		"unknown charset":                   textMail("charset=x-martian", "8bit", "We request advice.\n"),
		"unknown encoding":                  textMail("charset=utf-8", "x-uuencode-9", "We request advice.\n"),
		"broken base64":                     textMail("charset=utf-8", "base64", "V2UgcmVxdWVzd%%%CBh\n=\n"),
		"KOI8-R undeclared":                 inCharset(t, charmap.KOI8R),
		"windows-1251 undeclared":           inCharset(t, charmap.Windows1251),
		"empty body":                        plain("", "From: <empty@ministry.example>", "Subject: Request", "Message-ID: <empty@ministry.example>"),
		"empty mail":                        []byte("\r\n"),
		"encrypted":                         textMail("charset=us-ascii", "7bit", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"),
		"1,000 nested parts":                nested(1000),
		"1,000 mails in mails":              mailInMail(1000),
		"10,000 parts in a row":             inARow(bulky(10_000)),
		"40 MB of text":                     large(bulky(41 << 20)),
		"a line of 5 MB":                    textMail("charset=utf-8", "8bit", "We request "+strings.Repeat("advice", bulky(800_000))+"\n"),
		"a sentence of dates":               textMail("charset=utf-8", "8bit", "We request "+strings.Repeat("by 12 March 2027 to 14 March 2027, ", bulky(1<<14))),
		"a sentence of people":              textMail("charset=utf-8", "8bit", "We request "+strings.Repeat("a@b.example, ", bulky(1<<15))),
		"64 kB of earlier letters":          textMail("charset=utf-8", "8bit", strings.Repeat("We refer to our letter No. 1/2 of 3 March 2026. ", bulky(1<<16)/48)),
		"64 kB of our references":           textMail("charset=utf-8", "8bit", strings.Repeat("TC-2026-00042 ", bulky(1<<16)/14)),
		"a megabyte of beginnings":          textMail("charset=utf-8", "8bit", strings.Repeat("begin 644 x\n", bulky(1<<20)/12)),
		"a DOCX bomb":                       attached("bomb.docx", bomb(t, "word/document.xml", docxHead, bulky(bombMegabytes))),
		"a ZIP bomb":                        attached("bomb.zip", bomb(t, "letters", "", bulky(bombMegabytes))),
		"a bomb in a bomb":                  attached("bomb.docx", bomb(t, "word/embeddings/bomb.docx", string(bomb(t, "word/document.xml", docxHead, bulky(bombMegabytes))), 1)),
		"a ZIP of nothing":                  attached("empty.docx", []byte("PK\x05\x06"+strings.Repeat("\x00", 18))),
		"a truncated PDF":                   attached("cut.pdf", truncatedPDF(t)),
		"a PDF that is none":                attached("none.pdf", []byte("%PDF-1.7\nno objects at all")),
		"a winmail.dat of a billion values": attached("winmail.dat", []byte("x\x9f>\"000\x03\x90\x06\x0000000000\r\x0000\"x\\x")),
		"an executable":                     attached("letter.docx.exe", slices.Concat([]byte("MZ"), noise(1<<12))),
		"NUL bytes":                         textMail("charset=utf-8", "binary", "We re\x00quest\x00\x00 advice.\n"),
		"noise":                             noise(bulky(1 << 16)),
		"10,000 addresses":                  crowd(10_000),
		"missing From":                      plain("We request advice.\n", "Subject: Request", "Message-ID: <nofrom@ministry.example>"),
		"missing Date":                      plain("We request advice.\n", "From: <nodate@ministry.example>", "Message-ID: <nodate@ministry.example>"),
		"missing Message-ID":                plain("We request advice.\n", "From: <noid@ministry.example>", "Subject: Request"),
		"a body alone":                      []byte("We request advice.\r\n"),
		"a subject of 1 MB":                 plain("We request advice.\n", "From: <x@ministry.example>", "Subject: "+strings.Repeat("request ", bulky(1<<17))),
		"100,000 header fields":             plain("We request advice.\n", "From: <x@ministry.example>", strings.TrimSpace(strings.Repeat("X-Filler: y\n", 100_000))),
		"a Message-ID of 64 kB":             plain("We request advice.\n", "From: <x@ministry.example>", "Message-ID: <"+strings.Repeat("m", 1<<16)+"@x.example>"),
		"10,000 References":                 plain("We request advice.\n", "From: <x@ministry.example>", "References: "+strings.Repeat("<r@x.example>\n ", 10_000)),
		"an address that steers":            plain("We request advice.\n", "From: =?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxl?= <x@ministry.example>", "Subject: =?utf-8?q?a=0D=0ABcc=3A_b=40c.example?="),
		"impossible dates":                  plain("We request advice by 32 December 99999.\n", "From: <x@ministry.example>", "Date: Tue, 99 Foo 9999 99:99:99 +9999"),
	}
}

// bombMegabytes is the decompressed size of a bomb, far above every limit.
const bombMegabytes = 512

// bulky returns n, reduced under the race detector.
func bulky(n int) int { return n / lighter }

const docxHead = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`

func textMail(parameters, encoding, body string) []byte {
	return plain(body, "From: <office@ministry.example>", "Subject: Request", fmt.Sprintf("Message-ID: <%x@ministry.example>", rand.Uint64()),
		"MIME-Version: 1.0", "Content-Type: text/plain; "+parameters, "Content-Transfer-Encoding: "+encoding)
}

// inCharset returns a Russian letter whose header does not declare its charset.
func inCharset(t *testing.T, c encoding.Encoding) []byte {
	t.Helper()
	body, err := c.NewEncoder().String("Министерство экономики Кыргызской Республики просит оказать консультативную\n" +
		"помощь регионального советника по вопросам применения Конвенции по водам.\n\nС уважением,\nА. Асанов\n")
	if err != nil {
		t.Fatal(err)
	}
	return plain(body, "From: <asanov@ministry.example>", "Subject: letter", fmt.Sprintf("Message-ID: <%x@ministry.example>", rand.Uint64()))
}

func nested(depth int) []byte {
	var body strings.Builder
	for i := range depth {
		fmt.Fprintf(&body, "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i+1)
	}
	fmt.Fprintf(&body, "--b%d\n\nWe request advice.\n", depth)
	return plain(body.String(), "From: <nested@ministry.example>", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b0")
}

func inARow(parts int) []byte {
	body := strings.Repeat("--b\nContent-Type: text/plain\n\nWe request advice.\n", parts) + "--b--\n"
	return plain(body, "From: <row@ministry.example>", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")
}

func mailInMail(depth int) []byte {
	body := strings.Repeat("From: <inner@ministry.example>\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n", depth)
	return plain(body+"\nWe request advice.\n", "From: <outer@ministry.example>", "MIME-Version: 1.0", "Content-Type: message/rfc822")
}

func large(size int) []byte {
	line := "We request advice on the implementation of the Water Convention, please.\n"
	return textMail("charset=utf-8", "8bit", strings.Repeat(line, size/len(line)))
}

// bomb returns a ZIP archive with one file that decompresses to the given number of megabytes:
// the same compressed megabyte repeated.
func bomb(t *testing.T, name, head string, megabytes int) []byte {
	t.Helper()
	block := bytes.Repeat([]byte(" "), 1<<20)
	parts := [][]byte{deflated(t, []byte(head))}
	sum := crc32.ChecksumIEEE([]byte(head))
	packed := deflated(t, block)
	for range megabytes {
		parts = append(parts, packed)
		sum = crc32.Update(sum, crc32.IEEETable, block)
	}
	content := append(bytes.Join(parts, nil), 1, 0, 0, 0xff, 0xff) // an empty final block ends the stream
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum,
		CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(head) + megabytes*len(block))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// deflated returns a part of a DEFLATE stream that does not refer to earlier data.
func deflated(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func attached(name string, content []byte) []byte {
	encoded := base64.StdEncoding.EncodeToString(content)
	var lines strings.Builder
	for chunk := range slices.Chunk([]byte(encoded), 76) {
		fmt.Fprintf(&lines, "%s\n", chunk)
	}
	return plain("--b\nContent-Type: text/plain\n\nPlease find our letter attached.\n--b\nContent-Type: application/octet-stream\n"+
		"Content-Disposition: attachment; filename=\""+name+"\"\nContent-Transfer-Encoding: base64\n\n"+lines.String()+"--b--\n",
		"From: <"+name+"@ministry.example>", "Subject: Letter", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b")
}

func truncatedPDF(t *testing.T) []byte {
	t.Helper()
	raw := written(t, demo.Letter{Name: "pdf", From: "<pdf@ministry.example>", Subject: "Letter", Body: "Attached.",
		Attachment: &demo.Attachment{Filename: "letter.pdf", Text: "We request advice."}})
	_, encoded, _ := strings.Cut(string(raw), "%PDF")
	if encoded != "" {
		t.Fatal("the document is not encoded")
	}
	_, part, _ := strings.Cut(string(raw), "JVBERi") // "%PDF-" in base64
	pdf, _ := base64.StdEncoding.DecodeString("JVBERi" + strings.ReplaceAll(part[:400], "\r\n", ""))
	return pdf
}

func noise(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(random.Uint32())
	}
	return out
}

func crowd(n int) []byte {
	var to strings.Builder
	for i := range n {
		fmt.Fprintf(&to, "Official %d <official%d@ministry%d.example>,\n ", i, i, i)
	}
	return plain("We request advice.\n", "From: <crowd@ministry.example>", "To: "+to.String()+"<last@ministry.example>", "Cc: "+to.String()+"<last@ministry.example>")
}

// memoryCeiling is far above the memory needed for the mails that are read at a time, and far
// below what one decompressed bomb would need.
const memoryCeiling = 1 << 30

func TestEveryMailHasOneOutcomeWhateverIsWrongWithIt(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	peak := watchMemory(t)
	mails := hostile(t)
	names, n := make([]string, 0, 2*len(mails)), 0
	for name, raw := range mails {
		k.deliver(raw, request(n))
		names = append(names, name, "the mail after "+name)
		n++
	}
	s.settled(2 * n)
	for i, placed := range outcomes(t, s) {
		if placed.Outcome == "" || placed.Repeat {
			t.Errorf("%s: %+v", names[i], placed)
		}
		if i%2 == 1 && placed.Outcome != bot.ArrivalRecorded {
			t.Errorf("%s was not recorded: %+v", names[i], placed)
		}
		if strings.HasSuffix(names[i], "undeclared") && placed.Outcome != bot.ArrivalRecorded {
			t.Errorf("%s: %+v", names[i], placed)
		}
	}
	for _, r := range records(t, s) {
		if r.Origin.Place.Folder != "INBOX" || r.Origin.Place.UID == 0 || r.Origin.Place.UIDValidity == 0 {
			t.Errorf("%s does not say where its mail lies: %+v", r.Reference, r.Origin.Place)
		}
	}
	for _, m := range k.sent() {
		if len(m.envelope.To) != 1 || m.header("Bcc") != "" {
			t.Errorf("a mail went out to %q", m.envelope.To)
		}
	}
	if log := k.logs.String(); strings.Contains(log, "broke ") || strings.Contains(log, "panic") || strings.Contains(log, "no outcome") {
		t.Errorf("something broke:\n%s", log)
	}
	if used := peak(); used > memoryCeiling {
		t.Errorf("%d MB of memory were in use", used>>20)
	}
	k.audit()
}

// outcomes returns the outcomes of the mails in the INBOX in order of UID.
func outcomes(t *testing.T, s *service) (all []bot.Placed) {
	t.Helper()
	place := s.server.Folder(0, "INBOX")
	cursor, err := s.server.Store().Cursor(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	place.UIDValidity = cursor.UIDValidity
	byUID, err := s.server.Store().Outcomes(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	for uid := uint32(1); uid <= uint32(len(byUID)); uid++ {
		all = append(all, byUID[uid])
	}
	return all
}

// watchMemory samples the heap size until the returned function is called, which returns the
// peak.
func watchMemory(t testing.TB) (peak func() uint64) {
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	result := make(chan uint64, 1)
	go func() {
		var most uint64
		for ctx.Err() == nil {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
			time.Sleep(20 * time.Millisecond)
		}
		result <- most
	}()
	return func() uint64 { stop(); return <-result }
}
