package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"verbale/bot"
)

// Cards implements bot.Store. The map is empty if the record has no cards.
func (s *Store) Cards(ctx context.Context, reference string) (map[string]bot.CardPlace, error) {
	values, err := s.client.HGetAll(ctx, s.keys.cards(reference)).Result()
	if err != nil {
		return nil, fmt.Errorf("read the cards of %s: %w", reference, failure(err))
	}
	places := make(map[string]bot.CardPlace, len(values))
	for room, value := range values {
		if places[room], err = readCard(value); err != nil {
			return nil, fmt.Errorf("read the card of %s in %s: %w", reference, room, err)
		}
	}
	return places, nil
}

// scriptSetCard stores where a card is posted, unless a newer revision is already stored.
//
//	KEYS  1 cards
//	ARGV  room, revision, the rest of the value
//	gives {"set"} or {"older"}
var scriptSetCard = newScript(`
local room, revision, rest = take(), take(), take()
local known = redis.call("HGET", KEYS[1], room)
if known and tonumber(split(known)[1]) > tonumber(revision) then return {"older"} end
redis.call("HSET", KEYS[1], room, revision .. "\t" .. rest)
return {"set"}
`)

// SetCard implements bot.Store: within a room, a card never goes back to an older revision.
func (s *Store) SetCard(ctx context.Context, reference, room string, p bot.CardPlace) error {
	var args arguments
	rest := []string{milliseconds(p.DrawnAt), oneLine(p.Channel), oneLine(p.TS)}
	args.add(room, strconv.FormatInt(p.Revision, 10), strings.Join(rest, "\t"))
	_, err := s.run(ctx, scriptSetCard, []string{s.keys.cards(reference)}, args)
	return wrapped("store the card of "+reference+" in "+room, err)
}

func readCard(value string) (bot.CardPlace, error) {
	fields := strings.Split(value, "\t")
	if len(fields) != 4 {
		return bot.CardPlace{}, fmt.Errorf("%d fields, want 4", len(fields))
	}
	revision, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("revision %q is not a number", fields[0])
	}
	drawn, err := fromMilliseconds(fields[1])
	return bot.CardPlace{Revision: revision, DrawnAt: drawn, Channel: fields[2], TS: fields[3]}, err
}
