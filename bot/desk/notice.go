package desk

import (
	"cmp"
	"strings"

	"verbale/intake"
)

// notice is the notification text of a card: which request it is, and what is to be done.
func (w pageWriter) notice(rec *intake.Record) string {
	what := cmp.Or(w.next(rec), w.status(rec))
	if rec.Confidential { // its title contains the reference
		return joined(" · ", w.title(rec), what)
	}
	urgent := ""
	if rec.Status.Open() && rec.Request != nil && rec.Request.Urgency == intake.UrgencyUrgent {
		urgent = w.say("card.urgent")
	}
	return joined(" · ", rec.Reference, urgent, what, w.title(rec))
}

// noticeOf prefixes the reference of a record, unless the text already contains it.
func noticeOf(reference, words string) string {
	if strings.Contains(words, reference) {
		return words
	}
	return joined(" · ", reference, words)
}
