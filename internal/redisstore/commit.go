package redisstore

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"

	"verbale/bot"
	"verbale/intake"
)

// scriptCommit writes a change, or refuses it before anything is written.
//
//	KEYS  1 messages, 2 folder, 3 numbers, 4 totals, 5 record, 6 letter,
//	      7 history, 8 index, 9 openByOwner, 10 actions, 11 due,
//	      12 setAside, 13 setAsideIndex, then for each action its actionsOf
//	      and its group
//	ARGV  message field ("" without arrival), mark of its fingerprint, outcome,
//	      UID ("" without place), reference ("" without record),
//	      year and number ("" unless new), number let out of the house,
//	      expected revision ("" without record), open owner, stamp, terms,
//	      document, letter ("" to leave it), message set aside ("" without),
//	      its second of receipt, history entries, actions (each its key, "due"
//	      or "", "group" or "", moment due, message field of its mail, reference,
//	      value)
//	gives {"seen", outcome, reference}, {"renumber", next number},
//	      {"stale", revision now, "" where there is no record},
//	      {"ok", owner, open records of the owner, owner, open records …}
var scriptCommit = newScript(`
local messages, folder, numbers, totals, record = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local index, openByOwner, actions, due = KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local field, mark, outcome, uid, reference = take(), take(), take(), take(), take()
local year, number, out, expected = take(), take(), take(), take()

if field ~= "" then
  local known = redis.call("HGET", messages, field)
  if known and split(known)[3] ~= mark then
    field = field .. "\t" .. mark
    known = redis.call("HGET", messages, field)
  end
  if known then
    local was = split(known)
    if uid ~= "" then
      redis.call("HSETNX", folder, uid, was[1] .. "\t" .. was[2] .. "\trepeat")
    end
    return {"seen", was[1], was[2]}
  end
end
if year ~= "" then
  local last = tonumber(redis.call("HGET", numbers, year) or "0")
  if last < tonumber(out) then last = tonumber(out) end
  if tonumber(number) ~= last + 1 then return {"renumber", string.format("%d", last + 1)} end
end
local old = nil
if expected ~= "" and expected ~= "0" then
  local value = redis.call("GET", record)
  if not value then return {"stale", ""} end
  old = head(value)
  if old[2] ~= expected then return {"stale", old[2]} end
end

if field ~= "" then
  redis.call("HSET", messages, field, outcome .. "\t" .. reference .. "\t" .. mark)
  redis.call("HINCRBY", totals, outcome, 1)
  if uid ~= "" then redis.call("HSET", folder, uid, outcome .. "\t" .. reference .. "\t") end
end
if year ~= "" then redis.call("HSET", numbers, year, number) end

local owner, stamp, terms = take(), take(), list()
local document, letter = take(), take()
if expected ~= "" then
  redis.call("SET", record, document)
  if letter ~= "" then redis.call("SET", KEYS[6], letter) end
  local oldOwner = ""
  if old then
    oldOwner = old[3]
    for i = 5, #old do redis.call("ZREM", index, old[i] .. "/" .. old[4]) end
  end
  for _, term in ipairs(terms) do redis.call("ZADD", index, 0, term .. "/" .. stamp) end
  if oldOwner ~= owner then
    if owner ~= "" then redis.call("HINCRBY", openByOwner, owner, 1) end
    if oldOwner ~= "" and redis.call("HINCRBY", openByOwner, oldOwner, -1) <= 0 then
      redis.call("HDEL", openByOwner, oldOwner)
    end
  end
end

local aside, second = take(), take()
if aside ~= "" then
  redis.call("HSET", KEYS[12], field, aside)
  redis.call("ZADD", KEYS[13], 0, second .. "/" .. field)
end
for _, entry in ipairs(list()) do redis.call("RPUSH", KEYS[7], entry) end
for i = 1, tonumber(take()) do
  local key, pending, grouped, at, sent, about, value = take(), take(), take(), take(), take(), take(), take()
  if redis.call("HSETNX", actions, key, value) == 1 then
    redis.call("RPUSH", KEYS[12 + 2 * i], key)
    if pending ~= "" then redis.call("ZADD", due, at, key) end
    if grouped ~= "" then redis.call("ZADD", KEYS[13 + 2 * i], at, key) end
    if sent ~= "" then redis.call("HSETNX", messages, sent, "sent\t" .. about .. "\t") end
  end
end
local done = {"ok"}
if expected ~= "" then
  for _, value in ipairs(redis.call("HGETALL", openByOwner)) do done[#done + 1] = value end
end
return done
`)

