package letters

import (
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A Receipt holds the details of a mail whose receipt is acknowledged.
type Receipt struct {
	Received, Now time.Time
	Unreadable    bool // the mail could not be opened; the requester is asked to send it again
}

// Acknowledgement states the subject, the reference and the next date; it repeats nothing
// else that the requester wrote.
func (w *Writer) Acknowledgement(rec *intake.Record, r Receipt) Written {
	return w.toRequester(rec, func(lang string) []string {
		values := phrases.Values{
			"quoted": w.quotedSubject(rec, lang), "reference": rec.Reference, "received": r.Received.In(w.Zone),
		}
		keys := []string{"acknowledge.received", "acknowledge.unreadable", "acknowledge.automatic"}
		if !r.Unreadable {
			next := "acknowledge.next_open"
			if day := w.promised(rec, r.Now); !day.IsZero() {
				next, values["next"] = "acknowledge.next", day.In(w.Zone)
			}
			keys = []string{"acknowledge.received", next, "acknowledge.quote_reference", "acknowledge.automatic"}
		}
		paragraphs := make([]string, len(keys))
		for i, key := range keys {
			paragraphs[i] = w.Phrases.Text(lang, key, values)
		}
		return paragraphs
	})
}

// promised returns the day by which a requester may expect a first reply; the zero Date if no
// day can be promised. If the letter requests a date earlier than our own deadline, the
// internal deadline is before that date and is not disclosed: the requester is promised the
// requested day. Nothing is promised for today.
func (w *Writer) promised(rec *intake.Record, now time.Time) intake.Date {
	at, planned := bot.DueAt(rec.Plan, intake.StepAnswer)
	if !planned {
		return intake.Date{}
	}
	day := intake.DateOf(at.In(w.Zone))
	if rec.Request != nil && w.Policy.Hastened(rec.Request, at) && day.Before(rec.Request.ReplyBy) {
		day = rec.Request.ReplyBy
	}
	if !intake.DateOf(now.In(w.Zone)).Before(day) {
		return intake.Date{}
	}
	return day
}

// Status tells the requester the status of a request, which post (not which person) handles
// it, and what comes next and when.
func (w *Writer) Status(rec *intake.Record, now time.Time) Written {
	return w.toRequester(rec, func(lang string) []string {
		holder := w.Directory.Name(rec.Owner, lang)
		if rec.Owner == "" || rec.Owner == intake.ToDesk {
			holder = w.Phrases.Text(lang, "where.desk", nil)
		}
		next := ""
		if day := w.promised(rec, now); !day.IsZero() && rec.Status != intake.StatusWaiting {
			next = w.Phrases.Text(lang, "where.next", phrases.Values{"date": day.In(w.Zone)})
		}
		return []string{
			w.Phrases.Text(lang, "where.lead", phrases.Values{
				"quoted": w.quotedSubject(rec, lang), "reference": rec.Reference, "received": rec.ReceivedAt.In(w.Zone),
			}),
			w.Phrases.Text(lang, "where."+string(rec.Status), phrases.Values{"holder": holder}),
			next,
			w.Phrases.Text(lang, "where.automatic", nil),
		}
	})
}

// ReminderOfQuestion reminds a requester of our unanswered question.
func (w *Writer) ReminderOfQuestion(rec *intake.Record) Written {
	return w.toRequester(rec, func(lang string) []string {
		return []string{w.Phrases.Text(lang, "remind.requester", phrases.Values{
			"quoted": w.quotedSubject(rec, lang), "reference": rec.Reference, "asked": rec.FollowUp.Waiting.In(w.Zone),
		})}
	})
}

// Question asks a requester for everything that is missing for a formal request
// (Record.Missing), in the first of their languages; it returns the zero Written if nothing
// is missing.
func (w *Writer) Question(rec *intake.Record) Written {
	missing := rec.Missing()
	if len(missing) == 0 {
		return Written{}
	}
	lang := w.languagesFor(rec)[0]
	items := make([]string, len(missing))
	for i, element := range missing {
		items[i] = "- " + w.Phrases.Text(lang, "element."+string(element), nil)
	}
	return Written{Subject: w.subjectOfAnswer(rec, lang), Language: lang, Text: w.letter(lang,
		w.Phrases.Text(lang, "complete.lead", phrases.Values{"quoted": w.quotedSubject(rec, lang), "reference": rec.Reference}),
		strings.Join(items, "\n"),
		w.Phrases.Text(lang, "complete.close", nil))}
}
