// Package training holds the labelled sentences from which the models were made,
// and the Lessons that make models of sentences.
//
// Training is repeatable: the same sentences give the same bytes, and a test holds
// the stored models to those of the program. Sentences that cannot be learned from
// are refused, each by its line.
package training

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"verbale/intake"
	"verbale/intake/learned"
	"verbale/intake/lexicon"
	"verbale/intake/reading"
	"verbale/intake/reading/kind"
	"verbale/intake/reading/letter"
	"verbale/intake/reading/what"
)

// A Lesson is what one model learns from, and how it is fitted.
type Lesson struct {
	File     string // in which the model is stored: "roles.model"
	Examples []LabelledText
	options  learned.Options
	terms    []learned.Example // of the vocabulary, learned with whatever examples
}

// A LabelledText is an example with what a report may group it by.
type LabelledText struct {
	learned.Example
	Language string // ISO 639-1
	Theme    string // "" where the sentences of a lesson are not labelled by theme
}

// Train fits the model of the lesson to its examples, or to a share of them.
// The same examples give the same model. It needs at least one.
func (l Lesson) Train(examples []LabelledText) *learned.Model {
	plain := make([]learned.Example, len(examples))
	for i, e := range examples {
		plain[i] = e.Example
	}
	return learned.Train(interleave(plain, l.terms), l.options)
}

// Lessons reads a folder of labelled sentences, in the form of
// Sentences, and makes of it the lessons of all models. Those of
// subjects and services rest on the terms of the vocabulary. Its error names
// every line that cannot be learned from.
func Lessons(files fs.FS, v *lexicon.Vocabulary) ([]Lesson, error) {
	known, err := what.Roles(reading.Embedded())
	if err != nil {
		return nil, err
	}
	roles, noRoles := readLabelled(files, "roles.jsonl", func(l labelled) error { return l.checkRole(known) })
	mails, noMails := readLabelled(files, "kinds.jsonl", labelled.checkKind)
	asks, noAsks := readLabelled(files, "asks/*.jsonl", func(l labelled) error { return l.checkAsk(v) })
	if err := cmp.Or(errors.Join(noRoles, noMails, noAsks), missingService(asks)); err != nil {
		return nil, err
	}
	return []Lesson{rolesLesson(roles, asks), kindsLesson(mails), subjectsLesson(asks, v), wordsLesson(asks, v), servicesLesson(asks, v)}, nil
}

// rolesLesson teaches what a sentence does in a letter, from the labelled roles
// and the asks. Its balance keeps the many asks from making every sentence about
// a theme look like one.
func rolesLesson(roles, asks []labelled) Lesson {
	o := learned.Defaults()
	o.Balance, o.Decay = 0.9, 1e-4
	return Lesson{File: letter.RolesModel, Examples: interleave(
		examplesOf(roles, func(l labelled) learned.Example {
			return learned.Example{Class: l.Role, Text: trainingText(l)}
		}),
		examplesOf(asks, func(l labelled) learned.Example {
			return learned.Example{Class: letter.AskRole + l.Service, Text: trainingText(l)}
		}),
	), options: o}
}

// kindsLesson teaches what kind of mail a whole text is. Genuine mail that asks
// for nothing has a class for each sort: "other.invitation".
func kindsLesson(mails []labelled) Lesson {
	o := learned.Defaults()
	o.Balance = 0.7
	return Lesson{File: kind.ModelFile, options: o, Examples: examplesOf(mails, func(l labelled) learned.Example {
		class := l.Kind
		if l.Kind == string(intake.KindOther) {
			class += "." + l.Sub
		}
		return learned.Example{Class: class, Text: trainingText(l)}
	})}
}

// subjectsLesson teaches the theme of an ask from the terms in it alone, so that
// it knows which of the certain words go together.
func subjectsLesson(asks []labelled, v *lexicon.Vocabulary) Lesson {
	o := learned.Defaults()
	o.Least, o.Epochs, o.Decay = 1, 30, 1e-3
	return Lesson{File: what.SubjectsModel, options: o, Examples: examplesOf(asks, func(l labelled) learned.Example {
		return learned.Example{Class: l.theme(), Signs: what.SignsOfThemes(v, v.Scan(l.Text).Hits)}
	})}
}

// termsTogether is how many terms of a theme make one example.
const termsTogether = 2

// wordsLesson teaches the theme of an ask from its words, and from the terms of
// each theme as if they were short asks.
func wordsLesson(asks []labelled, v *lexicon.Vocabulary) Lesson {
	o := learned.Defaults()
	o.Least, o.Epochs, o.Decay = 2, 15, 1e-4
	lesson := Lesson{File: what.WordsModel, options: o, Examples: examplesOf(asks, func(l labelled) learned.Example {
		return learned.Example{Class: l.theme(), Text: what.WordsOfSubject(l.Text, v.Scan(l.Text).Tokens)}
	})}
	for _, theme := range v.Themes {
		for terms := range slices.Chunk(theme.Terms, termsTogether) {
			lesson.terms = append(lesson.terms, learned.Example{Class: theme.ID, Text: strings.Join(terms, " ")})
		}
	}
	return lesson
}

// servicesLesson teaches which services a text asks for, by its words and terms:
// by each ask alone, and by asks put together, as letters put several wishes into
// one sentence.
func servicesLesson(asks []labelled, v *lexicon.Vocabulary) Lesson {
	o := learned.Defaults()
	o.Least, o.Decay = leastOfPairs, 1e-4
	return Lesson{File: what.ServicesModel, options: o, Examples: examplesOf(slices.Concat(asks, together(asks)), func(l labelled) learned.Example {
		s := v.Scan(l.Text)
		return learned.Example{Class: l.Service, Text: s.Folded.Text, Signs: what.SignsOfServices(s.Hits)}
	})}
}

// leastOfPairs is in how many examples a feature must be that are mostly two asks each.
const leastOfPairs = 6

// How many asks lie between two that are put together, so that they are not of
// one author's breath, and how many of them are tried.
const (
	asksBetween = 7
	asksTried   = 20
)

// together puts every ask together with a later one of its language that is for
// another service.
func together(asks []labelled) []labelled {
	var pairs []labelled
	for i, l := range asks {
		for j := i + asksBetween; j < min(len(asks), i+asksTried*asksBetween); j += asksBetween {
			if other := asks[j]; other.Lang == l.Lang && other.Service != l.Service {
				l.Text += " " + other.Text
				l.Service = what.ClassOfServices(l.Service, other.Service)
				pairs = append(pairs, l)
				break
			}
		}
	}
	return pairs
}

func examplesOf(lines []labelled, example func(labelled) learned.Example) []LabelledText {
	examples := make([]LabelledText, len(lines))
	for i, l := range lines {
		examples[i] = LabelledText{Example: example(l), Language: l.Lang, Theme: l.theme()}
	}
	return examples
}

func trainingText(l labelled) string {
	return lexicon.FoldString(l.Subject + "\n" + l.Text)
}

// interleave spreads the shorter list evenly over the longer one, so that a
// share set aside holds something of both.
func interleave[T any](a, b []T) []T {
	out := make([]T, 0, len(a)+len(b))
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if j >= len(b) || i < len(a) && i*len(b) <= j*len(a) {
			out = append(out, a[i])
			i++
		} else {
			out = append(out, b[j])
			j++
		}
	}
	return out
}
