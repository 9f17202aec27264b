package letter

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cutSentences splits text[start:end], which lies in one part of the letter, into sentences.
// Headings and list items count as sentences; surrounding white space is dropped. Overlong
// stretches without a sentence end are split as well, so that the work stays linear in the
// length of the text.
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

// mayEnd marks the bytes that can begin a sentence-ending mark, as a fast check before
// decoding.
var mayEnd = [256]bool{'\n': true, '!': true, '?': true, ';': true, '.': true, ellipsis: true}

const ellipsis = 0xe2 // the first byte of "…" in UTF-8

// longestSentence is the length limit of a sentence in bytes, many times that of any real
// sentence.
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

// sentenceEnd examines the rune at i. If a sentence ends there, it returns the end of the
// sentence and the start of the next; otherwise 0 and the index of the next rune.
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

// endsLine reports whether a line break ends a sentence (before an empty line or a list item,
// or after a short line such as a heading) rather than just wrapping a line.
func endsLine(before, after string) bool {
	const wrapped = 45 // a line at least this long may be wrapped
	trimmed := strings.TrimLeft(after, " \t>\u00a0")
	if trimmed == "" || trimmed[0] == '\n' || trimmed[0] == '\r' || IsListItem(trimmed) {
		return true
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	next, _, _ := strings.Cut(trimmed, "\n")
	if IsTableRow(line) || IsTableRow(next) {
		return true
	}
	if utf8.RuneCountInString(line) >= wrapped {
		return false
	}
	first, _ := utf8.DecodeRuneInString(trimmed)
	return !unicode.IsLower(first)
}

// IsTableRow reports whether a line is a row of a table: three cells or more, separated by
// tabs.
func IsTableRow(line string) bool {
	const gaps = 2
	return strings.Count(strings.TrimSpace(line), "\t") >= gaps
}

// IsListItem reports whether a line begins with a list marker.
func IsListItem(line string) bool { return ListMark(line) > 0 }

// ListMark returns the length in bytes of the list marker at the beginning of a line ("- ",
// "3) ", "2. ", "(b) ", "iv) "), with the blanks after it; 0 if there is none.
func ListMark(line string) int {
	r, size := utf8.DecodeRuneInString(line)
	switch r {
	case '-', '–', '—', '•', '*', '·', '▪', '◦', '‣', '\uf0b7': // the last is the bullet of Word's symbol font
		return withBlanks(line, size)
	}
	const longest = 4 // characters of a number or letter marker
	inner, bracketed := strings.CutPrefix(line, "(")
	end := strings.IndexFunc(inner, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end <= 0 || end > longest {
		return 0
	}
	mark, rest := inner[:end], inner[end:]
	if !isItemMark(mark) {
		return 0
	}
	if strings.HasPrefix(rest, ")") || !bracketed && unicode.IsDigit(rune(mark[0])) && strings.HasPrefix(rest, ". ") {
		return withBlanks(line, len(line)-len(rest)+1)
	}
	return 0
}

// withBlanks returns where the blanks after line[:end] end.
func withBlanks(line string, end int) int {
	return len(line) - len(strings.TrimLeft(line[end:], " \t\u00a0"))
}

// isItemMark reports whether a list marker is a number, a single letter, or a lower-case Roman
// numeral.
func isItemMark(mark string) bool {
	return utf8.RuneCountInString(mark) == 1 || strings.Trim(mark, "0123456789") == "" || strings.Trim(mark, "ivx") == ""
}

// endsAtStop reports whether a full stop ends a sentence rather than an abbreviation, an
// initial, the number of a list item, or part of an address: white space follows, then no
// lower-case letter, and the word before is longer than an abbreviation.
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

// closesYear reports whether a text ends in a year and the abbreviation for "year" ("2027 г"),
// or in the abbreviation for "of this year" that is usual in official letters ("т.г").
func closesYear(before, word string) bool {
	if word != "г" && word != "р" && word != "гг" {
		return false
	}
	rest := strings.TrimRight(strings.TrimSuffix(before, word), " .\u00a0")
	digits := len(rest) - len(strings.TrimRight(rest, "0123456789"))
	return digits == 4 || strings.HasSuffix(rest, " т") || strings.HasSuffix(rest, " с")
}

// numbersItem reports whether the last line of a text holds nothing but the number or letter
// of a list item. It looks back only a fixed distance, since a text of megabytes can be a
// single line.
func numbersItem(before string) bool {
	const farthest = 32 // bytes, including the indentation
	tail := before[max(0, len(before)-farthest):]
	feed := strings.LastIndexByte(tail, '\n')
	if feed < 0 && len(before) > farthest {
		return false
	}
	mark := strings.TrimSpace(tail[feed+1:])
	return mark != "" && isItemMark(mark)
}

// isAbbreviation reports whether a short word has no vowel or is a single letter, such as
// "st", "г", "ул", "mme", but not "law" or "год".
func isAbbreviation(word string) bool {
	vowels := 0
	for _, r := range strings.ToLower(word) {
		if strings.ContainsRune("aeiouyаеиоуыэюяёéèêàâîôû", r) {
			vowels++
		}
	}
	return vowels == 0 || utf8.RuneCountInString(word) == 1
}

// isShortName reports whether a word is a two-letter acronym ("UN", "ЕС") rather than an
// initial or "Mr".
func isShortName(word string) bool {
	return utf8.RuneCountInString(word) == 2 && word == strings.ToUpper(word)
}
