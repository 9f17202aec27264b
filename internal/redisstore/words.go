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

// maxRecordWords is how many different words of a record count, the first in
// alphabetical order: strangers write the texts.
const maxRecordWords = 500

// spelled cuts texts into their words, folded, each once, in order.
func spelled(texts ...string) []string {
	var words []string
	for _, text := range texts {
		words = append(words, strings.FieldsFunc(lexicon.FoldString(text), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsNumber(r)
		})...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// How much of a word names the list in which its records stand. References and
// other numbers are mostly of one record alone, and so few stand together that
// these can be asked themselves.
const (
	filedRunes  = 32
	filedDigits = 4 // of what begins with a digit
)

// filedUnder names the lists of words that are in order. What begins a word
// names a list whose name begins that of the word.
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

// recordWords are the words under which a record is found.
func (s *Store) recordWords(r *intake.Record) []string {
	texts := append(personTexts(r), r.Reference, r.Origin.Subject)
	if q := r.Request; q != nil {
		texts = append(texts, q.Institution, q.OfficialRef, q.Summary)
		for _, country := range q.Countries {
			texts = append(append(texts, country), s.names(country)...)
		}
	}
	words := spelled(texts...)
	if len(words) <= maxRecordWords {
		return words
	}
	return spelled(append(words[:maxRecordWords], countriesOf(r)...)...)
}

func countriesOf(r *intake.Record) []string {
	if r.Request == nil {
		return nil
	}
	return r.Request.Countries
}

// personTexts are the requester and the correspondents of a record, each with
// what is known of name and address.
func personTexts(r *intake.Record) []string {
	texts := append([]string{r.Origin.From.Name + " " + r.Origin.From.Address}, r.Correspondents...)
	if q := r.Request; q != nil {
		texts = append(texts, q.Requester.Name+" "+q.Requester.Email)
	}
	return texts
}

// wordsMark tells whether a record stands in these lists already.
func wordsMark(words []string) string {
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// begun reports whether each of the beginnings begins one of the words.
func begun(words, beginnings []string) bool {
	for _, b := range beginnings {
		i, found := slices.BinarySearch(words, b)
		if !found && (i == len(words) || !strings.HasPrefix(words[i], b)) {
			return false
		}
	}
	return true
}

// A wanted is a query made ready to be compared with records.
type wanted struct {
	bot.Query
	terms  []string
	words  []string // of the record
	person []string // of one of its requester and correspondents
}

func ready(q bot.Query) wanted {
	return wanted{Query: q, terms: queryTerms(q), words: spelled(q.Words...), person: spelled(q.Person)}
}

// matches asks a record for everything that is wanted.
func (s *Store) matches(w wanted, r *intake.Record) bool {
	if r.ReceivedAt.Before(w.Since) || !w.Until.IsZero() && !r.ReceivedAt.Before(w.Until) {
		return false
	}
	has := recordTerms(r)
	for _, t := range w.terms {
		if !slices.Contains(has, t) {
			return false
		}
	}
	isPerson := func(text string) bool { return begun(spelled(text), w.person) }
	return (len(w.words) == 0 || begun(s.recordWords(r), w.words)) &&
		(len(w.person) == 0 || slices.ContainsFunc(personTexts(r), isPerson))
}
