package letter

import (
	"strings"

	"verbale/intake/lexicon"
)

// Classes of the role model whose sentences ask for technical cooperation
// begin with this, as the roles of the training data do.
const AskRole = "ask_"

// askOf returns how much a sentence asks us for technical cooperation, from 0
// to 1: by phrases that ask and phrases for what is asked, both near, and by
// what the role model makes of it.
//
// An item of a list has the verb of the sentence that announces the list.
func (s *Source) askOf(x Sentence, announced bool) float64 {
	verb := announced || s.Asks(x)
	help := lexicon.Holds(s.Acts, "ask.help", x.Start, x.End)
	score := 0.6 * x.Roles.Share(AskRole)
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
	case lexicon.Holds(s.Acts, "ask.not", x.Start, x.End):
		return score / 4
	case outright(s, x, announced):
		return max(score, outrightAsk)
	case !verb && nearMiss(s, x):
		return score / 2
	}
	return score
}

// Asks reports whether somebody is asked for something in a sentence, outright
// or in a vaguer form.
func (s *Source) Asks(x Sentence) bool {
	return lexicon.Holds(s.Acts, "ask.verb", x.Start, x.End) || lexicon.Holds(s.Acts, "ask.request", x.Start, x.End)
}

// withoutVerb is what the role model's word is worth on a sentence in which
// nobody is asked for anything: it may as well tell of help received.
const withoutVerb = 0.6

// nearMiss reports whether a sentence holds a phrase of mail that asks for no
// technical cooperation: of thanks, of an invitation.
func nearMiss(s *Source, x Sentence) bool {
	for _, h := range lexicon.HitsIn(s.Acts, x.Start, x.End) {
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
func outright(s *Source, x Sentence, announced bool) bool {
	request, service := -1, false
	if announced && !strings.HasSuffix(s.Text[x.Start:x.End], "?") {
		request = s.Scan.TokenAt(x.Start)
	}
	for _, h := range lexicon.HitsIn(s.Acts, x.Start, x.End) {
		if h.Has("ask.request") {
			request = h.Token
		}
		service = service || h.Has("ask.service") && request >= 0 && h.Token-request <= serviceReach
	}
	return service && !nearMiss(s, x)
}

// BestAsk returns the index of the sentence of a source that asks most, and
// how much; -1 where there is none.
func (s *Source) BestAsk() (best int, ask float64) {
	best = -1
	for i, x := range s.Sentences {
		if x.Part == PartBody && x.Ask > ask {
			best, ask = i, x.Ask
		}
	}
	return best, ask
}
