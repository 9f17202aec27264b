package dates

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/intake/lexicon"
)

// A dateSense is a meaning of a word in a date.
type dateSense int

const (
	senseMonth     dateSense = iota // value: 1 to 12
	senseSeason                     // value: index into Words.seasons
	senseWeekday                    // value: 1 Monday to 7 Sunday
	senseUnit                       // value: a Unit
	senseOrdinal                    // value: 1 to 4, -1 for last
	senseQuarter                    // value: 1 to 4, for "Q3"
	senseHalfYear                   // value: 1 or 2, for "H1"
	senseNumber                     // value: the number
	senseLength                     // value: index into Words.spans
	senseFeast                      // value: index into Words.feasts
	senseDayWords                   // value: a day of the month
	senseYearWords                  // value: a year
	senseEdge                       // value: an Edge
	senseWeekend
	senseWeekLater // after a weekday: a week later
	senseNext
	senseThis
	senseTomorrow
	senseToday
	senseArticle // before a unit: counts as one
	senseJoin
	senseRangeOpens
	senseWorking // days counted are Monday to Friday
	senseEither
	senseOnward
	senseFiller
	senseYearEnd
	senseDayEnd
	senseBeforeMonth
	senseBeforeDay
	senseDoubtful    // a name of a month that also has another meaning
	senseCapitalOnly // one that has the other meaning in lower case
)

// A Unit is a unit of time.
type Unit int

const (
	UnitDay Unit = iota
	UnitWeek
	UnitMonth
	UnitQuarter
	UnitHalfYear
	UnitHalf      // of a month or a year
	UnitFortnight // half a month
	UnitDecade    // a third of a month
	UnitYear
	UnitHour
	UnitTwoWeeks // the English fortnight
)

var unitNames = map[string]Unit{
	"day": UnitDay, "week": UnitWeek, "month": UnitMonth, "quarter": UnitQuarter, "half_year": UnitHalfYear,
	"half": UnitHalf, "fortnight": UnitFortnight, "decade": UnitDecade, "year": UnitYear, "hour": UnitHour, "two_weeks": UnitTwoWeeks,
}

// An Edge is a part of a period.
type Edge int

const (
	EdgeNone Edge = iota
	EdgeBegin
	EdgeMiddle
	EdgeEnd
)

var edgeNames = map[string]Edge{"begin": EdgeBegin, "middle": EdgeMiddle, "end": EdgeEnd}

// A season is a range of months; to may be in the next year.
type season struct{ from, to int }

// Words is the vocabulary of dates.
type Words struct {
	known   map[string]dateWord // by folded word or phrase
	single  lexicon.Dictionary[dateWord]
	seasons []season
	spans   []span
	feasts  []calendarDay
	months  map[int][]monthWord // long names of months by length, for matching misspelt ones
}

type monthWord struct {
	letters []rune
	month   int
}

type wordSense struct {
	sense dateSense
	value int
}

// A dateWord holds the meanings of a folded word or phrase, and the number of words of the
// longest phrase that starts with it.
type dateWord struct {
	senses  []wordSense
	longest int
	begins  bool // a date may start with it
}

// within lists the senses of words that occur only inside or next to dates. They are the most
// frequent words in a letter, so no date is looked for that starts with one.
var within = map[dateSense]bool{
	senseYearWords: true, senseWeekLater: true, senseJoin: true, senseRangeOpens: true, senseWorking: true, senseEither: true, senseOnward: true,
	senseFiller: true, senseYearEnd: true, senseDayEnd: true, senseBeforeMonth: true, senseBeforeDay: true,
	senseDoubtful: true, senseCapitalOnly: true,
}

// index builds the dictionary of single words once all words have been added.
func (w *Words) index() {
	for word, d := range w.known {
		_, misspelt := w.misspelt(word)
		d.begins = misspelt || d.longest > 1 || slices.ContainsFunc(d.senses, func(s wordSense) bool { return !within[s.sense] })
		w.known[word] = d
	}
	w.single = lexicon.NewDictionary(w.known)
}

// is returns the value of a folded word in a sense.
func (w *Words) is(word string, sense dateSense) (int, bool) { return w.known[word].valueOf(sense) }

// valueOf returns the value in a sense.
func (d dateWord) valueOf(sense dateSense) (int, bool) {
	for _, s := range d.senses {
		if s.sense == sense {
			return s.value, true
		}
	}
	return 0, false
}

// wordsFile is the format of dates.yaml.
type wordsFile struct {
	Version         int                 `yaml:"version"`
	Months          map[int][]string    `yaml:"months"`
	Doubtful        []string            `yaml:"doubtful"`
	CapitalOnly     []string            `yaml:"capital_only"`
	Seasons         []seasonFile        `yaml:"seasons"`
	Weekdays        map[int][]string    `yaml:"weekdays"`
	Units           map[string][]string `yaml:"units"`
	Ordinals        map[int][]string    `yaml:"ordinals"`
	Quarters        map[int][]string    `yaml:"quarters"`
	Halves          map[int][]string    `yaml:"halves"`
	Numbers         map[int][]string    `yaml:"numbers"`
	Articles        []string            `yaml:"articles"`
	Feasts          []feastFile         `yaml:"feasts"`
	Lengths         []lengthFile        `yaml:"lengths"`
	CompoundLengths []compoundFile      `yaml:"compound_lengths"`
	DayWords        map[int][]string    `yaml:"day_words"`
	YearWords       map[int][]string    `yaml:"year_words"`
	Edges           map[string][]string `yaml:"edges"`
	Weekend         []string            `yaml:"weekend"`
	WeekLater       []string            `yaml:"week_later"`
	Next            []string            `yaml:"next"`
	This            []string            `yaml:"this"`
	Tomorrow        []string            `yaml:"tomorrow"`
	Today           []string            `yaml:"today"`
	Joins           []string            `yaml:"joins"`
	Either          []string            `yaml:"either"`
	Onward          []string            `yaml:"onward"`
	RangeOpens      []string            `yaml:"range_opens"`
	Working         []string            `yaml:"working"`
	Fillers         []string            `yaml:"fillers"`
	BeforeDay       []string            `yaml:"before_day"`
	YearEnds        []string            `yaml:"year_ends"`
	DayEnds         []string            `yaml:"day_ends"`
	BeforeMonth     []string            `yaml:"before_month"`
}

