package phrases

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestEmbeddedCatalogueIsWhole(t *testing.T) {
	if _, err := Load(Embedded()); err != nil {
		t.Error(err)
	}
}

func TestDates(t *testing.T) {
	tenth := time.Date(2026, time.December, 10, 23, 30, 0, 0, time.UTC)
	first := time.Date(2027, time.August, 1, 9, 0, 0, 0, time.UTC)
	tests := []struct {
		lang string
		day  time.Time
		want string
	}{
		{English, tenth, "10 December 2026"},
		{French, tenth, "10 décembre 2026"},
		{Russian, tenth, "10 декабря 2026 г."},
		{English, first, "1 August 2027"},
		{French, first, "1er août 2027"},
		{Russian, first, "1 августа 2027 г."},
		{"uz", first, "1 August 2027"},
		{French, tenth.In(time.FixedZone("CET", 3600)), "11 décembre 2026"},
	}
	for _, tt := range tests {
		if got := Default().Date(tt.lang, tt.day); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

func TestPluralForms(t *testing.T) {
	tests := []struct {
		lang  string
		count int
		want  string
	}{
		{English, 1, "1 message "}, {English, 2, "2 messages "}, {English, 0, "0 messages "},
		{French, 0, "0 message "}, {French, 1, "1 message "}, {French, 2, "2 messages "},
		{Russian, 1, "1 сообщение "}, {Russian, 21, "21 сообщение "}, {Russian, 3, "3 сообщения "},
		{Russian, 5, "5 сообщений "}, {Russian, 11, "11 сообщений "}, {Russian, 114, "114 сообщений "},
	}
	for _, tt := range tests {
		got := Default().Text(tt.lang, "combined.subject", Values{"count": tt.count, "reference": "TC-2026-00042"})
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s %d: %q does not say %q", tt.lang, tt.count, got, tt.want)
		}
	}
}

func TestTextFillsPlaceholdersOnce(t *testing.T) {
	got := Default().Text(English, "acknowledge.subject", Values{"subject": "{reference} {x", "reference": "TC-2026-00042"})
	if want := "Re: {reference} {x [TC-2026-00042]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Dates in Russian end with a full stop: "10 декабря 2026 г.". At the end of a sentence there must
// not be two.
func TestASentenceEndsOnce(t *testing.T) {
	day := time.Date(2026, 12, 10, 0, 0, 0, 0, time.UTC)
	got := Default().Text(Russian, "where.next", Values{"date": day})
	if want := "Первый ответ Вы можете ожидать до 10 декабря 2026 г."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMissingValueStaysVisible(t *testing.T) {
	if got, want := Default().Text(English, "dates.from", nil), "from {start}"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLanguageWithoutCatalogueReadsEnglish(t *testing.T) {
	if got, want := Default().Text("ky", "urgency.urgent", nil), "urgent"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if Default().Speaks("ky") || !Default().Speaks(Russian) {
		t.Error("languages with a catalogue are not told from those without")
	}
}

func TestUnknownKeyIsShown(t *testing.T) {
	if got := Default().Text(French, "no.such.key", nil); got != "no.such.key" {
		t.Errorf("%q", got)
	}
}

// replaced returns the embedded catalogue with some text in one file replaced.
func replaced(t *testing.T, name, old, with string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, lang := range Languages {
		for _, volume := range filePrefixes {
			raw, err := fs.ReadFile(Embedded(), volume+lang+".yaml")
			if err != nil {
				t.Fatal(err)
			}
			files[volume+lang+".yaml"] = &fstest.MapFile{Data: raw}
		}
	}
	file := files[name+".yaml"]
	if !strings.Contains(string(file.Data), old) {
		t.Fatalf("%s.yaml does not hold %q", name, old)
	}
	file.Data = []byte(strings.Replace(string(file.Data), old, with, 1))
	return files
}

func TestLoadNamesWhatIsWrong(t *testing.T) {
	tests := []struct {
		name, file, old, with, want string
	}{
		{"key missing", French, "  urgency.urgent: \"urgente\"\n", "", "catalogue fr: urgency.urgent is missing"},
		{"key unknown", English, "  urgency.urgent:", "  urgency.very: x\n  urgency.urgent:", "urgency.very is not a text"},
		{"other placeholder", Russian, "с {start}", "с {begin}", "dates.from has placeholders [{begin}], not [{start}]"},
		{"empty text", Russian, "\"срочный запрос\"", "\" \"", "urgency.urgent is empty"},
		{"plural form missing", Russian, "    few: \"Подтверждение получения: {count} сообщения [{reference}]\"\n", "", "combined.subject does not have exactly the plural forms"},
		{"plural form of another language", English, "    other: \"Acknowledgement", "    few: \"{count} {reference}\"\n    other: \"Acknowledgement", "combined.subject does not have exactly the plural forms"},
		{"no plural form at all", English, "    one: \"Acknowledgement", "    several: \"Acknowledgement", `"several" is no plural form`},
		{"counts by another value", French, "    by: count", "    by: number", `combined.subject counts by "number", not "count"`},
		{"calendar short of a month", French, "[janvier, ", "[", "calendar needs twelve months"},
		{"text in two files", "desk.fr", "texts:", "texts:\n  urgency.urgent: \"urgente\"", "desk.fr.yaml: urgency.urgent stands in another file as well"},
		{"unknown section", English, "calendar:", "phrases: {}\ncalendar:", "en.yaml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(replaced(t, tt.file, tt.old, tt.with))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestReplacedWordingIsUsed(t *testing.T) {
	c, err := Load(replaced(t, English, "Dear colleague,", "Dear all,"))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Text(English, "colleague.frame", Values{"text": "x", "office": "y"}); !strings.HasPrefix(got, "Dear all,") {
		t.Errorf("%q", got)
	}
}

func TestLoadWithoutFilesSaysWhichAreMissing(t *testing.T) {
	_, err := Load(fstest.MapFS{})
	for _, lang := range Languages {
		for _, volume := range filePrefixes {
			if name := volume + lang + ".yaml"; err == nil || !strings.Contains(err.Error(), " "+name) {
				t.Errorf("error %v does not name %s", err, name)
			}
		}
	}
}
