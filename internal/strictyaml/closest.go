package strictyaml

import "fmt"

// closest returns the candidate that was most likely meant by a mistyped word, or "" if
// none is similar.
func closest(word string, candidates []string) string {
	best, bound := "", max(2, len([]rune(word))/3)+1
	for _, c := range candidates {
		if d := distance([]rune(word), []rune(c)); d < bound {
			best, bound = c, d
		}
	}
	return best
}

// DidYouMean returns a hint about a mistyped word: the most similar candidate, or all
// candidates if none is similar.
func DidYouMean(word string, candidates []string) string {
	if near := closest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write one of " + list(candidates)
}

// distance is the number of letters to add, drop or change (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
