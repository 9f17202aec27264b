package phrases

import (
	"strconv"
	"time"
)

// calendar defines how dates are written in a language.
type calendar struct {
	Months []string `yaml:"months"` // twelve, in the form used within a date
	Day    string   `yaml:"day"`
	First  string   `yaml:"first"` // pattern for the first of a month, if different
}

func (c calendar) write(t time.Time) string {
	year, month, day := t.Date()
	pattern := c.Day
	if day == 1 && c.First != "" {
		pattern = c.First
	}
	parts := map[string]string{
		"day": strconv.Itoa(day), "month": c.Months[month-1], "year": strconv.Itoa(year),
	}
	return expand(pattern, func(name string) (string, bool) {
		v, ok := parts[name]
		return v, ok
	})
}
