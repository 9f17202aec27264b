package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
	"verbale/intake/lexicon"
)

// sameNumber reports whether two registration numbers are equal, apart from their formatting.
func sameNumber(a, b string) bool { return a != "" && bareNumber(a) == bareNumber(b) }

func bareNumber(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, lexicon.FoldString(number))
}

// findCited searches for the record of an earlier letter that a mail cites by the sender's own
// number. If it is from the sender's institution, it is the record that the mail belongs to,
// unless the mail is a new request. In that case, or if only the country is the same, the
// earlier letter is shown to the desk.
func (s *Service) findCited(ctx context.Context, a *arrival) error {
	if s.Directory.Internal(a.Message.From.Address) || a.byMachine() {
		return nil
	}
	h := s.ear.Hear(s.Habits.NewText(a.Message))
	_, chaser := h.First(mailtext.CueChaser)
	for _, number := range h.Numbers() {
		a.numbers = append(a.numbers, number)
		rec, known, err := s.numbered(ctx, a, number)
		if err != nil {
			return err
		}
		if rec == nil {
			continue
		}
		if ask := a.reading.Kind == intake.KindRequest; ask && (!known || !chaser) {
			a.cites = append(a.cites, likenessTo(rec, intake.Remark{ID: "alike.cites", Args: map[string]string{"number": number}}))
			continue
		}
		a.found, a.number = rec, number
		return nil
	}
	return nil
}

// citesLetterOf reports whether a mail cites the letter of a record by its number.
func (a *arrival) citesLetterOf(rec *intake.Record) bool {
	return rec != nil && rec.Request != nil && slices.ContainsFunc(a.numbers, func(number string) bool {
		return sameNumber(rec.Request.OfficialRef, number)
	})
}

// numbered is the newest record whose letter has a number: preferably of the sender's
// institution (known), else of the sender's country.
func (s *Service) numbered(ctx context.Context, a *arrival, number string) (found *intake.Record, known bool, err error) {
	queries := []bot.Query{{Words: []string{number}, Limit: s.Habits.Cited.Look}}
	if domain := intake.DomainOf(a.Message.From.Address); domain != "" && !s.Vocabulary.IsNeutralDomain(domain) {
		queries = append([]bot.Query{{Words: []string{number}, Person: domain, Limit: s.Habits.Cited.Look}}, queries...)
	}
	for _, q := range queries {
		records, _, err := s.Store.List(ctx, q)
		if err != nil {
			return nil, false, fmt.Errorf("look for a letter by its number: %w", err)
		}
		for _, rec := range records {
			if rec.Request == nil || !sameNumber(rec.Request.OfficialRef, number) || rec.MergedInto != "" {
				continue
			}
			if s.knownTo(rec, a.Message.From.Address) {
				return rec, true, nil
			}
			if found == nil && s.ofCountry(a, rec) {
				found = rec
			}
		}
	}
	return found, false, nil
}

// ofCountry reports whether a mail comes from, or asks for, a country of a record.
func (s *Service) ofCountry(a *arrival, rec *intake.Record) bool {
	from, _ := s.Vocabulary.CountryOfDomain(intake.DomainOf(a.Message.From.Address))
	if from != "" && slices.Contains(rec.Request.Countries, from) {
		return true
	}
	return a.reading.Request != nil && s.sameCountry(a.reading.Request, rec.Request)
}
