package what

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A statement is a sentence of a letter, weighted by what it says about the request.
type statement struct {
	*letter.Source
	letter.Sentence
	act    string  // its most probable role
	asked  float64 // how clearly it requests something, 0 to 1
	weight float64 // weight of its words in the request, 0 to 1
	inList bool    // an item of a list introduced by a verb of request
	headed bool    // under a heading about who pays
	shares bool    // it, or what follows it, leaves part of the costs to us
}

// asking reports whether something is requested in the statement: in a sentence of request,
// the subject line, or the topic of the letter.
func (s statement) asking() bool { return s.asked >= 0.5 || s.isTitle() }

func (s statement) isTitle() bool {
	return s.Standing == letter.StandingSubject || s.Part == letter.PartTopic
}

// besideText reports whether the statement belongs to the head or the signature of a letter,
// where nothing is requested.
func (s statement) besideText() bool {
	switch s.Part {
	case letter.PartLetterhead, letter.PartAddressee, letter.PartClosing, letter.PartSignature, letter.PartContact:
		return true
	}
	return false
}

// hits returns the hits of one class in the statement.
func (s statement) hits(c lexicon.Class) []lexicon.Hit {
	all := lexicon.HitsIn(s.Scan.Hits, s.Start, s.End)
	n := 0
	for i := range all {
		if all[i].Class == c {
			n++
		}
	}
	out := make([]lexicon.Hit, 0, n)
	for i := range all {
		if all[i].Class == c {
			out = append(out, all[i])
		}
	}
	return out
}

// cued reports whether a cue of the vocabulary occurs in the statement.
func (s statement) cued(id string) bool { return s.cuedWithin(id, s.Start, s.End) }

// cuedWithin reports whether a cue lies entirely within text[start:end].
func (s statement) cuedWithin(id string, start, end int) bool {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, start, end) {
		if h.Class == lexicon.ClassCue && h.End <= end && h.Has(id) {
			return true
		}
	}
	return false
}

// cuedStrongly reports whether a strong cue with the given id occurs in the statement.
func (s statement) cuedStrongly(id string) bool {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		if h.Class == lexicon.ClassCue && slices.ContainsFunc(h.Senses, func(x lexicon.Sense) bool { return x.ID == id && x.Weight == 1 }) {
			return true
		}
	}
	return false
}

// cite returns the evidence for a hit.
func (s statement) cite(f intake.Field, value string, h lexicon.Hit) intake.Evidence {
	return s.Evidence(f, value, h.Start, h.End)
}

// statementsOf weights the sentences of a letter, starting with those of the letter itself.
func (r *Reader) statementsOf(l *letter.Letter) []statement {
	var out []statement
	add := func(src *letter.Source) {
		var list listing
		var heading moneyHeading
		for _, x := range src.Sentences {
			s := statement{Source: src, Sentence: x, act: x.Roles.Likeliest()}
			s.inList = list.holds(s)
			s.asked = s.askedOutright()
			s.weight = r.weigh(s)
			s.headed = heading.covers(s)
			list.after(s)
			out = append(out, s)
		}
	}
	add(l.Main)
	for _, src := range l.Sources {
		if src != l.Main {
			add(src)
		}
	}
	markShares(out)
	return out
}

// weigh returns the weight of a sentence: the weights of its possible roles, averaged by their
// probabilities, times the weight of its source.
func (r *Reader) weigh(s statement) float64 {
	if s.isTitle() {
		return r.weighing.standings[topicStanding]
	}
	byRole := 0.0
	for role, p := range s.Roles.All() {
		byRole += p * r.weighing.roles[role]
	}
	return max(byRole, s.asked) * r.weighing.standings[standingNames[s.Standing]]
}

// How clearly a sentence requests something, by its form.
const (
	askedByVerb = 0.5 // a verb of request; the rest by the model's ask score
	askedInList = 0.9 // an item of a list introduced by a verb of request
	askedAsItem = 0.7 // an item of another list that the model classifies as a request
	askedByTone = 0.5 // no verb; factor of the model's ask score
	likelyAsk   = 0.4 // minimum ask score of a list item
	faintAsk    = 0.1 // minimum ask score of an item in a list that is not announced
)

