package registry

import (
	"sync"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
	"verbale/intake/reading/dates"
)

// embeddedDays are the words of dates that come with the program.
var embeddedDays = sync.OnceValues(func() (*dates.Words, error) { return dates.Load(reading.Embedded()) })

// leadToDay is a word before which a month is no other word: it stands before
// what follows words that ask for a day.
const leadToDay = "until "

// dayIn is the first day that a text names, counted from base where it leaves
// the year or more open.
func (s *Service) dayIn(text string, base intake.Date) (intake.Date, bool) {
	text = leadToDay + text
	for _, m := range s.Days.In(text, s.Vocabulary.Scan(text), 0, len(text), base) {
		if first, _, ok := m.Resolve(base); ok {
			return first, true
		}
	}
	return intake.Date{}, false
}

// stretchIn is the first stretch of days that a part of a scanned text names,
// from its first day to its last, and where in the text it begins.
func (s *Service) stretchIn(text string, scan lexicon.Scan, start, end int, base intake.Date) (first, last intake.Date, at int, ok bool) {
	for _, m := range s.Days.In(text, scan, start, end, base) {
		if first, last, ok := m.Resolve(base); ok {
			return first, last, m.Start, true
		}
	}
	return intake.Date{}, intake.Date{}, 0, false
}
