package app

import (
	"context"
	"errors"

	"verbale/internal/outbox"
)

type slackDesk struct{ mouth outbox.Performer }

func (h *House) newSlack() (*slackDesk, error) { return nil, errors.New("not yet") }

func (s *slackDesk) run(context.Context) error { return nil }
