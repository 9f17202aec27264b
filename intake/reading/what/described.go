package what

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

const (
	describedShare = 0.5 // minimum weight of an instrument that is only described
	partOfName     = 3   // number of words of a name that identify an instrument
	partOfYours    = 2   // the same in a sentence with "your"
	nameStem       = 5   // letters of a word kept in its stem
	leastWord      = 3   // minimum letters of a significant word
	mostHolders    = 12  // maximum number of names that contain a distinctive word
)

// A described is an instrument that a statement refers to without naming it.
type described struct {
	id    string
	words int // number of words of its name in the statement
	place letter.Stretch
}

// describeInstruments adds the instruments that the letter clearly refers to without naming
// them: by words that stand for one ("the review of road safety"), by part of the name ("your
// system of evaluation and rating"), by words that only together identify it ("a booklet that
// the club guarantees"), or by the year of adoption ("an agreement of 1970 on these
// vehicles"). Only instruments of the request's own themes are considered.
func (q *inquiry) describeInstruments(k *ranking) {
	var named, others []lexicon.Instrument
	for _, instrument := range q.vocabulary.Instruments {
		switch {
		case !q.sharesTheme(instrument):
		case k.scores[instrument.ID] >= instrumentThreshold:
			named = append(named, instrument)
		default:
			others = append(others, instrument)
		}
	}
	if len(others) == 0 {
		return
	}
	q.recogniseInstruments(k, others)
	meanings := q.descriptions.meaningsIn(q.letter)
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.setsAside() {
			continue
		}
		meant := meanings.in(s)
		for _, instrument := range others {
			if x, ok := meant.of(instrument); ok {
				k.add(instrument.ID, max(s.weight, describedShare), s.Evidence(intake.FieldInstruments, instrument.ID, x.Start, x.End))
			}
		}
		if d := q.describedIn(s, others, named); d.words > 0 && !s.isBackground() {
			k.add(d.id, max(s.weight, describedShare), s.Evidence(intake.FieldInstruments, d.id, d.place.Start, d.place.End))
		}
	}
}

// describedIn returns the instrument that a statement describes best. A statement that names
// another instrument can only describe one by its year. A generic word such as "the Agreement"
// is ignored if it fits an instrument named in the letter.
func (q *inquiry) describedIn(s statement, candidates, inLetter []lexicon.Instrument) described {
	var best described
	forms := slices.DeleteFunc(s.formsOfInstruments(), func(form string) bool {
		return slices.ContainsFunc(inLetter, func(i lexicon.Instrument) bool { return q.bearsForm(i, form) })
	})
	if len(forms) == 0 {
		return best
	}
	enough := partOfName
	if s.cued("yours") {
		enough = partOfYours
	}
	named := s.hits(lexicon.ClassInstrument)
	tokens := s.Scan.TokensIn(s.Start, s.End)
	for _, instrument := range candidates {
		dated := givesYear(tokens, instrument.Year) && !slices.ContainsFunc(named, q.isOfYear(instrument.Year))
		for _, stems := range q.nameStems[instrument.ID] {
			found, x := commonStems(tokens, func(stem string) bool {
				return slices.Contains(stems, stem) && (q.telling[stem] || slices.Contains(forms, stem))
			})
			called := len(named) == 0 && found >= enough && slices.ContainsFunc(forms, func(form string) bool { return slices.Contains(stems, form) })
			if found > best.words && (called || dated) {
				best = described{instrument.ID, found, x}
			}
		}
	}
	return best
}

// bearsForm reports whether the name of an instrument contains a generic word such as
// "agreement".
func (q *inquiry) bearsForm(i lexicon.Instrument, form string) bool {
	return slices.ContainsFunc(q.nameStems[i.ID], func(stems []string) bool { return slices.Contains(stems, form) })
}

// givesYear reports whether tokens contain the year.
func givesYear(tokens []lexicon.Token, year string) bool {
	return year != "" && slices.ContainsFunc(tokens, func(t lexicon.Token) bool { return t.Folded == year })
}

// isOfYear returns a function that reports whether a hit names an instrument adopted in the
// given year.
func (q *inquiry) isOfYear(year string) func(lexicon.Hit) bool {
	return func(h lexicon.Hit) bool {
		named, _ := q.vocabulary.Instrument(h.Senses[0].ID)
		return named.Year == year
	}
}

// formsOfInstruments returns the stems of the generic words for instruments in a statement,
// such as convention, standard, guide.
func (s statement) formsOfInstruments() []string {
	var forms []string
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Has("instrument_form") {
			forms = append(forms, stemOf(s.Scan.Tokens[h.Token].Folded))
		}
	}
	return forms
}

// commonStems counts the different stems of a name that occur in a text, and returns the
// stretch they cover.
func commonStems(tokens []lexicon.Token, ofName func(stem string) bool) (int, letter.Stretch) {
	var x letter.Stretch
	found := map[string]bool{}
	for _, t := range tokens {
		if stem := stemOf(t.Folded); ofName(stem) {
			if len(found) == 0 {
				x.Start = t.Start
			}
			found[stem], x.End = true, t.End
		}
	}
	return len(found), x
}

// stemsOfInstruments returns the stems of the names of every instrument, by id.
func stemsOfInstruments(v *lexicon.Vocabulary) map[string][][]string {
	stems := map[string][][]string{}
	for _, instrument := range v.Instruments {
		stems[instrument.ID] = stemsOfNames(instrument.Name)
	}
	return stems
}

// tellingStems returns the stems that distinguish the names of instruments from each other:
// those that occur in few of them.
func tellingStems(names map[string][][]string) map[string]bool {
	holders := map[string]int{}
	for _, languages := range names {
		seen := map[string]bool{}
		for _, stem := range slices.Concat(languages...) {
			if !seen[stem] {
				holders[stem]++
			}
			seen[stem] = true
		}
	}
	telling := map[string]bool{}
	for stem, n := range holders {
		telling[stem] = n <= mostHolders
	}
	return telling
}

// stemsOfNames returns the stems of the significant words of a name in each language.
func stemsOfNames(n lexicon.Name) [][]string {
	var out [][]string
	for _, name := range []string{n.En, n.Fr, n.Ru} {
		var stems []string
		for _, word := range strings.FieldsFunc(lexicon.FoldString(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(word) >= leastWord {
				stems = append(stems, stemOf(word))
			}
		}
		out = append(out, stems)
	}
	return out
}

// stemOf returns the first letters of a folded word, without a plural s.
func stemOf(word string) string {
	word = strings.TrimSuffix(word, "s")
	n := 0
	for i := range word {
		if n++; n > nameStem {
			return word[:i]
		}
	}
	return word
}
