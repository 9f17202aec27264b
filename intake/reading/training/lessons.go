// Package training holds the labelled sentences that the models are trained on, and the
// Lessons that define how each model is trained.
//
// Training is reproducible: the same sentences give the same bytes, and a test checks the
// stored models against the training data. Sentences that are invalid as training data are
// reported, each by its line.
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

// A Lesson is the training data and options of one model.
type Lesson struct {
	File     string // the file of the model: "roles.model"
	Examples []LabelledText
	options  learned.Options
	terms    []learned.Example // terms of the vocabulary, added to any examples
}

// A LabelledText is a training example with attributes by which a report can group it.
type LabelledText struct {
	learned.Example
	Language string // ISO 639-1
	Theme    string // "" if the lesson's sentences are not labelled by theme
}

// Train fits the model of the lesson to the given examples, all of the lesson's or a subset.
// The same examples give the same model. It needs at least one.
func (l Lesson) Train(examples []LabelledText) *learned.Model {
	plain := make([]learned.Example, len(examples))
	for i, e := range examples {
		plain[i] = e.Example
	}
	return learned.Train(interleave(plain, l.terms), l.options)
}

// Lessons reads a folder of labelled sentences, in the format of Sentences, and returns the
// lessons of all models. Those for subjects and services also use the terms of the vocabulary.
// An error names every invalid line.
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

// rolesLesson trains the model of sentence roles on the labelled roles and the asks. The
// Balance option keeps the large number of asks from making every sentence about a theme look
// like one.
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

// kindsLesson trains the model of the kind of a whole message. Genuine messages that make no
// request have a class for each type: "other.invitation".
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

// subjectsLesson trains a model of the theme of an ask on its vocabulary terms alone, so that
// the model learns which terms occur together.
func subjectsLesson(asks []labelled, v *lexicon.Vocabulary) Lesson {
	o := learned.Defaults()
	o.Least, o.Epochs, o.Decay = 1, 30, 1e-3
	return Lesson{File: what.SubjectsModel, options: o, Examples: examplesOf(asks, func(l labelled) learned.Example {
		return learned.Example{Class: l.theme(), Signs: what.SignsOfThemes(v, v.Scan(l.Text).Hits)}
	})}
}

// termsTogether is the number of terms of a theme in one example.
const termsTogether = 2

// wordsLesson trains a model of the theme of an ask on its words, and on the terms of each
// theme as if they were short asks.
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

// servicesLesson trains the model of the services that a text asks for, on its words and
// terms. It uses each ask alone and in pairs, since letters combine several requests in one
// sentence.
func servicesLesson(asks []labelled, v *lexicon.Vocabulary) Lesson {
	o := learned.Defaults()
	o.Least, o.Decay = leastOfPairs, 1e-4
	return Lesson{File: what.ServicesModel, options: o, Examples: examplesOf(slices.Concat(asks, together(asks)), func(l labelled) learned.Example {
		s := v.Scan(l.Text)
		return learned.Example{Class: l.Service, Text: s.Folded.Text, Signs: what.SignsOfServices(s.Hits)}
	})}
}

// leastOfPairs is the minimum number of examples with a feature; most of the examples are
// pairs of asks.
const leastOfPairs = 6

// Pairing of asks: the distance between the two asks, so that they are unlikely to come from
// the same text, and the number of candidates tried for each ask.
const (
	asksBetween = 7
	asksTried   = 20
)

// together pairs every ask with a later one in the same language for a different service.
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

// interleave spreads the shorter list evenly over the longer one, so that any held-out share
// contains both.
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
