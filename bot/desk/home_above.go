package desk

import (
	"context"

	"verbale/bot"
)

// shownRecords are the references of the records that stand on a home page already.
type shownRecords map[string]bool

// A homePart writes one part of a home page.
type homePart func(context.Context, bot.Colleague) ([]Block, error)

// noted notes which records a part shows.
func (shown shownRecords) noted(part homePart) homePart {
	return func(ctx context.Context, by bot.Colleague) ([]Block, error) {
		blocks, err := part(ctx, by)
		for _, b := range blocks {
			if row, ok := b.(Row); ok && row.Button != nil && row.Button.Press.Name == PressOpen {
				shown[row.Button.Press.Reference] = true
			}
		}
		return blocks, err
	}
}

// homeMine is the part with what is with a colleague, each record once on the page.
func (shown shownRecords) homeMine(w voice) homePart {
	return func(ctx context.Context, by bot.Colleague) ([]Block, error) {
		records, err := w.mine(ctx, by, bot.Query{})
		return w.homeRest("home.mine", by, records, shown), err
	}
}
