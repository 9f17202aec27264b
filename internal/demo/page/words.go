package page

import (
	"html/template"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
)

// words give ids their names, in English, which the page speaks.
type words struct {
	vocabulary *lexicon.Vocabulary
	directory  *routing.Directory
}

// say is the text of the catalogue under a key, or what stands after its point
// where it has none.
func say(prefix, name string) string {
	key := prefix + name
	if text := phrases.Default().Text(phrases.English, key, nil); text != key {
		return text
	}
	return strings.ReplaceAll(name, "_", " ")
}

// value is a value of a field in words.
func (w words) value(field intake.Field, value string) string {
	v := w.vocabulary
	switch field {
	case intake.FieldCountries:
		if c, ok := v.Country(value); ok {
			return emoji("flag-"+strings.ToLower(value)) + " " + c.Name.En
		}
	case intake.FieldThemes:
		if t, ok := v.Theme(value); ok {
			return t.Name.En
		}
	case intake.FieldInstruments:
		if i, ok := v.Instrument(value); ok {
			return i.Name.En
		}
	case intake.FieldPartners:
		if p, ok := v.Partner(value); ok {
			return p.Name.En
		}
	case intake.FieldFunding:
		if i := slices.IndexFunc(v.Funding, func(f lexicon.Labelled) bool { return f.ID == value }); i >= 0 {
			return v.Funding[i].Name.En
		}
	}
	return plainValue(field, value)
}

// plainValue is value for what the vocabulary does not name.
func plainValue(field intake.Field, value string) string {
	switch field {
	case intake.FieldServices:
		return say("service.", value)
	case intake.FieldUrgency:
		return say("urgency.", value)
	case intake.FieldScope:
		return say("scope.", value)
	case intake.FieldKind:
		return say("kind.", value)
	case intake.FieldLanguage:
		return languageName(value)
	case intake.FieldReplyBy, intake.FieldProposedStart, intake.FieldProposedEnd:
		if day, err := intake.ParseDate(value); err == nil {
			return day.In(zone).Format("2 January 2006")
		}
	case intake.FieldOfficial:
		return map[string]string{"true": "yes"}[value]
	}
	return value
}

// languageName is the name of a language by its ISO 639-1 code.
func languageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return display.English.Languages().Name(tag)
}

// remark says why something was read or decided as it was.
func (w words) remark(r intake.Remark) string {
	writer := letters.Writer{Phrases: phrases.Default(), Directory: w.directory, Vocabulary: w.vocabulary}
	return writer.Remark(r, phrases.English)
}

// holder names whoever a record or a reminder is with or goes to.
func (w words) holder(id string) string {
	switch id {
	case "requester", "chief", "desk_lead":
		return say("to.", id)
	case bot.RoomDesk:
		return "the desk"
	}
	return w.directory.Name(id, phrases.English)
}

// happened says what an entry of a history says. A person of the workspace is
// called by name.
func (p *Page) happened(e intake.HistoryEntry) string {
	detail := e.Detail
	switch e.What {
	case string(intake.VerbClose):
		detail = say("outcome.", detail)
	case bot.WhatCorrected, bot.WhatSettled:
		detail = p.words.changed(detail)
	default:
		detail = p.words.holder(detail)
	}
	key := "post." + e.What
	text := phrases.Default().Text(phrases.English, key, phrases.Values{"actor": p.actor(e.Actor), "reason": e.Reason, "detail": detail, "reference": ""})
	if text == key {
		return strings.ReplaceAll(e.What, "_", " ")
	}
	if e.What == bot.WhatMailOut && e.Actor == intake.ActorBot { // the detail begins with the kind of the action
		kind, _, _ := strings.Cut(e.Detail, ":")
		text += ": " + say("action.", kind)
	}
	return text
}

// changed words what an entry says of a field: "field: before → after".
func (w words) changed(detail string) string {
	name, values, _ := strings.Cut(detail, ": ")
	named := func(list string) string {
		if list == "" {
			return "nothing"
		}
		all := strings.Split(list, ", ")
		for i, value := range all {
			all[i] = w.value(intake.Field(name), value)
		}
		return strings.Join(all, ", ")
	}
	before, after, both := strings.Cut(values, " → ")
	if both {
		return say("field.", name) + ": " + named(before) + " → " + named(after)
	}
	return say("field.", name) + ": " + named(values)
}

// actor names who did something: a person of the workspace, whose id may be their
// mail address, or a post.
func (p *Page) actor(id string) string {
	if id == intake.ActorBot {
		return "Verbale"
	}
	for _, u := range p.Slack.Users() {
		if u.ID == id || u.Email == id {
			return u.RealName
		}
	}
	return p.words.holder(id)
}

func (p *Page) functions() template.FuncMap {
	return template.FuncMap{
		"geneva": inGeneva, "short": p.short, "say": say, "holder": p.words.holder, "remark": p.words.remark, "happened": p.happened, "stands": p.stands,
		"language": languageName, "lower": strings.ToLower,
	}
}
