package desk

import (
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
)

// A query is the parsed form of the words after find or list.
type query struct {
	bot.Query
	mine    bool
	overdue bool
}

// query parses words. Unknown words become search words.
func (w pageWriter) query(text string) query {
	q := query{}
	for l := lineOf(text); len(l.words) > 0; {
		n := 0
		for _, read := range []func(*query, line) int{w.readFilter, w.readDays, w.readStatus, w.readCountry, w.readHolder, readWord} {
			if n = read(&q, l); n > 0 {
				break
			}
		}
		l = l.from(n)
	}
	return q
}

// A filterReader reads what follows a filter word, and returns the number of words read; false if
// they do not fit the filter.
type filterReader func(q *query, l line) (words int, ok bool)

// readFilter reads "since 2026-10-01", "from ministry", "with environment", "open", "mine",
// and skips filler words.
func (w pageWriter) readFilter(q *query, l line) int {
	nothing := func(*query, line) (int, bool) { return 0, true }
	for _, filter := range []struct {
		meaning string
		take    filterReader
	}{
		{"since", w.takeSince}, {"until", w.takeUntil}, {"owner", w.takeOwner}, {"person", takePerson}, {"person_quoted", takeQuoted},
		{"open", func(q *query, _ line) (int, bool) { q.Open = true; return 0, true }},
		{"mine", func(q *query, _ line) (int, bool) { q.mine = true; return 0, true }},
		{"overdue", func(q *query, _ line) (int, bool) { q.overdue = true; return 0, true }},
		{"all", nothing}, {"and", nothing},
	} {
		if _, n := l.first(embeddedVocabulary().words[filter.meaning]); n > 0 {
			if more, ok := filter.take(q, l.from(n)); ok {
				return n + more
			}
		}
	}
	return 0
}

func (w pageWriter) takeSince(q *query, l line) (int, bool) {
	from, _, n := w.span(l)
	if n > 0 {
		q.Since = from
	}
	return n, n > 0
}

func (w pageWriter) takeUntil(q *query, l line) (int, bool) {
	_, end, n := w.span(l)
	if n > 0 {
		q.Until = end
	}
	return n, n > 0
}

func (w pageWriter) takeOwner(q *query, l line) (int, bool) {
	id, n := w.holderIn(l)
	if n > 0 {
		q.Owner = id
	}
	return n, n > 0
}

func takePerson(q *query, l line) (int, bool) {
	if len(l.words) == 0 {
		return 0, false
	}
	q.Person = l.words[0].text
	return 1, true
}

func takeQuoted(q *query, l line) (int, bool) {
	if len(l.words) == 0 || !l.words[0].quoted {
		return 0, false
	}
	return takePerson(q, l)
}

// readDays reads a day, month, year or range without a filter word.
func (w pageWriter) readDays(q *query, l line) int {
	from, end, n := w.span(l)
	if n > 0 {
		q.Since, q.Until = from, end
	}
	return n
}

func (w pageWriter) readStatus(q *query, l line) int {
	id, n := l.first(embeddedVocabulary().statuses)
	if n > 0 {
		q.Status = intake.Status(id)
	}
	return n
}

// wordsOfCountry is the maximum number of words in a country's name.
const wordsOfCountry = 5

// readCountry reads a country by its code, or its name in any language.
func (w pageWriter) readCountry(q *query, l line) int {
	first := l.words[0]
	if _, ok := w.service.Vocabulary.Country(first.text); ok { // case matters, as codes are in capitals: "it" is no country
		q.Country = first.text
		return 1
	}
	for n := min(wordsOfCountry, len(l.words)); n > 0; n-- {
		if id := w.countryNamed(l.text[first.start:l.words[n-1].end]); id != "" {
			q.Country = id
			return n
		}
	}
	return 0
}

// countryNamed is the country that a text names; "" if it is not exactly the name of one.
func (w pageWriter) countryNamed(text string) string {
	scan := w.service.Vocabulary.Scan(text)
	for _, hit := range scan.Hits {
		whole := hit.N == len(scan.Tokens) && len(hit.Senses) == 1
		if whole && slices.Contains([]lexicon.Class{lexicon.ClassCountry, lexicon.ClassAdjective}, hit.Class) {
			return hit.Senses[0].ID
		}
	}
	return ""
}

