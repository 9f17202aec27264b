package who

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
)

// A sender is what identifies the sender of a message outside its text: the words of the
// display name, of the address, and the office code in the letter's number. All are folded.
type sender struct {
	name     string   // the display name
	marks    []string // words that may be the acronym of the office's name
	minister bool     // a minister or deputy minister signs, so the ministry is the requester
}

// senderOf collects what identifies the sender.
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

// letterGroups returns the runs of letters in a text that are long enough to identify an
// office.
func letterGroups(text string) []string {
	var out []string
	for _, g := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(g) >= shortestMark {
			out = append(out, g)
		}
	}
	return out
}

// Limits on an acronym: its minimum length, below which a match may be chance, and how many
// letters it may have beyond the initials ("OFNACA").
const (
	shortestMark = 3
	moreLetters  = 2
)

// isCalled reports whether an institution's name is the sender's: the display name matches it,
// or one of the marks is made of its initials.
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

// initialsOf returns the first letters of the words in a folded name, without short words such
// as "of", "the", "des".
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

// isAcronym reports whether a word contains all the initials in order, with few other letters.
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
