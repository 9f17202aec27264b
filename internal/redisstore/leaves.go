package redisstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/routing"
)

// leaveVersion is the version of storedLeave that this program writes.
const leaveVersion = 1

type storedLeave struct {
	V       int         `json:"v"`
	From    intake.Date `json:"from"`
	Until   intake.Date `json:"until"`
	StandIn string      `json:"stand_in,omitempty"`
}

func packLeave(l bot.Leave) ([]byte, error) {
	return pack(storedLeave{V: leaveVersion, From: l.Absence.From, Until: l.Absence.Until, StandIn: l.StandIn})
}

func unpackLeave(post string, packed []byte) (bot.Leave, error) {
	var l storedLeave
	if err := unpack(packed, &l); err != nil {
		return bot.Leave{}, err
	}
	if err := checkVersion(l.V, leaveVersion); err != nil {
		return bot.Leave{}, err
	}
	return bot.Leave{Post: post, Absence: routing.Absence{From: l.From, Until: l.Until}, StandIn: l.StandIn}, nil
}

// Leaves implements bot.Store.
func (s *Store) Leaves(ctx context.Context) (map[string]bot.Leave, error) {
	if leaves, known := s.latest.away(); known {
		return leaves, nil
	}
	asked := time.Now()
	values, err := s.client.HGetAll(ctx, s.keys.leaves()).Result()
	if err != nil {
		return nil, fmt.Errorf("read who is away: %w", failure(err))
	}
	leaves := make(map[string]bot.Leave, len(values))
	for post, packed := range values {
		if leaves[post], err = unpackLeave(post, []byte(packed)); err != nil {
			return nil, fmt.Errorf("read the absence of %s: %w", post, err)
		}
	}
	s.latest.heardAway(asked, leaves)
	return leaves, nil
}

// SetLeave implements bot.Store.
func (s *Store) SetLeave(ctx context.Context, l bot.Leave) error {
	attempt := "note the absence of " + l.Post
	if l.Post == "" {
		return errors.New(attempt + ": no post is named")
	}
	defer s.latest.notedAway()
	if l.Absence == (routing.Absence{}) {
		return wrapped(attempt, failure(s.client.HDel(ctx, s.keys.leaves(), l.Post).Err()))
	}
	packed, err := packLeave(l)
	if err != nil {
		return wrapped(attempt, err)
	}
	return wrapped(attempt, failure(s.client.HSet(ctx, s.keys.leaves(), l.Post, packed).Err()))
}
