package letter

import (
	"strings"

	"verbale/intake/lexicon"
)

// AskRole is the prefix of the role model's classes for sentences that request technical
// cooperation, as in the training data.
const AskRole = "ask_"

// askOf returns how clearly a sentence requests technical cooperation from us, from 0 to 1.
// The score combines verbs of request, phrases for what is requested, and the classification
// by the role model.
//
// An announced list item shares the verb of the sentence that introduces the list.
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

// Asks reports whether a sentence asks somebody for something, explicitly or vaguely.
func (s *Source) Asks(x Sentence) bool {
	return lexicon.Holds(s.Acts, "ask.verb", x.Start, x.End) || lexicon.Holds(s.Acts, "ask.request", x.Start, x.End)
}

// withoutVerb is the factor for the role model's score of a sentence without a verb of
// request: such a sentence may just as well be about assistance already received.
const withoutVerb = 0.6

// nearMiss reports whether a sentence contains a phrase typical of mail that requests no
// technical cooperation, such as thanks or an invitation.
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

// outrightAsk is the minimum score of a sentence that explicitly requests a service.
const outrightAsk = 0.95

// serviceReach is the maximum distance in words from the request to the service.
const serviceReach = 25

// outright reports whether a sentence explicitly requests a service and contains no near-miss
// phrase.
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

// BestAsk returns the index and score of the body sentence with the highest ask score; -1 if
// there is none.
func (s *Source) BestAsk() (best int, ask float64) {
	best = -1
	for i, x := range s.Sentences {
		if x.Part == PartBody && x.Ask > ask {
			best, ask = i, x.Ask
		}
	}
	return best, ask
}
