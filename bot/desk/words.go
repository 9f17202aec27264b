package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// A pageWriter words pages in one language.
type pageWriter struct {
	*Desk
	lang string
	// lasting: the page stays as it was posted, so it must not say what changes by itself,
	// such as how long something has been overdue.
	lasting bool
}

// in is the writer of pages in a language; English if the language is not supported.
func (d *Desk) in(lang string) pageWriter {
	if !d.service.Phrases.Speaks(lang) {
		lang = phrases.English
	}
	return pageWriter{Desk: d, lang: lang}
}

// posted is the writer of what is posted in a language and stays.
func (d *Desk) posted(lang string) pageWriter {
	w := d.in(lang)
	w.lasting = true
	return w
}

func (w pageWriter) say(key string, values ...phrases.Values) string {
	if len(values) == 0 {
		return w.service.Phrases.Text(w.lang, key, nil)
	}
	return w.service.Phrases.Text(w.lang, key, values[0])
}

// day formats a day; "" for none.
func (w pageWriter) day(d intake.Date) string {
	if d.IsZero() {
		return ""
	}
	return w.service.Phrases.Date(w.lang, d.In(time.UTC))
}

// moment formats a day and time of day, in the office's time zone.
func (w pageWriter) moment(t time.Time) string {
	t = t.In(w.service.Office.Zone)
	return w.say("card.moment", phrases.Values{"day": w.service.Phrases.Date(w.lang, t), "time": t.Format("15:04")})
}

// until formats the end of a period: only the day if it is midnight.
func (w pageWriter) until(t time.Time) string {
	if t = t.In(w.zone()); t.Hour() == 0 && t.Minute() == 0 {
		return w.day(intake.DateOf(t))
	}
	return w.moment(t)
}

// stretch formats the days of an activity; either may be missing.
func (w pageWriter) stretch(start, end intake.Date) string {
	values := phrases.Values{"start": w.day(start), "end": w.day(end)}
	switch {
	case start == end:
		return w.day(start)
	case end.IsZero():
		return w.say("dates.from", values)
	case start.IsZero():
		return w.say("dates.until", values)
	}
	return w.say("dates.between", values)
}

// holder names a post, a division or the desk.
func (w pageWriter) holder(id string) string {
	if id == intake.ToDesk || id == "" {
		return w.say("card.desk")
	}
	return w.service.Directory.Name(id, w.lang)
}

// actor names who did something: a person, the program, or a post that acted by mail.
func (w pageWriter) actor(ctx context.Context, id string) string {
	if id == intake.ActorBot || id == "" {
		return w.say("actor.bot")
	}
	if name := w.holder(id); name != id {
		return name
	}
	if w.people == nil {
		return id
	}
	return w.people.Name(ctx, id)
}

// value formats one value of a field.
func (w pageWriter) value(field intake.Field, value string) string {
	return w.service.InWords(field, value, w.lang)
}

// remark says why something was extracted or decided.
func (w pageWriter) remark(r intake.Remark) string { return w.service.Remark(r, w.lang) }

// named is the name of an ID; the ID itself if the catalogue has none.
func (w pageWriter) named(group, id string) string {
	if id == "" {
		return ""
	}
	if text := w.say(group + id); text != group+id {
		return text
	}
	return id
}

func (w pageWriter) values(field intake.Field, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = w.value(field, id)
	}
	return listed(names...)
}

// listed joins the non-empty values with commas.
func listed(values ...string) string { return joined(", ", values...) }

func joined(separator string, values ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(values), func(s string) bool { return s == "" }), separator)
}

// flagged names countries, each after its flag.
func (w pageWriter) flagged(countries []string) string {
	if len(countries) == 0 {
		return w.say("countries.none")
	}
	names := make([]string, len(countries))
	for i, id := range countries {
		names[i] = joined(" ", flag(id), w.value(intake.FieldCountries, id))
	}
	return listed(names...)
}

// regionalIndicatorA stands for the letter A in a flag (Unicode, UTS 51).
const regionalIndicatorA = 0x1F1E6

// flag is the flag of an ISO 3166-1 alpha-2 code; "" for anything else.
func flag(code string) string {
	if len(code) != 2 {
		return ""
	}
	var letters []rune
	for _, r := range strings.ToUpper(code) {
		if r < 'A' || r > 'Z' {
			return ""
		}
		letters = append(letters, regionalIndicatorA+r-'A')
	}
	return string(letters)
}

// cut shortens a text to a number of characters.
func cut(s string, length int) string { return mailtext.Cut(s, length) }

// oneLine puts a text on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// specials are the characters that require quotation marks around a name (RFC 5322, section
// 3.2.3), except for the dot, which is readable without.
const specials = `()<>[]:;@\,"`

// mailbox formats an address with its name (RFC 5322, section 3.4).
func mailbox(a intake.Address) string {
	name := oneLine(a.Name)
	if name == "" || a.Address == "" {
		return joined("", name, a.Address)
	}
	if strings.ContainsAny(name, specials) {
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + " <" + a.Address + ">"
}

func mailboxes(list []intake.Address) string {
	all := make([]string, len(list))
	for i, a := range list {
		all[i] = mailbox(a)
	}
	return listed(all...)
}

// happened describes an entry of a history in words.
func (w pageWriter) happened(ctx context.Context, rec *intake.Record, e intake.HistoryEntry) string {
	return w.say("post."+e.What, phrases.Values{
		"actor": w.actor(ctx, e.Actor), "reason": e.Reason, "detail": w.detail(e), "reference": rec.Reference,
	})
}

// detail is what an entry carries besides its reason, in words.
func (w pageWriter) detail(e intake.HistoryEntry) string {
	switch e.What {
	case string(intake.VerbAssign), string(intake.VerbComplete), string(intake.VerbHandOver), string(intake.VerbAccept):
		return w.holder(e.Detail)
	case string(intake.VerbClose):
		return w.named("outcome.", e.Detail)
	case bot.WhatCorrected, bot.WhatSettled:
		return w.changed(e.Detail)
	case bot.WhatMuted, bot.WhatUnmuted:
		return w.named("next.", e.Detail)
	case bot.WhatSnoozed, bot.WhatRemindMe:
		if at, err := time.ParseInLocation(time.DateTime, e.Detail, w.zone()); err == nil {
			return w.until(at)
		}
	}
	return e.Detail
}

// changed describes the change of a field, stored as "field: before → after".
func (w pageWriter) changed(detail string) string {
	name, values, found := strings.Cut(detail, ": ")
	field := intake.Field(name)
	label := w.named("field.", name)
	if !found {
		return label
	}
	before, after, both := strings.Cut(values, " → ")
	if !both {
		return w.say("brief.row", phrases.Values{"label": label, "value": w.valuesIn(field, values)})
	}
	change := w.say("history.changed", phrases.Values{"before": w.valuesIn(field, before), "after": w.valuesIn(field, after)})
	return w.say("brief.row", phrases.Values{"label": label, "value": change})
}

// valuesIn formats the values of a field stored in one string; "–" for none.
func (w pageWriter) valuesIn(field intake.Field, text string) string {
	if text == "" {
		return "–"
	}
	return w.values(field, strings.Split(text, ", "))
}
