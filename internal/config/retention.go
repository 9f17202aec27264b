package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"verbale/internal/strictyaml"
)

// Retention defines how long personal data is kept. Statistics, references and who did what
// when are kept forever.
type Retention struct {
	Letters  Term `yaml:"letters"`   // letters and all other text about a request, counted from its closing; default 24 months
	SetAside Term `yaml:"set_aside"` // messages set aside, counted from receipt; default 6 months
	Digests  Term `yaml:"digests"`   // texts of digests, counted from their day; default 3 months
}

var defaultRetention = Retention{Letters: Term{months: 24}, SetAside: Term{months: 6}, Digests: Term{months: 3}}

// shortestLetters is the minimum for letters: the results of an activity are asked for three
// months after its request was closed.
var shortestLetters = Term{months: 4}

// A Term is a number of days or months, or forever. The zero Term means not set; nothing
// expires.
type Term struct {
	days, months int
	forEver      bool
}

// Before returns the time before which data has expired; zero if it never does.
func (t Term) Before(now time.Time) time.Time {
	if t.forEver || t == (Term{}) {
		return time.Time{}
	}
	return now.AddDate(0, -t.months, -t.days)
}

// shorterThan compares two terms, using a year without a leap day.
func (t Term) shorterThan(other Term) bool {
	day := time.Date(2026, time.December, 31, 0, 0, 0, 0, time.UTC)
	return !t.forEver && (other.forEver || t.Before(day).After(other.Before(day)))
}

const forEver = "for ever"

// String writes what UnmarshalText reads.
func (t Term) String() string {
	switch {
	case t.forEver:
		return forEver
	case t.days > 0:
		return fmt.Sprintf("%d days", t.days)
	}
	return fmt.Sprintf("%d months", t.months)
}

// MarshalText writes what UnmarshalText reads.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText parses "24 months", "90 days", "2 years" or "for ever".
func (t *Term) UnmarshalText(b []byte) error {
	if *t = (Term{}); string(b) == forEver {
		t.forEver = true
		return nil
	}
	count, unit, _ := strings.Cut(string(b), " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > mostOfTerm {
		return termError(b)
	}
	switch strings.TrimSuffix(unit, "s") {
	case "day":
		t.days = n
	case "month":
		t.months = n
	case "year":
		t.months = 12 * n
	default:
		return termError(b)
	}
	return nil
}

// mostOfTerm is the maximum number in a term.
const mostOfTerm = 10_000

type termError string

func (e termError) Error() string { return fmt.Sprintf("%q is not a period", string(e)) }
func (e termError) Hint() string  { return "write it like 24 months, 90 days, 2 years or for ever" }

// retention sets defaults, and checks that no data is erased while it is still needed.
func (k *checker) retention(at strictyaml.Path) {
	r := &k.Retention
	for _, t := range []struct {
		stated   *Term
		standard Term
	}{{&r.Letters, defaultRetention.Letters}, {&r.SetAside, defaultRetention.SetAside}, {&r.Digests, defaultRetention.Digests}} {
		if *t.stated == (Term{}) {
			*t.stated = t.standard
		}
	}
	if r.Letters.shorterThan(shortestLetters) {
		k.doc.Report(at.Key("letters"), "results are requested three months after a request was closed, and its letter is needed for that",
			"write "+shortestLetters.String()+" or more")
	}
	if r.Letters.shorterThan(r.Digests) {
		k.doc.Report(at.Key("digests"), "digests would be kept longer than the letters they are about", "write "+r.Letters.String()+" or less")
	}
}