// readHolder reads the ID of a post or division without a filter word: a division filters by
// field of work, a post by assignee.
func (w pageWriter) readHolder(q *query, l line) int {
	id := l.words[0].text
	if _, ok := w.service.Directory.Division(id); ok {
		q.Division = id
		return 1
	}
	if _, ok := w.service.Directory.Post(id); ok {
		q.Owner = id
		return 1
	}
	return 0
}

func readWord(q *query, l line) int {
	if text := withoutElision(strings.Trim(l.words[0].text, ",;:")); text != "" {
		q.Words = append(q.Words, text)
	}
	return 1
}

// withoutElision strips an elided French article or preposition: "l'eau", "d’eau".
func withoutElision(text string) string {
	if i := strings.IndexAny(text, "'’"); i == 1 || i == 2 {
		return strings.TrimLeft(text[i:], "'’")
	}
	return text
}

// holderIn finds the post or division named at the beginning of a line, and how many words
// name it: by ID, or by prefixes of words in its name. If it is ambiguous, nothing is found.
func (w pageWriter) holderIn(l line) (id string, n int) {
	for n := len(l.words); n > 0; n-- {
		text := strings.TrimRight(l.text[l.words[0].start:l.words[n-1].end], ",:;")
		if found := w.holdersNamed(strings.Trim(text, `"“”«»`)); len(found) == 1 {
			return found[0], n
		}
	}
	return "", 0
}

// holdersNamed are the posts and divisions that a text may name. An exact match of an ID or a
// full name excludes all others.
func (w pageWriter) holdersNamed(text string) []string {
	var found []string
	folded := lexicon.FoldString(text)
	for _, option := range w.holderOptions(text, true) {
		id := option.Value
		exact := slices.ContainsFunc(inAll(id, w.service.Directory.Name), func(name string) bool { return lexicon.FoldString(name) == folded })
		if exact {
			return []string{id}
		}
		found = append(found, id)
	}
	return found
}

// described says in words what a query searches for.
func (w pageWriter) described(q query) string {
	var person string
	if q.Person != "" {
		person = w.say("query.person", phrases.Values{"person": q.Person})
	}
	var open string
	if q.Open {
		open = w.say("query.open")
	}
	parts := []string{
		open, w.named("status.", string(q.Status)), w.value(intake.FieldCountries, q.Country), w.ofWhom(q),
		person, w.since(q.Query), strings.Join(q.Words, " "),
	}
	if text := listed(parts...); text != "" {
		return text
	}
	return w.say("query.all")
}

// describedOverdue says whose overdue records a list shows.
func (w pageWriter) describedOverdue(by bot.Colleague, q query) string {
	var mine string
	if owners := ofConcern(by, q.Owner); q.Owner == "" && owners[0] != "" {
		mine = w.say("list.mine")
	}
	q.overdue, q.Open = false, false
	words := w.described(q)
	if words == w.say("query.all") {
		words = ""
	}
	return listed(w.say("query.overdue"), mine, words)
}

// ofWhom names the owner and the division of a query.
func (w pageWriter) ofWhom(q query) string {
	var owner, division string
	if q.Owner != "" {
		owner = w.say("query.owner", phrases.Values{"owner": w.holder(q.Owner)})
	}
	if q.Division != "" {
		division = w.holder(q.Division)
	}
	return listed(owner, division)
}

func (w pageWriter) since(q bot.Query) string {
	first, last := intake.Date{}, intake.Date{}
	if !q.Since.IsZero() {
		first = intake.DateOf(q.Since.In(w.zone()))
	}
	if !q.Until.IsZero() {
		last = intake.DateOf(q.Until.Add(-time.Second).In(w.zone()))
	}
	if first.IsZero() && last.IsZero() {
		return ""
	}
	return w.stretch(first, last)
}
