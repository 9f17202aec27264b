package what

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// describedFile is the file of what letters say in place of names of instruments.
const describedFile = "described.yaml"

// descriptions are what letters say in place of the names of instruments, and
// where these were adopted; both by the id of the instrument.
type descriptions struct{ words, places *lexicon.Terms }

// loadDescriptions reads described.yaml, and checks that its ids are instruments.
func loadDescriptions(files fs.FS, v *lexicon.Vocabulary) (descriptions, error) {
	var f struct {
		Version int             `yaml:"version"`
		Words   lexicon.Phrases `yaml:"words"`
		Places  lexicon.Phrases `yaml:"places"`
	}
	if err := lexicon.ReadYAML(files, describedFile, &f); err != nil {
		return descriptions{}, err
	}
	var d descriptions
	var problems [3]error
	problems[0] = unknownInstruments(v, f.Words, f.Places)
	d.words, problems[1] = f.Words.Compile()
	d.places, problems[2] = f.Places.Compile()
	if err := errors.Join(problems[:]...); err != nil {
		return d, fmt.Errorf("%s: %w", describedFile, err)
	}
	return d, nil
}

func unknownInstruments(v *lexicon.Vocabulary, lists ...lexicon.Phrases) error {
	var unknown []error
	for _, list := range lists {
		for id := range list {
			if _, ok := v.Instrument(id); !ok {
				unknown = append(unknown, fmt.Errorf("instrument %q is not in the vocabulary", id))
			}
		}
	}
	return errors.Join(unknown...)
}

// A meaning is how the texts of one letter mean instruments without naming them.
type meaning struct {
	descriptions
	words, places map[*letter.Source][]lexicon.Hit
}

// meaningsIn looks through the texts of a letter.
func (d descriptions) meaningsIn(l *letter.Letter) meaning {
	m := meaning{d, map[*letter.Source][]lexicon.Hit{}, map[*letter.Source][]lexicon.Hit{}}
	for _, src := range l.Sources {
		m.words[src], m.places[src] = d.words.Find(src.Scan), d.places.Find(src.Scan)
	}
	return m
}

// of returns where a statement means an instrument: by words that stand for it,
// or, where it names no
// instrument, by the place and the year of its adoption.
func (m meaning) of(s statement, i lexicon.Instrument) (letter.Stretch, bool) {
	for _, h := range lexicon.HitsIn(m.words[s.Source], s.Start, s.End) {
		if h.Has(i.ID) {
			return letter.Stretch{Start: h.Start, End: h.End}, true
		}
	}
	places := lexicon.HitsIn(m.places[s.Source], s.Start, s.End)
	if slices.ContainsFunc(places, func(h lexicon.Hit) bool { return h.Has(i.ID) }) &&
		givesYear(s.Scan.TokensIn(s.Start, s.End), i.Year) && len(s.formsOfInstruments()) > 0 && len(s.hits(lexicon.ClassInstrument)) == 0 {
		return letter.Stretch{Start: s.Start, End: s.End}, true
	}
	return letter.Stretch{}, false
}
