package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/lexicon"
)

// sameNumber reports whether two registration numbers are equal, apart from their formatting.
func sameNumber(a, b string) bool { return a != "" && bareNumber(a) == bareNumber(b) }

// shortNumber is the number of a letter without the signs of the offices behind it, as people
// cite it: "1187" for "1187/MCVT/DC/SGM". It is "" if the number has none, or would be too
// short to tell letters apart.
func shortNumber(number string) string {
	short, offices, found := strings.Cut(number, "/")
	digits := func(r rune) bool { return unicode.IsDigit(r) }
	if !found || len(short) < digitsOfNumber || strings.TrimFunc(short, digits) != "" || strings.ContainsFunc(offices, digits) {
		return ""
	}
	return short
}

// digitsOfNumber is the minimum length of a number that identifies a letter by itself.
const digitsOfNumber = 3

// isNumberOf reports whether a number cited in a mail is that of a record's letter. Of its
// sender's institution, the number may lack the signs of the offices.
func isNumberOf(rec *intake.Record, cited string, known bool) bool {
	return sameNumber(rec.Request.OfficialRef, cited) || known && sameNumber(shortNumber(rec.Request.OfficialRef), cited)
}

func bareNumber(number string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, lexicon.FoldString(number))
}

// findEarlierLetter searches for the record of an earlier letter that a mail is about.
func (s *Service) findEarlierLetter(ctx context.Context, a *arrival) error {
	if s.Directory.Internal(a.Message.From.Address) || a.byMachine() {
		return nil
	}
	a.earlier = s.readEarlierCues(a)
	if err := s.findCited(ctx, a); err != nil || a.found != nil || len(a.cites) > 0 {
		return err
	}
	return s.findEarlier(ctx, a)
}

// findCited searches for the record of an earlier letter that a mail cites by the sender's own
// number. If it is from the sender's institution, it is the record that the mail belongs to,
// unless the mail is a new request. In that case, or if only the country is the same, the
// earlier letter is shown to the desk.
func (s *Service) findCited(ctx context.Context, a *arrival) error {
	for _, number := range a.earlier.heard.Numbers() {
		a.numbers = append(a.numbers, number)
		rec, known, err := s.numbered(ctx, a, number)
		if err != nil {
			return err
		}
		if rec == nil {
			continue
		}
		if ask := a.reading.Kind == intake.KindRequest; ask && (!known || !a.earlier.chases && !a.earlier.alone()) {
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
		return isNumberOf(rec, number, true)
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
			known := s.knownTo(rec, a.Message.From.Address)
			if rec.Request == nil || !isNumberOf(rec, number, known) || rec.MergedInto != "" {
				continue
			}
			if known {
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
