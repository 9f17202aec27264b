package mailout_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/mailout"
	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/golden"
	"verbale/internal/mailtest"
)

var (
	desk  = intake.Address{Name: "UNECE Technical Cooperation", Address: "tc@desk.unece.example"}
	sent  = time.Date(2026, 3, 2, 14, 30, 0, 0, time.FixedZone("CET", 3600))
	guest = intake.Address{Name: "Айжан Ибраева", Address: "a.ibraeva@economy.example"}
)

func acknowledgement() *bot.Mail {
	return &bot.Mail{
		MessageID: "ack.TC-2026-00042@desk.unece.example", To: []intake.Address{guest}, Automatic: true, Language: "en",
		Subject: "Re: Request for advisory services [TC-2026-00042]", InReplyTo: "letter-1@economy.example",
		References: []string{"first@economy.example", "letter-1@economy.example"},
		Text:       "Dear Ms Ibraeva,\n\nYour request has the number TC-2026-00042.\n\nThe desk – Geneva\n",
	}
}

func TestComposeGolden(t *testing.T) {
	russian := acknowledgement()
	russian.Language, russian.Subject = "ru", "Re: Запрос о консультативных услугах по упрощению процедур торговли [TC-2026-00042]"
	russian.Text = "Уважаемая г-жа Ибраева,\n\nВаш запрос зарегистрирован под номером TC-2026-00042.\n"
	bilingual := acknowledgement()
	bilingual.Language = "en, ru"
	assignment := &bot.Mail{
		MessageID: "assign.TC-2026-00042@desk.unece.example", Language: "fr", Subject: "Affectation : demande du Kirghizistan",
		To:   []intake.Address{{Name: "Conseiller régional, commerce", Address: "adviser@unece.example"}, {Address: "second@unece.example"}},
		Cc:   []intake.Address{{Name: `Chief, "Trade"`, Address: "chief@unece.example"}},
		Text: "Madame, Monsieur,\r\n\r\nUne demande vous est confiée, à étudier d’ici au 30 juin.\r\n.\r\nFrom Genève avec nos salutations",
	}
	long := acknowledgement()
	long.Subject = "Re: " + strings.Repeat("capacity building for single window implementation ", 30) + "[TC-2026-00042]"
	for range 60 {
		long.References = append(long.References, "one-of-many@economy.example")
	}
	for name, m := range map[string]*bot.Mail{
		"acknowledge-en": acknowledgement(), "acknowledge-ru": russian, "acknowledge-en-ru": bilingual,
		"assign-fr": assignment, "long": long,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := mailout.Compose(m, desk, sent, "geneva/tc")
			if err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, filepath.Join("testdata", name+".eml"), string(got))
			checkForm(t, got)
		})
	}
}

// checkForm checks the rules of RFC 5322 that apply to every mail.
func checkForm(t *testing.T, raw []byte) *mail.Message {
	t.Helper()
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Errorf("line of %d bytes, or with a bare CR, LF or NUL: %q", len(line), line)
		}
	}
	if slices.ContainsFunc(raw, func(b byte) bool { return b >= 0x80 }) {
		t.Error("not everything is ASCII")
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestComposedTextComesBackAsItWas(t *testing.T) {
	for name, text := range map[string]string{
		"english":         "Dear colleague,\n\n  indented = and tilde ~\n.\nFrom here\n",
		"russian":         "Уважаемые коллеги,\nответ до 30 июня.\n",
		"one long line":   strings.Repeat("no break ", 500) + "\n",
		"no final break":  "thank you",
		"trailing spaces": "a line  \nanother\t\n",
		"empty":           "",
	} {
		t.Run(name, func(t *testing.T) {
			m := acknowledgement()
			m.Text = text
			raw, err := mailout.Compose(m, desk, sent, "geneva/tc")
			if err != nil {
				t.Fatal(err)
			}
			checkForm(t, raw)
			got, err := mailtest.TextOf(raw)
			if want := strings.TrimRight(text, "\n") + "\n"; err != nil || got != want {
				t.Errorf("came back as %q, want %q (%v)", got, want, err)
			}
		})
	}
}

func TestAPageGoesBesideThePlainText(t *testing.T) {
	m := acknowledgement()
	m.Text, m.HTML = "Что нового", "<p>Что нового</p>"
	raw, err := mailout.Compose(m, desk, sent, "geneva/tc")
	if err != nil {
		t.Fatal(err)
	}
	again, err := mailout.Compose(m, desk, sent, "geneva/tc")
	if err != nil || !bytes.Equal(raw, again) {
		t.Error("the same mail has other bytes the second time")
	}
	header := checkForm(t, raw).Header
	_, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for _, want := range []string{"text/plain; charset=utf-8: Что нового", "text/html; charset=utf-8: <p>Что нового</p>"} {
		part, err := parts.NextPart()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" || err != nil {
			t.Fatalf("%v, %v", part.Header, err)
		}
		if got := part.Header.Get("Content-Type") + ": " + strings.TrimSpace(string(text)); got != want {
			t.Errorf("part is %q, want %q", got, want)
		}
	}
}

