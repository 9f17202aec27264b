package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/intake"
)

// recordAsked is the record that an operator means, who may write its reference in all
// the ways in which colleagues do in Slack. today is a moment of the office's day.
func recordAsked(ctx context.Context, s bot.Store, today time.Time, asked string) (*intake.Record, error) {
	reference, ok := desk.FindReference(ctx, s, asked, referencePrefix, today.Year())
	if !ok {
		return nil, &noRecordError{asked: asked}
	}
	r, err := s.Load(ctx, reference)
	if errors.Is(err, bot.ErrNotFound) {
		return nil, &noRecordError{asked, reference}
	}
	return r, err
}

// A noRecordError says that what was asked for is not there.
type noRecordError struct {
	asked     string
	reference string // as which it was read; "" where it is none
}

func (e *noRecordError) Error() string {
	const advice = `"verbale list" shows those there are`
	switch e.reference {
	case "":
		return fmt.Sprintf("%q is no reference, such as %s; %s", e.asked, intake.FormatReference(referencePrefix, 2026, 42), advice)
	case e.asked:
		return fmt.Sprintf("there is no request %s; %s", e.asked, advice)
	}
	return fmt.Sprintf("there is no request %q, which means %s; %s", e.asked, e.reference, advice)
}
