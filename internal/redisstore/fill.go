package redisstore

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// Fill commits changes in order, with what is due on their records, all in one round
// trip: for an office that is made to be measured. Each stands by itself, one that was
// seen is left, and the first that fails is told; where others have a say about
// numbers, use Commit.
func (s *Store) Fill(ctx context.Context, changes []bot.Change) error {
	node, err := s.node(ctx)
	if err != nil {
		return err
	}
	for _, script := range []*redis.Script{scriptCommit, scriptSetDue} {
		if err := script.Load(ctx, node).Err(); err != nil {
			return fmt.Errorf("load scripts: %w", failure(err))
		}
	}
	committed := make([]*redis.Cmd, len(changes))
	_, err = node.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, c := range changes {
			call, err := s.commitCall(ctx, []bot.Change{c})
			if err != nil {
				return err
			}
			committed[i] = scriptCommit.EvalSha(ctx, p, call.keys, call.args...)
			if c.Record != nil {
				due := s.dueCall(c.Record.Reference, bot.Appointments(c.Record), "0")
				due.script.EvalSha(ctx, p, due.keys, due.args...)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("commit %d changes: %w", len(changes), failure(err))
	}
	for i, cmd := range committed {
		reply, err := cmd.StringSlice()
		if err == nil {
			_, err = s.outcomes(changes[i:i+1], reply)
		}
		if err != nil {
			return fmt.Errorf("commit %s: %w", changeName(changes[i]), failure(err))
		}
	}
	return nil
}