type seasonFile struct {
	From  int      `yaml:"from"`
	To    int      `yaml:"to"`
	Words []string `yaml:"words"`
}

// feastFile is a holiday on the same day every year.
type feastFile struct {
	Month int      `yaml:"month"`
	Day   int      `yaml:"day"`
	Words []string `yaml:"words"`
}

// Load reads and compiles dates.yaml. An error says what is invalid.
func Load(files fs.FS) (*Words, error) {
	var f wordsFile
	if err := lexicon.ReadYAML(files, "dates.yaml", &f); err != nil {
		return nil, err
	}
	return f.compile()
}

func (f wordsFile) compile() (*Words, error) {
	w := &Words{known: map[string]dateWord{}}
	for sense, byValue := range map[dateSense]map[int][]string{
		senseMonth: f.Months, senseWeekday: f.Weekdays, senseOrdinal: f.Ordinals, senseQuarter: f.Quarters,
		senseHalfYear: f.Halves, senseNumber: f.Numbers,
		senseDayWords: f.DayWords, senseYearWords: f.YearWords,
	} {
		for value, words := range byValue {
			w.add(sense, value, words)
		}
	}
	for sense, words := range map[dateSense][]string{
		senseDoubtful: f.Doubtful, senseCapitalOnly: f.CapitalOnly, senseWeekend: f.Weekend, senseWeekLater: f.WeekLater, senseNext: f.Next, senseThis: f.This, senseTomorrow: f.Tomorrow, senseToday: f.Today, senseArticle: f.Articles,
		senseJoin: f.Joins, senseEither: f.Either, senseOnward: f.Onward, senseRangeOpens: f.RangeOpens, senseWorking: f.Working, senseFiller: f.Fillers, senseBeforeDay: f.BeforeDay, senseYearEnd: f.YearEnds, senseDayEnd: f.DayEnds,
		senseBeforeMonth: f.BeforeMonth,
	} {
		w.add(sense, 0, words)
	}
	for i, s := range f.Seasons {
		w.seasons = append(w.seasons, season{s.From, s.To})
		w.add(senseSeason, i, s.Words)
	}
	for i, feast := range f.Feasts {
		w.feasts = append(w.feasts, calendarDay{0, feast.Month, feast.Day})
		w.add(senseFeast, i, feast.Words)
	}
	w.collectLongMonths(f.Months)
	if err := f.addLengths(w); err != nil {
		return nil, err
	}
	if err := f.addNamed(w); err != nil {
		return nil, err
	}
	w.index()
	return w, nil
}

// addNamed adds the words for units and edges, which the file lists by name.
func (f wordsFile) addNamed(w *Words) error {
	for name, words := range f.Units {
		unit, ok := unitNames[name]
		if !ok {
			return fmt.Errorf("dates.yaml: no unit is called %q", name)
		}
		w.add(senseUnit, int(unit), words)
	}
	for name, words := range f.Edges {
		e, ok := edgeNames[name]
		if !ok {
			return fmt.Errorf("dates.yaml: no edge is called %q", name)
		}
		w.add(senseEdge, int(e), words)
	}
	return nil
}

func (w *Words) add(sense dateSense, value int, words []string) {
	for _, word := range words {
		folded := lexicon.FoldString(word)
		if parts := strings.Fields(folded); len(parts) > 0 {
			first := w.known[parts[0]]
			first.longest = max(first.longest, len(parts))
			w.known[parts[0]] = first
		}
		d := w.known[folded]
		if s := (wordSense{sense, value}); !slices.Contains(d.senses, s) {
			d.senses = append(d.senses, s)
			w.known[folded] = d
		}
	}
}

// longMonth is the minimum number of letters in a month name that is recognised with one
// typing error.
const longMonth = 6

func (w *Words) collectLongMonths(months map[int][]string) {
	w.months = map[int][]monthWord{}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		for _, word := range months[month] {
			if letters := []rune(lexicon.FoldString(word)); len(letters) >= longMonth {
				w.months[len(letters)] = append(w.months[len(letters)], monthWord{letters, month})
			}
		}
	}
}

// misspelt returns the month whose name differs from a folded word by one typing error.
func (w *Words) misspelt(word string) (int, bool) {
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

// oneErrorApart reports whether two words differ by one letter omitted, inserted or changed,
// or by two adjacent letters swapped.
func oneErrorApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a[0] != b[0] && a[len(a)-1] != b[len(b)-1] { // a single error leaves at least one end intact
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
