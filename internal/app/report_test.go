package app_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/app"
	"verbale/internal/config"
	"verbale/internal/redisstore"
)

// A storedOffice is an office with records in its store and no running service.
type storedOffice struct {
	t      testing.TB
	file   string // configuration file
	folder string
}

// secretWord is in the confidential letters only.
const secretWord = "Zabolotny"

// newStoredOffice stores the given number of requests, one per hour from 2 March 2026. Every
// fourth is confidential, and every second was answered after a week.
func newStoredOffice(t testing.TB, requests int) *storedOffice {
	s := &storedOffice{t: t, folder: t.TempDir()}
	s.file = filepath.Join(s.folder, "office.yaml")
	data := filepath.Join(s.folder, "data")
	if err := os.WriteFile(s.file, []byte("data_dir: "+data+"\nsend: off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(s.file, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	store, err := redisstore.Open(t.Context(), redisstore.Options{URL: c.Redis.Address(), Office: c.Office, Prefix: "TC", DataDir: c.DataDir})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for n := range requests {
		s.keep(store, n)
	}
	return s
}

func (s *storedOffice) keep(store *redisstore.Store, n int) {
	s.t.Helper()
	received := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Hour)
	word := "Ivanova"
	if n%4 == 0 {
		word = secretWord
	}
	rec, born := intake.NewRecord(intake.NewRecordInput{
		Reading: intake.Reading{Kind: intake.KindRequest, Language: "ru", Request: &intake.Request{
			Countries: []string{[]string{"KG", "UZ", "MD"}[n%3]}, Themes: []string{"road-safety"}, Services: []intake.Service{intake.ServiceAdvisory},
			Institution: word, Summary: word, Requester: intake.Requester{Name: word, Email: word + "@ministry.example"},
		}},
		Routing:    &intake.Routing{Division: "transport", Assignee: "ra-transport", CarriedBy: intake.CarriedByAdviser},
		Origin:     intake.Origin{Subject: "=" + word, From: intake.Address{Name: word, Address: word + "@ministry.example"}},
		ReceivedAt: received, Now: received,
	})
	rec.Confidential = n%4 == 0
	history := []intake.HistoryEntry{born}
	step := func(verb intake.Verb, after time.Duration) {
		next, entry, err := rec.Advance(intake.Step{Verb: verb, Actor: "U1", At: received.Add(after), OnBehalf: "ra-transport"})
		if err != nil {
			s.t.Fatal(err)
		}
		rec, history = next, append(history, entry)
	}
	if n%2 == 0 {
		step(intake.VerbAccept, 24*time.Hour)
		step(intake.VerbAnswer, 7*24*time.Hour)
	}
	var err error
	if rec.Reference, err = store.NextReference(s.t.Context(), 2026); err != nil {
		s.t.Fatal(err)
	}
	change := bot.Change{Record: &rec, History: history, Letter: &bot.Letter{Parts: []bot.LetterPart{{Source: "body", Text: intake.Text{Content: word}}}}}
	if _, err := store.Commit(s.t.Context(), change); err != nil {
		s.t.Fatal(err)
	}
}

