package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

var _ bot.Eraser = (*Store)(nil)

// goneField is the field of a message whose Message-ID was forgotten: a hash of its earlier
// field and mark. Only somebody who has the mail can compute it.
func goneField(marked string) string {
	sum := sha256.Sum256([]byte(marked))
	return "gone:" + base64.RawURLEncoding.EncodeToString(sum[:18])
}

// Erase implements bot.Eraser. The history comes last because it names the messages until
// then.
func (s *Store) Erase(ctx context.Context, reference string, t bot.Redaction) error {
	history, err := s.History(ctx, reference)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return s.shredLetter(ctx, s.keys.letter(reference), t.Letter) },
		func() error { return s.shredActions(ctx, reference, t.Action) },
		func() error { return s.unfile(ctx, reference) },
		func() error {
			if !t.Incoming {
				return nil
			}
			return s.hideMessages(ctx, reference, history)
		},
		func() error { return s.shredHistory(ctx, reference, history, t.Entry) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("erase personal data kept with %s: %w", reference, err)
		}
	}
	return nil
}

func (s *Store) shredLetter(ctx context.Context, key string, treat func(*bot.Letter) (*bot.Letter, error)) error {
	packed, err := s.client.Get(ctx, key).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil
	}
	if err != nil {
		return failure(err)
	}
	letter, err := unpackLetter(packed)
	if err != nil {
		return err
	}
	after, err := treat(letter)
	if err != nil {
		return err
	}
	if after == nil {
		return failure(s.client.Del(ctx, key).Err())
	}
	if packed, err = packLetter(after, bot.MaxLetterBytes); err != nil {
		return err
	}
	return failure(s.client.Set(ctx, key, packed, redis.KeepTTL).Err())
}

// shredHistory replaces entries in place: a history is append-only, so indexes do not shift.
func (s *Store) shredHistory(ctx context.Context, reference string, history []intake.HistoryEntry, treat func(intake.HistoryEntry) (intake.HistoryEntry, error)) error {
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		for i, e := range history {
			after, err := treat(e)
			if err != nil {
				return err
			}
			if after == e {
				continue
			}
			packed, err := packHistory(after)
			if err != nil {
				return err
			}
			p.LSet(ctx, s.keys.history(reference), int64(i), packed)
		}
		return nil
	})
	return failure(err)
}

// hideMessages replaces the Message-IDs of the mails received for a record by hashes.
func (s *Store) hideMessages(ctx context.Context, reference string, history []intake.HistoryEntry) error {
	fields := each(history, func(e intake.HistoryEntry) string { return messageField(e.Detail) })
	if len(fields) == 0 {
		return nil
	}
	values, err := s.client.HMGet(ctx, s.keys.messages(), fields...).Result()
	if err != nil {
		return failure(err)
	}
	for i, v := range values {
		value, known := v.(string)
		outcome, of := splitOutcome(value)
		if !known || of != reference || outcome == outcomeSent {
			continue
		}
		if err := s.hide(ctx, fields[i], value); err != nil {
			return err
		}
	}
	return nil
}

// outcomeSent is the outcome of outgoing mail in the hash of messages.
const outcomeSent = "sent"

// hide replaces the field of a message by its hash.
func (s *Store) hide(ctx context.Context, field, value string) error {
	marked := field
	if !strings.Contains(field, "\t") {
		marked = markedField(field, value[strings.LastIndexByte(value, '\t')+1:])
	}
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSet(ctx, s.keys.messages(), goneField(marked), value)
		p.HDel(ctx, s.keys.messages(), field)
		return nil
	})
	return failure(err)
}

// scriptUnfile removes a record from word lists.
//
//	KEYS  vocabulary, a list for each word
//	ARGV  entry, list of words
//	gives {"unfiled"}
var scriptUnfile = newScript(listing + `
local vocabulary, entry = key(), take()
for _, word in ipairs(list()) do
  local words = key()
  local n = place(words, entry)
  if at(words, n) == entry then
    local left = redis.call("GETRANGE", words, 8 * n + 8, -1)
    if n > 0 then left = redis.call("GETRANGE", words, 0, 8 * n - 1) .. left end
    if left == "" then
      redis.call("DEL", words)
      redis.call("ZREM", vocabulary, word)
    else
      redis.call("SET", words, left)
    end
  end
end
return {"unfiled"}
`)

// unfileAtOnce is how many words are processed per script call.
const unfileAtOnce = 500

// unfile removes a record from the lists of words that it no longer contains. It checks all
// words of the office, since there is no record of where it was listed.
func (s *Store) unfile(ctx context.Context, reference string) error {
	rec, err := s.Load(ctx, reference)
	if err != nil {
		return err
	}
	f, err := s.filed(rec, rec.Revision)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, word := range f.words {
		has[word] = true
	}
	from := "-"
	for {
		words, err := s.client.ZRangeByLex(ctx, s.keys.vocabulary(), &redis.ZRangeBy{Min: from, Max: "+", Count: unfileAtOnce}).Result()
		if err != nil || len(words) == 0 {
			return failure(err)
		}
		from = "(" + words[len(words)-1]
		words = except(words, has)
		var args arguments
		args.bytes(f.entry.written())
		args.list(words)
		if _, err := s.run(ctx, scriptUnfile, append([]string{s.keys.vocabulary()}, each(words, s.keys.word)...), args); err != nil {
			return err
		}
	}
}

