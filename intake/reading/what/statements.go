package what

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// A statement is a sentence of a letter, weighed for what it says about the
// request.
type statement struct {
	*letter.Source
	letter.Sentence
	act    string  // the role that its words have most probably
	asked  float64 // how plainly it asks for something, 0 to 1
	weight float64 // how much its words count towards what is asked, 0 to 1
	inList bool    // an item of a list that a verb of asking opens
	headed bool    // it stands under a heading that announces who pays
	shares bool    // it, or what follows it, leaves a part of the costs to us
}

// asking reports whether the statement is where something is asked: a sentence
// that asks, the subject line, or the topic of the letter.
func (s statement) asking() bool { return s.asked >= 0.5 || s.isTitle() }

func (s statement) isTitle() bool {
	return s.Standing == letter.StandingSubject || s.Part == letter.PartTopic
}

// besideText reports whether the statement belongs to the head or the foot of a
// letter, where nothing is asked.
func (s statement) besideText() bool {
	switch s.Part {
	case letter.PartLetterhead, letter.PartAddressee, letter.PartClosing, letter.PartSignature, letter.PartContact:
		return true
	}
	return false
}

// hits returns the hits of one class within the statement.
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

// cued reports whether a cue of the vocabulary stands in the statement.
func (s statement) cued(id string) bool { return s.cuedWithin(id, s.Start, s.End) }

// cuedWithin reports whether a cue begins and ends within a stretch.
func (s statement) cuedWithin(id string, start, end int) bool {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, start, end) {
		if h.Class == lexicon.ClassCue && h.End <= end && h.Has(id) {
			return true
		}
	}
	return false
}

// cuedStrongly reports whether a strong cue of the given id stands there.
func (s statement) cuedStrongly(id string) bool {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, s.Start, s.End) {
		if h.Class == lexicon.ClassCue && slices.ContainsFunc(h.Senses, func(x lexicon.Sense) bool { return x.ID == id && x.Weight == 1 }) {
			return true
		}
	}
	return false
}

// cite makes the evidence of a hit.
func (s statement) cite(f intake.Field, value string, h lexicon.Hit) intake.Evidence {
	return s.Evidence(f, value, h.Start, h.End)
}

// statementsOf weighs the sentences of a letter, those of the letter proper
// first.
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

// weigh blends the weights of the roles that a sentence may have, by their
// probability, with that of where it stands.
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

// How plainly a sentence asks, by its form.
const (
	askedByVerb = 0.5 // a verb of asking, the rest by what the model makes of it
	askedInList = 0.9 // an item of a list that a verb of asking opens
	askedAsItem = 0.7 // an item of some list that the model takes for an ask
	askedByTone = 0.5 // no verb: what the model makes of it, by this factor
	likelyAsk   = 0.4 // what the model must make of a list item
	faintAsk    = 0.1 // what it must make of an item of a list that is not announced
)

// askedOutright tells how plainly a sentence asks for something.
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

// formalities are what a sentence with a verb of asking may do besides asking
// for help: ask for an answer, for papers, for a confirmation.
var formalities = map[string]bool{
	"reply_deadline": true, "contact_logistics": true, "sends_document": true, "courtesy": true, "thanks": true,
}

// namesService reports whether a term that decides by itself names a service.
func (s statement) namesService() bool {
	for _, h := range s.hits(lexicon.ClassService) {
		if h.Senses[0].Weight == 1 {
			return true
		}
	}
	return false
}

// opensList reports whether the sentence only announces what follows.
func (s statement) opensList() bool { return strings.HasSuffix(s.Words(s.Sentence), ":") }

// holdsAct reports whether a phrase of acts.yaml stands in the statement.
func (s statement) holdsAct(id string) bool { return lexicon.Holds(s.Acts, id, s.Start, s.End) }

func (s statement) verbOfAsking() bool {
	return s.Asks(s.Sentence) || s.cuedStrongly("asks")
}

// endsSentence reports whether words end as sentences and items do.
func endsSentence(words string) bool {
	last, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(".!?;…,)\"»”", last)
}

// startsLine reports whether the sentence begins a line of its own.
func (s statement) startsLine() bool {
	before := strings.TrimRight(s.Text[:s.Start], " \t\u00a0")
	return before == "" || strings.HasSuffix(before, "\n")
}

// A listing follows the items of a list that a sentence with a verb of asking
// opens ("we ask: (1) …; (2) …"). Where items bear no mark, each stands on a
// line of its own.
type listing struct {
	open      bool
	announced bool // by a sentence that asks, not begun by an item that does
	marked    bool // the items bear marks
	begun     bool // an item has been seen
}

// holds reports whether the statement is an item of the open list.
func (l *listing) holds(s statement) bool {
	switch {
	case !l.open, s.Part != letter.PartBody, !s.startsLine() && s.Ask < likelyAsk, !l.announced && s.Ask < faintAsk:
		return false
	}
	return !l.begun || !l.marked || letter.IsListItem(afterAnd(s))
}

// afterAnd returns the words of a statement without the "and" before the last
// item of a list.
func afterAnd(s statement) string {
	words := s.Words(s.Sentence)
	for _, h := range s.hits(lexicon.ClassCue) {
		if h.Start == s.Start && h.Has("and") {
			return strings.TrimLeft(s.Text[h.End:s.End], " ")
		}
	}
	return words
}

// after notes what the statement does to the list.
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
