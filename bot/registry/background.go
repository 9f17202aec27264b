package registry

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/internal/phrases"
)

// gives reports whether a deed gives a record to somebody who is then written to.
func gives(d bot.Deed) bool {
	step, ok := d.(bot.Advance)
	return ok && (step.Verb == intake.VerbAssign || step.Verb == intake.VerbComplete || step.Verb == intake.VerbHandOver)
}

// lookInto loads what an assignment mail says of the background of a request,
// where a mail may lead to one: it holds a request, or a colleague's instruction.
func (s *Service) lookInto(ctx context.Context, a *arrival) (err error) {
	switch {
	case a.Backfilled:
		return nil
	case a.found != nil && s.Directory.Internal(a.Message.From.Address):
		return s.lookUpon(ctx, &a.occasion, a.found)
	case a.reading.Request != nil:
		a.country, err = s.askedBefore(ctx, a.reading.Request.Countries)
	}
	return err
}

// lookUpon loads the background of a record.
func (s *Service) lookUpon(ctx context.Context, o *occasion, rec *intake.Record) (err error) {
	if o.letter, err = s.Store.Letter(ctx, rec.Reference); err != nil && !errors.Is(err, bot.ErrNotFound) {
		return fmt.Errorf("load the letter of %s: %w", rec.Reference, err)
	}
	if rec.Request != nil {
		o.country, err = s.askedBefore(ctx, rec.Request.Countries)
	}
	return err
}

// askedBefore lists what the first of some countries asked for, newest first.
func (s *Service) askedBefore(ctx context.Context, countries []string) ([]*intake.Record, error) {
	if len(countries) == 0 {
		return nil, nil
	}
	records, _, err := s.Store.List(ctx, bot.Query{Country: countries[0], Limit: s.Habits.CountryBrief + 1}) // one may be the record itself
	if err != nil {
		return nil, fmt.Errorf("list requests of %s: %w", countries[0], err)
	}
	return records, nil
}

// countryBrief says what else the country of a request asked for, a line each; of
// what is confidential nothing.
func (s *Service) countryBrief(o occasion, rec *intake.Record, lang string) string {
	others := slices.DeleteFunc(slices.Clone(o.country), func(r *intake.Record) bool {
		return r.Reference == rec.Reference || r.Confidential || r.Request == nil || r.MergedInto != ""
	})
	var lines []string
	for _, r := range others[:min(len(others), s.Habits.CountryBrief)] {
		lines = append(lines, s.Phrases.Text(lang, "country.item", phrases.Values{
			"reference": r.Reference, "date": r.ReceivedAt.In(s.Office.Zone),
			"status": s.Phrases.Text(lang, "status."+string(r.Status), nil),
			"what":   joinNonEmpty(r.Request.Institution, s.namesOf(intake.FieldThemes, r.Request.Themes[:min(1, len(r.Request.Themes))], lang)),
		}))
	}
	return s.titled("country.title", lines, lang)
}

// letterQuoted quotes the letter itself, as much as a mail shows; "" where it is
// not at hand, or confidential.
func (s *Service) letterQuoted(o occasion, rec *intake.Record, lang string) string {
	if o.letter == nil || rec.Confidential {
		return ""
	}
	whole := wordsOf(o.letter)
	if whole == "" {
		return ""
	}
	shown := mailtext.Cut(whole, s.Habits.QuoteLength)
	text := s.Phrases.Text(lang, "letter.quoted", nil) + "\n" + quoted(shown)
	if shown != whole {
		text += "\n\n" + s.Phrases.Text(lang, "mail_in.shortened", nil)
	}
	return text
}

// wordsOf is what a letter says, without what it quotes of other mails: the body,
// or what was passed on in it, and then the documents.
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
