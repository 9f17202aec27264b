package redisstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
)

// agenda: sorted set, all scores 0. One member "whose/second/reference" for each appointment.
func (k keys) agenda() string { return k.of("agenda") }

// agendaOf: hash. Reference to that record's members of agenda, separated by tabs.
func (k keys) agendaOf() string { return k.of("agenda_of") }

// agendaForm: string. The version of the agenda's format that all records have been written
// in.
func (k keys) agendaForm() string { return k.of("agenda_form") }

// agendaFormNow is the format version that this program writes.
const agendaFormNow = "1"

// scriptSetDue replaces a record's members of the agenda.
//
//	KEYS  agenda, agenda_of
//	ARGV  reference, "1" to keep what is already there, members
//	gives {"set"}
var scriptSetDue = newScript(`
local agenda, of, reference, leave, members = key(), key(), take(), take(), list()
local before = redis.call("HGET", of, reference)
if before and leave == "1" then return {"set"} end
if before then
  for _, member in ipairs(split(before)) do redis.call("ZREM", agenda, member) end
end
if #members == 0 then
  redis.call("HDEL", of, reference)
  return {"set"}
end
for _, member in ipairs(members) do redis.call("ZADD", agenda, 0, member) end
redis.call("HSET", of, reference, table.concat(members, "\t"))
return {"set"}
`)

// SetDue implements bot.Agenda.
func (s *Store) SetDue(ctx context.Context, reference string, due []bot.Appointment) error {
	return s.setDue(ctx, reference, due, "0")
}

func (s *Store) setDue(ctx context.Context, reference string, due []bot.Appointment, leave string) error {
	call := s.dueCall(reference, due, leave)
	_, err := s.run(ctx, call.script, call.keys, call.args)
	return wrapped("store what is due on "+reference, err)
}

// dueCall builds the call that replaces a record's appointments in the agenda; with leave
// "1", existing appointments are kept.
func (s *Store) dueCall(reference string, due []bot.Appointment, leave string) scriptCall {
	var members []string
	for _, a := range due {
		members = append(members, term("", a.Whose)+"/"+second(a.At)+"/"+reference)
	}
	var args arguments
	args.add(reference, leave)
	args.list(slices.Compact(slices.Sorted(slices.Values(members))))
	return scriptCall{scriptSetDue, []string{s.keys.agenda(), s.keys.agendaOf()}, args}
}

// Due implements bot.Agenda.
func (s *Store) Due(ctx context.Context, whose string, from, until time.Time, limit int) ([]string, int, error) {
	prefix := term("", whose) + "/"
	low, high := "["+prefix, "("+term("", whose)+"0" // "0" follows "/"
	if !from.IsZero() {
		low = "[" + prefix + second(from)
	}
	if !until.IsZero() {
		high = "(" + prefix + second(until)
	}
	var members *redis.StringSliceCmd
	var count *redis.IntCmd
	if _, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		members = p.ZRangeByLex(ctx, s.keys.agenda(), &redis.ZRangeBy{Min: low, Max: high, Count: int64(limit)})
		count = p.ZLexCount(ctx, s.keys.agenda(), low, high)
		return nil
	}); err != nil {
		return nil, 0, fmt.Errorf("list what is due: %w", failure(err))
	}
	return each(members.Val(), referenceOf), int(count.Val()), nil
}

// FillAgenda adds the appointments of records that were written by an older version of this
// program. Once completed, that is remembered and not repeated. It may be interrupted, and
// may run in several processes at once while records change.
func (s *Store) FillAgenda(ctx context.Context) error {
	form, err := s.client.Get(ctx, s.keys.agendaForm()).Result()
	if err == nil && form == agendaFormNow {
		return nil
	}
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("read the format version of the agenda: %w", failure(err))
	}
	all := &termIterator{store: s, along: termAll}
	for ended := false; !ended; {
		stamps, last, err := all.next(ctx, maxLimit)
		if err != nil {
			return err
		}
		records, err := s.loadAll(ctx, stamps)
		if err != nil {
			return err
		}
		if err := s.noteAll(ctx, records); err != nil {
			return err
		}
		ended = last
	}
	return wrapped("store the format version of the agenda", failure(s.client.Set(ctx, s.keys.agendaForm(), agendaFormNow, 0).Err()))
}

// noteAll does not overwrite appointments that were stored in the meantime, since those are
// newer.
func (s *Store) noteAll(ctx context.Context, records []*intake.Record) error {
	for _, r := range records {
		if r == nil {
			continue
		}
		if due := bot.Appointments(r); len(due) > 0 {
			if err := s.setDue(ctx, r.Reference, due, "1"); err != nil {
				return err
			}
		}
	}
	return nil
}
