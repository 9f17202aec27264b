package eml_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"verbale/intake"
	"verbale/intake/eml"
)

// mail returns a mail with a complete header, to which the given fields are added, and a body.
func mail(header, body string) []byte {
	return []byte("From: Aida Bekova <a.bekova@mintrans.kg.example>\nTo: tc@desk.unece.example\n" +
		"Subject: Request\nDate: Mon, 2 Mar 2026 10:15:00 +0600\nMessage-ID: <m1@mintrans.kg.example>\n" + header + "\n\n" + body)
}

func parse(raw []byte, o eml.Options) *intake.Message {
	return eml.Parse(context.Background(), raw, o)
}

const attachedPDF = "Content-Type: multipart/mixed; boundary=b"

func multipart(parts ...string) string {
	return "--b\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
}

func TestTextOfReadsDocuments(t *testing.T) {
	var asked []string
	o := eml.Options{TextOf: func(_ context.Context, filename, contentType string, data []byte) (string, intake.TextMethod, string) {
		asked = append(asked, filename+" "+contentType+" "+string(data))
		return "scanned\r\ntext\x00", intake.MethodOCR, "page 2 is blurred"
	}}
	m := parse(mail(attachedPDF, multipart(
		"Content-Type: application/pdf; name=letter.pdf\n\nPDF",
		"Content-Type: text/plain; name=list.txt\n\nplain",
		"Content-Type: image/png; name=logo.png\n\nsmall")), o)
	if want := []string{"letter.pdf application/pdf PDF"}; !slices.Equal(asked, want) {
		t.Errorf("TextOf was asked for %q, want %q", asked, want)
	}
	got := m.Attachments[0]
	if got.Text.Content != "scanned\ntext" || got.Method != intake.MethodOCR || got.Problem != "page 2 is blurred" {
		t.Errorf("attachment read as %+v", got)
	}
	if !m.Attachments[2].Inline {
		t.Error("a small picture is not taken for a logo")
	}
	if m.Unreadable != "" {
		t.Errorf("a mail whose letter was read counts as unreadable: %s", m.Unreadable)
	}
}

func TestTextOfIsNotCalledAfterCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	o := eml.Options{TextOf: func(context.Context, string, string, []byte) (string, intake.TextMethod, string) {
		calls++
		cancel()
		return "text", intake.MethodText, ""
	}}
	m := eml.Parse(ctx, mail(attachedPDF, multipart("Content-Type: application/pdf\n\n1", "Content-Type: application/pdf\n\n2")), o)
	if calls != 1 || len(m.Attachments) != 2 || m.Attachments[1].Problem == "" {
		t.Errorf("after cancel: %d calls, attachments %+v", calls, m.Attachments)
	}
}

func TestPanicInTextOfLosesNoMail(t *testing.T) {
	m := parse(mail(attachedPDF, multipart("\nDear colleagues", "Content-Type: application/pdf\n\n1")), eml.Options{
		TextOf: func(context.Context, string, string, []byte) (string, intake.TextMethod, string) {
			panic("broken font")
		},
	})
	if m.Body() != "Dear colleagues" || m.From.Address == "" || !slices.Contains(m.Problems, eml.ProblemDefect) {
		t.Errorf("after a panic: %+v", m)
	}
}

// A picture in the body of a mail with hardly any text is a scanned letter and must be listed
// as a document; the same picture next to a longer text is decoration.
func TestPastedScanIsADocument(t *testing.T) {
	scan := "Content-Type: image/jpeg; name=scan.jpg\nContent-ID: <s@1>\n\n" + strings.Repeat("x", 50<<10)
	for words, inline := range map[string]bool{"See letter.": false, strings.Repeat("We ask for a mission. ", 20): true} {
		m := parse(mail("Content-Type: multipart/related; boundary=b",
			multipart("Content-Type: text/html\n\n<p>"+words+"</p><img src='cid:s@1'>", scan)), eml.Options{})
		if m.Attachments[0].Inline != inline {
			t.Errorf("body of %d bytes: inline is %v, want %v", len(words), m.Attachments[0].Inline, inline)
		}
	}
}