func except(words []string, has map[string]bool) []string {
	var others []string
	for _, word := range words {
		if !has[word] {
			others = append(others, word)
		}
	}
	return others
}

// DropRates implements bot.Eraser.
func (s *Store) DropRates(ctx context.Context, address string) error {
	return wrapped("delete rate counters", failure(s.client.Del(ctx, s.keys.rate(address), s.keys.rate("remind:"+address)).Err()))
}

// DropSetAside implements bot.Eraser. A missing message is not an error.
func (s *Store) DropSetAside(ctx context.Context, identity string) error {
	const attempt = "drop a message set aside"
	field, aside, err := s.findSetAside(ctx, identity)
	if err != nil || aside.Identity == "" {
		return wrapped(attempt, err)
	}
	value, err := s.client.HGet(ctx, s.keys.messages(), field).Result()
	if err == nil && strings.HasPrefix(field, "id:") {
		err = s.hide(ctx, field, value)
	}
	if err != nil && !errors.Is(err, redis.Nil) {
		return wrapped(attempt, failure(err))
	}
	_, err = s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, s.keys.asideLetter(field))
		for _, index := range []string{s.keys.setAsideIndex(), s.keys.toConfirm()} {
			p.ZRem(ctx, index, second(aside.ReceivedAt)+"/"+field)
		}
		p.HDel(ctx, s.keys.setAside(), field)
		return nil
	})
	return wrapped(attempt, failure(err))
}

func (s *Store) shredActions(ctx context.Context, reference string, treat func(bot.Action) (bot.Action, error)) error {
	actions, err := s.Actions(ctx, reference)
	if err != nil {
		return err
	}
	for _, a := range actions {
		if err := s.shredAction(ctx, a.Key, treat); err != nil {
			return err
		}
	}
	return nil
}

// mostTries is how often the treatment of an action that keeps changing is tried.
const mostTries = 5

func (s *Store) shredAction(ctx context.Context, key string, treat func(bot.Action) (bot.Action, error)) error {
	for range mostTries {
		value, err := s.client.HGet(ctx, s.keys.actions(), key).Bytes()
		if err != nil {
			return missing(err)
		}
		done, err := s.replaceAction(ctx, key, value, treat)
		if done || err != nil {
			return err
		}
	}
	return bot.Temporary(fmt.Errorf("action %s was changed during every attempt to rewrite it", key))
}

// scriptReplace replaces an action unless it has changed meanwhile. If the new value has
// another state, the action leaves its queue.
//
//	KEYS  those of queueKeys, parked, group and lane of the current action
//	ARGV  key, current value, new value
//	gives {"replaced"}, {"changed"} or {"held"}
var scriptReplace = newScript(queueing + `
local parked, group, lane = key(), key(), key()
local name, was, value = take(), take(), take()
if redis.call("HGET", actions, name) ~= was then return {"changed"} end
local before, after = head(was), head(value)
if before[1] == "claimed" then return {"held"} end
redis.call("HSET", actions, name, value)
if after[1] ~= before[1] then
  redis.call("ZREM", due(before), name)
  redis.call("ZREM", lined, name)
  redis.call("ZREM", parked, name)
  redis.call("ZREM", group, name)
  leave(name, before, lane)
end
return {"replaced"}
`)

func (s *Store) replaceAction(ctx context.Context, key string, value []byte, treat func(bot.Action) (bot.Action, error)) (done bool, err error) {
	a, err := unpackAction(key, string(value))
	if err != nil {
		return false, err
	}
	after, err := treat(a)
	if err != nil || reflect.DeepEqual(after, a) {
		return true, err
	}
	packed, err := packAction(after)
	if err != nil {
		return false, err
	}
	if a.RateGroup != "" && after.RateGroup == "" {
		if err := s.DropRates(ctx, a.RateGroup); err != nil {
			return false, err
		}
	}
	var args arguments
	args.add(key)
	args.bytes(value)
	args.bytes(packed)
	keys := s.queueKeys(s.keys.parked(), s.keys.group(oneLine(a.RateGroup)), s.keys.lane(oneLine(a.Lane)))
	reply, err := s.run(ctx, scriptReplace, keys, args)
	if err != nil {
		return false, err
	}
	if reply[0] == "held" {
		return false, bot.Temporary(fmt.Errorf("action %s is claimed by a process", key))
	}
	return reply[0] == "replaced", nil
}

// RewriteDigests implements bot.Eraser.
func (s *Store) RewriteDigests(ctx context.Context, treat func(bot.Action) (bot.Action, error)) error {
	it := s.client.HScan(ctx, s.keys.actions(), 0, string(bot.ActionDigest)+":*", unfileAtOnce).Iterator()
	for it.Next(ctx) {
		key := it.Val()
		if !it.Next(ctx) {
			break
		}
		if err := s.shredAction(ctx, key, treat); err != nil {
			return fmt.Errorf("erase personal data in digests: %w", err)
		}
	}
	return wrapped("scan the digests", failure(it.Err()))
}

// Compact makes the private server rewrite its append-only file, which holds forgotten words
// until then. A server run by the office is left to its administrator.
func (s *Store) Compact(ctx context.Context) error {
	if s.embedded == nil {
		return nil
	}
	err := s.client.BgRewriteAOF(ctx).Err()
	if err != nil && strings.Contains(err.Error(), "in progress") {
		return nil // already running
	}
	return wrapped("rewrite the append-only file", failure(err))
}
