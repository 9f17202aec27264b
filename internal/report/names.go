package report

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/phrases"
	"verbale/routing"
)

// Names resolves IDs to names in the language of a report.
type Names struct {
	Language   string // one of phrases.Languages
	Vocabulary *lexicon.Vocabulary
	Directory  *routing.Directory
	Phrases    *phrases.Catalogue
}

func (n Names) say(key string, values ...phrases.Values) string {
	var all phrases.Values
	if len(values) > 0 {
		all = values[0]
	}
	return n.Phrases.Text(n.Language, key, all)
}

// phrase is the text for an ID; the ID itself if the catalogue has none.
func (n Names) phrase(group, id string) string {
	if text := n.say(group + id); text != group+id {
		return text
	}
	return id
}

// Of is the name of a value of a dimension.
func (n Names) Of(d Dimension, id string) string {
	if id == "" {
		return n.say("report.unknown")
	}
	switch d {
	case ByCountry:
		return n.listed(lexicon.ListCountries)(id)
	case ByTheme:
		return n.listed(lexicon.ListThemes)(id)
	case ByService:
		return n.phrase("service.", id)
	case ByCarriedBy:
		return n.phrase("report.carried_by.", id)
	case ByLanguage:
		return n.language(id)
	case ByOfficial:
		return n.phrase("official.", id)
	case ByStatus:
		return n.phrase("status.", id)
	case ByOutcome:
		return n.phrase("outcome.", id)
	}
	return n.holder(id)
}

// listed returns a function for the names of entries of a vocabulary list.
func (n Names) listed(list string) func(id string) string {
	return func(id string) string { return n.Vocabulary.NameOf(list, id, n.Language) }
}

// holder is the name of the desk, a post or a division.
func (n Names) holder(id string) string {
	if id == intake.ToDesk {
		return n.say("card.desk")
	}
	return n.Directory.Name(id, n.Language)
}

// language is the name of a language with an ISO 639-1 code.
func (n Names) language(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return display.Languages(language.MustParse(n.Language)).Name(tag)
}

// number formats a number for the language, with the given number of decimals.
func (n Names) number(v float64, decimals int) string {
	p := message.NewPrinter(language.MustParse(n.Language))
	return p.Sprint(number.Decimal(v, number.MinFractionDigits(decimals), number.MaxFractionDigits(decimals)))
}

// period describes the period of the report.
func (n Names) period(r *Report) string {
	values := phrases.Values{}
	if !r.From.IsZero() {
		values["from"] = r.From.In(r.Zone)
	}
	if !r.Until.IsZero() {
		values["until"] = r.Until.In(r.Zone).AddDate(0, 0, -1) // the last day of the period
	}
	switch {
	case r.From.IsZero() && r.Until.IsZero():
		return n.say("report.period.all")
	case r.Until.IsZero():
		return n.say("report.period.from", values)
	case r.From.IsZero():
		return n.say("report.period.until", values)
	}
	return n.say("report.period.between", values)
}

// asOf describes the cut-off.
func (n Names) asOf(r *Report) string {
	at := r.AsOf.In(r.Zone)
	return n.say("report.as_of", phrases.Values{"day": at, "time": at.Format("15:04 MST")})
}

// separator separates the values in a cell.
const separator = "; "

// each are the names of several values; "" if there are none.
func (n Names) each(d Dimension, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = n.Of(d, id)
	}
	return strings.Join(names, separator)
}
