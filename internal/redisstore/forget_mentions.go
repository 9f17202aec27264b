package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
)

// mentionsAtOnce is how many records are listed at a time.
const mentionsAtOnce = 100

// Mentions implements bot.Eraser. It reads everything that is kept of the office's letters,
// which takes about a minute for a few hundred thousand records.
func (s *Store) Mentions(ctx context.Context, words []string, found func(bot.Mention)) error {
	for i, w := range words {
		words[i] = strings.ToLower(w)
	}
	all := &termIterator{store: s, along: termAll}
	for {
		stamps, ended, err := all.next(ctx, mentionsAtOnce)
		if err != nil {
			return err
		}
		for _, stamp := range stamps {
			reference := referenceOf(stamp)
			named, err := s.recordNames(ctx, reference, words)
			if err != nil {
				return fmt.Errorf("look for words in %s: %w", reference, err)
			}
			if named {
				found(bot.Mention{Reference: reference})
			}
		}
		if ended {
			return s.asideMentions(ctx, words, found)
		}
	}
}

// recordNames reports whether a record, its letter, its history or its actions contain one of
// the words.
func (s *Store) recordNames(ctx context.Context, reference string, words []string) (bool, error) {
	var record, letter *redis.StringCmd
	var history, keys *redis.StringSliceCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		record, letter = p.Get(ctx, s.keys.record(reference)), p.Get(ctx, s.keys.letter(reference))
		history = p.LRange(ctx, s.keys.history(reference), 0, -1)
		keys = p.LRange(ctx, s.keys.actionsOf(reference), 0, -1)
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return false, failure(err)
	}
	documents := append(history.Val(), letter.Val())
	if _, packed, found := strings.Cut(record.Val(), "\n"); found {
		documents = append(documents, packed)
	}
	actions, err := s.actionTexts(ctx, keys.Val())
	if err != nil {
		return false, err
	}
	return naming(append(documents, actions...), words)
}

// actionTexts returns the header lines and packed bodies of actions.
func (s *Store) actionTexts(ctx context.Context, keys []string) (texts []string, err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	values, err := s.client.HMGet(ctx, s.keys.actions(), keys...).Result()
	if err != nil {
		return nil, failure(err)
	}
	for _, v := range values {
		if value, known := v.(string); known {
			head, packed, _ := strings.Cut(value, "\n")
			texts = append(texts, head, packed)
		}
	}
	return texts, nil
}

// naming reports whether one of the documents, packed or not, contains one of the words.
func naming(documents, words []string) (bool, error) {
	for _, d := range documents {
		text := d
		if isPacked(d) {
			plain, err := decompress([]byte(d))
			if err != nil {
				return false, err
			}
			text = string(plain)
		}
		text = strings.ToLower(text)
		for _, w := range words {
			if strings.Contains(text, w) {
				return true, nil
			}
		}
	}
	return false, nil
}

func (s *Store) asideMentions(ctx context.Context, words []string, found func(bot.Mention)) error {
	it := s.client.HScan(ctx, s.keys.setAside(), 0, "", unfileAtOnce).Iterator()
	for it.Next(ctx) {
		field := it.Val()
		if !it.Next(ctx) {
			break
		}
		packed := it.Val()
		letter, err := s.client.Get(ctx, s.keys.asideLetter(field)).Result()
		if err != nil && !errors.Is(err, redis.Nil) {
			return fmt.Errorf("look through messages set aside: %w", failure(err))
		}
		named, err := naming([]string{packed, letter}, words)
		if err != nil {
			return fmt.Errorf("look through messages set aside: %w", err)
		}
		if named {
			aside, err := readSetAside(field, packed)
			if err != nil {
				return err
			}
			found(bot.Mention{Identity: aside.Identity})
		}
	}
	return wrapped("look through messages set aside", failure(it.Err()))
}
