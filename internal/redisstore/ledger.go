package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// splitOutcome returns the first two fields of a value in messages or in a folder's hash.
func splitOutcome(value string) (bot.ArrivalOutcome, string) {
	outcome, rest, _ := strings.Cut(value, "\t")
	reference, _, _ := strings.Cut(rest, "\t")
	return bot.ArrivalOutcome(outcome), reference
}

// Outcomes implements bot.FolderLedger.
func (s *Store) Outcomes(ctx context.Context, folder intake.Place) (map[uint32]bot.Placed, error) {
	values, err := s.client.HGetAll(ctx, s.keys.folder(folder)).Result()
	if err != nil {
		return nil, fmt.Errorf("read what became of the messages of %s: %w", folder.Folder, failure(err))
	}
	outcomes := make(map[uint32]bot.Placed, len(values))
	for field, value := range values {
		uid, err := strconv.ParseUint(field, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("read what became of the messages of %s: UID %q is not a number", folder.Folder, field)
		}
		outcome, reference := splitOutcome(value)
		outcomes[uint32(uid)] = bot.Placed{
			Outcome: outcome, Reference: reference, Repeat: strings.HasSuffix(value, "\trepeat"),
		}
	}
	return outcomes, nil
}

// Totals holds how many messages had each outcome since the office started, without further
// copies.
type Totals struct {
	Recorded, Joined, SetAside int
}

// Totals counts what became of the messages that arrived.
func (s *Store) Totals(ctx context.Context) (Totals, error) {
	counts, err := s.counts(ctx, s.keys.totals())
	if err != nil {
		return Totals{}, fmt.Errorf("count messages by outcome: %w", err)
	}
	return Totals{
		Recorded: counts[string(bot.ArrivalRecorded)],
		Joined:   counts[string(bot.ArrivalJoined)],
		SetAside: counts[string(bot.ArrivalSetAside)],
	}, nil
}

func (s *Store) counts(ctx context.Context, key string) (map[string]int, error) {
	values, err := s.client.HGetAll(ctx, key).Result()
	if err != nil {
		return nil, failure(err)
	}
	counts := make(map[string]int, len(values))
	for name, value := range values {
		if counts[name], err = strconv.Atoi(value); err != nil {
			return nil, fmt.Errorf("count of %s is %q", name, value)
		}
	}
	return counts, nil
}

// cursorVersion is the version of storedCursor that this program writes.
const cursorVersion = 1

type storedCursor struct {
	V           int       `json:"v"`
	UIDValidity uint32    `json:"uidvalidity,omitempty"`
	UID         uint32    `json:"uid,omitempty"`
	Since       time.Time `json:"since,omitzero"`
}

// Cursor implements bot.Cursors.
func (s *Store) Cursor(ctx context.Context, folder intake.Place) (bot.Cursor, error) {
	packed, err := s.client.HGet(ctx, s.keys.cursors(), folderName(folder)).Bytes()
	if errors.Is(err, redis.Nil) {
		return bot.Cursor{}, nil
	}
	if err != nil {
		return bot.Cursor{}, fmt.Errorf("read cursor of %s: %w", folder.Folder, failure(err))
	}
	var c storedCursor
	if err := errors.Join(unpack(packed, &c), checkVersion(c.V, cursorVersion)); err != nil {
		return bot.Cursor{}, fmt.Errorf("read cursor of %s: %w", folder.Folder, err)
	}
	return bot.Cursor{UIDValidity: c.UIDValidity, UID: c.UID, Since: c.Since}, nil
}

// SetCursor implements bot.Cursors.
func (s *Store) SetCursor(ctx context.Context, folder intake.Place, c bot.Cursor) error {
	packed, err := pack(storedCursor{V: cursorVersion, UIDValidity: c.UIDValidity, UID: c.UID, Since: c.Since})
	if err != nil {
		return fmt.Errorf("set cursor of %s: %w", folder.Folder, err)
	}
	if err := s.client.HSet(ctx, s.keys.cursors(), folderName(folder), packed).Err(); err != nil {
		return fmt.Errorf("set cursor of %s: %w", folder.Folder, failure(err))
	}
	return nil
}

// scriptAcquire takes or renews a lease unless another owner holds it.
//
//	KEYS  1 leases
//	ARGV  name, owner, now, end of the lease
//	gives {"held"} or {"refused"}
var scriptAcquire = newScript(`
local name, owner, now, stop = take(), take(), take(), take()
local held = redis.call("HGET", KEYS[1], name)
if held then
  local was = split(held)
  if was[1] ~= owner and tonumber(was[2]) > tonumber(now) then return {"refused"} end
end
redis.call("HSET", KEYS[1], name, owner .. "\t" .. stop)
return {"held"}
`)

// Acquire implements bot.Leases.
func (s *Store) Acquire(ctx context.Context, name, owner string, now time.Time, ttl time.Duration) (bool, error) {
	var args arguments
	args.add(name, oneLine(owner), milliseconds(now), milliseconds(now.Add(ttl)))
	reply, err := run(ctx, s.client, scriptAcquire, []string{s.keys.leases()}, args)
	if err != nil {
		return false, fmt.Errorf("acquire lease %s: %w", name, err)
	}
	return reply[0] == "held", nil
}

// scriptRelease releases a lease if the owner still holds it.
//
//	KEYS  1 leases
//	ARGV  name, owner
//	gives {"released"} or {"gone"}
var scriptRelease = newScript(`
local name, owner = take(), take()
local held = redis.call("HGET", KEYS[1], name)
if not held or split(held)[1] ~= owner then return {"gone"} end
redis.call("HDEL", KEYS[1], name)
return {"released"}
`)

// Release implements bot.Leases. A lease that is no longer held is not an error.
func (s *Store) Release(ctx context.Context, name, owner string) error {
	var args arguments
	args.add(name, oneLine(owner))
	if _, err := run(ctx, s.client, scriptRelease, []string{s.keys.leases()}, args); err != nil {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}

// Holders implements bot.Leases.
func (s *Store) Holders(ctx context.Context) (map[string]string, error) {
	held, err := s.client.HGetAll(ctx, s.keys.leases()).Result()
	if err != nil {
		return nil, fmt.Errorf("read who holds leases: %w", failure(err))
	}
	for name, value := range held {
		held[name], _, _ = strings.Cut(value, "\t")
	}
	return held, nil
}
