package what

import (
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/lexicon"
)

const (
	// instrumentThreshold is the minimum weight of an instrument that the work is about: named
	// once in the request, or several times around it.
	instrumentThreshold = 0.4
	// instrumentOfTheme is the factor for an instrument that belongs to a theme of the
	// request; others may be mentioned for comparison.
	instrumentOfTheme = 2.5
)

// readInstruments finds the instruments, norms and tools that the work is about. Those that
// the letter excludes from the request do not count.
func (q *inquiry) readInstruments() {
	k := newRanking()
	for _, s := range q.statements {
		if s.setsAside() {
			continue
		}
		for _, h := range s.hits(lexicon.ClassInstrument) {
			if s.isOfSecretariat(h) || s.isOfPayer(h) {
				continue
			}
			for _, sense := range h.Senses {
				weight := s.weight * sense.Weight / float64(len(h.Senses))
				if q.ofTheme(sense.ID) {
					weight *= instrumentOfTheme
				}
				k.add(sense.ID, weight, s.cite(intake.FieldInstruments, sense.ID, h))
			}
		}
	}
	q.describeInstruments(k)
	for _, id := range k.ids() {
		if k.scores[id] < instrumentThreshold {
			break
		}
		q.reading.Request.Instruments = append(q.reading.Request.Instruments, id)
		for _, e := range k.best(id, 2) {
			q.cite(e)
		}
	}
	slices.Sort(q.reading.Request.Instruments)
	q.joinThemes()
}

// joinThemes adds the further themes of requested instruments that join several.
func (q *inquiry) joinThemes() {
	themes := &q.reading.Request.Themes
	for _, id := range q.reading.Request.Instruments {
		instrument, _ := q.vocabulary.Instrument(id)
		if !instrument.JoinsThemes || !slices.Contains(instrument.Themes, (*themes)[0]) {
			continue
		}
		for _, theme := range instrument.Themes {
			if len(*themes) < mostThemes && !slices.Contains(*themes, theme) {
				*themes = append(*themes, theme)
				q.citeInstrument(id, theme)
			}
		}
	}
}

// citeInstrument cites the words for an instrument as evidence for one of its themes.
func (q *inquiry) citeInstrument(id, theme string) {
	for _, e := range q.reading.Evidence {
		if e.Field == intake.FieldInstruments && e.Value == id {
			e.Field, e.Value = intake.FieldThemes, theme
			q.cite(e)
			return
		}
	}
}

// isOfSecretariat reports whether a hit names the instrument only to identify its secretariat
// ("To the secretariat of the Water Convention").
func (s statement) isOfSecretariat(h lexicon.Hit) bool {
	for _, cue := range lexicon.HitsIn(s.Scan.Hits, s.Start, h.Start) {
		if cue.Has("secretariat") && strings.TrimSpace(s.Text[min(cue.End, h.Start):h.Start]) == "" {
			return true
		}
	}
	return false
}

// isOfPayer reports whether a fund is named as a possible payer rather than as the subject of
// the work.
func (s statement) isOfPayer(h lexicon.Hit) bool {
	return slices.ContainsFunc(lexicon.HitsIn(s.Scan.Hits, h.Start, h.End), func(other lexicon.Hit) bool {
		return other.Class == lexicon.ClassFunding
	})
}

// ofTheme reports whether an instrument belongs to a theme of the request.
func (q *inquiry) ofTheme(id string) bool {
	instrument, _ := q.vocabulary.Instrument(id)
	return q.sharesTheme(instrument)
}

func (q *inquiry) sharesTheme(instrument lexicon.Instrument) bool {
	return slices.ContainsFunc(instrument.Themes, func(theme string) bool {
		return slices.Contains(q.reading.Request.Themes, theme)
	})
}
