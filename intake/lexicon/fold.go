package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Folded text is a text made comparable: lower case, no accents, ё as е, one
// kind of apostrophe, dash and space, without soft hyphens and zero-width
// marks. It remembers where each of its bytes came from.
type Folded struct {
	Text string
	from []int32 // original offset of every byte of Text, and of its end
}

// Original returns the byte offsets in the original text of the stretch
// Text[start:end].
func (f Folded) Original(start, end int) (int, int) {
	return int(f.from[start]), int(f.from[end])
}

// Of returns the offset in the folded text of the byte at the given offset of
// the original, or of the next one that was kept.
func (f Folded) Of(original int) int {
	lo, hi := 0, len(f.from)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if int(f.from[mid]) < original {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Fold folds a text and keeps the way back. Bytes that are no UTF-8 become
// spaces.
func Fold(s string) Folded {
	f := folder{out: make([]byte, 0, len(s)), from: make([]int32, 0, len(s)+1)}
	return f.fold(s)
}

// FoldString folds a text without the way back.
func FoldString(s string) string { return Fold(s).Text }

// A folder folds one text after the other; the next takes the room of the last.
type folder struct {
	out  []byte
	from []int32
}

func (f *folder) fold(s string) Folded {
	f.out, f.from = f.out[:0], f.from[:0]
	for i, r := range s {
		f.add(i, r)
	}
	f.from = append(f.from, int32(len(s)))
	return Folded{Text: string(f.out), from: f.from}
}

func (f *folder) puts(at int, folded string) {
	f.out = append(f.out, folded...)
	for range len(folded) {
		f.from = append(f.from, int32(at))
	}
}

func (f *folder) add(at int, r rune) {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		f.out, f.from = append(f.out, byte(r)), append(f.from, int32(at))
	case int(r) < len(commonFolds) && commonFolds[r] != "":
		f.puts(at, commonFolds[r])
	case unicode.Is(unicode.Mn, r):
		f.mark(r)
	case isInvisible(r):
	default:
		f.puts(at, foldRune(r))
	}
}

// mark drops a combining mark, except where it turns и into й, which is a
// letter of its own and stays one when it arrives decomposed.
func (f *folder) mark(r rune) {
	const short, breve = "и", '\u0306'
	if r == breve && strings.HasSuffix(string(f.out[max(0, len(f.out)-2):]), short) {
		copy(f.out[len(f.out)-len(short):], "й")
	}
}

func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\ufeff' || '\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e' || r == '\u2060'
}

// special are runes whose folding is not their lower case without accents.
var special = map[rune]string{
	'ё': "е", 'Ё': "е", 'ı': "i", 'İ': "i", 'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d",
	'ß': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬀ': "ff", 'ﬃ': "ffi", 'ﬄ': "ffl",
	'ʻ': "'", 'ʼ': "'", '‘': "'", '’': "'", '‛': "'", '′': "'", '´': "'",
	'«': `"`, '»': `"`, '“': `"`, '”': `"`, '„': `"`, '‟': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
	'…': "...", utf8.RuneError: " ",
}

// commonFolds are what Latin, Greek and Cyrillic letters fold to; "" for what is
// left out or, as marks are, seen to where it stands.
var commonFolds = func() (folds [0x530]string) {
	for r := rune(utf8.RuneSelf); int(r) < len(folds); r++ {
		if !unicode.Is(unicode.Mn, r) && !isInvisible(r) {
			folds[r] = foldRune(r)
		}
	}
	return folds
}()

func foldRune(r rune) string {
	if s, ok := special[r]; ok {
		return s
	}
	if unicode.IsSpace(r) {
		return " "
	}
	lower := unicode.ToLower(r)
	if unicode.Is(unicode.Latin, lower) || unicode.Is(unicode.Greek, lower) {
		return withoutMarks(lower)
	}
	return string(lower)
}

func withoutMarks(r rune) string {
	d := norm.NFKD.PropertiesString(string(r)).Decomposition()
	if d == nil {
		return string(r)
	}
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return unicode.ToLower(c)
	}, string(d))
}
