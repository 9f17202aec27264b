package app

import (
	"context"
	"errors"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/wait"
)

// Settings for the canary mail: how often it is checked, and for how long a process prevents
// others from sending one too.
const (
	canaryLook  = time.Minute
	canaryLease = 5 * time.Minute
	canaryName  = "canary" // name of the lease
)

// tendCanary sends a canary mail to the desk itself as often as configured, and raises an
// alarm if one does not arrive in time.
func (h *House) tendCanary(ctx context.Context) error {
	missed := "" // the mail for which the alarm was raised
	for {
		c, err := h.releaseWhenDue(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			h.log.Error("the canary letter could not be looked after", "error", err)
		case c.Late(h.pace.Now()) && c.MessageID != missed:
			h.log.Error("the canary letter has not arrived: mail does not go out, or does not come in", "sent", c.Sent)
			if err := h.service.CanaryLate(ctx, c); err != nil {
				h.log.Error("the desk could not be told of the canary letter", "error", err)
				break // it is retried
			}
			missed = c.MessageID
		}
		if err := wait.For(ctx, orDefault(h.pace.Canary, canaryLook)); err != nil {
			return nil
		}
	}
}

// releaseWhenDue sends a canary mail if one is due. It returns the state of the previous one.
func (h *House) releaseWhenDue(ctx context.Context) (bot.Canary, error) {
	c, err := h.store.Canary(ctx)
	if err != nil || !c.Due(h.pace.Now(), time.Duration(h.config.Canary.Every)) {
		return c, err
	}
	mine, err := h.store.Acquire(ctx, canaryName, h.owner, h.pace.Now(), canaryLease)
	if err != nil || !mine {
		return c, err
	}
	return c, errors.Join(err, h.service.ReleaseCanary(ctx, h.store))
}

// greetCanary notes the arrival if a mail is the canary mail.
func (h *House) greetCanary(ctx context.Context, m *intake.Message) {
	if h.config.Canary == nil {
		return
	}
	arrived, err := h.service.CanaryArrived(ctx, h.store, m)
	switch {
	case err != nil:
		h.log.ErrorContext(ctx, "it could not be noted whether the canary letter arrived", "error", err)
	case arrived:
		h.log.InfoContext(ctx, "the canary letter arrived")
	}
}
