package redisstore

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"unicode"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/lexicon"
)

// maxRecordWords is how many different words of a record are indexed, the first in
// alphabetical order; a limit is needed since anyone can write to the office.
const maxRecordWords = 500

// foldedWords splits texts into their folded words, sorted and without duplicates.
func foldedWords(texts ...string) []string {
	var words []string
	for _, text := range texts {
		words = append(words, strings.FieldsFunc(lexicon.FoldString(text), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r)
		})...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Words are indexed by their first characters. References and other numbers mostly belong to
// a single record, so numbers are indexed by few digits; few records share them, and these
// can be checked directly.
const (
	filedRunes  = 32
	filedDigits = 4 // for words that begin with a digit
)

// filedUnder returns the names of the lists for words, which must be sorted. A prefix of a
// word is mapped to a prefix of that word's list name.
func filedUnder(words []string) []string {
	names := each(words, func(word string) string {
		if word[0] <= '9' {
			return beginning(word, filedDigits)
		}
		return beginning(word, filedRunes)
	})
	return slices.Compact(names)
}

func beginning(word string, runes int) string {
	for i := range word {
		if runes--; runes < 0 {
			return word[:i]
		}
	}
	return word
}

// recordWords returns the words under which a record is indexed.
func (s *Store) recordWords(r *intake.Record) []string {
	texts := append(personTexts(r), r.Reference, r.Origin.Subject)
	if q := r.Request; q != nil {
		texts = append(texts, q.Institution, q.OfficialRef, q.Summary)
		for _, country := range q.Countries {
			texts = append(append(texts, country), s.names(country)...)
		}
	}
	words := foldedWords(texts...)
	if len(words) <= maxRecordWords {
		return words
	}
	return foldedWords(append(words[:maxRecordWords], countriesOf(r)...)...)
}

func countriesOf(r *intake.Record) []string {
	if r.Request == nil {
		return nil
	}
	return r.Request.Countries
}

// personTexts returns, for the requester and each correspondent of a record, what is known of
// name and address.
func personTexts(r *intake.Record) []string {
	texts := append([]string{r.Origin.From.Name + " " + r.Origin.From.Address}, r.Correspondents...)
	if q := r.Request; q != nil {
		texts = append(texts, q.Requester.Name+" "+q.Requester.Email)
	}
	return texts
}

// wordsMark is a hash of a record's list names, to detect whether they have changed.
func wordsMark(words []string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// begun reports whether each of the prefixes begins one of the words, which must be sorted.
func begun(words, beginnings []string) bool {
	for _, b := range beginnings {
		i, found := slices.BinarySearch(words, b)
		if !found && (i == len(words) || !strings.HasPrefix(words[i], b)) {
			return false
		}
	}
	return true
}

// A preparedQuery is a query prepared for comparison with records.
type preparedQuery struct {
	bot.Query
	terms  []string
	words  []string // prefixes of words of the record
	person []string // prefixes of words of one requester or correspondent
}

func ready(q bot.Query) preparedQuery {
	return preparedQuery{Query: q, terms: queryTerms(q), words: foldedWords(q.Words...), person: foldedWords(q.Person)}
}

// matches checks all conditions of a query on a record.
func (s *Store) matches(w preparedQuery, r *intake.Record) bool {
	if r.ReceivedAt.Before(w.Since) || !w.Until.IsZero() && !r.ReceivedAt.Before(w.Until) {
		return false
	}
	has := recordTerms(r)
	for _, t := range w.terms {
		if !slices.Contains(has, t) {
			return false
		}
	}
	isPerson := func(text string) bool { return begun(foldedWords(text), w.person) }
	return (len(w.words) == 0 || begun(s.recordWords(r), w.words)) &&
		(len(w.person) == 0 || slices.ContainsFunc(personTexts(r), isPerson))
}