func (s *storedOffice) report(o app.ReportOptions) string {
	s.t.Helper()
	var out bytes.Buffer
	o.Config, o.Out, o.Log = s.file, &out, slog.New(slog.DiscardHandler)
	if o.Language == "" {
		o.Language = "en"
	}
	if err := app.Report(s.t.Context(), o); err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

func (s *storedOffice) export(o app.ExportOptions) string {
	s.t.Helper()
	var out bytes.Buffer
	o.Config, o.Out, o.Log, o.Language = s.file, &out, slog.New(slog.DiscardHandler), "en"
	if err := app.Export(s.t.Context(), o); err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

func momentOf(t *testing.T, text string) (m app.Moment) {
	t.Helper()
	if err := m.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return m
}

func dayOf(t *testing.T, text string) app.Day {
	t.Helper()
	d, err := intake.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestReportsAndExports(t *testing.T) {
	t.Parallel()
	needRedis(t)
	s := newStoredOffice(t, 300) // more than one page of a listing
	t.Run("a report counts the period as of the cut-off", func(t *testing.T) { checkReport(t, s) })
	t.Run("no format of a report tells words of letters", func(t *testing.T) {
		for _, format := range []string{app.FormatText, app.FormatCSV, app.FormatJSON, app.FormatXLSX} {
			if out := s.report(app.ReportOptions{Format: format}); out == "" || strings.Contains(out, secretWord) || strings.Contains(out, "Ivanova") {
				t.Errorf("%s: %d bytes, with words of letters: %v", format, len(out), strings.Contains(out, secretWord))
			}
		}
	})
	t.Run("charts and files", func(t *testing.T) { checkFiles(t, s) })
	t.Run("exports", func(t *testing.T) { checkExports(t, s) })
	t.Run("lists", func(t *testing.T) {
		for _, asJSON := range []bool{false, true} {
			sealed := s.list(app.ListOptions{JSON: asJSON})
			if strings.Contains(sealed, secretWord) || !strings.Contains(sealed, "Ivanova") || strings.Count(sealed, "\n") != 300 {
				t.Errorf("a list (JSON: %v) of %d lines tells words of confidential letters, or none of others", asJSON, strings.Count(sealed, "\n"))
			}
			if told := s.list(app.ListOptions{JSON: asJSON, Confidential: true}); !strings.Contains(told, secretWord) {
				t.Errorf("a list (JSON: %v) keeps back what was asked for", asJSON)
			}
		}
	})
	t.Run("the future is not reported", func(t *testing.T) {
		err := app.Report(t.Context(), app.ReportOptions{Config: s.file, AsOf: momentOf(t, "2999-01-01"), Language: "en", Out: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler)})
		if err == nil || !strings.Contains(err.Error(), "2999-01-01") {
			t.Errorf("%v", err)
		}
	})
}

func (s *storedOffice) list(o app.ListOptions) string {
	s.t.Helper()
	var out bytes.Buffer
	o.Config, o.Out, o.Log, o.Limit = s.file, &out, slog.New(slog.DiscardHandler), 1000
	if err := app.List(s.t.Context(), o); err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

func checkReport(t *testing.T, s *storedOffice) {
	var r struct {
		AsOf    time.Time `json:"as_of"`
		Summary []struct {
			ID     string
			Count  int
			Behind []string
		}
		By map[string][]struct {
			ID       string
			Requests int
		}
	}
	out := s.report(app.ReportOptions{
		Format: app.FormatJSON, From: dayOf(t, "2026-03-03"), Until: dayOf(t, "2026-03-04"), AsOf: momentOf(t, "2026-03-10 12:00"),
	})
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, h := range r.Summary {
		counts[h.ID] = h.Count
	}
	// Two days in Geneva time have 48 requests. By the cut-off, every second one of those received
	// before noon of the first day was answered.
	if counts["requests"] != 48 || counts["confidential"] != 12 || counts["answered"] != 6 {
		t.Errorf("counted %v", counts)
	}
	if len(r.By["country"]) != 3 || r.By["country"][0].Requests != 16 {
		t.Errorf("by country: %v", r.By["country"])
	}
	if want := time.Date(2026, 3, 10, 11, 0, 0, 0, time.UTC); !r.AsOf.Equal(want) {
		t.Errorf("as of %s, want %s", r.AsOf, want)
	}
}

func checkFiles(t *testing.T, s *storedOffice) {
	charts, file := filepath.Join(t.TempDir(), "deep", "charts"), filepath.Join(t.TempDir(), "report.xlsx")
	if out := s.report(app.ReportOptions{Format: app.FormatXLSX, File: file, Charts: charts, Language: "fr"}); out != "" {
		t.Errorf("what goes to a file was printed as well: %d bytes", len(out))
	}
	for _, name := range []string{"months.png", "times.png", "countries.png"} {
		f, err := os.Open(filepath.Join(charts, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := png.Decode(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the report lies %v, %v", left, err)
	}
	nowhere := app.ReportOptions{Config: s.file, File: filepath.Join(t.TempDir(), "gone", "report.csv"), Format: app.FormatCSV, Language: "en", Log: slog.New(slog.DiscardHandler)}
	if err := app.Report(t.Context(), nowhere); err == nil || !strings.Contains(err.Error(), "report.csv") {
		t.Errorf("a folder that does not exist: %v", err)
	}
}

func checkExports(t *testing.T, s *storedOffice) {
	few := app.ExportOptions{Selection: app.Selection{Country: "KG", Until: dayOf(t, "2026-03-03")}, Format: app.FormatCSV}
	rows, err := csv.NewReader(strings.NewReader(s.export(few))).ReadAll()
	if err != nil || len(rows) != 1+13 || slices.ContainsFunc(rows[1:], func(row []string) bool { return row[6] != "Kyrgyzstan" }) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	for _, format := range []string{app.FormatCSV, app.FormatJSON} {
		sealed := s.export(app.ExportOptions{Format: format})
		if strings.Contains(sealed, secretWord) || !strings.Contains(sealed, "Ivanova") {
			t.Errorf("%s tells words of confidential letters, or none of others", format)
		}
		if format == app.FormatCSV && strings.Contains(sealed, ",=") {
			t.Error("a subject is a formula")
		}
		if told := s.export(app.ExportOptions{Format: format, Confidential: true}); !strings.Contains(told, secretWord) {
			t.Errorf("%s keeps back what was asked for", format)
		}
	}
	listed := s.list(app.ListOptions{JSON: true})
	if exported := s.export(app.ExportOptions{Format: app.FormatJSON}); exported != listed {
		t.Error("an export as JSON is not what a list prints")
	}
}

func TestMoments(t *testing.T) {
	for _, text := range []string{"2026-03-10", "2026-03-10 12:00", "2026-03-10T12:00", "2026-03-10T12:00:30", "2026-03-10T12:00:00+05:00"} {
		m := momentOf(t, text)
		if written, err := m.MarshalText(); err != nil || string(written) != text {
			t.Errorf("%s is written %s, %v", text, written, err)
		}
	}
	for _, text := range []string{"", "yesterday", "2026-02-30", "12:00", "2026-03-10 25:00"} {
		var m app.Moment
		if err := m.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q", text)) {
			t.Errorf("%q was taken for a moment, or the error does not name it: %v", text, err)
		}
	}
}

// BenchmarkReportFromTheStore reads records and their histories from a redis-server and makes a
// report.
func BenchmarkReportFromTheStore(b *testing.B) {
	const requests = 20_000
	s := newStoredOffice(b, requests)
	for b.Loop() {
		s.report(app.ReportOptions{Format: app.FormatText})
	}
	b.ReportMetric(float64(requests)*float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}
