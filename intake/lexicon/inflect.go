package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// russianEndings are the nominative endings of nouns and adjectives, longest first.
var russianEndings = []string{"ая", "яя", "ое", "ее", "ые", "ие", "ый", "ий", "ой", "ия", "ия", "а", "я", "о", "е", "ы", "и", "ь", "й"}

// inflected replaces the words of a Russian name by stems, so that the name is found in every
// grammatical case ("Конвенция о воде" as "Конвенци* о вод*"). A single word is left
// unchanged, since its stem would match too many other words.
func inflected(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return name
	}
	for i, w := range words {
		words[i] = russianStem(w)
	}
	return strings.Join(words, " ")
}

func russianStem(word string) string {
	const shortest = 3 // minimum length of a stem in letters
	for i, r := range word {
		if !unicode.Is(unicode.Cyrillic, r) && (i == 0 || r != ',') {
			return word
		}
	}
	bare := strings.TrimSuffix(word, ",")
	for _, ending := range russianEndings {
		stem := strings.TrimSuffix(bare, ending)
		if stem != bare && utf8.RuneCountInString(stem) >= shortest {
			return stem + "*" + word[len(bare):]
		}
	}
	if utf8.RuneCountInString(bare) > shortest {
		return bare + "*" + word[len(bare):]
	}
	return word
}
