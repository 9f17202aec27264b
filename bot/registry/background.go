package registry

import (
	"context"
	"errors"
	"fmt"

	"verbale/bot"
	"verbale/intake"
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
