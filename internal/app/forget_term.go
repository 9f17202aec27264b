package app

import (
	"context"
	"errors"

	"verbale/bot/forget"
)

// expire erases data whose configured retention period has ended.
func (s *Server) expire(ctx context.Context) {
	now, r := s.timing.Now(), s.config.Retention
	n, err := s.forgets.Expire(ctx, forget.Terms{
		Closed: r.Letters.Before(now), SetAside: r.SetAside.Before(now), Digests: r.Digests.Before(now),
		Reason: "retention: closed " + r.Letters.String() + " ago",
	})
	s.metrics.Expired(n)
	if n != (forget.Expired{}) {
		err = errors.Join(err, s.store.Compact(ctx))
	}
	switch {
	case ctx.Err() != nil:
	case err != nil:
		s.log.Error("some data whose retention period has ended could not be erased", "records", n.Records, "set_aside", n.SetAside, "digests", n.Digests, "error", err)
	case n != forget.Expired{}:
		s.log.Info("data whose retention period has ended was erased", "records", n.Records, "set_aside", n.SetAside, "digests", n.Digests)
	}
}
