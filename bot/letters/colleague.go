package letters

import (
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Background is context for a request.
type Background struct {
	Letter  *bot.Letter      // the stored letter; nil if not available
	Country []*intake.Record // earlier requests of the same country, newest first
}

// Assignment assigns a request to a post or division.
func (w *Writer) Assignment(rec *intake.Record, id string, b Background, e Effect) Written {
	lang := w.LanguageOf(id)
	return w.toColleague(lang, w.assignmentSubject(rec, lang),
		w.Phrases.Text(lang, "assign.lead", phrases.Values{"recipient": w.Directory.Name(id, lang)}),
		w.brief(rec, lang),
		w.doubtList(rec.Doubts, lang),
		w.reasonList("assign.why", rec.WhyRouted(), lang),
		w.dueList(rec.Plan, lang, dueFromYou),
		w.countryBrief(b, rec, lang),
		w.letterQuoted(b, rec, lang),
		w.Phrases.Text(lang, "assign.how", nil),
		w.whereToAnswer(rec, e, lang),
		w.Phrases.Text(lang, "assign.inside", nil),
		w.Phrases.Text(lang, "assign.token", phrases.Values{"token": e.Token}),
	)
}

// Support informs a post or division about a request that another one has to answer.
func (w *Writer) Support(rec *intake.Record, id string, e Effect) Written {
	lang := w.LanguageOf(id)
	return w.toColleague(lang, w.assignmentSubject(rec, lang),
		w.Phrases.Text(lang, "inform.support", phrases.Values{
			"recipient": w.Directory.Name(id, lang), "assignee": w.Directory.Name(rec.Routing.Assignee, lang),
		}),
		w.brief(rec, lang),
		w.doubtList(rec.Doubts, lang),
		w.reasonList("inform.why", rec.WhyRouted(), lang),
		w.Phrases.Text(lang, "inform.how", nil),
		w.Phrases.Text(lang, "assign.inside", nil),
		w.Phrases.Text(lang, "assign.token", phrases.Values{"token": e.Token}),
	)
}

func (w *Writer) assignmentSubject(rec *intake.Record, lang string) string {
	key := "assign.subject"
	if rec.Request.Urgency == intake.UrgencyUrgent {
		key = "assign.subject_urgent"
	}
	return w.about(key, rec, rec.Request.Countries, lang)
}

// whereToAnswer explains how to answer the requester, and what effect that has on the record;
// "" if the requester's address is not confirmed.
func (w *Writer) whereToAnswer(rec *intake.Record, e Effect, lang string) string {
	requester := rec.Origin.AnswerTo.Address
	if requester == "" {
		return ""
	}
	key := "inform.answer"
	if e.Moves {
		key = "assign.answer"
	}
	return w.Phrases.Text(lang, key, phrases.Values{"requester": requester, "desk": w.Desk})
}

// PassedOn tells the colleague who forwarded a letter its reference and, with the text of the
// key becomes, what happens with regard to its author.
func (w *Writer) PassedOn(rec *intake.Record, lang, author, becomes string) Written {
	return w.toColleague(lang, w.subjectOfAnswer(rec, lang),
		w.Phrases.Text(lang, "forwarded.recorded", phrases.Values{
			"quoted": w.quotedSubject(rec, lang), "reference": rec.Reference,
		}),
		w.Phrases.Text(lang, becomes, phrases.Values{"author": author}))
}

// Notice sends a text to the owner of a record, with the subject of a key.
func (w *Writer) Notice(rec *intake.Record, id, subject string, text func(lang string) string) Written {
	lang := w.LanguageOf(id)
	return w.toColleague(lang, w.about(subject, rec, w.countriesOf(rec), lang), text(lang), w.Phrases.Text(lang, "assign.inside", nil))
}

// Answer replies to a colleague's mail.
func (w *Writer) Answer(rec *intake.Record, lang string, paragraphs ...string) Written {
	return w.toColleague(lang, w.subjectOfAnswer(rec, lang), paragraphs...)
}

// Done lists what was done on a colleague's instructions; "" if nothing was.
func (w *Writer) Done(rec *intake.Record, lang string, done []string) string {
	lines := sections(done...)
	if len(lines) == 0 {
		return ""
	}
	return w.Phrases.Text(lang, "echo.done", phrases.Values{"reference": rec.Reference}) + "\n- " + strings.Join(lines, "\n- ")
}
