package doctext

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A text whose lines end in hyphens as often as this was divided by a program;
// in others a hyphen at a line end mostly belongs to the word.
const (
	dividedShare = 0.06 // of the lines
	dividedLines = 3
)

// joinDivided joins the words that are divided at line ends, marked lineHyphen.
// The line then ends after the word, so that lines stay lines. The hyphen goes
// where the text as a whole is divided, or has the word elsewhere without it.
func joinDivided(text string) string {
	const mark = string(lineHyphen)
	if !strings.Contains(text, mark) {
		return text
	}
	hyphens, lines := strings.Count(text, mark), strings.Count(text, "\n")+1
	divided := hyphens >= dividedLines && float64(hyphens) > dividedShare*float64(lines)
	words := wordsOf(text)
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, mark)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		rest := strings.TrimLeft(after, "\r\n")
		end := strings.IndexAny(rest, " \t\r\n"+mark)
		if end < 0 {
			end = len(rest)
		}
		if !divided && !words[lastWord(before)+firstWord(rest)] {
			b.WriteByte('-')
		}
		b.WriteString(rest[:end])
		if text = rest[end:]; !strings.HasPrefix(text, mark) {
			b.WriteByte('\n')
			text = strings.TrimLeft(text, " \t\r\n")
		}
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func wordsOf(text string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, notLetter) {
		words[word] = true
	}
	return words
}

func lastWord(s string) string {
	start := len(s)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if notLetter(r) {
			break
		}
		start -= size
	}
	return s[start:]
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, notLetter); i >= 0 {
		return s[:i]
	}
	return s
}

var printedHyphen = regexp.MustCompile(`(\pL)[-\x{2010}\x{00AC}\x{00AD}]\n(\p{Ll})`)

// joinPrinted joins divided words in recognised text, where nothing tells a
// hyphen at a line end from another but the small letter that goes on.
func joinPrinted(text string) string {
	return joinDivided(printedHyphen.ReplaceAllString(text, "${1}"+string(lineHyphen)+"\n${2}"))
}
