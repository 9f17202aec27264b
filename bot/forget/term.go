package forget

import (
	"context"
	"errors"
	"fmt"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// Terms say up to when personal data has expired. Zero means that it does not expire.
type Terms struct {
	Closed   time.Time // requests closed before
	SetAside time.Time // messages set aside received before
	Digests  time.Time // digests sent before
	Reason   string    // for the histories of the requests
}

// Expired counts what was erased because its retention period had ended.
type Expired struct{ Records, SetAside, Digests int }

// Expire erases everything whose retention period has ended. A failure does not stop the rest,
// and is retried the next time; err contains all of them.
func (f *Forgetter) Expire(ctx context.Context, t Terms) (Expired, error) {
	var n Expired
	err := errors.Join(f.expireRecords(ctx, t, &n), f.expireSetAside(ctx, t, &n), f.expireDigests(ctx, t, &n))
	return n, err
}

func (f *Forgetter) expireRecords(ctx context.Context, t Terms, n *Expired) error {
	if t.Closed.IsZero() {
		return nil
	}
	var problems []error
	q := bot.Query{Status: intake.StatusClosed, Until: t.Closed, Limit: pageOfAll}
	for {
		page, cursor, err := f.registry.Store.List(ctx, q)
		if err != nil {
			return errors.Join(append(problems, fmt.Errorf("list what was closed: %w", err))...)
		}
		for _, rec := range page {
			if !rec.ClosedAt.Before(t.Closed) || rec.Forgotten.After(rec.ClosedAt) {
				continue
			}
			done, err := f.Forget(ctx, rec.Reference, Forgetting{Actor: intake.ActorBot, Reason: t.Reason})
			if err != nil {
				problems = append(problems, err)
			}
			if done {
				n.Records++
			}
		}
		if q.Cursor = cursor; cursor == "" || ctx.Err() != nil {
			return errors.Join(problems...)
		}
	}
}

func (f *Forgetter) expireSetAside(ctx context.Context, t Terms, n *Expired) error {
	if t.SetAside.IsZero() {
		return nil
	}
	return f.eachSetAside(ctx, func(a intake.SetAside) error {
		if !a.ReceivedAt.Before(t.SetAside) {
			return nil
		}
		n.SetAside++
		return f.eraser.DropSetAside(ctx, a.Identity)
	})
}

func (f *Forgetter) expireDigests(ctx context.Context, t Terms, n *Expired) error {
	if t.Digests.IsZero() {
		return nil
	}
	return f.eraser.RewriteDigests(ctx, func(a bot.Action) (bot.Action, error) {
		if !a.Due.Before(t.Digests) || a.Mail == nil && (a.Post == nil || len(a.Post.Sections) == 0) || a.Mail != nil && a.Mail.Text == bot.ForgottenMark {
			return a, nil
		}
		n.Digests++
		return actionWithoutWords(a, f.registry.Now()), nil
	})
}
