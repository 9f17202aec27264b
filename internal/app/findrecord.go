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

// findRecord loads the record that an operator named, who may write its reference in all the
// forms accepted in Slack. today is the current time in the office's time zone.
func findRecord(ctx context.Context, s bot.Store, today time.Time, asked string) (*intake.Record, error) {
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

// A noRecordError says that the requested record does not exist.
type noRecordError struct {
	asked     string
	reference string // as parsed; "" if it is not a reference
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
