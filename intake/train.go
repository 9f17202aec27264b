package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"verbale/intake/learned"
	"verbale/intake/lexicon"
)

// labelled is one line of a training file; each file uses some of the keys.
type labelled struct {
	Lang    string `json:"lang"`    // ISO 639-1
	Role    string `json:"role"`    // roles.jsonl: what the sentence does
	Service string `json:"service"` // asks/*.jsonl: what the sentences ask for
	Theme   string `json:"theme"`   // asks/*.jsonl: what they are about
	Kind    string `json:"kind"`    // kinds.jsonl: what the mail is
	Sub     string `json:"sub"`     // kinds.jsonl: which sort of that kind
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// TrainRoles fits the model that tells what a sentence does in a letter, from
// roles.jsonl and a share of asks/*.jsonl of a folder of labelled sentences.
func TrainRoles(files fs.FS) (*learned.Model, error) {
	examples, err := examplesFrom(files, "roles.jsonl", func(l labelled) string { return l.Role })
	if err != nil {
		return nil, err
	}
	asks, err := examplesFrom(files, "asks/*.jsonl", func(l labelled) string { return askRole + l.Service })
	if err != nil {
		return nil, err
	}
	return learned.Train(interleave(examples, everyNth(asks, thinning)), learned.Defaults()), nil
}

// TrainKinds fits the model that tells what kind of mail a whole text is, from
// kinds.jsonl. Genuine mail that asks for nothing has a class for each sort:
// "other.invitation".
func TrainKinds(files fs.FS) (*learned.Model, error) {
	examples, err := examplesFrom(files, "kinds.jsonl", func(l labelled) string {
		if l.Kind == string(KindOther) {
			return l.Kind + "." + l.Sub
		}
		return l.Kind
	})
	if err != nil {
		return nil, err
	}
	o := learned.Defaults()
	o.Balance = 0.7
	return learned.Train(examples, o), nil
}

// interleave spreads the shorter list evenly over the longer one, so that a
// share set aside holds something of both.
func interleave(a, b []learned.Example) []learned.Example {
	out := make([]learned.Example, 0, len(a)+len(b))
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

// examplesFrom makes examples of the labelled texts of the files that match a
// pattern.
func examplesFrom(files fs.FS, pattern string, class func(labelled) string) ([]learned.Example, error) {
	lines, err := readLabelled(files, pattern)
	examples := make([]learned.Example, len(lines))
	for i, l := range lines {
		examples[i] = learned.Example{Class: class(l), Text: trainingText(l)}
	}
	return examples, err
}

// readLabelled reads the files that match a pattern, in the order of their
// names.
func readLabelled(files fs.FS, pattern string) ([]labelled, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no training file matches %q: %w", pattern, err)
	}
	slices.Sort(names)
	var out []labelled
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read training file: %w", err)
		}
		for lines, n := bufio.NewScanner(bytes.NewReader(data)), 1; lines.Scan(); n++ {
			var l labelled
			if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", name, n, err)
			}
			out = append(out, l)
		}
	}
	return out, nil
}

func trainingText(l labelled) string {
	return lexicon.FoldString(l.Subject + "\n" + l.Text)
}

// thinning keeps the many labelled asks from making every sentence about a theme
// look like an ask.
const thinning = 15

// everyNth thins a list of examples evenly.
func everyNth(examples []learned.Example, n int) []learned.Example {
	var out []learned.Example
	for i := 0; i < len(examples); i += n {
		out = append(out, examples[i])
	}
	return out
}
