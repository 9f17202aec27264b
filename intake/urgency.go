package intake

import "verbale/intake/lexicon"

// urgentDays is within how many days of its date a letter must ask for an
// answer or for action to be urgent.
const urgentDays = 10

// readUrgency tells whether the letter says that it is pressing, or asks for
// an answer or for action within urgentDays.
func (q *inquiry) readUrgency() {
	q.reading.Request.Urgency = UrgencyNormal
	if e, ok := q.urgentWords(); ok {
		q.reading.Request.Urgency = UrgencyUrgent
		q.cite(e)
		return
	}
	for _, f := range []Field{FieldReplyBy, FieldProposedStart} {
		if e, ok := q.soon(f); ok {
			q.reading.Request.Urgency = UrgencyUrgent
			q.cite(e)
			return
		}
	}
}

// urgentWords finds words of urgency about the request itself.
func (q *inquiry) urgentWords() (Evidence, bool) {
	for _, s := range q.statements {
		if s.standing == standingAnnex || s.cued("not_urgent") {
			continue
		}
		about := s.asking() || s.act == "urgency" || s.act == "reply_deadline"
		for _, h := range s.hits(lexicon.ClassCue) {
			if about && h.Has("urgent") {
				return s.cite(FieldUrgency, string(UrgencyUrgent), h), true
			}
		}
	}
	return Evidence{}, false
}

// soon returns the words of a date that lies within urgentDays of the letter.
func (q *inquiry) soon(f Field) (Evidence, bool) {
	day := q.reading.Request.ReplyBy
	if f == FieldProposedStart {
		day = q.reading.Request.ProposedStart
	}
	from := q.letter.date
	if day.IsZero() || from.IsZero() || day.Before(from) || from.AddDays(urgentDays).Before(day) {
		return Evidence{}, false
	}
	for _, e := range q.reading.Evidence {
		if e.Field == f {
			e.Field, e.Value = FieldUrgency, string(UrgencyUrgent)
			return e, true
		}
	}
	return Evidence{}, false
}
