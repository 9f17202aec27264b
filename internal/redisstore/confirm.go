package redisstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// ToConfirm implements bot.Store.
func (s *Store) ToConfirm(ctx context.Context, limit int, cursor string) ([]intake.SetAside, string, error) {
	const attempt = "list messages to be confirmed"
	limit = pageSize(limit)
	from := "-"
	if cursor != "" {
		from = "(" + cursor
	}
	members, err := s.client.ZRangeByLex(ctx, s.keys.toConfirm(), &redis.ZRangeBy{Min: from, Max: "+", Count: int64(limit)}).Result()
	if err != nil || len(members) == 0 {
		return nil, "", wrapped(attempt, failure(err))
	}
	list, err := s.loadSetAside(ctx, members)
	if err != nil {
		return nil, "", wrapped(attempt, err)
	}
	return slices.DeleteFunc(list, asksNoMore), nextPage(members, limit), nil
}

// CountToConfirm implements bot.Store.
func (s *Store) CountToConfirm(ctx context.Context) (int, error) {
	count, err := s.client.ZCard(ctx, s.keys.toConfirm()).Result()
	return int(count), wrapped("count messages to be confirmed", failure(err))
}

func asksNoMore(a intake.SetAside) bool { return !bot.AsksToJoin(a) }

// toConfirmFormNow is the format version that this program writes.
const toConfirmFormNow = "1"

// scriptFillConfirm adds messages that ask to join a record to to_confirm, unless they have
// changed since they were read.
//
//	KEYS  set_aside, to_confirm
//	ARGV  list of fields, list of seconds, list of the values that were read
//	gives {"noted"}
var scriptFillConfirm = newScript(`
local setAside, toConfirm = key(), key()
local fields, seconds, read = list(), list(), list()
for i, field in ipairs(fields) do
  if redis.call("HGET", setAside, field) == read[i] then redis.call("ZADD", toConfirm, 0, seconds[i] .. "/" .. field) end
end
return {"noted"}
`)

// fillToConfirm adds the messages set aside by an older version of this program that ask to
// join a record to to_confirm. Once completed, that is remembered and not repeated. It may be
// interrupted, and may run in several processes at once while messages are being handled.
func (s *Store) fillToConfirm(ctx context.Context) error {
	form, err := s.client.Get(ctx, s.keys.toConfirmForm()).Result()
	if err == nil && form == toConfirmFormNow {
		return nil
	}
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("read the format version of to_confirm: %w", failure(err))
	}
	for cursor, ended := uint64(0), false; !ended; ended = cursor == 0 {
		var pairs []string
		if pairs, cursor, err = s.client.HScan(ctx, s.keys.setAside(), cursor, "", maxLimit).Result(); err != nil {
			return fmt.Errorf("scan messages set aside: %w", failure(err))
		}
		if err := s.noteToConfirm(ctx, pairs); err != nil {
			return fmt.Errorf("store messages to be confirmed: %w", err)
		}
	}
	return wrapped("store the format version of to_confirm", failure(s.client.Set(ctx, s.keys.toConfirmForm(), toConfirmFormNow, 0).Err()))
}

// noteToConfirm takes pairs of a field and its packed message.
func (s *Store) noteToConfirm(ctx context.Context, pairs []string) error {
	var fields, seconds, read []string
	for pair := range slices.Chunk(pairs, 2) {
		aside, err := readSetAside(pair[0], pair[1])
		if err != nil {
			return err
		}
		if bot.AsksToJoin(aside) {
			fields, seconds, read = append(fields, pair[0]), append(seconds, second(aside.ReceivedAt)), append(read, pair[1])
		}
	}
	if len(fields) == 0 {
		return nil
	}
	var args arguments
	args.list(fields)
	args.list(seconds)
	args.list(read)
	_, err := s.run(ctx, scriptFillConfirm, []string{s.keys.setAside(), s.keys.toConfirm()}, args)
	return err
}
