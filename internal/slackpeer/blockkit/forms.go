package blockkit

import (
	"net/url"
	"regexp"
	"time"
)

func absoluteURL(s string) string {
	if u, err := url.Parse(s); err != nil || u.Scheme == "" || u.Host == "" && u.Opaque == "" {
		return "must be a valid URL"
	}
	return ""
}

func secureURL(s string) string {
	if u, err := url.Parse(s); err != nil || u.Scheme != "https" || u.Host == "" {
		return "must be a valid HTTPS URL"
	}
	return ""
}

func calendarDate(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "must be a date in the format YYYY-MM-DD"
	}
	return ""
}

func timeOfDay(s string) string {
	if _, err := time.Parse("15:04", s); err != nil || len(s) != len("15:04") {
		return "must be a time in the format HH:mm"
	}
	return ""
}

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func decimal(s string) string {
	if !number.MatchString(s) {
		return "must be a number"
	}
	return ""
}