// Commit implements bot.Store.
func (s *Store) Commit(ctx context.Context, c bot.Change) (bot.Committed, error) {
	keys, args, err := s.commitArguments(c)
	if err != nil {
		return bot.Committed{}, fmt.Errorf("commit %s: %w", changeName(c), err)
	}
	reply, err := run(ctx, s.client, scriptCommit, keys, args)
	if err != nil {
		return bot.Committed{}, fmt.Errorf("commit %s: %w", changeName(c), err)
	}
	done := bot.Committed{}
	switch reply[0] {
	case "seen":
		done.Seen, done.Outcome, done.Reference = true, bot.ArrivalOutcome(reply[1]), reply[2]
	case "renumber":
		s.correct(c.Record, reply[1])
		return done, fmt.Errorf("commit %s where number %s is next: %w", changeName(c), reply[1], bot.ErrRenumber)
	case "stale":
		return done, fmt.Errorf("commit %s, now at revision %q: %w", changeName(c), reply[1], bot.ErrStale)
	default:
		if c.Arrival != nil {
			done.Outcome = c.Arrival.Outcome
		}
		if c.Record != nil {
			done.Reference, done.Revision = c.Record.Reference, c.Record.Revision+1
			s.learn(c.Record, reply[1:])
		}
	}
	return done, nil
}

// learn keeps what the commit of a record told of the office; what cannot be
// understood of it is asked again.
func (s *Store) learn(r *intake.Record, pairs []string) {
	open := make(map[string]int, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		n, err := strconv.Atoi(pairs[i+1])
		if err != nil {
			s.latest.forget()
			return
		}
		open[pairs[i]] = n
	}
	year, number := 0, 0
	if r.Revision == 0 {
		year, number, _ = s.parseReference(r.Reference) // parsed before the commit
	}
	s.latest.told(year, number, open)
}

// correct keeps the number that is next, as the refusal of a record told it.
func (s *Store) correct(r *intake.Record, next string) {
	year, _, _ := s.parseReference(r.Reference) // parsed before the commit
	number, err := strconv.Atoi(next)
	if err != nil {
		s.latest.forget()
		return
	}
	s.latest.refused(year, number)
}

// changeName names a change in errors without saying anything of its content.
func changeName(c bot.Change) string {
	if c.Record != nil {
		return fmt.Sprintf("%s at revision %d", c.Record.Reference, c.Record.Revision)
	}
	return "a message without record"
}

// commitArguments writes out the KEYS and ARGV of scriptCommit.
func (s *Store) commitArguments(c bot.Change) ([]string, arguments, error) {
	if err := checkChange(c); err != nil {
		return nil, nil, err
	}
	var args arguments
	reference, place := "", intake.Place{}
	if c.Record != nil {
		reference = c.Record.Reference
	}
	if c.Arrival != nil {
		place = c.Arrival.Place
	}
	k := s.keys
	keys := []string{
		k.messages(), k.folder(place), k.numbers(), k.totals(), k.record(reference), k.letter(reference),
		k.history(reference), k.index(), k.openByOwner(), k.actions(), k.due(), k.setAside(), k.setAsideIndex(),
	}
	addArrival(&args, c.Arrival)
	args.add(reference)
	for _, add := range []func(*arguments, bot.Change) error{s.addNumber, addRecord, addSetAside, addHistory} {
		if err := add(&args, c); err != nil {
			return nil, nil, err
		}
	}
	args.add(strconv.Itoa(len(c.Actions)))
	for _, a := range c.Actions {
		if err := addAction(&args, a); err != nil {
			return nil, nil, err
		}
		keys = append(keys, k.actionsOf(a.Reference), k.group(oneLine(a.RateGroup)))
	}
	return keys, args, nil
}

