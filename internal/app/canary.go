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
	canaryPoll  = time.Minute
	canaryLease = 5 * time.Minute
	canaryName  = "canary" // name of the lease
)

// runCanary sends a canary mail to the desk itself as often as configured, and raises an
// alarm if one does not arrive in time.
func (s *Server) runCanary(ctx context.Context) error {
	missed := "" // the mail for which the alarm was raised
	for {
		c, err := s.sendCanaryWhenDue(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			s.log.Error("the canary letter could not be checked", "error", err)
		case c.Late(s.timing.Now()) && c.MessageID != missed:
			s.log.Error("the canary letter has not arrived: outgoing or incoming mail does not work", "sent", c.Sent)
			if err := s.service.CanaryLate(ctx, c); err != nil {
				s.log.Error("the desk could not be notified about the canary letter", "error", err)
				break // it is retried
			}
			missed = c.MessageID
		}
		if err := wait.For(ctx, orDefault(s.timing.Canary, canaryPoll)); err != nil {
			return nil
		}
	}
}

// sendCanaryWhenDue sends a canary mail if one is due. It returns the state of the previous one.
func (s *Server) sendCanaryWhenDue(ctx context.Context) (bot.Canary, error) {
	c, err := s.store.Canary(ctx)
	if err != nil || !c.Due(s.timing.Now(), time.Duration(s.config.Canary.Every)) {
		return c, err
	}
	mine, err := s.store.Acquire(ctx, canaryName, s.owner, s.timing.Now(), canaryLease)
	if err != nil || !mine {
		return c, err
	}
	return c, errors.Join(err, s.service.ReleaseCanary(ctx, s.store))
}

// noteCanary notes the arrival if a mail is the canary mail.
func (s *Server) noteCanary(ctx context.Context, m *intake.Message) {
	if s.config.Canary == nil {
		return
	}
	arrived, err := s.service.CanaryArrived(ctx, s.store, m)
	switch {
	case err != nil:
		s.log.ErrorContext(ctx, "the arrival of the canary letter could not be stored", "error", err)
	case arrived:
		s.log.InfoContext(ctx, "the canary letter arrived")
	}
}
