package letters

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// countryBrief lists the other requests of a request's country, one per line, without
// confidential ones.
func (w *Writer) countryBrief(b Background, rec *intake.Record, lang string) string {
	others := slices.DeleteFunc(slices.Clone(b.Country), func(r *intake.Record) bool {
		return r.Reference == rec.Reference || r.Confidential || r.Request == nil || r.MergedInto != ""
	})
	var lines []string
	for _, r := range others[:min(len(others), w.Habits.CountryBrief)] {
		lines = append(lines, w.Phrases.Text(lang, "country.item", phrases.Values{
			"reference": r.Reference, "date": r.ReceivedAt.In(w.Zone),
			"status": w.Phrases.Text(lang, "status."+string(r.Status), nil),
			"what":   joinNonEmpty(r.Request.Institution, w.values(intake.FieldThemes, r.Request.Themes[:min(1, len(r.Request.Themes))], lang)),
		}))
	}
	return w.titled("country.title", lines, lang)
}

// letterQuoted quotes the beginning of the letter itself; "" if it is not available or
// confidential.
func (w *Writer) letterQuoted(b Background, rec *intake.Record, lang string) string {
	if b.Letter == nil || rec.Confidential {
		return ""
	}
	whole := wordsOf(b.Letter)
	if whole == "" {
		return ""
	}
	shown := mailtext.Cut(whole, w.Habits.QuoteLength)
	text := w.Phrases.Text(lang, "letter.quoted", nil) + "\n" + quoted(shown)
	if shown != whole {
		text += "\n\n" + w.Phrases.Text(lang, "mail_in.shortened", nil)
	}
	return text
}

// wordsOf returns the text of a letter without quotations of other mails: the body, including
// forwarded text, followed by the attachments.
func wordsOf(l *bot.Letter) string {
	var parts []string
	for _, p := range l.Parts {
		switch text := p.Text.Only(intake.SectionNew, intake.SectionForwarded); {
		case text == "" || p.Source == "subject":
		case p.Filename != "":
			parts = append(parts, "["+mailtext.OneLine(p.Filename)+"]\n"+text)
		default:
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n\n")
}
