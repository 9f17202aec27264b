package what

import (
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// urgentDays is the maximum number of days from the date of a letter to the requested date of
// a reply or an activity for the letter to count as urgent.
const urgentDays = 10

// readUrgency sets the urgency: urgent if the letter says so, or asks for a reply or for
// action within urgentDays.
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

// stampWords is the maximum number of words of a mark of urgency on its own in the head of a
// letter ("TRÈS URGENT").
const stampWords = 3

// urgentStamp finds a mark of urgency on its own in the head of the letter.
func (q *inquiry) urgentStamp() (intake.Evidence, bool) {
	s := q.letter.Main
	for _, l := range s.Lines {
		head := l.Part == letter.PartLetterhead || l.Part == letter.PartReference || l.Part == letter.PartAddressee
		if !head || len(s.Scan.TokensIn(l.Start, l.End)) > stampWords {
			continue
		}
		for _, h := range lexicon.HitsIn(s.Scan.Hits, l.Start, l.End) {
			if h.Class == lexicon.ClassCue && h.Has("urgent") && !lexicon.Holds(s.Scan.Hits, "emergencies", l.Start, l.End) && !lexicon.Holds(s.Scan.Hits, "not_urgent", l.Start, l.End) {
				return s.Evidence(intake.FieldUrgency, string(intake.UrgencyUrgent), h.Start, h.End), true
			}
		}
	}
	return intake.Evidence{}, false
}

// urgentWords finds words of urgency about the request itself.
func (q *inquiry) urgentWords() (intake.Evidence, bool) {
	if e, ok := q.urgentStamp(); ok {
		return e, true
	}
	for _, s := range q.statements {
		if s.Standing == letter.StandingAnnex || s.cued("not_urgent") {
			continue
		}
		about := s.asking() || !s.isBackground()
		for _, h := range s.hits(lexicon.ClassCue) {
			if about && h.Has("urgent") && !s.namesEmergencies(h) {
				return s.cite(intake.FieldUrgency, string(intake.UrgencyUrgent), h), true
			}
		}
	}
	return intake.Evidence{}, false
}

// namesEmergencies reports whether a word of urgency only names emergencies as a field of
// work: "Service de gestion des urgences", "неотложная помощь".
func (s statement) namesEmergencies(urgent lexicon.Hit) bool {
	return slices.ContainsFunc(s.hits(lexicon.ClassCue), func(h lexicon.Hit) bool {
		return h.Has("emergencies") && h.Start <= urgent.Start && urgent.End <= h.End
	})
}

// soon returns the evidence of a date within urgentDays of the letter.
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
