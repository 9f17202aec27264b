package redisstore

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// mostOwed is how many appointments one call of Owed examines.
const mostOwed = 1000

// Owed implements bot.Agenda. Its cursor is the position of an appointment:
// "second/reference".
func (s *Store) Owed(ctx context.Context, whose []string, before time.Time, q bot.Query) ([]*intake.Record, string, error) {
	w, limit, mark, last := ready(q), pageSize(q.Limit), q.Cursor, ""
	var found []*intake.Record
	for left, n := mostOwed, limit+1; left > 0; left, n = left-n, 2*n {
		n = min(n, left)
		marks, records, err := s.owed(ctx, whose, mark, before, n)
		if err != nil {
			return nil, "", err
		}
		for i, r := range records {
			mark = marks[i]
			switch still, err := s.stillOwed(ctx, mark, r); {
			case err != nil:
				return nil, "", err
			case !still || !s.matches(w, r):
			case len(found) == limit:
				return found, last, nil
			default:
				found, last = append(found, r), mark
			}
		}
		if len(marks) < n {
			return found, "", nil
		}
	}
	return found, mark, nil
}

// owed returns up to n appointments of several owners after a position, and their records.
func (s *Store) owed(ctx context.Context, whose []string, mark string, before time.Time, n int) ([]string, []*intake.Record, error) {
	found := make([]*redis.StringSliceCmd, len(whose))
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, of := range whose {
			prefix := term("", of) + "/"
			found[i] = p.ZRangeByLex(ctx, s.keys.agenda(), &redis.ZRangeBy{Min: "(" + prefix + mark, Max: "(" + prefix + second(before), Count: int64(n)})
		}
		return nil
	}); err != nil {
		return nil, nil, fmt.Errorf("list what is owed: %w", failure(err))
	}
	var marks []string
	for i, members := range found {
		prefix := len(term("", whose[i])) + 1
		marks = append(marks, each(members.Val(), func(member string) string { return member[prefix:] })...)
	}
	slices.Sort(marks)
	marks = marks[:min(n, len(marks))]
	records, err := s.loadAll(ctx, marks)
	return marks, records, err
}

// stillOwed reports whether the record still has the appointment that the agenda lists (the
// record is nil if it was deleted). If not, the agenda is corrected.
func (s *Store) stillOwed(ctx context.Context, mark string, r *intake.Record) (bool, error) {
	if r == nil {
		return false, s.SetDue(ctx, referenceOf(mark), nil)
	}
	if step, due := bot.NextDue(r); due && second(step.At)+"/"+r.Reference == mark {
		return true, nil
	}
	return false, s.SetDue(ctx, r.Reference, bot.Appointments(r))
}
