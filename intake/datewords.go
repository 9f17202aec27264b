package intake

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// A dateSense is what a word contributes to a date.
type dateSense int

const (
	senseMonth    dateSense = iota // value: 1 to 12
	senseSeason                    // value: index of the season
	senseWeekday                   // value: 1 Monday to 7 Sunday
	senseUnit                      // value: a timeUnit
	senseOrdinal                   // value: 1 to 4, -1 for last
	senseQuarter                   // value: 1 to 4, for "Q3"
	senseHalfYear                  // value: 1 or 2, for "H1"
	senseNumber                    // value: the number
	senseEdge                      // value: an edge
	senseNext
	senseThis
	senseTomorrow
	senseToday
	senseJoin
	senseRangeOpens
	senseWorking // of days: Monday to Friday
	senseEither
	senseFiller
	senseYearEnd
	senseDayEnd
	senseBeforeMonth
	senseDoubtful // a month word that is also another word
)

// A timeUnit is a stretch of the calendar.
type timeUnit int

const (
	unitDay timeUnit = iota
	unitWeek
	unitMonth
	unitQuarter
	unitHalfYear
	unitHalf      // of a month or a year
	unitFortnight // half a month
	unitDecade    // a third of a month
	unitYear
)

var unitNames = map[string]timeUnit{
	"day": unitDay, "week": unitWeek, "month": unitMonth, "quarter": unitQuarter, "half_year": unitHalfYear,
	"half": unitHalf, "fortnight": unitFortnight, "decade": unitDecade, "year": unitYear,
}

// An edge is a part of a stretch of the calendar.
type edge int

const (
	edgeNone edge = iota
	edgeBegin
	edgeMiddle
	edgeEnd
)

var edgeNames = map[string]edge{"begin": edgeBegin, "middle": edgeMiddle, "end": edgeEnd}

// A season is a stretch of months; to may lie in the next year.
type season struct{ from, to int }

// dateWords are the words of which dates are made.
type dateWords struct {
	senses  map[string][]wordSense // by folded word
	seasons []season
	months  map[int][]monthWord // long month words by their number of letters, for telling typing errors
}

type monthWord struct {
	letters []rune
	month   int
}

type wordSense struct {
	sense dateSense
	value int
}

// is returns the value that a folded word has in a sense.
func (w *dateWords) is(word string, sense dateSense) (int, bool) {
	for _, s := range w.senses[word] {
		if s.sense == sense {
			return s.value, true
		}
	}
	return 0, false
}

// timesFile is the form of data/times.yaml.
type timesFile struct {
	Version     int                 `yaml:"version"`
	Months      map[int][]string    `yaml:"months"`
	Doubtful    []string            `yaml:"doubtful"`
	Seasons     []seasonFile        `yaml:"seasons"`
	Weekdays    map[int][]string    `yaml:"weekdays"`
	Units       map[string][]string `yaml:"units"`
	Ordinals    map[int][]string    `yaml:"ordinals"`
	Quarters    map[int][]string    `yaml:"quarters"`
	Halves      map[int][]string    `yaml:"halves"`
	Numbers     map[int][]string    `yaml:"numbers"`
	Edges       map[string][]string `yaml:"edges"`
	Next        []string            `yaml:"next"`
	This        []string            `yaml:"this"`
	Tomorrow    []string            `yaml:"tomorrow"`
	Today       []string            `yaml:"today"`
	Joins       []string            `yaml:"joins"`
	Either      []string            `yaml:"either"`
	RangeOpens  []string            `yaml:"range_opens"`
	Working     []string            `yaml:"working"`
	Fillers     []string            `yaml:"fillers"`
	YearEnds    []string            `yaml:"year_ends"`
	DayEnds     []string            `yaml:"day_ends"`
	BeforeMonth []string            `yaml:"before_month"`
	Roles       phrases             `yaml:"roles"`
}

type seasonFile struct {
	From  int      `yaml:"from"`
	To    int      `yaml:"to"`
	Words []string `yaml:"words"`
}

func (f timesFile) compile() (dateWords, error) {
	w := dateWords{senses: map[string][]wordSense{}}
	for sense, byValue := range map[dateSense]map[int][]string{
		senseMonth: f.Months, senseWeekday: f.Weekdays, senseOrdinal: f.Ordinals, senseQuarter: f.Quarters,
		senseHalfYear: f.Halves, senseNumber: f.Numbers,
	} {
		for value, words := range byValue {
			w.add(sense, value, words)
		}
	}
	for sense, words := range map[dateSense][]string{
		senseDoubtful: f.Doubtful, senseNext: f.Next, senseThis: f.This, senseTomorrow: f.Tomorrow, senseToday: f.Today,
		senseJoin: f.Joins, senseEither: f.Either, senseRangeOpens: f.RangeOpens, senseWorking: f.Working, senseFiller: f.Fillers, senseYearEnd: f.YearEnds, senseDayEnd: f.DayEnds,
		senseBeforeMonth: f.BeforeMonth,
	} {
		w.add(sense, 0, words)
	}
	for i, s := range f.Seasons {
		w.seasons = append(w.seasons, season{s.From, s.To})
		w.add(senseSeason, i, s.Words)
	}
	w.collectLongMonths(f.Months)
	return w, f.addNamed(&w)
}

// addNamed adds the words of units and edges, which the file lists by name.
func (f timesFile) addNamed(w *dateWords) error {
	for name, words := range f.Units {
		unit, ok := unitNames[name]
		if !ok {
			return fmt.Errorf("times.yaml: no unit is called %q", name)
		}
		w.add(senseUnit, int(unit), words)
	}
	for name, words := range f.Edges {
		e, ok := edgeNames[name]
		if !ok {
			return fmt.Errorf("times.yaml: no edge is called %q", name)
		}
		w.add(senseEdge, int(e), words)
	}
	return nil
}

func (w *dateWords) add(sense dateSense, value int, words []string) {
	for _, word := range words {
		folded := lexicon.FoldString(word)
		if s := (wordSense{sense, value}); !slices.Contains(w.senses[folded], s) {
			w.senses[folded] = append(w.senses[folded], s)
		}
	}
}

// longMonth is the number of letters from which a month word is recognised
// with one typing error.
const longMonth = 6

func (w *dateWords) collectLongMonths(months map[int][]string) {
	w.months = map[int][]monthWord{}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		for _, word := range months[month] {
			if letters := []rune(lexicon.FoldString(word)); len(letters) >= longMonth {
				w.months[len(letters)] = append(w.months[len(letters)], monthWord{letters, month})
			}
		}
	}
}

// misspelt returns the month that a folded word is one typing error away from.
func (w *dateWords) misspelt(word string) (int, bool) {
	n := utf8.RuneCountInString(word)
	if n < longMonth-1 || n > 12 {
		return 0, false
	}
	letters := []rune(word)
	for length := n - 1; length <= n+1; length++ {
		for _, m := range w.months[length] {
			if oneErrorApart(letters, m.letters) {
				return m.month, true
			}
		}
	}
	return 0, false
}

// oneErrorApart reports whether two words differ in one letter left out, put
// in or changed, or in two neighbours that changed places.
func oneErrorApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) {
		return false
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
	return swapped || slices.Equal(a[i+1:], b[i+1:])
}
