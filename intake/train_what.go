package intake

import (
	"io/fs"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
)

// noTheme marks, in the training data, asks without a leading subject.
const noTheme = "none"

// TrainSubjects fits the model that tells the theme of an ask from the terms
// in it, from asks/*.jsonl. It looks at terms alone: the words themselves
// would teach it the invented towns of the training data.
func TrainSubjects(files fs.FS, v *lexicon.Vocabulary) (*learned.Model, error) {
	examples, err := asksFrom(files, func(l labelled) learned.Example {
		e := learned.Example{Class: l.Theme, Signs: signsOfThemes(v, v.Scan(l.Text).Hits)}
		if e.Class == noTheme {
			e.Class = coordination
		}
		return e
	})
	if err != nil {
		return nil, err
	}
	o := learned.Defaults()
	o.Bits, o.Epochs, o.Decay = 13, 30, 1e-3
	return learned.Train(examples, o), nil
}

// TrainServices fits the model that tells which service an ask is for, by its
// words and terms, from asks/*.jsonl.
func TrainServices(files fs.FS, v *lexicon.Vocabulary) (*learned.Model, error) {
	examples, err := asksFrom(files, func(l labelled) learned.Example {
		s := v.Scan(l.Text)
		return learned.Example{Class: l.Service, Text: s.Folded.Text, Signs: signsOfServices(s.Hits)}
	})
	if err != nil {
		return nil, err
	}
	o := learned.Defaults()
	o.Bits = 13
	return learned.Train(examples, o), nil
}

// asksFrom makes examples of the labelled asks.
func asksFrom(files fs.FS, example func(labelled) learned.Example) ([]learned.Example, error) {
	lines, err := readLabelled(files, "asks/*.jsonl")
	examples := make([]learned.Example, len(lines))
	for i, l := range lines {
		examples[i] = example(l)
	}
	return examples, err
}
