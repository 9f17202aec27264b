package doctext

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"verbale/intake"
)

// squeeze removes blank lines.
func squeeze(s string) string {
	for strings.Contains(s, "\n\n") {
		s = strings.ReplaceAll(s, "\n\n", "\n")
	}
	return s
}

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPlainCharsets(t *testing.T) {
	const russian = "Уважаемые коллеги! Просим провести учебный семинар по безопасности дорожного движения."
	const french = "Madame, nous vous saurions gré d'appuyer la réforme engagée à Évreux."
	tests := map[string]struct {
		encoding encoding.Encoding
		text     string
	}{
		"UTF-8":                 {unicode.UTF8, russian},
		"UTF-8 with BOM":        {unicode.UTF8BOM, russian},
		"UTF-16 with BOM":       {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), russian},
		"UTF-16 Latin, no BOM":  {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), french},
		"windows-1251":          {charmap.Windows1251, russian},
		"KOI8-R":                {charmap.KOI8R, russian},
		"IBM866":                {charmap.CodePage866, russian},
		"windows-1252, French":  {charmap.Windows1252, french},
		"capitals windows-1251": {charmap.Windows1251, "МИНИСТЕРСТВО ТРАНСПОРТА\nПросим провести семинар для сотрудников."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			expect(t, shared(), "letter.txt", encode(t, test.encoding, test.text), test.text, intake.MethodText, "")
		})
	}
}

func TestPlainHonoursTheCharsetOfItsContentType(t *testing.T) {
	const turkish = "Sayın yetkili, eğitim için başvuruyoruz."
	text, _, _ := shared().TextOf(t.Context(), "mektup", "text/plain; charset=windows-1254", encode(t, charmap.Windows1254, turkish))
	if text != turkish {
		t.Errorf("got %q", text)
	}
}

func TestPlainIsCutBetweenCharacters(t *testing.T) {
	e := extractorWith(t, Options{MaxText: 101})
	text, _, problem := e.TextOf(t.Context(), "a.txt", "", []byte(strings.Repeat("ж", 1000)))
	if text != strings.Repeat("ж", 50) || problem != errTextFull.Error() {
		t.Errorf("got %d bytes, %q", len(text), problem)
	}
}

func TestHTML(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>no</title><style>p{}</style></head><body><p>Dear
		colleague,</p><p>we <b>ask</b>.<br>Thanks</p><table><tr><td>a</td><td>b</td></tr></table><script>x()</script></body></html>`
	text, method, problem := shared().TextOf(t.Context(), "letter.doc", "application/msword", []byte(page))
	if got := squeeze(text); got != "Dear colleague,\nwe ask.\nThanks\n\ta\tb" || method != intake.MethodText || problem != "" {
		t.Errorf("got %q, %q, %q", got, method, problem)
	}
}

func TestTidy(t *testing.T) {
	tests := map[string]struct{ raw, want string }{
		"line ends":            {"a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		"blank lines":          {"\n\na  \n \n\t\nb\n\n", "a\n\nb"},
		"invisible characters": {"co\u00adop\u200beration\ufeff\x00\x02", "cooperation"},
		"spaces":               {"N°\u00a05\u202f000\u2000km", "N° 5 000 km"},
		"divided by nothing":   {"e\u200b\u0301", "é"},
		"composed form":        {"Re\u0301union и\u0306", "Réunion й"},
		"invalid UTF-8":        {"a\xffb", "a\ufffdb"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, _ := tidy(test.raw, 1000); got != test.want {
				t.Errorf("tidy(%q) = %q, want %q", test.raw, got, test.want)
			}
		})
	}
}
