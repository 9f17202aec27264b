package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// markedField is the field of a second message with the same Message-ID as an earlier one but
// different content.
func markedField(field, mark string) string { return field + "\t" + mark }

// asideFields returns the fields under which a message with this identity may be set aside.
// The identity of a second message with the same Message-ID carries a mark, as this store
// reports it; the identity of the first one may carry one too (bot.NameOfAside).
func asideFields(identity string) []string {
	id, mark, marked := strings.Cut(identity, "\t")
	if marked {
		return []string{markedField(messageField(id), mark), messageField(id)}
	}
	return []string{messageField(identity), printField(identity)}
}

// meant reports whether a message that was found is the one that the identity means: a lookup
// by Message-ID alone may find a message with a different mark.
func meant(identity string, a intake.SetAside) bool {
	_, mark, marked := strings.Cut(identity, "\t")
	return !marked || bot.MarkOf(a.Origin.Fingerprint) == mark
}

// asideIdentity returns the identity of the message set aside under the field.
func asideIdentity(field string, a intake.SetAside) string {
	if _, mark, marked := strings.Cut(field, "\t"); marked {
		return markedField(a.Identity, mark)
	}
	return a.Identity
}

// findSetAside returns a message set aside and its field. If there is none, the message is
// empty and the field is one that does not exist.
func (s *Store) findSetAside(ctx context.Context, identity string) (string, intake.SetAside, error) {
	fields := asideFields(identity)
	values, err := s.client.HMGet(ctx, s.keys.setAside(), fields...).Result()
	if err != nil {
		return "", intake.SetAside{}, fmt.Errorf("find a message set aside: %w", failure(err))
	}
	for i, v := range values {
		packed, found := v.(string)
		if !found {
			continue
		}
		aside, err := readSetAside(fields[i], packed)
		if err != nil || meant(identity, aside) {
			return fields[i], aside, wrapped("read a message set aside", err)
		}
	}
	return fields[0], intake.SetAside{}, nil
}

func readSetAside(field, packed string) (intake.SetAside, error) {
	aside, err := unpackSetAside([]byte(packed))
	aside.Identity = asideIdentity(field, aside)
	return aside, err
}

// SetAsideMessage implements bot.Store. Retention defines how much of a letter is kept, and for
// how long.
func (s *Store) SetAsideMessage(ctx context.Context, identity string) (*intake.SetAside, *bot.Letter, error) {
	field, aside, err := s.findSetAside(ctx, identity)
	switch {
	case err != nil:
		return nil, nil, err
	case aside.Identity == "":
		return nil, nil, fmt.Errorf("load a message set aside: %w", bot.ErrNotFound)
	}
	packed, err := s.client.Get(ctx, s.keys.asideLetter(field)).Bytes()
	if errors.Is(err, redis.Nil) {
		return &aside, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("load the letter of a message set aside: %w", failure(err))
	}
	letter, err := unpackLetter(packed)
	if err != nil {
		return nil, nil, fmt.Errorf("load the letter of a message set aside: %w", err)
	}
	return &aside, letter, nil
}

// SetAside implements bot.Store.
func (s *Store) SetAside(ctx context.Context, limit int, cursor string) ([]intake.SetAside, string, error) {
	limit = pageSize(limit)
	to := "+"
	if cursor != "" {
		to = "(" + cursor
	}
	members, err := s.client.ZRevRangeByLex(ctx, s.keys.setAsideIndex(), &redis.ZRangeBy{Min: "-", Max: to, Count: int64(limit)}).Result()
	if err != nil || len(members) == 0 {
		return nil, "", wrapped("list messages set aside", failure(err))
	}
	list, err := s.loadSetAside(ctx, members)
	if err != nil {
		return nil, "", wrapped("list messages set aside", err)
	}
	return list, nextPage(members, limit), nil
}

// nextPage returns the cursor that follows a page of members; "" if it is the last page.
func nextPage(members []string, limit int) string {
	if len(members) < limit {
		return ""
	}
	return members[len(members)-1]
}

// loadSetAside loads the messages for members of the index; deleted ones are left out.
func (s *Store) loadSetAside(ctx context.Context, members []string) ([]intake.SetAside, error) {
	fields := each(members, func(m string) string {
		_, field, _ := strings.Cut(m, "/")
		return field
	})
	values, err := s.client.HMGet(ctx, s.keys.setAside(), fields...).Result()
	if err != nil {
		return nil, failure(err)
	}
	var list []intake.SetAside
	for i, v := range values {
		packed, found := v.(string)
		if !found {
			continue
		}
		aside, err := readSetAside(fields[i], packed)
		if err != nil {
			return nil, err
		}
		list = append(list, aside)
	}
	return list, nil
}
