package redisstore

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"verbale/intake"
)

// Histories returns the histories of several records in one round trip, in the order of the
// references, each with its oldest entry first. The history of an unknown record is empty.
func (s *Store) Histories(ctx context.Context, references ...string) ([][]intake.HistoryEntry, error) {
	if len(references) == 0 {
		return nil, nil
	}
	asked, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, reference := range references {
			p.LRange(ctx, s.keys.history(reference), 0, -1)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the histories of %d records: %w", len(references), failure(err))
	}
	histories := make([][]intake.HistoryEntry, len(references))
	for i, reference := range references {
		if histories[i], err = unpackEntries(reference, asked[i].(*redis.StringSliceCmd).Val()); err != nil {
			return nil, err
		}
	}
	return histories, nil
}

func unpackEntries(reference string, packed []string) ([]intake.HistoryEntry, error) {
	entries := make([]intake.HistoryEntry, len(packed))
	for i, p := range packed {
		var err error
		if entries[i], err = unpackHistory([]byte(p)); err != nil {
			return nil, fmt.Errorf("read entry %d in the history of %s: %w", i, reference, err)
		}
	}
	return entries, nil
}