func TestWhatCannotBeAddressedIsRefused(t *testing.T) {
	for name, address := range map[string]string{
		"nothing": "", "no domain": "tc", "two at signs": "a@b@c.example", "line break": "a@b.example\r\nBcc: x@y.example",
		"space": "a b@c.example", "angle": "a@b.example>", "quoted": `"a b"@c.example`, "literal": "a@[192.0.2.1]",
		"list": "a@b.example,c@d.example", "local part beyond ASCII": "тц@desk.example", "parameter": "a@b.example SIZE=1",
	} {
		t.Run(name, func(t *testing.T) {
			m := acknowledgement()
			m.To = []intake.Address{{Address: address}}
			if raw, err := mailout.Compose(m, desk, sent, "x"); err == nil {
				t.Errorf("composed:\n%s", raw)
			} else if address != "" && len(address) > 3 && strings.Contains(err.Error(), address) {
				t.Errorf("the error repeats the address: %v", err)
			}
		})
	}
}

func TestInternationalDomainIsWrittenInASCII(t *testing.T) {
	m := acknowledgement()
	m.To = []intake.Address{{Address: "info@министерство.example"}}
	raw, err := mailout.Compose(m, desk, sent, "x")
	if err != nil {
		t.Fatal(err)
	}
	if to := checkForm(t, raw).Header.Get("To"); !strings.HasPrefix(to, "<info@xn--") {
		t.Errorf("To: %s", to)
	}
}

// An encoded word in the text of a stranger must be encoded itself. Otherwise mail programs
// would decode it in our header.
func TestEncodedWordWithinAStrangersWordsStaysText(t *testing.T) {
	m := acknowledgement()
	m.Subject = "Re: =?utf-8?q?Bcc=3A_victim?= [TC-2026-00042]"
	m.To[0].Name = "=?utf-8?q?The_Desk?="
	raw, err := mailout.Compose(m, desk, sent, "x")
	if err != nil {
		t.Fatal(err)
	}
	header := checkForm(t, raw).Header
	for _, field := range []string{"Subject", "To"} {
		if decoded, err := new(mime.WordDecoder).DecodeHeader(header.Get(field)); err != nil || !strings.Contains(decoded, "?q?") {
			t.Errorf("%s is read as %q, %v", field, decoded, err)
		}
	}
}

// Characters that reverse the direction of text are removed. With them, the name of an .exe file
// can look as if it ended in "pdf".
func TestNothingOfAStrangersReversesWhatGoesOut(t *testing.T) {
	m := acknowledgement()
	m.Subject, m.To[0].Name = "Re: letter\u202efdp.exe", "\u2067A. Official"
	m.Text, m.HTML = "Attached: letter\u202efdp.exe\u202c", "<p>letter\u202efdp.exe</p>"
	raw, err := mailout.Compose(m, desk, sent, "x")
	if err != nil {
		t.Fatal(err)
	}
	read := eml.Parse(t.Context(), raw, eml.Options{})
	for what, got := range map[string]string{"subject": read.Subject, "name": read.To[0].Name, "text": read.Text.Content} {
		if strings.ContainsAny(got, "\u202e\u202c\u2067") || what != "name" && !strings.Contains(got, "fdp.exe") {
			t.Errorf("the %s reads %q", what, got)
		}
	}
	if bytes.Contains(raw, []byte("=E2=80=AE")) {
		t.Errorf("a form of the mail has it still:\n%s", raw)
	}
}

func TestOnlyAutomaticMailIsMarked(t *testing.T) {
	m := acknowledgement()
	m.Automatic = false
	raw, err := mailout.Compose(m, desk, sent, "geneva/tc")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Auto-Submitted", mailout.LoopHeader, "X-Auto-Response-Suppress", "Precedence"} {
		if v := checkForm(t, raw).Header.Get(name); v != "" {
			t.Errorf("%s: %s", name, v)
		}
	}
}

// FuzzComposeHeaders: with any subject, name and reference from outside, the header has only
// known fields, each once, and only our recipient.
func FuzzComposeHeaders(f *testing.F) {
	f.Add("Re: hello\r\nBcc: spy@evil.example", "Name\r\nTo: spy@evil.example", "ref@x.example>\r\nX-Evil: 1", "text\r\n.\r\nMAIL FROM:<>")
	f.Add("\r\n\r\nbody", "a\x00b\u2028c", "<>", "\xff\xfe")
	f.Add(strings.Repeat("x", 1100), strings.Repeat("я", 300), strings.Repeat("r", 500)+"@x", "=?utf-8?q?=0D=0A?=")
	f.Fuzz(func(t *testing.T, subject, name, reference, text string) {
		m := acknowledgement()
		m.Subject, m.To[0].Name, m.Text = subject, name, text
		m.InReplyTo, m.References, m.Language = reference, []string{reference, "ok@x.example"}, reference
		raw, err := mailout.Compose(m, desk, sent, subject)
		if err != nil {
			t.Fatalf("a stranger's text makes the mail impossible: %v", err)
		}
		header := checkForm(t, raw).Header
		known := []string{"Mime-Version", "Date", "Message-Id", "From", "To", "Subject", "In-Reply-To", "References",
			"Content-Language", "Auto-Submitted", "X-Auto-Response-Suppress", mailout.LoopHeader, "Content-Type", "Content-Transfer-Encoding"}
		for field, values := range header {
			if !slices.Contains(known, field) || len(values) != 1 {
				t.Errorf("%s: %q", field, values)
			}
		}
		list, err := header.AddressList("To")
		if err != nil || len(list) != 1 || list[0].Address != guest.Address {
			t.Errorf("To: %q: %v, %v", header.Get("To"), list, err)
		}
		if decoded, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil || strings.ContainsAny(decoded, "\r\n\x00") {
			t.Errorf("Subject: %q, %v", decoded, err)
		}
	})
}
