package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// A sender is what a message tells of who sends it outside the text: the words
// of the display name, the office's part of the address, the mark of the office
// in the letter's number. All are folded.
type sender struct {
	name     string   // the display name
	marks    []string // words that may be an acronym of the office's name
	minister bool     // a minister or his deputy signs, so that it is the ministry that asks
}

// senderOf gathers what tells of the sender.
func senderOf(from intake.Address, number string) sender {
	x := sender{name: strings.TrimSpace(lexicon.FoldString(from.Name))}
	local, domain, _ := strings.Cut(strings.ToLower(from.Address), "@")
	label, _, _ := strings.Cut(domain, ".")
	for _, text := range []string{x.name, local, label} {
		x.marks = append(x.marks, letterGroups(text)...)
	}
	if groups := letterGroups(lexicon.FoldString(number)); len(groups) > 0 {
		x.marks = append(x.marks, groups[0])
	}
	return x
}

// letterGroups returns the runs of letters of a text that are long enough to
// tell an office.
func letterGroups(text string) []string {
	var out []string
	for _, g := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(g) >= shortestMark {
			out = append(out, g)
		}
	}
	return out
}

// Bounds of an acronym: fewer letters are chance, and beyond one initial of
// each word it may take so many letters more ("OFNACA").
const (
	shortestMark = 3
	moreLetters  = 2
)

// isCalled reports whether an institution's name is the sender's: the display
// name begins with it, or a mark is made of its initials.
func (x sender) isCalled(name string) bool {
	name, _, _ = strings.Cut(name, "(")
	folded := strings.TrimSpace(lexicon.FoldString(name))
	if folded != "" && x.name != "" && (strings.HasPrefix(x.name, folded) || strings.HasPrefix(folded, x.name) && strings.Contains(x.name, " ")) {
		return true
	}
	initials := initialsOf(folded)
	for _, mark := range x.marks {
		if isAcronym(mark, initials) {
			return true
		}
	}
	return false
}

// initialsOf returns the first letters of the words of a folded name, its short
// words left out: they are "of", "the", "des".
func initialsOf(folded string) []rune {
	var out []rune
	for _, word := range letterGroups(folded) {
		if utf8.RuneCountInString(word) > shortestMark {
			r, _ := utf8.DecodeRuneInString(word)
			out = append(out, r)
		}
	}
	return out
}

// isAcronym reports whether a word is made of initials, all of them in their
// order, with few letters more.
func isAcronym(word string, initials []rune) bool {
	letters := []rune(word)
	if len(initials) < shortestMark || len(letters) > len(initials)+moreLetters || letters[0] != initials[0] {
		return false
	}
	at := 0
	for _, r := range letters {
		if at < len(initials) && r == initials[at] {
			at++
		}
	}
	return at == len(initials)
}