func TestLimitsAreNoted(t *testing.T) {
	document := "Content-Type: application/pdf; name=a.pdf\n\n" + strings.Repeat("x", 100)
	read := func(context.Context, string, string, []byte) (string, intake.TextMethod, string) {
		return strings.Repeat("я", 100), intake.MethodText, ""
	}
	for name, c := range map[string]struct {
		raw    []byte
		limits eml.Limits
		check  func(m *intake.Message) bool
	}{
		"parts": {mail(attachedPDF, multipart(slices.Repeat([]string{"\npart"}, 50)...)), eml.Limits{Parts: 10},
			func(m *intake.Message) bool {
				return strings.Count(m.Text.Content, "part") <= 10 && len(m.Problems) == 1
			}},
		"depth": {mail(nested(50), "deep"), eml.Limits{Depth: 5},
			func(m *intake.Message) bool { return len(m.Problems) > 0 }},
		"header": {mail(strings.Repeat("X-Filler: 0123456789\n", 100)+"X-End: 1", "body"), eml.Limits{HeaderBytes: 500},
			func(m *intake.Message) bool { return m.Text.Content == "body\n" && len(m.Problems) == 1 }},
		"addresses": {mail("Cc: "+strings.Repeat("a@b.example, ", 100), "body"), eml.Limits{Addresses: 7},
			func(m *intake.Message) bool { return len(m.Cc) == 7 && len(m.Problems) == 1 }},
		"text": {mail("", strings.Repeat("я", 100)), eml.Limits{TextBytes: 51},
			func(m *intake.Message) bool { return m.Text.Content == strings.Repeat("я", 25)+"\n" }},
		"attachment bytes": {mail(attachedPDF, multipart(document)), eml.Limits{AttachmentBytes: 99},
			func(m *intake.Message) bool { return m.Attachments[0].Size == 100 && m.Attachments[0].Problem != "" }},
		"attachments read": {mail(attachedPDF, multipart(document, document)), eml.Limits{AttachmentsRead: 1},
			func(m *intake.Message) bool {
				return m.Attachments[0].Text.Content != "" && m.Attachments[1].Text.Content == "" && m.Attachments[1].Problem != ""
			}},
		"attachment text": {mail(attachedPDF, multipart(document)), eml.Limits{TextBytes: 51},
			func(m *intake.Message) bool {
				return len(m.Attachments[0].Text.Content) == 50 && m.Attachments[0].Problem != ""
			}},
	} {
		m := parse(c.raw, eml.Options{Limits: c.limits, TextOf: read})
		if !c.check(m) {
			t.Errorf("limit on %s: text %.40q, attachments %+v, problems %q", name, m.Text.Content, m.Attachments, m.Problems)
		}
	}
}

