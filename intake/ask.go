package intake

import (
	"strings"

	"verbale/intake/lexicon"
)

// Classes of the role model whose sentences ask for technical cooperation
// begin with this, as the roles of the training data do.
const askRole = "ask_"

// askOf returns how much a sentence asks us for technical cooperation, from 0
// to 1: by phrases that ask and phrases for what is asked, both near, and by
// what the role model makes of it.
//
// An item of a list has the verb of the sentence that announces the list.
func (w *Wording) askOf(s *source, x sentence, announced bool) float64 {
	verb := announced || holds(s.acts, "ask.verb", x.start, x.end)
	help := holds(s.acts, "ask.help", x.start, x.end)
	score := 0.6 * w.roleShare(x, askRole)
	if !verb {
		score *= withoutVerb
	}
	switch {
	case verb && help:
		score += 0.4
	case verb:
		score += 0.2
	case help:
		score += 0.1
	}
	switch {
	case holds(s.acts, "ask.not", x.start, x.end):
		return score / 4
	case outright(s, x, announced):
		return max(score, outrightAsk)
	case !verb && nearMiss(s, x):
		return score / 2
	}
	return score
}

// withoutVerb is what the role model's word is worth on a sentence in which
// nobody is asked for anything: it may as well tell of help received.
const withoutVerb = 0.6

// nearMiss reports whether a sentence holds a phrase of mail that asks for no
// technical cooperation: of thanks, of an invitation.
func nearMiss(s *source, x sentence) bool {
	for _, h := range hitsWithin(s.acts, x.start, x.end) {
		for _, sense := range h.Senses {
			if strings.HasPrefix(sense.ID, "other.") {
				return true
			}
		}
	}
	return false
}

// outrightAsk is what a sentence counts at least in which a service is
// requested in so many words.
const outrightAsk = 0.95

// serviceReach is within how many words of the request the service stands.
const serviceReach = 25

// outright reports whether a sentence requests a service in so many words, and
// holds none of the words of a near miss.
func outright(s *source, x sentence, announced bool) bool {
	request, service := -1, false
	if announced && !strings.HasSuffix(s.text[x.start:x.end], "?") {
		request = s.tokenIndex(x.start)
	}
	for _, h := range hitsWithin(s.acts, x.start, x.end) {
		if h.Has("ask.request") {
			request = h.Token
		}
		service = service || h.Has("ask.service") && request >= 0 && h.Token-request <= serviceReach
	}
	return service && !nearMiss(s, x)
}

// roleShare sums the probabilities of the roles that begin with a prefix.
func (w *Wording) roleShare(x sentence, prefix string) float64 {
	sum := 0.0
	for i, role := range w.roles.Classes() {
		if i < len(x.roles) && strings.HasPrefix(role, prefix) {
			sum += float64(x.roles[i])
		}
	}
	return sum
}

// bestAsk returns the index of the sentence of a source that asks most, and
// how much; -1 where there is none.
func (s *source) bestAsk() (best int, ask float64) {
	best = -1
	for i, x := range s.sentences {
		if x.part == partBody && x.ask > ask {
			best, ask = i, x.ask
		}
	}
	return best, ask
}

// countActs counts the different phrases whose id begins with a prefix, by id.
func countActs(hits []lexicon.Hit, prefix string, start, end int, counts map[string]int) {
	for _, h := range hitsWithin(hits, start, end) {
		for _, sense := range h.Senses {
			if strings.HasPrefix(sense.ID, prefix) {
				counts[sense.ID]++
			}
		}
	}
}
