package what

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// describedFile is the file of descriptions that letters use instead of the names of
// instruments.
const describedFile = "described.yaml"

// descriptions are the words that letters use instead of the names of instruments, and the
// places where these were adopted; both by instrument id.
type descriptions struct {
	words, places *lexicon.Terms
	portraits     portraits
}

// loadDescriptions reads described.yaml and checks that its ids are instruments.
func loadDescriptions(files fs.FS, v *lexicon.Vocabulary) (descriptions, error) {
	var f struct {
		Version  int             `yaml:"version"`
		Words    lexicon.Phrases `yaml:"words"`
		Together groupsOfWords   `yaml:"together"`
		Places   lexicon.Phrases `yaml:"places"`
	}
	if err := lexicon.ReadYAML(files, describedFile, &f); err != nil {
		return descriptions{}, err
	}
	var d descriptions
	var problems [4]error
	problems[0] = unknownInstruments(v, slices.Concat(slices.Collect(maps.Keys(f.Words)), slices.Collect(maps.Keys(f.Places)), slices.Collect(maps.Keys(f.Together))))
	d.words, problems[1] = f.Words.Compile()
	d.places, problems[2] = f.Places.Compile()
	d.portraits, problems[3] = f.Together.compile()
	if err := errors.Join(problems[:]...); err != nil {
		return d, fmt.Errorf("%s: %w", describedFile, err)
	}
	return d, nil
}

func unknownInstruments(v *lexicon.Vocabulary, ids []string) error {
	var unknown []error
	for _, id := range ids {
		if _, ok := v.Instrument(id); !ok {
			unknown = append(unknown, fmt.Errorf("instrument %q is not in the vocabulary", id))
		}
	}
	return errors.Join(unknown...)
}

// meanings are the descriptions of instruments found in the texts of a letter.
type meanings map[*letter.Source]struct{ words, places []lexicon.Hit }

// meaningsIn finds the descriptions of instruments in the texts of a letter.
func (d descriptions) meaningsIn(l *letter.Letter) meanings {
	m := meanings{}
	for _, src := range l.Sources {
		m[src] = struct{ words, places []lexicon.Hit }{d.words.Find(src.Scan), d.places.Find(src.Scan)}
	}
	return m
}

// A meaning is the descriptions of instruments in one statement.
type meaning struct {
	statement
	words, places []lexicon.Hit
}

func (m meanings) in(s statement) meaning {
	of := m[s.Source]
	return meaning{s, lexicon.HitsIn(of.words, s.Start, s.End), lexicon.HitsIn(of.places, s.Start, s.End)}
}

// of returns where the statement refers to an instrument: by words that stand for it or, if it
// names no instrument, by the place and year of its adoption.
func (m *meaning) of(i lexicon.Instrument) (letter.Stretch, bool) {
	for _, h := range m.words {
		if h.Has(i.ID) && !m.namesAnother(i, h) {
			return letter.Stretch{Start: h.Start, End: h.End}, true
		}
	}
	if slices.ContainsFunc(m.places, func(h lexicon.Hit) bool { return h.Has(i.ID) }) &&
		givesYear(m.Scan.TokensIn(m.Start, m.End), i.Year) && len(m.formsOfInstruments()) > 0 && len(m.hits(lexicon.ClassInstrument)) == 0 {
		return letter.Stretch{Start: m.Start, End: m.End}, true
	}
	return letter.Stretch{}, false
}

// namesAnother reports whether words that stand for an instrument are part of the name of
// another ("the agreement on dangerous goods by inland waterway").
func (m *meaning) namesAnother(i lexicon.Instrument, words lexicon.Hit) bool {
	return slices.ContainsFunc(m.hits(lexicon.ClassInstrument), func(h lexicon.Hit) bool {
		return h.Start <= words.Start && words.End <= h.End && !h.Has(i.ID)
	})
}
