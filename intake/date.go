package intake

import (
	"fmt"
	"strings"
	"time"
)

// A Date is a day of the Gregorian calendar without a time zone, as written in
// a letter ("by 30 June 2026"). The zero Date means "not stated".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day on which t falls in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// ParseDate reads the ISO 8601 form "2006-01-02".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not of the form 2006-01-02: %w", s, err)
	}
	return DateOf(t), nil
}

// IsZero reports whether no day is stated.
func (d Date) IsZero() bool { return d == Date{} }

// In returns midnight at the start of the day in the given location.
func (d Date) In(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// AddDays returns the day n days later; n may be negative.
func (d Date) AddDays(n int) Date {
	return DateOf(d.In(time.UTC).AddDate(0, 0, n))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.In(time.UTC).Before(other.In(time.UTC)) }

// String returns the ISO 8601 form, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Days writes a period as an interval of ISO 8601: "2027-05-10/2027-05-14".
func Days(first, last Date) string { return first.String() + "/" + last.String() }

// ParseDays reads what Days wrote.
func ParseDays(s string) (first, last Date, err error) {
	from, until, _ := strings.Cut(s, "/")
	if first, err = ParseDate(from); err != nil {
		return Date{}, Date{}, err
	}
	if last, err = ParseDate(until); err != nil {
		return Date{}, Date{}, err
	}
	return first, last, nil
}

// MarshalText writes the ISO 8601 form, empty for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
