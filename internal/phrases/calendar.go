package phrases

import (
	"strconv"
	"time"
)

// calendar says how a language writes a day.
type calendar struct {
	Months []string `yaml:"months"` // twelve, as they stand within a date
	Day    string   `yaml:"day"`
	First  string   `yaml:"first"` // the first of a month, where it is written differently
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