// checkChange refuses what no event should ever ask for.
func checkChange(c bot.Change) error {
	switch {
	case c.Record == nil && c.SetAside == nil && c.Arrival != nil:
		return fmt.Errorf("an arrival has neither record nor message set aside")
	case c.SetAside != nil && c.Arrival == nil:
		return fmt.Errorf("a message set aside has no arrival")
	case c.Record == nil && (len(c.History) > 0 || c.Letter != nil):
		return fmt.Errorf("history or letter without a record")
	case c.Arrival != nil && c.Arrival.MessageID == "" && c.Arrival.Fingerprint == "":
		return fmt.Errorf("an arrival has neither Message-ID nor fingerprint")
	case c.Arrival != nil && c.Arrival.Outcome == "":
		return fmt.Errorf("an arrival has no outcome")
	}
	for _, a := range c.Actions {
		if a.Key == "" {
			return fmt.Errorf("an action has no key")
		}
	}
	return nil
}

func addArrival(args *arguments, a *bot.Arrival) {
	if a == nil {
		args.add("", "", "", "")
		return
	}
	uid := ""
	if a.Place.UID != 0 {
		uid = strconv.FormatUint(uint64(a.Place.UID), 10)
	}
	args.add(arrivalField(a), fingerprintMark(a.Fingerprint), string(a.Outcome), uid)
}

// messageField names a message id, sent or received, in the hash of messages.
func messageField(id string) string { return "id:" + oneLine(id) }

// arrivalField names a message that arrived: by its Message-ID, or by what the
// sender wrote where there is none.
func arrivalField(a *bot.Arrival) string {
	if a.MessageID != "" {
		return messageField(a.MessageID)
	}
	return "print:" + oneLine(a.Fingerprint)
}

// fingerprintMark shortens a fingerprint to the 72 bits that tell apart two
// mails with the same Message-ID.
func fingerprintMark(fingerprint string) string {
	if fingerprint == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(fingerprint))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

func (s *Store) addNumber(args *arguments, c bot.Change) error {
	if c.Record == nil {
		args.add("", "", "", "")
		return nil
	}
	year, number, err := s.parseReference(c.Record.Reference)
	if err != nil {
		return err
	}
	if c.Record.Revision > 0 {
		args.add("", "", "")
	} else {
		args.add(strconv.Itoa(year), strconv.Itoa(number), strconv.Itoa(s.marks.of(year)))
	}
	args.add(strconv.FormatInt(c.Record.Revision, 10))
	return nil
}

func addRecord(args *arguments, c bot.Change) error {
	if c.Record == nil {
		args.add("", "", "0", "", "")
		return nil
	}
	packed, err := packRecord(c.Record)
	if err != nil {
		return err
	}
	args.add(openOwner(c.Record), stamp(c.Record))
	args.list(recordTerms(c.Record))
	args.bytes(append([]byte(recordHeader(c.Record, c.Record.Revision+1)), packed...))
	var letter []byte
	if c.Letter != nil {
		if letter, err = packLetter(c.Letter); err != nil {
			return err
		}
	}
	args.bytes(letter)
	return nil
}

func addSetAside(args *arguments, c bot.Change) error {
	if c.SetAside == nil {
		args.add("", "")
		return nil
	}
	packed, err := packSetAside(c.SetAside)
	args.bytes(packed)
	args.add(second(c.SetAside.ReceivedAt))
	return err
}

func addHistory(args *arguments, c bot.Change) error {
	entries := make([][]byte, len(c.History))
	for i, e := range c.History {
		packed, err := packHistory(e)
		if err != nil {
			return err
		}
		entries[i] = packed
	}
	args.blobs(entries)
	return nil
}

func addAction(args *arguments, a bot.Action) error {
	value, err := packAction(a)
	if err != nil {
		return err
	}
	pending, grouped, sent := "", "", ""
	if stateAtBirth(a) == bot.ActionPending {
		pending = "due"
		if a.RateGroup != "" {
			grouped = "group"
		}
	}
	// The id of its mail counts from the commit on: an answer may be quicker
	// than the note that the mail went out.
	if a.Mail != nil && a.Mail.MessageID != "" {
		sent = messageField(a.Mail.MessageID)
	}
	args.add(a.Key, pending, grouped, strconv.FormatInt(a.Due.UnixMilli(), 10), sent, a.Reference)
	args.bytes(value)
	return nil
}
