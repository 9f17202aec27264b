package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutSentences cuts the stretch start to end of a text, which lies in one part
// of the letter, into sentences. Headings and list items count as sentences;
// white space around them is left out. What goes on and on without an end is
// cut too, so that the work on a text grows with its length alone.
func cutSentences(text string, start, end int, in Part) []Sentence {
	var out []Sentence
	for i := start; i < end; {
		if i-start <= longestSentence && !mayEnd[text[i]] {
			i++
			continue
		}
		stop, next := sentenceEnd(text[:end], i)
		if length := i - start; length > longestSentence && text[i] == ' ' || length > 2*longestSentence {
			stop, next = i, i
		}
		if stop > 0 {
			out = appendTrimmed(out, text, Sentence{Start: start, End: stop, Part: in})
			start = next
		}
		i = next
	}
	return appendTrimmed(out, text, Sentence{Start: start, End: end, Part: in})
}

// mayEnd tells the bytes with which the marks begin at which a sentence may end: most
// begin none.
var mayEnd = [256]bool{'\n': true, '!': true, '?': true, ';': true, '.': true, ellipsis: true}

const ellipsis = 0xe2 // the first byte of "…"

// longestSentence is many times the length, in bytes, of any that is written to
// be read.
const longestSentence = 4000

func appendTrimmed(out []Sentence, text string, x Sentence) []Sentence {
	words := text[x.Start:x.End]
	x.Start += len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	x.End = x.Start + len(strings.TrimSpace(words))
	if x.Start >= x.End {
		return out
	}
	return append(out, x)
}

// sentenceEnd looks at the rune at i. Where a sentence ends there it returns
// its end and where the next begins; else 0 and the index of the next rune.
func sentenceEnd(text string, i int) (end, next int) {
	r, n := utf8.DecodeRuneInString(text[i:])
	next = i + n
	switch r {
	case '\n':
		if endsLine(text[:i], text[next:]) {
			return i, next
		}
	case '!', '?', '…':
		return next, next
	case ';':
		return next, next
	case '.':
		if endsAtStop(text[:i], text[next:]) {
			return next, next
		}
	}
	return 0, next
}

// endsLine tells a line break that parts sentences (an empty line, a list
// item, a short line such as a heading) from one that only wraps a line.
func endsLine(before, after string) bool {
	const wrapped = 45 // a line at least this long may go on in the next
	trimmed := strings.TrimLeft(after, " \t>\u00a0")
	if trimmed == "" || trimmed[0] == '\n' || trimmed[0] == '\r' || IsListItem(trimmed) {
		return true
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	if utf8.RuneCountInString(line) >= wrapped {
		return false
	}
	first, _ := utf8.DecodeRuneInString(trimmed)
	return !unicode.IsLower(first)
}

// IsListItem reports whether a line begins as an item of a list: "- ", "3) ",
// "2. ", "(b) ", "iv) ".
func IsListItem(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	switch r {
	case '-', '–', '—', '•', '*', '·', '▪', '◦', '‣', '\uf0b7': // the last is the bullet of Word's symbol font
		return true
	}
	const longest = 4 // of a number or letter that marks an item
	inner, bracketed := strings.CutPrefix(line, "(")
	end := strings.IndexFunc(inner, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end <= 0 || end > longest {
		return false
	}
	mark, rest := inner[:end], inner[end:]
	if !isItemMark(mark) {
		return false
	}
	return strings.HasPrefix(rest, ")") || !bracketed && unicode.IsDigit(rune(mark[0])) && strings.HasPrefix(rest, ". ")
}

// isItemMark reports whether a mark is a number, one letter, or a small Roman
// numeral.
func isItemMark(mark string) bool {
	return utf8.RuneCountInString(mark) == 1 || strings.Trim(mark, "0123456789") == "" || strings.Trim(mark, "ivx") == ""
}

// endsAtStop tells the full stop of a sentence from that of an abbreviation,
// an initial, the number of a list item or an address: white space follows, then no small
// letter, and the word before is longer than an abbreviation.
func endsAtStop(before, after string) bool {
	const abbreviation = 3
	next := strings.TrimLeft(after, "\"»”’)")
	if next != "" && next[0] != ' ' && next[0] != '\n' && next[0] != '\t' && !strings.HasPrefix(next, "\u00a0") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(next, unicode.IsSpace))
	if unicode.IsLower(first) || strings.ContainsRune("–—", first) && strings.HasPrefix(next, " "+string(first)) {
		return false
	}
	if numbersItem(before) {
		return false
	}
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	if word == "" || first == utf8.RuneError {
		return true
	}
	if closesYear(before, word) {
		return true
	}
	initial, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(initial) && utf8.RuneCountInString(word) <= 2 {
		return isShortName(word) && unicode.IsUpper(first)
	}
	if first == '(' && utf8.RuneCountInString(word) <= abbreviation+1 {
		return false // "in Nov. (16-18)"
	}
	return utf8.RuneCountInString(word) > abbreviation || !unicode.IsUpper(first) && !unicode.IsDigit(first) || !isAbbreviation(word)
}

// closesYear reports whether a text ends in a year and the letter that stands for the
// word ("2027 г"), or in "of this year" as officials shorten it ("т.г").
func closesYear(before, word string) bool {
	if word != "г" && word != "р" && word != "гг" {
		return false
	}
	rest := strings.TrimRight(strings.TrimSuffix(before, word), " .\u00a0")
	digits := len(rest) - len(strings.TrimRight(rest, "0123456789"))
	return digits == 4 || strings.HasSuffix(rest, " т") || strings.HasSuffix(rest, " с")
}

// numbersItem reports whether nothing but the mark of a list item stands on the
// last line of a text. It looks no further back than a mark may reach: a text of
// megabytes can be one line.
func numbersItem(before string) bool {
	const farthest = 32 // bytes, with what the line is indented by
	tail := before[max(0, len(before)-farthest):]
	feed := strings.LastIndexByte(tail, '\n')
	if feed < 0 && len(before) > farthest {
		return false
	}
	mark := strings.TrimSpace(tail[feed+1:])
	return mark != "" && isItemMark(mark)
}

// isAbbreviation reports whether a short word lacks a vowel or is one letter,
// as "st", "г", "ул", "mme" rather than "law" or "год".
func isAbbreviation(word string) bool {
	vowels := 0
	for _, r := range strings.ToLower(word) {
		if strings.ContainsRune("aeiouyаеиоуыэюяёéèêàâîôû", r) {
			vowels++
		}
	}
	return vowels == 0 || utf8.RuneCountInString(word) == 1
}

// isShortName reports whether a word is two capitals, as names of organisations are
// shortened ("UN", "ЕС"), rather than an initial or "Mr".
func isShortName(word string) bool {
	return utf8.RuneCountInString(word) == 2 && word == strings.ToUpper(word)
}
