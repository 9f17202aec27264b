package what

import (
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// urgentDays is within how many days of its date a letter must ask for an
// answer or for action to be urgent.
const urgentDays = 10

// readUrgency tells whether the letter says that it is pressing, or asks for
// an answer or for action within urgentDays.
func (q *inquiry) readUrgency() {
	q.reading.Request.Urgency = intake.UrgencyNormal
	if e, ok := q.urgentWords(); ok {
		q.reading.Request.Urgency = intake.UrgencyUrgent
		q.cite(e)
		return
	}
	for _, f := range []intake.Field{intake.FieldReplyBy, intake.FieldProposedStart} {
		if e, ok := q.soon(f); ok {
			q.reading.Request.Urgency = intake.UrgencyUrgent
			q.cite(e)
			return
		}
	}
}

// urgentWords finds words of urgency about the request itself.
func (q *inquiry) urgentWords() (intake.Evidence, bool) {
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.cued("not_urgent") {
			continue
		}
		about := s.asking() || !s.isBackground()
		for _, h := range s.hits(lexicon.ClassCue) {
			if about && h.Has("urgent") {
				return s.cite(intake.FieldUrgency, string(intake.UrgencyUrgent), h), true
			}
		}
	}
	return intake.Evidence{}, false
}

// soon returns the words of a date that lies within urgentDays of the letter.
func (q *inquiry) soon(f intake.Field) (intake.Evidence, bool) {
	day := q.reading.Request.ReplyBy
	if f == intake.FieldProposedStart {
		day = q.reading.Request.ProposedStart
	}
	from := q.letter.Date
	if day.IsZero() || from.IsZero() || day.Before(from) || from.AddDays(urgentDays).Before(day) {
		return intake.Evidence{}, false
	}
	for _, e := range q.reading.Evidence {
		if e.Field == f {
			e.Field, e.Value = intake.FieldUrgency, string(intake.UrgencyUrgent)
			return e, true
		}
	}
	return intake.Evidence{}, false
}
