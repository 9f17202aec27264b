package dates

import (
	"fmt"
	"slices"
	"strings"

	"verbale/intake"
)

// A span is a length of time.
type span struct {
	count  int
	unit   Unit
	within bool // the words say that something is due within that time
}

// lengthFile is a word or phrase that names a length of time: "huitaine".
type lengthFile struct {
	Count  int      `yaml:"count"`
	Unit   string   `yaml:"unit"`
	Within bool     `yaml:"within"`
	Words  []string `yaml:"words"`
}

// compoundFile defines words composed of a number, a unit and an ending: "двух", "недельн",
// "ый срок". An empty number yields the unit alone.
type compoundFile struct {
	Numbers map[int][]string    `yaml:"numbers"`
	Units   map[string][]string `yaml:"units"`
	Endings []string            `yaml:"endings"`
}

// addLengths adds the words that express number and unit in one.
func (f wordsFile) addLengths(w *Words) error {
	all := slices.Clone(f.Lengths)
	for _, c := range f.CompoundLengths {
		all = append(all, c.lengths()...)
	}
	for _, l := range all {
		unit, ok := unitNames[l.Unit]
		if !ok {
			return fmt.Errorf("dates.yaml: no unit is called %q", l.Unit)
		}
		w.add(senseLength, len(w.spans), l.Words)
		w.spans = append(w.spans, span{l.Count, unit, l.Within})
	}
	return nil
}

// lengths returns every word that can be composed of the listed parts.
func (c compoundFile) lengths() (all []lengthFile) {
	for count, numbers := range c.Numbers {
		for unit, stems := range c.Units {
			l := lengthFile{Count: count, Unit: unit}
			for _, number := range numbers {
				for _, stem := range stems {
					for _, ending := range c.Endings {
						l.Words = append(l.Words, number+stem+ending)
					}
				}
			}
			all = append(all, l)
		}
	}
	slices.SortFunc(all, func(a, b lengthFile) int { return strings.Compare(a.Words[0], b.Words[0]) })
	return all
}

// duration parses a length of time, "two weeks", "10 (ten) working days", and returns the day
// on which it ends.
func (p *dateParser) duration(i int) (Moment, int) {
	count, unit, n := p.length(i)
	if n == 0 {
		return Moment{}, 0
	}
	d, ok := After(p.base, count, unit)
	if !ok {
		return Moment{}, 0
	}
	working := unit == UnitDay && p.working(i, i+n)
	if working {
		d = workingDaysLater(p.base, count)
	}
	m := fixedMoment(d, d, GrainDay)
	m.Length, m.Count, m.Unit, m.Working, m.Within = true, count, unit, working, p.within(i, n)
	return m, n
}

// within reports whether a word for a length of time also says that something is due within
// it: "dans le mois", unless the name of a month follows ("dans le mois de mai").
func (p *dateParser) within(i, n int) bool {
	v, words := p.phrase(i, senseLength)
	return words > 0 && p.words.spans[v].within && !p.monthSoon(i+n-1)
}

// Lasting returns the last day of a period that starts on from and has the length of m; ok is
// false if m is not a length.
func (m Moment) Lasting(from intake.Date) (last intake.Date, ok bool) {
	if m.Working {
		return workingDaysLater(from, m.Count-1), m.Length
	}
	end, ok := After(from, m.Count, m.Unit)
	return end.AddDays(-1), ok && m.Length
}

// working reports whether a word for working days stands within words i to end, or directly
// after: "10 jours ouvrables".
func (p *dateParser) working(i, end int) bool {
	for at := i; at <= end; at++ {
		if _, ok := p.is(at, senseWorking); ok && (at < end || p.follows(at)) {
			return true
		}
	}
	return false
}

// length parses a number and a unit of time, with qualifying words in between ("10 (ten)
// working days"), or a single word for both ("huitaine"). An article directly before the unit
// counts as one ("a month").
func (p *dateParser) length(i int) (count int, unit Unit, words int) {
	if v, n := p.phrase(i, senseLength); n > 0 {
		return p.words.spans[v].count, p.words.spans[v].unit, n
	}
	if one, _ := p.count(i); one == 1 && p.follows(i+1) {
		if v, n := p.phrase(i+1, senseLength); n > 0 {
			return p.words.spans[v].count, p.words.spans[v].unit, 1 + n // "une dizaine de jours"
		}
	}
	count, near := p.count(i)
	if strings.ContainsAny(p.gap(i+1), ".:;") {
		return 0, 0, 0 // "1. In the third quarter"
	}
	for at := i + 1; count > 0 && at <= i+near && !strings.ContainsAny(p.gap(at), "%/"); at++ {
		if u, ok := p.is(at, senseUnit); ok && at < len(p.tokens) && !strings.Contains(p.gap(at), "\n\n") {
			return count, Unit(u), at + 1 - i
		}
		if other, _ := p.count(at); other > 0 && other != count {
			break
		}
	}
	return 0, 0, 0
}

// qualifiers is the maximum distance in words from a number to its unit.
const qualifiers = 3

// count parses a number in digits or words; near is the maximum distance in words to its unit.
// It returns 0 if there is no number.
func (p *dateParser) count(i int) (count, near int) {
	if value, digits, suffix := p.number(i); digits > 0 && digits <= 3 && suffix == "" {
		return value, qualifiers
	}
	if value, ok := p.is(i, senseNumber); ok {
		return value, qualifiers
	}
	if _, ok := p.is(i, senseArticle); ok {
		return 1, 1
	}
	return 0, 0
}
