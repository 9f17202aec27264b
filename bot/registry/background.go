package registry

import (
	"context"
	"errors"
	"fmt"

	"verbale/bot"
	"verbale/intake"
)

// assigns reports whether an operation assigns a record to somebody, who is then written to.
func assigns(d bot.Operation) bool {
	step, ok := d.(bot.Advance)
	return ok && (step.Verb == intake.VerbAssign || step.Verb == intake.VerbComplete || step.Verb == intake.VerbHandOver)
}

// loadBackground loads the background shown in assignment mails, if the mail may lead to one:
// because it contains a request, or a colleague's instruction.
func (s *Service) loadBackground(ctx context.Context, a *arrival) (err error) {
	if a.instructs(s) {
		return s.loadBackgroundOf(ctx, &a.occasion, a.found)
	}
	if q, asks := s.briefQueryOf(a); asks {
		a.country, err = s.earlierRequests(ctx, q)
	}
	return err
}

// instructs reports whether a mail may be a colleague's instruction about a record.
func (a *arrival) instructs(s *Service) bool {
	return !a.Backfilled && a.found != nil && s.Directory.Internal(a.Message.From.Address)
}

// briefQueryOf selects the earlier requests of the country of the request in a mail; false if
// they are not needed.
func (s *Service) briefQueryOf(a *arrival) (bot.Query, bool) {
	if a.Backfilled || a.instructs(s) || a.reading.Request == nil {
		return bot.Query{}, false
	}
	return s.briefQuery(a.reading.Request)
}

// briefQuery selects the requests of the first country of a request, newest first.
func (s *Service) briefQuery(r *intake.Request) (bot.Query, bool) {
	if r == nil || len(r.Countries) == 0 {
		return bot.Query{}, false
	}
	return bot.Query{Country: r.Countries[0], Limit: s.Habits.CountryBrief + 1}, true // one may be the record itself
}

// loadBackgroundOf loads the background of a record.
func (s *Service) loadBackgroundOf(ctx context.Context, o *occasion, rec *intake.Record) (err error) {
	if o.letter, err = s.Store.Letter(ctx, rec.Reference); err != nil && !errors.Is(err, bot.ErrNotFound) {
		return fmt.Errorf("load the letter of %s: %w", rec.Reference, err)
	}
	if q, asks := s.briefQuery(rec.Request); asks {
		o.country, err = s.earlierRequests(ctx, q)
	}
	return err
}

func (s *Service) earlierRequests(ctx context.Context, q bot.Query) ([]*intake.Record, error) {
	records, _, err := s.Store.List(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list requests of %s: %w", q.Country, err)
	}
	return records, nil
}