// askedOutright returns how clearly a sentence requests something.
func (s statement) askedOutright() float64 {
	switch {
	case lexicon.Holds(s.Acts, "ask.not", s.Start, s.End), s.cued("asked_of_us"):
		return s.Ask * askedByTone
	case s.inList:
		return askedInList
	case s.verbOfAsking() && (!formalities[s.act] || s.Ask >= askedByTone || s.namesService()):
		return askedByVerb + (1-askedByVerb)*s.Ask
	case s.Ask >= likelyAsk && (letter.IsListItem(s.Words(s.Sentence)) || s.cued("further_ask")):
		return askedAsItem
	}
	return s.Ask * askedByTone
}

// formalities are roles of sentences with a verb of request that may not request assistance,
// but a reply, documents or a confirmation.
var formalities = map[string]bool{
	"reply_deadline": true, "contact_logistics": true, "sends_document": true, "courtesy": true, "thanks": true,
}

// namesService reports whether the statement contains a term that alone identifies a service.
func (s statement) namesService() bool {
	for _, h := range s.hits(lexicon.ClassService) {
		if h.Senses[0].Weight == 1 {
			return true
		}
	}
	return false
}

// opensList reports whether the sentence only introduces what follows.
func (s statement) opensList() bool { return strings.HasSuffix(s.Words(s.Sentence), ":") }

// holdsAct reports whether a phrase of acts.yaml occurs in the statement.
func (s statement) holdsAct(id string) bool { return lexicon.Holds(s.Acts, id, s.Start, s.End) }

func (s statement) verbOfAsking() bool {
	return s.Asks(s.Sentence) || s.cuedStrongly("asks")
}

// endsSentence reports whether words end like a sentence or a list item.
func endsSentence(words string) bool {
	last, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(".!?;…,)\"»”", last)
}

// startsLine reports whether the sentence begins a line of its own.
func (s statement) startsLine() bool {
	before := strings.TrimRight(s.Text[:s.Start], " \t\u00a0")
	return before == "" || strings.HasSuffix(before, "\n")
}

// A listing tracks the items of a list introduced by a sentence with a verb of request ("we
// ask: (1) …; (2) …"). If the items have no markers, each must start a new line.
type listing struct {
	open      bool
	announced bool // introduced by a sentence of request, rather than started by an item that is one
	marked    bool // the items have markers
	begun     bool // an item has been seen
}

// holds reports whether the statement is an item of the current list.
func (l *listing) holds(s statement) bool {
	switch {
	case !l.open, s.Part != letter.PartBody, !s.startsLine() && s.Ask < likelyAsk, !l.announced && s.Ask < faintAsk:
		return false
	}
	return !l.begun || !l.marked || letter.IsListItem(afterAnd(s))
}

// afterAnd returns the words of a statement without an "and" at its start, as in the last item
// of a list.
func afterAnd(s statement) string {
	words := s.Words(s.Sentence)
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Start == s.Start && h.Has("and") {
			return strings.TrimLeft(s.Text[h.End:s.End], " ")
		}
	}
	return words
}

// after updates the list with the statement.
func (l *listing) after(s statement) {
	words := s.Words(s.Sentence)
	switch {
	case l.holds(s):
		if !l.begun {
			l.begun, l.marked = true, letter.IsListItem(words)
		}
		if !l.marked && strings.HasSuffix(words, ".") && s.Ask < likelyAsk {
			l.open = false
		}
	case s.opensList():
		*l = listing{open: s.verbOfAsking() || s.Ask >= likelyAsk, announced: true}
	case s.verbOfAsking() && !endsSentence(words):
		*l = listing{open: true, announced: true, begun: true, marked: true}
	case s.asked >= 0.5 && (s.startsLine() && letter.IsListItem(words) || numbersWishes(s)):
		*l = listing{open: true, begun: true, marked: true}
	case s.startsLine():
		l.open = false
	}
}
