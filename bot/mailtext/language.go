package mailtext

import (
	"maps"
	"slices"

	"verbale/intake/lexicon"
)

// compileSpoken collects, by language, the phrases that identify the language of a
// colleague's reply. Openers are left out, since "OK" is used in all languages.
func (h *Habits) compileSpoken() {
	h.spoken = map[string][]string{}
	groups := slices.Collect(maps.Values(h.Replies))
	for _, group := range append(groups, h.Greetings, h.Objects, h.Reasons, h.Ties, h.Hedges) {
		for lang, words := range group {
			h.spoken[lang] = append(h.spoken[lang], foldedWords(map[string][]string{lang: words})...)
		}
	}
}

// ReplyLanguage returns the language of a colleague's reply, judging by the phrases in its
// first lines, which are often too short for general language detection; "" if that is not
// clear.
func (h *Habits) ReplyLanguage(body string) (language string) {
	lines, most := linesOf(body), 0
	lines = lines[:min(len(lines), linesOfGreeting)]
	for i, line := range lines {
		lines[i] = lexicon.FoldString(line)
	}
	for lang, words := range h.spoken {
		found := 0
		for _, word := range words {
			if slices.ContainsFunc(lines, func(line string) bool { return WordIndex(line, word) >= 0 }) {
				found++
			}
		}
		switch {
		case found > most:
			language, most = lang, found
		case found == most:
			language = ""
		}
	}
	return language
}
