package desk

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"verbale/intake"
)

// ahead parses the day at the beginning of a line; if the year or more is missing, the next
// such day from today: "3 May", "le 3 mai", "03.05.2026", "завтра", "in 2 weeks", "next
// Monday". Of a range it returns the first day. n is the number of words read, 0 if there is
// no day.
func (w pageWriter) ahead(l line) (day intake.Date, n int) {
	if first, _, n := w.stretchAhead(l); n > 0 {
		return first, n
	}
	for at := l; ; {
		if id, n := at.first(embeddedVocabulary().ahead); n > 0 {
			days, _ := strconv.Atoi(id) // a test parses all of them
			return w.today().AddDays(days), len(l.words) - len(at.from(n).words)
		}
		next := at.skip("when")
		if len(next.words) == len(at.words) {
			return day, 0
		}
		at = next
	}
}

// stretchAhead parses the day or range at the beginning of a line, including preceding words
// such as "until".
func (w pageWriter) stretchAhead(l line) (first, last intake.Date, n int) {
	text := l.rest()
	moments := w.service.Days.In(text, w.service.Vocabulary.Scan(text), 0, len(text), w.today())
	if len(moments) == 0 || !leads(l, l.words[0].start+moments[0].Start) {
		return first, last, 0
	}
	first, last, ok := moments[0].Resolve(w.today())
	if !ok {
		return first, last, 0
	}
	rest := l
	for len(rest.words) > 0 && rest.words[0].start < l.words[0].start+moments[0].End {
		rest = rest.from(1)
	}
	rest = rest.skip("coming") // as in "lundi prochain"
	return first, last, len(l.words) - len(rest.words)
}

// leads reports whether a line has only filler words before an offset.
func leads(l line, place int) bool {
	for len(l.words) > 0 && l.words[0].start < place {
		next := l.skip("when")
		if len(next.words) == len(l.words) {
			return false
		}
		l = next
	}
	return true
}

// timeForm matches a time of day: 9:00, 15h30, 15h.
var timeForm = regexp.MustCompile(`^(\d{1,2})(?:[:h](\d{2})|h)$`)

// timeOf parses the time of day at the beginning of a line. If there is none, it returns the
// default time and n is 0.
func timeOf(l line) (text string, n int) {
	rest := l.skip("hour")
	if len(rest.words) == 0 {
		return embeddedVocabulary().Reminded, 0
	}
	text = strings.TrimRight(rest.words[0].folded, ",:;")
	if !timeForm.MatchString(text) {
		return embeddedVocabulary().Reminded, 0
	}
	return text, len(l.words) - len(rest.words) + 1
}

// at is a time of day on a day, in the office's time zone; false if the text is not a valid
// time.
func (w pageWriter) at(day intake.Date, text string) (time.Time, bool) {
	m := timeForm.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	hour, _ := strconv.Atoi(m[1]) // digits
	minute, _ := strconv.Atoi(m[2])
	if hour > 23 || minute > 59 {
		return time.Time{}, false
	}
	return time.Date(day.Year, day.Month, day.Day, hour, minute, 0, 0, w.zone()), true
}
