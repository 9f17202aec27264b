package eml

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"verbale/internal/strictyaml"
)

//go:embed data/dates.yaml
var datesYAML []byte

// dateWords are the names of months and time zones that mail programs write.
type dateWords struct {
	Months map[int][]string `yaml:"months"` // prefixes, lower case
	Zones  map[string]int   `yaml:"zones"`  // minutes east of UTC
	PM     []string         `yaml:"pm"`
	AM     []string         `yaml:"am"`
}

var datesKnown = embedded("dates.yaml", datesYAML, parseDateWords)

func parseDateWords(b []byte) (*dateWords, error) {
	var w dateWords
	if err := strictyaml.Unmarshal(b, &w); err != nil {
		return nil, fmt.Errorf("read names of months and zones: %w", err)
	}
	for m := time.January; m <= time.December; m++ {
		if len(w.Months[int(m)]) == 0 {
			return nil, fmt.Errorf("names of months: none for %s", m)
		}
	}
	return &w, nil
}

// parseDate parses the date of a mail, from a header field or from above a quoted mail. It
// accepts the forms of RFC 5322, section 3.3, the obsolete forms, and the other forms that
// programs write, in any language of data/dates.yaml. Without a zone, the time is taken as UTC
// and zoned is false.
func parseDate(s string) (t time.Time, zoned, ok bool) {
	if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", strings.TrimSpace(s)); err == nil {
		return t, true, plausible(t.Year())
	}
	r := dateReader{words: datesKnown(), year: -1, hour: -1, zone: noZone}
	for _, token := range dateTokens(truncate(s, 200)) {
		r.take(token)
	}
	return r.date()
}

// plausible reports whether a mail can have been written in a year. The upper limit also
// ensures that due dates long after the mail can be written as in RFC 3339.
func plausible(year int) bool { return year >= 1970 && year <= 2200 }

// dateTokens splits at white space, commas and parentheses, keeping "2026-02-12",
// "15:41:07" and "+0500" whole.
func dateTokens(s string) []string {
	if len(s) > 10 && s[10] == 'T' && s[4] == '-' { // RFC 3339
		s = s[:10] + " " + s[11:]
	}
	return strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' || r == '(' || r == ')' })
}

// noZone means that no time zone is stated.
const noZone = -1 << 20

type dateReader struct {
	words     *dateWords
	day, year int
	month     time.Month
	hour      int
	min, sec  int
	zone      int // seconds east of UTC
	pm, am    bool
	slashed   [2]int // "2/12/2026", whose order depends on whether AM or PM follows
}

func (r *dateReader) take(token string) {
	token = strings.Trim(token, ".")
	switch {
	case token == "":
	case strings.Contains(token, ":") && unicode.IsDigit(rune(token[0])):
		r.takeTime(token)
	case token[0] == '+' || token[0] == '-' && r.hour >= 0:
		r.takeOffset(token)
	case unicode.IsDigit(rune(token[0])):
		r.takeNumbers(token)
	default:
		r.takeWord(strings.ToLower(token))
	}
}

func (r *dateReader) takeTime(token string) {
	if i := strings.IndexAny(token, "+-Zz"); i > 0 {
		defer r.takeOffset(token[i:])
		token = token[:i]
	}
	token, _, _ = strings.Cut(token, ".")
	lower := strings.ToLower(token)
	r.pm, r.am = r.pm || strings.HasSuffix(lower, "pm"), r.am || strings.HasSuffix(lower, "am")
	parts := strings.Split(strings.TrimRight(lower, "apm"), ":")
	if hour, err := strconv.Atoi(parts[0]); err == nil && hour < 24 {
		r.hour = hour
	}
	if len(parts) > 1 {
		r.min = numberBelow(parts[1], 60)
	}
	if len(parts) > 2 {
		r.sec = numberBelow(parts[2], 60)
	}
}

func numberBelow(s string, limit int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= limit {
		return 0
	}
	return n
}

