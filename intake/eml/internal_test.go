package eml

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"verbale/intake"
)

func TestEmbeddedDataIsSound(t *testing.T) {
	if _, err := ReadPhrases(phrasesYAML); err != nil {
		t.Error(err)
	}
	if _, err := parseLetters(lettersYAML); err != nil {
		t.Error(err)
	}
	if _, err := parseDateWords(datesYAML); err != nil {
		t.Error(err)
	}
	if _, err := parseFileTypes(typesYAML); err != nil {
		t.Error(err)
	}
}

func TestUnsoundDataIsRefused(t *testing.T) {
	if _, err := parseLetters([]byte("candidates: [utf-8]\nfrequencies: {}")); err == nil {
		t.Error("a candidate charset that is no table: no error")
	}
	if _, err := parseLetters([]byte("candidates: [koi8-r]\nfrequencies: {ab: 1.0}")); err == nil {
		t.Error("a frequency of two letters: no error")
	}
	if _, err := parseDateWords([]byte("months: {1: [jan]}\nzones: {}\npm: []\nam: []")); err == nil {
		t.Error("months without names: no error")
	}
	if _, err := parseFileTypes([]byte("magic: [{hex: xyz, type: a/b}]")); err == nil {
		t.Error("first bytes that are not hexadecimal: no error")
	}
}

func TestParseDate(t *testing.T) {
	for written, want := range map[string]string{
		"Mon, 2 Mar 2026 10:15:00 +0600":             "2026-03-02T10:15:00+06:00",
		"2 Mar 26 10:15 GMT":                         "2026-03-02T10:15:00Z",
		"Mon, 02 Mar 2026 10:15:00 +0600 (KGT)":      "2026-03-02T10:15:00+06:00",
		"Mon 2 March 2026 10.15":                     "2026-03-02T00:00:00 no zone",
		"Mon, 2 Mar 2026 10:15:00 MSK":               "2026-03-02T10:15:00+03:00",
		"Mon, 2 Mar 2026 10:15:00 GMT+3":             "2026-03-02T10:15:00+03:00",
		"Mon Mar  2 10:15:00 2026":                   "2026-03-02T10:15:00 no zone",
		"2026-03-02T10:15:00Z":                       "2026-03-02T10:15:00Z",
		"2026-03-02T10:15:00+06:00":                  "2026-03-02T10:15:00+06:00",
		"2026-03-02 10:15":                           "2026-03-02T10:15:00 no zone",
		"02.03.2026 10:15":                           "2026-03-02T10:15:00 no zone",
		"02-Mar-2026 10:15:00 +0000":                 "2026-03-02T10:15:00Z",
		"3/2/2026 10:15 PM":                          "2026-03-02T22:15:00 no zone",
		"02/03/2026 10:15":                           "2026-03-02T10:15:00 no zone",
		"Monday, March 2, 2026 12:05 AM":             "2026-03-02T00:05:00 no zone",
		"Thu, Feb 26, 2026 at 3:41 PM":               "2026-02-26T15:41:00 no zone",
		"lundi 2 mars 2026 10:15":                    "2026-03-02T10:15:00 no zone",
		"mar. 3 févr. 2026 à 10:15":                  "2026-02-03T10:15:00 no zone",
		"2 марта 2026 г. 10:15":                      "2026-03-02T10:15:00 no zone",
		"вт, 3 мар. 2026 г. в 10:15":                 "2026-03-03T10:15:00 no zone",
		"Понедельник, 2 марта 2026, 10:15 +06:00 от": "2026-03-02T10:15:00+06:00",
		"Montag, 2. März 2026 10:15":                 "2026-03-02T10:15:00 no zone",
		"2 березня 2026 р. 10:15":                    "2026-03-02T10:15:00 no zone",
		"31 Feb 2026 10:15":                          "",
		"yesterday":                                  "",
		"":                                           "",
	} {
		got := ""
		if at, zoned, ok := parseDate(written); ok && zoned {
			got = at.Format(time.RFC3339)
		} else if ok {
			got = at.Format("2006-01-02T15:04:05") + " no zone"
		}
		if got != want {
			t.Errorf("%q read as %q, want %q", written, got, want)
		}
	}
}

func TestReportTakesTheGravestAction(t *testing.T) {
	for actions, want := range map[string]string{
		"delivered failed delayed": "failed",
		"failed delivered":         "failed",
		"expanded relayed":         "expanded",
		"lost failed":              "failed",
		"lost":                     "lost",
		"failed lost":              "failed",
	} {
		var report intake.DeliveryReport
		for action := range strings.FieldsSeq(actions) {
			addRecipient(&report, header{{"action", action}})
		}
		if report.Action != want {
			t.Errorf("%s: the report says %s, want %s", actions, report.Action, want)
		}
	}
}

func TestSubjectPrefixes(t *testing.T) {
	for subject, want := range map[string]prefixKind{
		"Re: mission": prefixReply, "RE[2]: mission": prefixReply, "AW: Re: Mission": prefixReply, "Отв: семинар": prefixReply,
		"Fwd: mission": prefixForward, "FW: RE: mission": prefixForward, "[EXTERNAL] Tr : formation": prefixForward,
		"ПЕР: семинар": prefixForward, "WG: Mission": prefixForward,
		"mission": prefixNone, "Ministry of Transport: mission": prefixNone, "[unclosed": prefixNone, "": prefixNone,
	} {
		if got := defaultPhrases().prefixOf(subject); got != want {
			t.Errorf("%q: prefix %d, want %d", subject, got, want)
		}
	}
}

// Subjects have only a few words, so the Cyrillic charsets must be told apart in texts that
// short.
func TestGuessCharsetOfShortTexts(t *testing.T) {
	for _, text := range []string{"О проведении семинара", "Запрос о содействии", "ПРОСЬБА ОБ ЭКСПЕРТНОЙ ПОМОЩИ", "Бекова Аида", "ЗАПРОС МИНИСТЕРСТВА", "семинар", "СЕМИНАР", "письмо", "Hello Мир", "Про надання допомоги"} {
		for name, table := range map[string]*charmap.Charmap{"windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8U, "iso-8859-5": charmap.ISO8859_5, "ibm866": charmap.CodePage866} {
			b, err := table.NewEncoder().Bytes([]byte(text))
			if err != nil {
				continue // the charset lacks some of these letters
			}
			if got := guessCharset(b, nil); got != name {
				t.Errorf("%q in %s is taken for %s", text, name, got)
			}
		}
	}
}

func TestTruthfulDeclarationIsBelieved(t *testing.T) {
	for text, table := range map[string]*charmap.Charmap{
		"Député à l'Assemblée, où l'été fut très chaud, à Évian": charmap.Windows1252,
		"Министарство унутрашњих послова, љубав, њива":           charmap.Windows1251,
		"Đorđe Šćepanović, načelnik odjeljenja":                  charmap.Windows1250,
	} {
		b, err := table.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d := decoder{note: func(format string, _ ...any) { t.Errorf("%q: %s", text, format) }}
		if got := d.text(b, strings.ToLower(strings.ReplaceAll(table.String(), " ", "-"))); got != text {
			t.Errorf("%q read as %q", text, got)
		}
	}
}
