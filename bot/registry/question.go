package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// QuestionDraft drafts one question to the requester about everything that a request lacks as
// a formal one (Record.Missing), in the language in which the requester is written to. It is a
// proposal: it is only sent by a Reply with PurposeAsk, after a person has seen it. Both
// results are "" if nothing is missing.
func (s *Service) QuestionDraft(rec *intake.Record) (subject, text string) {
	written := s.letters.Question(rec)
	return written.Subject, written.Text
}

// readBeside reads a further mail to a record as if it continued the request, since an answer
// seldom repeats it. from is where the mail's own text begins in the text that was read.
func (s *Service) readBeside(a *arrival, rec *intake.Record) (reading intake.Reading, from int) {
	m := s.byItself(a.Message)
	lead := ""
	if rec.Request != nil && rec.Request.Summary != "" {
		lead = rec.Request.Summary + "\n\n"
	}
	m.Text = intake.Text{Content: lead + m.Body()}
	return s.Reader.Read(m), len(lead)
}

// proposed are the fields that the requester's answer may fill.
var proposed = slices.DeleteFunc(intake.Fields(), func(f intake.Field) bool {
	return slices.Contains([]intake.Field{intake.FieldScope, intake.FieldUrgency, intake.FieldOfficial, intake.FieldSummary, intake.FieldOfficialRef, intake.FieldRequesterMail}, f)
})

// inAnswer is the reason of a doubt about a value that was read in the requester's answer.
const inAnswer = "doubt.in_answer"

// fillIn proposes values from the requester's answer for empty fields, to be confirmed by a
// person.
func (s *Service) fillIn(a *arrival, change *bot.Change) {
	rec := change.Record
	if rec.Request == nil || strings.TrimSpace(a.Message.Body()) == "" {
		return
	}
	reading, from := s.readBeside(a, rec)
	if reading.Request == nil {
		return
	}
	for _, field := range proposed {
		values := reading.Request.Values(field)
		quote := quoteFor(reading.Evidence, field, from)
		if len(rec.Request.Values(field)) == 0 && len(values) > 0 && quote != "" {
			words := mailtext.Cut(mailtext.OneLine(quote), s.Habits.SubjectLength)
			doubt(rec, field, intake.Remark{ID: "doubt.in_answer", Args: map[string]string{"words": words}}, values...)
		}
	}
	askOfBothDays(rec)
}

// askOfBothDays makes one question of those about the first and the last day of the activity,
// if the answer of the requester states both.
func askOfBothDays(rec *intake.Record) {
	start, end := doubtOf(rec, intake.FieldProposedStart), doubtOf(rec, intake.FieldProposedEnd)
	if start.Reason.ID == inAnswer && end.Reason.ID == inAnswer {
		rec.Doubts = withoutDoubt(withoutDoubt(rec.Doubts, start.Field), end.Field)
		doubt(rec, intake.FieldDates, start.Reason, start.Candidates[0]+"/"+end.Candidates[0])
	}
}

// doubtOf is the doubt about a field; the zero Doubt if there is none.
func doubtOf(rec *intake.Record, field intake.Field) intake.Doubt {
	for _, d := range rec.Doubts {
		if d.Field == field {
			return d
		}
	}
	return intake.Doubt{}
}

// quoteFor is the first evidence for a field that is in the body from an offset on, or in an
// attachment; "" if there is none.
func quoteFor(evidence []intake.Evidence, field intake.Field, from int) string {
	for _, e := range evidence {
		if e.Field == field && (e.Source != "body" || e.Start >= from) && e.Source != "subject" {
			return e.Quote
		}
	}
	return ""
}
