package redisstore

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// Fill commits changes and their due dates in order, in one pipelined round trip. It
// generates data for measurements. Each change stands by itself, one that was seen before is
// skipped, and the first failure is returned; use Commit if other processes may assign
// numbers at the same time.
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
