package lexicon

import (
	"unicode"
	"unicode/utf8"
)

// A Token is one word of a text: a run of letters and digits. Hyphens and apostrophes
// separate words ("d'Albanie" is two).
type Token struct {
	Folded     string
	Start, End int  // byte offsets in the original text
	Capitals   bool // written in capitals (at least two letters)
	// Break is set if a phrase cannot continue from the previous word, because the end of a
	// sentence, a bracket, a colon or an empty line is in between.
	Break bool
}

// tokenise splits a text into words, which it appends to tokens.
func tokenise(tokens []Token, text string, f Folded) []Token {
	folded, last, back := f.Text, 0, offsetMap{runs: f.runs}
	for i := nextWord(folded, 0); i < len(folded); i = nextWord(folded, last) {
		end := wordEnd(folded, i)
		t := Token{Folded: folded[i:end], Start: back.from(i)}
		lastRune := runeEnd(text, back.from(end-1))
		t.End = trimEnd(text, t.Start, max(back.from(end), lastRune))
		t.Capitals = inCapitals(text[t.Start:t.End])
		t.Break = len(tokens) == 0 || breaks(folded[last:i], tokens[len(tokens)-1])
		if n := len(tokens); n > 1 && isNumber(t.Folded) && numberMarks[tokens[n-1].Folded] {
			t.Break = tokens[n-1].Break
			tokens = tokens[:n-1]
		}
		tokens = append(tokens, t)
		last = end
	}
	return tokens
}

// numberMarks are dropped before a number, so that "Recommendation No. 33", "recommandation
// n° 33" and "Рекомендация № 33" yield the same tokens.
var numberMarks = map[string]bool{"no": true, "n": true, "nr": true, "№": true, "num": true}

// IsNumberMark reports whether a folded word means "number"; such words are not tokens if a
// number follows.
func IsNumberMark(folded string) bool { return numberMarks[folded] }

func isNumber(word string) bool { return word[0] >= '0' && word[0] <= '9' }

// nextWord returns the start of the next word at or after an offset.
func nextWord(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if inWords[c] {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if isWordRune(r) {
			break
		}
		i += n
	}
	return i
}

// wordEnd returns the end of the word at an offset.
func wordEnd(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if !inWords[c] {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) {
			break
		}
		i += n
	}
	return i
}

// inWords marks the ASCII characters that can be part of a word.
var inWords = func() (in [utf8.RuneSelf]bool) {
	for c := range in {
		in[c] = isWordRune(rune(c))
	}
	return in
}()

// runeEnd returns the end of the rune that contains byte i. A rune may fold to several, of
// which only the first may belong to a word.
func runeEnd(text string, i int) int {
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return i + n
}

// trimEnd strips characters that folding drops after the last letter, such as a zero-width
// space, but keeps combining marks.
func trimEnd(text string, start, end int) int {
	for end > start && text[end-1] >= utf8.RuneSelf {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !isInvisible(r) {
			break
		}
		end -= n
	}
	return end
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '$' || 'A' <= r && r <= 'Z'
	}
	return 'а' <= r && r <= 'я' || unicode.IsLetter(r) || unicode.IsNumber(r) || r == '№' || r == '€'
}

func inCapitals(s string) bool {
	capitals := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2
}

// breaks reports whether the gap between two words ends a phrase. A full stop after a short
// word is assumed to mark an abbreviation ("долл. США").
func breaks(gap string, before Token) bool {
	newlines := 0
	for i := range len(gap) {
		switch gap[i] {
		case ';', ':', '!', '?', '(', ')', '[', ']', '|', '\t':
			return true
		case '.':
			if i+1 < len(gap) && utf8.RuneCountInString(before.Folded) > 4 {
				return true
			}
		case '\n':
			if newlines++; newlines > 1 {
				return true
			}
		}
	}
	return false
}
