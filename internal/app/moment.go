package app

import (
	"fmt"
	"time"

	"verbale/intake"
)

// A Moment is a time given in a flag: a day, which means its end, or a day and a time of day,
// both in the office's time zone unless a zone is given. The zero Moment means none.
type Moment struct {
	text string
	at   func(*time.Location) time.Time
}

// momentForms are the layouts for a day and a time.
var momentForms = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}

// UnmarshalText reads "2026-06-30", "2026-06-30 17:30" or RFC 3339.
func (m *Moment) UnmarshalText(b []byte) error {
	text := string(b)
	if day, err := intake.ParseDate(text); err == nil {
		*m = Moment{text, func(zone *time.Location) time.Time { return day.AddDays(1).In(zone).Add(-time.Nanosecond) }}
		return nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		*m = Moment{text, func(*time.Location) time.Time { return t }}
		return nil
	}
	for _, form := range momentForms {
		if t, err := time.Parse(form, text); err == nil {
			*m = Moment{text, func(zone *time.Location) time.Time {
				return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
			}}
			return nil
		}
	}
	return fmt.Errorf("%q is not a time like 2026-06-30, 2026-06-30 17:30 or 2026-06-30T15:30:00Z", text)
}

// MarshalText returns the text as it was given.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.text), nil }

func (m Moment) String() string { return m.text }

// in is the time in the office's time zone; zero for none.
func (m Moment) in(zone *time.Location) time.Time {
	if m.at == nil {
		return time.Time{}
	}
	return m.at(zone)
}
