package redisstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// Load implements bot.Store.
func (s *Store) Load(ctx context.Context, reference string) (*intake.Record, error) {
	value, err := s.client.Get(ctx, s.keys.record(reference)).Result()
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", reference, missing(err))
	}
	return s.readRecord(reference, value)
}

func readRecord(reference, value string) (*intake.Record, error) {
	revision, packed, err := splitRecord(value)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", reference, err)
	}
	record, err := unpackRecord(reference, revision, []byte(packed))
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", reference, err)
	}
	return record, nil
}

// missing turns "no such key" into bot.ErrNotFound.
func missing(err error) error {
	if errors.Is(err, redis.Nil) {
		return bot.ErrNotFound
	}
	return failure(err)
}

// Letter implements bot.Store.
func (s *Store) Letter(ctx context.Context, reference string) (*bot.Letter, error) {
	packed, err := s.client.Get(ctx, s.keys.letter(reference)).Bytes()
	if err != nil {
		return nil, fmt.Errorf("load the letter of %s: %w", reference, missing(err))
	}
	letter, err := unpackLetter(packed)
	if err != nil {
		return nil, fmt.Errorf("load the letter of %s: %w", reference, err)
	}
	return letter, nil
}

// History implements bot.Store, oldest entry first. The history of an unknown record is
// empty.
func (s *Store) History(ctx context.Context, reference string) ([]intake.HistoryEntry, error) {
	packed, err := s.client.LRange(ctx, s.keys.history(reference), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", reference, failure(err))
	}
	return unpackEntries(reference, packed)
}

// Actions implements bot.Store, in the order in which they were committed.
func (s *Store) Actions(ctx context.Context, reference string) ([]bot.Action, error) {
	keys, err := s.client.LRange(ctx, s.keys.actionsOf(reference), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("list the actions of %s: %w", reference, failure(err))
	}
	return s.readActions(ctx, keys)
}

// readActions reads actions by their keys; deleted ones are left out. A parked action is
// returned even if its body cannot be decoded, since that may be why it was parked.
func (s *Store) readActions(ctx context.Context, keys []string) ([]bot.Action, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	values, err := s.client.HMGet(ctx, s.keys.actions(), keys...).Result()
	if err != nil {
		return nil, fmt.Errorf("read %d actions: %w", len(keys), failure(err))
	}
	actions := make([]bot.Action, 0, len(keys))
	for i, v := range values {
		value, found := v.(string)
		if !found {
			continue
		}
		action, err := unpackAction(keys[i], value)
		if err != nil && action.State != bot.ActionParked {
			return nil, err
		}
		actions = append(actions, action)
	}
	return actions, nil
}

// ByMessageID implements bot.Store. The first known ID, in the order given, decides.
func (s *Store) ByMessageID(ctx context.Context, ids ...string) (string, error) {
	if len(ids) == 0 {
		return "", nil
	}
	values, err := s.client.HMGet(ctx, s.keys.messages(), each(ids, messageField)...).Result()
	if err != nil {
		return "", fmt.Errorf("find a record by %d message ids: %w", len(ids), failure(err))
	}
	for _, v := range values {
		known, found := v.(string)
		if !found {
			continue
		}
		if _, reference := splitOutcome(known); reference != "" {
			return reference, nil
		}
	}
	return "", nil
}

// OpenByOwner implements bot.Store.
func (s *Store) OpenByOwner(ctx context.Context) (map[string]int, error) {
	if counts, known := s.latest.counts(); known {
		return counts, nil
	}
	counts, err := s.counts(ctx, s.keys.openByOwner())
	if err != nil {
		return nil, fmt.Errorf("count open records by owner: %w", err)
	}
	return counts, nil
}
