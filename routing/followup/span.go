package followup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"verbale/intake"
)

// A Span is a length of time as written in the policy: "4 working hours".
type Span struct {
	count int
	unit  unit
}

type unit string

const (
	workingHours unit = "working hour"
	workingDays  unit = "working day"
	days         unit = "day"
	hours        unit = "hour"
	minutes      unit = "minute"
	seconds      unit = "second"
)

// length returns the duration of one unit, for units of fixed length.
func (u unit) length() time.Duration {
	switch u {
	case minutes:
		return time.Minute
	case seconds:
		return time.Second
	}
	return time.Hour
}

// maxCount limits the count, so that a typo does not give dates in another century.
const maxCount = 1000

// UnmarshalText parses a count and a unit, singular or plural.
func (s *Span) UnmarshalText(b []byte) error {
	count, name, _ := strings.Cut(strings.TrimSpace(string(b)), " ")
	n, err := strconv.Atoi(count)
	u := unit(strings.TrimSuffix(strings.TrimSpace(name), "s"))
	known := slices.Contains([]unit{workingHours, workingDays, days, hours, minutes, seconds}, u)
	if err != nil || n < 0 || n > maxCount || !known {
		return spanError(b)
	}
	*s = Span{n, u}
	return nil
}

type spanError string

func (e spanError) Error() string { return fmt.Sprintf("%q is not a span of time", string(e)) }
func (e spanError) Hint() string {
	return fmt.Sprintf("write a count up to %d and a unit, like 4 working hours, 10 working days, 90 days or 1 hour", maxCount)
}

// A clock is a time of day, in minutes after midnight.
type clock int

// midnight is the closing time of a day without one.
const midnight = "24:00"

// UnmarshalText parses the form "09:00"; "24:00" is the end of the day.
func (c *clock) UnmarshalText(b []byte) error {
	if string(b) == midnight {
		*c = 24 * 60
		return nil
	}
	t, err := time.Parse("15:04", string(b))
	if err != nil {
		return clockError(b)
	}
	*c = clock(60*t.Hour() + t.Minute())
	return nil
}

type clockError string

func (e clockError) Error() string { return fmt.Sprintf("%q is not a time of day", string(e)) }
func (e clockError) Hint() string  { return `write it like "09:00"` }

// on returns this time of day on a day.
func (c clock) on(day intake.Date, zone *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, int(c)/60, int(c)%60, 0, 0, zone)
}
