package letters

import (
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A Section is a list of records in a digest, with the key of its title.
type Section struct {
	Key     string
	Records []*intake.Record
}

// Digest composes a digest of records for somebody.
func (w *Writer) Digest(lang string, now time.Time, sections []Section) *bot.Post {
	p := &bot.Post{Title: w.Phrases.Text(lang, "digest.title", phrases.Values{"day": now.In(w.Zone)}), Language: lang}
	for _, section := range sections {
		list := bot.PostSection{Title: w.Phrases.Text(lang, section.Key, phrases.Values{"count": len(section.Records)})}
		for _, r := range section.Records[:min(len(section.Records), w.Habits.DigestLength)] {
			list.Records = append(list.Records, r.Reference)
			list.Lines = append(list.Lines, w.DigestLine(r, now, lang))
		}
		p.Sections = append(p.Sections, list)
	}
	return p
}

// DigestLine describes a record briefly, with what is due or overdue at a time. For a
// confidential record, it shows only the reference besides.
func (w *Writer) DigestLine(r *intake.Record, now time.Time, lang string) string {
	what := w.owed(r, now, lang)
	if r.Confidential || r.Request == nil {
		return joinNonEmpty(r.Reference, what)
	}
	return joinNonEmpty(r.Reference, w.countriesNamed(w.countriesOf(r), lang), r.Request.Institution, what)
}

// owed says what is due or overdue on a record; "" if nothing is.
func (w *Writer) owed(r *intake.Record, now time.Time, lang string) string {
	step, ok := bot.Owed(r)
	if !ok {
		return ""
	}
	key := "digest.due"
	if step.At.Before(now) {
		key = "digest.late"
	}
	return w.Phrases.Text(lang, key, phrases.Values{
		"what": w.Phrases.Text(lang, "due."+string(step.Step), nil), "date": step.At.In(w.Zone), "by": w.overdueBy(step.At, now, lang),
	})
}

// DigestMail formats a digest as plain text and HTML.
func (w *Writer) DigestMail(p *bot.Post) Written {
	inside := w.Phrases.Text(p.Language, "assign.inside", nil)
	var paragraphs []string
	for _, section := range p.Sections {
		paragraphs = append(paragraphs, section.Title+"\n- "+strings.Join(section.Lines, "\n- "))
	}
	written := w.toColleague(p.Language, p.Title, append(paragraphs, inside)...)
	written.HTML = digestPage(p, inside)
	return written
}