// nested returns the headers and opening delimiters of multiparts nested to the given depth.
func nested(levels int) string {
	var b strings.Builder
	for i := range levels {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Mails crafted to cost time or memory. Each must be parsed within the time limit of the test,
// and its sender must still be found.
func TestHostileMails(t *testing.T) {
	for name, raw := range map[string][]byte{
		"header lines":        mail(strings.Repeat("X-A: b\n", 100_000)+"X-B: c", "body"),
		"folded lines":        mail("X-A: b\n"+strings.Repeat(" c\n", 100_000)+"X-B: c", "body"),
		"addresses":           mail("Cc: "+strings.Repeat("a@b.example,", 10_000), "body"),
		"open brackets":       mail("Cc: "+strings.Repeat("<", 500_000), "body"),
		"open comments":       mail("Cc: "+strings.Repeat("(a", 300_000), "body"),
		"quotes":              mail("Cc: "+strings.Repeat(`"a`, 300_001), "body"),
		"colons":              mail("Cc: @"+strings.Repeat(":", 500_000), "body"),
		"encoded words":       mail("X-Y: z\nReply-To: "+strings.Repeat("=?a?q?x", 100_000), "body"),
		"parts":               mail(attachedPDF, multipart(slices.Repeat([]string{"\npart"}, 100_000)...)),
		"nesting":             mail(nested(1000), "deep"),
		"mails in mails":      mail("Content-Type: message/rfc822", strings.Repeat("From: a@b.example\nContent-Type: message/rfc822\n\n", 10_000)),
		"html nesting":        mail("Content-Type: text/html", strings.Repeat("<div><blockquote type=cite><b a=1>", 50_000)+"x"),
		"html formatting":     mail("Content-Type: text/html", strings.Repeat("<b a=1><i><p>x", 50_000)),
		"quoted lines":        mail("", strings.Repeat(">", 500_000)),
		"header blocks":       mail("", strings.Repeat("From: a@b.example\nTo: c\nSent: 10:00\nSubject: d\n\n", 10_000)),
		"rules":               mail("", strings.Repeat("-----\n\n", 50_000)),
		"delivery status":     mail("Content-Type: message/delivery-status", strings.Repeat("Final-Recipient: rfc822;a@b\nAction: failed\n\n", 50_000)),
		"closings":            mail("", strings.Repeat("Regards,\n\n", 50_000)),
		"one very long line":  mail("", strings.Repeat("word ", 200_000)),
		"forty megabytes":     mail(attachedPDF, multipart("\nbody", "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"+strings.Repeat("QUJD\n", 8<<20/lighter))),
		"many long parts":     mail(attachedPDF, multipart(slices.Repeat([]string{"\n" + strings.Repeat("we ask\n", 50_000/lighter)}, 40)...)),
		"attribution starts":  mail("", strings.Repeat("On 12:00\n", 50_000)),
		"message ids":         mail("References: "+strings.Repeat("<a@b> ", 100_000), "body"),
		"content type params": mail("Content-Type: text/plain; "+strings.Repeat("a*0=b;", 100_000), "body"),
	} {
		t.Run(name, func(t *testing.T) {
			m := parse(raw, eml.Options{})
			if slices.Contains(m.Problems, eml.ProblemDefect) {
				t.Error(eml.ProblemDefect)
			}
			if m.From.Address != "a.bekova@mintrans.kg.example" {
				t.Errorf("sender read as %+v", m.From)
			}
			checkContent(t, m.Text)
		})
	}
}

func TestFingerprint(t *testing.T) {
	base := mail("", "Dear colleagues,\nwe ask for a mission.\n")
	same := map[string][]byte{
		"line ends":       bytes.ReplaceAll(base, []byte("\n"), []byte("\r\n")),
		"trace fields":    append([]byte("Received: from a by b; Mon, 2 Mar 2026 10:16:00 +0600\nReturn-Path: <x@y.example>\n"), base...),
		"a last new line": append(slices.Clone(base), '\n'),
	}
	want := parse(base, eml.Options{}).Fingerprint
	if !strings.HasPrefix(want, "sha256:") || len(want) != len("sha256:")+64 {
		t.Fatalf("fingerprint %q", want)
	}
	for name, raw := range same {
		if got := parse(raw, eml.Options{}).Fingerprint; got != want {
			t.Errorf("other %s: other fingerprint", name)
		}
	}
	for _, word := range []string{"mission", "Request", "10:15", "m1@", "Aida", "tc@"} {
		if got := parse(bytes.Replace(base, []byte(word), []byte("other"), 1), eml.Options{}).Fingerprint; got == want {
			t.Errorf("%q changed: same fingerprint", word)
		}
	}
}

func TestLoopHeaderIsConfigurable(t *testing.T) {
	raw := mail("X-Office-Loop: 1", "body")
	if parse(raw, eml.Options{}).Signs.LoopMark {
		t.Error("another office's loop header counts as ours")
	}
	if !parse(raw, eml.Options{LoopHeader: "X-Office-Loop"}).Signs.LoopMark {
		t.Error("our own loop header is not recognised")
	}
}

func TestPhrasesAreReplaceable(t *testing.T) {
	embedded, err := os.ReadFile("data/phrases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := bytes.Replace(embedded, []byte("  - best regards\n"), []byte("  - farewell\n"), 1)
	phrases, err := eml.ReadPhrases(own)
	if err != nil {
		t.Fatal(err)
	}
	m := parse(mail("", "We ask for a mission.\n\nFarewell,\nAida\n"), eml.Options{Phrases: phrases})
	if m.Body() != "We ask for a mission." {
		t.Errorf("body is %q", m.Body())
	}
}

func TestReadPhrasesRefusesWhatCannotMatch(t *testing.T) {
	embedded, err := os.ReadFile("data/phrases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"capital":     {"  - best regards\n", "  - Best regards\n"},
		"unknown key": {"closings:\n", "closing:\n"},
		"empty list":  {"resumes: [", "resumes: []\nother: ["},
	} {
		if _, err := eml.ReadPhrases(bytes.Replace(embedded, []byte(change[0]), []byte(change[1]), 1)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
