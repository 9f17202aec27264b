package lexicon

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Folded text is normalised for comparison: lower case, no accents, ё as е, one kind of
// apostrophe, dash and space, without soft hyphens and zero-width characters. It maps offsets
// back to the original.
type Folded struct {
	Text string
	runs []run // in order
}

// A run maps a stretch of the folded text to the original. Within it, offsets advance in step
// with the original, unless still is set: then all its bytes came from one rune. Most texts
// have few runs.
type run struct {
	folded, original int32
	still            bool
}

// from returns the offset in the original of a byte of the run.
func (r run) from(folded int) int {
	if r.still {
		return int(r.original)
	}
	return int(r.original) + folded - int(r.folded)
}

// Original returns the byte offsets in the original text that correspond to Text[start:end].
func (f Folded) Original(start, end int) (int, int) {
	w := offsetMap{runs: f.runs}
	return w.from(start), w.from(end)
}

// Of returns the offset in the folded text of the byte at the given offset of the original,
// or of the next byte that was kept.
func (f Folded) Of(original int) int {
	next, _ := slices.BinarySearchFunc(f.runs, original, func(r run, original int) int { return cmp.Compare(int(r.original), original) })
	last := len(f.Text)
	if next < len(f.runs) {
		last = int(f.runs[next].folded)
	}
	if next == 0 || f.runs[next-1].still {
		return last
	}
	r := f.runs[next-1]
	at := min(int(r.folded)+original-int(r.original), last)
	for at < last && !utf8.RuneStart(f.Text[at]) {
		at++
	}
	return at
}

// An offsetMap maps increasing offsets of a folded text to its original.
type offsetMap struct {
	runs []run
	last int // the run used last
}

func (w *offsetMap) from(folded int) int {
	for w.last+1 < len(w.runs) && int(w.runs[w.last+1].folded) <= folded {
		w.last++
	}
	return w.runs[w.last].from(folded)
}

// Fold folds a text and keeps the mapping of offsets. Bytes that are not valid UTF-8 become
// spaces.
func Fold(s string) Folded {
	f := folder{out: make([]byte, 0, len(s))}
	return f.fold(s)
}

// FoldString folds a text without the mapping of offsets.
func FoldString(s string) string { return Fold(s).Text }

// A folder folds one text after another, reusing its buffers.
type folder struct {
	out  []byte
	runs []run
	next int // the offset in the original at which the next byte would continue the current run
}

// outOfStep means that no byte continues the current run.
const outOfStep = -1

func (f *folder) fold(s string) Folded {
	f.out, f.runs, f.next = f.out[:0], f.runs[:0], outOfStep
	for at := 0; at < len(s); {
		if plain := plainLength(s[at:]); plain > 0 {
			f.putPlain(at, s[at:at+plain])
			at += plain
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		f.add(at, r, size)
		at += size
	}
	f.stepTo(len(s), false)
	return Folded{Text: string(f.out), runs: f.runs}
}

// plainLength returns the length of the ASCII prefix of a text.
func plainLength(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return i
		}
	}
	return len(s)
}

// putPlain folds ASCII, which most texts mostly consist of.
func (f *folder) putPlain(at int, plain string) {
	f.stepTo(at, false)
	first := len(f.out)
	f.out = append(f.out, plain...)
	for i, c := range f.out[first:] {
		if 'A' <= c && c <= 'Z' {
			f.out[first+i] = c + 'a' - 'A'
		}
	}
	f.next = at + len(plain)
}

// stepTo starts a new run unless the given offset of the original continues the current one.
func (f *folder) stepTo(at int, still bool) {
	if f.next != at || still {
		f.runs = append(f.runs, run{int32(len(f.out)), int32(at), still})
	}
}

// puts appends the folding of a rune that has size bytes in the original.
func (f *folder) puts(at int, folded string, size int) {
	_, first := utf8.DecodeRuneInString(folded)
	still := len(folded) > 1 && (first < len(folded) || len(folded) != size)
	f.stepTo(at, still)
	f.out = append(f.out, folded...)
	f.next = at + len(folded)
	if still {
		f.next = outOfStep
	}
}

func (f *folder) add(at int, r rune, size int) {
	switch {
	case int(r) < len(commonFolds) && commonFolds[r] != "":
		f.puts(at, commonFolds[r], size)
	case unicode.Is(unicode.Mn, r):
		f.mark(r)
	case isInvisible(r):
	default:
		f.puts(at, foldRune(r), size)
	}
}

// mark drops a combining mark, except a breve after и: together they are й, a separate letter
// that must not change when it arrives decomposed.
func (f *folder) mark(r rune) {
	const short, breve = "и", '\u0306'
	if r == breve && strings.HasSuffix(string(f.out[max(0, len(f.out)-2):]), short) {
		copy(f.out[len(f.out)-len(short):], "й")
	}
}

func isInvisible(r rune) bool {
	return r == '\u00ad' || r == '\ufeff' || '\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e' || r == '\u2060'
}

// special lists runes that do not fold to their lower case without accents.
var special = map[rune]string{
	'ё': "е", 'Ё': "е", 'ı': "i", 'İ': "i", 'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d",
	'ß': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬀ': "ff", 'ﬃ': "ffi", 'ﬄ': "ffl",
	'ʻ': "'", 'ʼ': "'", '‘': "'", '’': "'", '‛': "'", '′': "'", '´': "'",
	'«': `"`, '»': `"`, '“': `"`, '”': `"`, '„': `"`, '‟': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
	'…': "...", utf8.RuneError: " ",
}

// commonFolds holds the folding of Latin, Greek and Cyrillic letters; "" for characters that
// are dropped and for combining marks, which are handled separately.
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
