package training

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/what"
)

//go:embed roles.jsonl kinds.jsonl asks
var sentences embed.FS

// Sentences returns the labelled sentences that the built-in models were trained on:
//
//	roles.jsonl      {"lang", "role", "text"}: the role of a sentence in a letter
//	kinds.jsonl      {"lang", "kind", "sub", "subject", "text"}: whole short messages
//	asks/*.jsonl     {"lang", "theme", "service", "text"}: sentences that make a request
//
// Theme "none" marks asks without a main theme. All sentences are invented; those in
// asks/letters.jsonl were written as parts of whole letters.
func Sentences() fs.FS { return sentences }

// labelled is one line of a training file; each file uses some of the keys.
type labelled struct {
	Lang    string `json:"lang"`    // ISO 639-1
	Role    string `json:"role"`    // roles.jsonl: the role of the sentence
	Service string `json:"service"` // asks/*.jsonl: the service requested
	Theme   string `json:"theme"`   // asks/*.jsonl: the theme of the request
	Kind    string `json:"kind"`    // kinds.jsonl: the kind of the message
	Sub     string `json:"sub"`     // kinds.jsonl: the subtype of that kind
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// noTheme marks asks without a main theme in the training data.
const noTheme = "none"

// theme returns the theme of an ask as used in readings.
func (l labelled) theme() string {
	if l.Theme == noTheme {
		return what.Coordination
	}
	return l.Theme
}

// readLabelled reads the files that match a pattern, in order of their names. An error names
// every line that cannot be decoded or that check rejects.
func readLabelled(files fs.FS, pattern string, check func(labelled) error) ([]labelled, error) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", pattern, err)
	}
	slices.Sort(names)
	var out []labelled
	var problems []error
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			problems = append(problems, err)
		}
		n := 0
		for line := range bytes.Lines(data) {
			if n++; len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			l, err := parseLabelled(line, check)
			if err != nil {
				problems = append(problems, fmt.Errorf("%s:%d: %w", name, n, err))
			}
			out = append(out, l)
		}
	}
	if len(out) == 0 && problems == nil {
		return nil, fmt.Errorf("there is no sentence in %s", pattern)
	}
	return out, errors.Join(problems...)
}

func parseLabelled(line []byte, check func(labelled) error) (labelled, error) {
	var l labelled
	if err := json.Unmarshal(line, &l); err != nil {
		return l, err
	}
	if l.Text == "" || l.Lang == "" {
		return l, errors.New("text or lang is missing")
	}
	return l, check(l)
}

func (l labelled) checkRole(known []string) error {
	if !slices.Contains(known, l.Role) {
		return fmt.Errorf("role %q is not known", l.Role)
	}
	return nil
}

func (l labelled) checkKind() error {
	switch {
	case !slices.Contains(intake.Kinds(), intake.Kind(l.Kind)):
		return fmt.Errorf("kind %q is none of %v", l.Kind, intake.Kinds())
	case l.Kind == string(intake.KindOther) && l.Sub == "":
		return errors.New("kind other needs a sub")
	}
	return nil
}

func (l labelled) checkAsk(v *lexicon.Vocabulary) error {
	if !slices.Contains(intake.Services(), intake.Service(l.Service)) {
		return fmt.Errorf("service %q is none of %v", l.Service, intake.Services())
	}
	if _, ok := v.Theme(l.theme()); !ok {
		return fmt.Errorf("theme %q is not in the vocabulary", l.Theme)
	}
	return nil
}

// missingService returns an error for a service without any ask, which a model could not
// learn.
func missingService(asks []labelled) error {
	for _, s := range intake.Services() {
		if !slices.ContainsFunc(asks, func(l labelled) bool { return l.Service == string(s) }) {
			return fmt.Errorf("there is no ask for service %s", s)
		}
	}
	return nil
}
