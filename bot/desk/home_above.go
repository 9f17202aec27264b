package desk

import (
	"context"

	"verbale/bot"
)

// shownRecords are the references of the records already shown on a home page.
type shownRecords map[string]bool

// A homePart makes one part of a home page.
type homePart func(context.Context, bot.Colleague) ([]Block, error)

// noted wraps a part so that the records it shows are added to shown.
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

// homeMine is the part with a colleague's own records, without those already shown on the
// page.
func (shown shownRecords) homeMine(w pageWriter) homePart {
	return func(ctx context.Context, by bot.Colleague) ([]Block, error) {
		records, err := w.mine(ctx, by, bot.Query{})
		return w.homeRest("home.mine", by, records, shown), err
	}
}