// takeOffset parses "+0500", "+05:00", "+5", "Z".
func (r *dateReader) takeOffset(token string) {
	if r.zone != noZone {
		return
	}
	if strings.EqualFold(token, "z") {
		r.zone = 0
		return
	}
	digits := strings.ReplaceAll(token[1:], ":", "")
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 4 || n < 0 {
		return
	}
	if len(digits) <= 2 {
		n *= 100
	}
	if n%100 >= 60 || n > 1459 {
		return
	}
	r.zone = (n/100*60 + n%100) * 60
	if token[0] == '-' {
		r.zone = -r.zone
	}
}

// takeNumbers parses "12", "2026", "2026-02-12", "12.02.2026", "2/12/2026", "12-Feb-2026".
func (r *dateReader) takeNumbers(token string) {
	parts := strings.FieldsFunc(token, func(c rune) bool { return c == '-' || c == '.' || c == '/' })
	if len(parts) != 3 {
		r.takeNumber(strings.TrimRightFunc(token, unicode.IsLetter))
		return
	}
	first, _ := strconv.Atoi(parts[0])
	second, err := strconv.Atoi(parts[1])
	third, _ := strconv.Atoi(parts[2])
	switch {
	case err != nil:
		r.takeNumber(parts[0])
		r.takeWord(strings.ToLower(parts[1]))
		r.takeNumber(parts[2])
	case len(parts[0]) == 4:
		r.year, r.month, r.day = first, time.Month(second), third
	default:
		r.day, r.month, r.year = first, time.Month(second), fullYear(third)
		if strings.Contains(token, "/") {
			r.slashed = [2]int{first, second}
		}
	}
}

func (r *dateReader) takeNumber(s string) {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
	case len(s) == 4 && n >= 1900:
		r.year = n
	case r.day == 0 && n >= 1 && n <= 31:
		r.day = n
	case r.year < 0 && len(s) <= 3:
		r.year = fullYear(n)
	}
}

// fullYear completes a year of two or three digits as in RFC 5322, section 4.3.
func fullYear(n int) int {
	switch {
	case n < 50:
		return n + 2000
	case n < 1000:
		return n + 1900
	}
	return n
}

func (r *dateReader) takeWord(word string) {
	for _, pm := range r.words.PM {
		r.pm = r.pm || word == pm
	}
	for _, am := range r.words.AM {
		r.am = r.am || word == am
	}
	if r.hour >= 0 {
		zone, offset := word, ""
		if i := strings.IndexAny(word, "+-"); i > 0 { // "GMT+3"
			zone, offset = word[:i], word[i:]
		}
		minutes, known := r.words.Zones[zone]
		switch {
		case known && offset != "":
			r.takeOffset(offset)
		case known && r.zone == noZone:
			r.zone = minutes * 60
		}
	}
	for number, names := range r.words.Months {
		for _, name := range names {
			if strings.HasPrefix(word, name) { // the last match is used, since "mar." is also Tuesday in French
				r.month = time.Month(number)
			}
		}
	}
}

func (r *dateReader) date() (t time.Time, zoned, ok bool) {
	if r.slashed[0] > 0 && (r.slashed[1] > 12 || (r.am || r.pm) && r.slashed[0] <= 12) {
		r.month, r.day = time.Month(r.slashed[0]), r.slashed[1] // month first, as in the United States
	}
	if r.day < 1 || r.day > 31 || r.month < 1 || r.month > 12 || !plausible(r.year) {
		return time.Time{}, false, false
	}
	switch hour := max(r.hour, 0); {
	case r.pm && hour < 12:
		r.hour = hour + 12
	case r.am && hour == 12:
		r.hour = 0
	default:
		r.hour = hour
	}
	zone, zoned := time.UTC, r.zone != noZone
	if zoned && r.zone != 0 {
		zone = time.FixedZone("", r.zone)
	}
	t = time.Date(r.year, r.month, r.day, r.hour, r.min, r.sec, 0, zone)
	return t, zoned, t.Day() == r.day
}
