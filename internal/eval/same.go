package eval

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What counts as the same text. Spelling, case, accents and punctuation never
// matter: texts are compared as lists of words.
const (
	similarText  = 0.8 // similarity from which two texts are the same
	sharedWords  = 0.6 // or the share of their words that stand in both
	sharedOfName = 0.5 // that share for names of people, where initials come and go
)

// words lists the words of a text: compatibility forms resolved, in lower case,
// without accents, ё as е.
func words(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(norm.NFKC.String(s)), "ё", "е")
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
	})
}

// sameText compares institutions and titles: they are the same where they are
// alike letter by letter, or have most words in common.
func sameText(want, got string) bool {
	a, b := words(want), words(got)
	joinedA, joinedB := strings.Join(a, " "), strings.Join(b, " ")
	_, share := common(a, b)
	return joinedA == joinedB || share >= sharedWords || similarity(joinedA, joinedB) >= similarText
}

// sameName compares names of people, in any order and with initials left out:
// half of all words, and two of them where the name has two, must be in both.
func sameName(want, got string) bool {
	a, b := words(want), words(got)
	n, share := common(a, b)
	return strings.Join(a, " ") == strings.Join(b, " ") || share >= sharedOfName && n >= min(2, len(setOf(a)))
}

func sameAddress(want, got string) bool {
	return strings.EqualFold(strings.TrimSpace(want), strings.TrimSpace(got))
}

// beforeNumber is what people write before and within a number of a letter.
var beforeNumber = regexp.MustCompile(`[\s№#n°.]`)

// sameNumber compares numbers of letters: "№ 01-12/34" is "N 01-12/34".
func sameNumber(want, got string) bool {
	bare := func(s string) string { return beforeNumber.ReplaceAllString(strings.ToLower(s), "") }
	return bare(want) == bare(got)
}

func equal(want, got string) bool { return want == got }

// common counts the words that stand in both lists, and their share of the
// words that stand in either.
func common(a, b []string) (n int, share float64) {
	inA, inB := setOf(a), setOf(b)
	for w := range inA {
		if inB[w] {
			n++
		}
	}
	return n, float64(n) / float64(max(1, len(inA)+len(inB)-n))
}

func setOf[T comparable](list []T) map[T]bool {
	set := make(map[T]bool, len(list))
	for _, x := range list {
		set[x] = true
	}
	return set
}

// similarity is twice the letters that two texts have in common, as a share of
// all their letters (Ratcliff and Obershelp, 1988): those of the longest run
// that stands in both, and so on to the left and to the right of it. Of runs as
// long as each other, the earliest in a counts, then the earliest in b. Its time
// grows with the product of both lengths.
func similarity(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	return 2 * float64(matching(x, y)) / float64(len(x)+len(y))
}

func matching(a, b []rune) int {
	i, j, n := longestRun(a, b)
	if n == 0 {
		return 0
	}
	return n + matching(a[:i], b[:j]) + matching(a[i+n:], b[j+n:])
}

// longestRun finds the longest run of letters that stands in both: from i in a
// and from j in b, n letters long.
func longestRun(a, b []rune) (i, j, n int) {
	lengths := make([]int, len(b)+1) // of the run that ends before each letter of b
	for x, r := range a {
		for y := len(b); y > 0; y-- {
			if b[y-1] == r {
				lengths[y] = lengths[y-1] + 1
			} else {
				lengths[y] = 0
			}
		}
		for y, length := range lengths {
			if length > n {
				i, j, n = x+1-length, y-length, length
			}
		}
	}
	return i, j, n
}
