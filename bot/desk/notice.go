package desk

import (
	"cmp"
	"strings"

	"verbale/intake"
)

// notice is what a telephone shows of a card: which request it is, and what is to be
// done.
func (w voice) notice(rec *intake.Record) string {
	what := cmp.Or(w.next(rec), w.status(rec))
	if rec.Confidential { // its title names it
		return joined(" · ", w.title(rec), what)
	}
	urgent := ""
	if rec.Status.Open() && rec.Request != nil && rec.Request.Urgency == intake.UrgencyUrgent {
		urgent = w.say("card.urgent")
	}
	return joined(" · ", rec.Reference, urgent, what, w.title(rec))
}

// noticeOf puts the reference of a record before words that do not name it.
func noticeOf(reference, words string) string {
	if strings.Contains(words, reference) {
		return words
	}
	return joined(" · ", reference, words)
}
