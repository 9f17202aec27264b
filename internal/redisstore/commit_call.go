package redisstore

import (
	"context"
	"errors"
	"strconv"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// A commitCall collects the KEYS and ARGV of scriptCommit in the order in which the script
// reads them: change by change, and part by part within a change.
type commitCall struct {
	store *Store
	bot.Change
	keys    []string
	args    arguments
	ordered bool       // at least one change was ordered by a user
	after   [][]func() // callbacks to run after a change was committed, by its index
}

// then registers a callback to run once the current change is committed.
func (c *commitCall) then(do func()) {
	last := len(c.after) - 1
	c.after[last] = append(c.after[last], do)
}

// commitCall builds the KEYS and ARGV of scriptCommit.
func (s *Store) commitCall(ctx context.Context, changes []bot.Change) (*commitCall, error) {
	call := &commitCall{store: s, keys: s.queueKeys(s.keys.openByOwner())}
	call.args.add(strconv.Itoa(len(changes)))
	for _, c := range changes {
		call.Change, call.ordered, call.after = c, call.ordered || c.Once != "", append(call.after, nil)
		if err := call.addChange(ctx); err != nil {
			return nil, wrapped("commit "+changeName(c), err)
		}
	}
	return call, nil
}

func (c *commitCall) addChange(ctx context.Context) error {
	if err := checkChange(c.Change); err != nil {
		return err
	}
	c.addOnce()
	c.addArrival()
	for _, add := range []func() error{
		c.addNumber, c.addRecord, c.addSetAside,
		func() error { return c.addTaken(ctx) },
		func() error { return c.addDismissed(ctx) },
		c.addHistory, c.addActions,
	} {
		if err := add(); err != nil {
			return err
		}
	}
	return nil
}

// committed runs the callbacks of a change.
func (c *commitCall) committed(i int) {
	for _, do := range c.after[i] {
		do()
	}
}

// checkChange rejects inconsistent changes, which would be a programming error.
func checkChange(c bot.Change) error {
	switch {
	case c.Record == nil && c.SetAside == nil && c.Arrival != nil:
		return errors.New("an arrival has neither record nor message set aside")
	case c.SetAside != nil && c.Arrival == nil:
		return errors.New("a message set aside has no arrival")
	case c.Record == nil && len(c.History) > 0:
		return errors.New("history without a record")
	case c.Record == nil && c.SetAside == nil && c.Letter != nil:
		return errors.New("a letter without a record or a message set aside")
	case c.Record == nil && c.Taken != "":
		return errors.New("a message set aside is taken without a record")
	case c.Arrival != nil && c.Arrival.MessageID == "" && c.Arrival.Fingerprint == "":
		return errors.New("an arrival has neither Message-ID nor fingerprint")
	case c.Arrival != nil && c.Arrival.Outcome == "":
		return errors.New("an arrival has no outcome")
	}
	for _, a := range c.Actions {
		if a.Key == "" {
			return errors.New("an action has no key")
		}
	}
	return nil
}

func (c *commitCall) key(names ...string) { c.keys = append(c.keys, names...) }

// onceFor is how long an order ID is remembered, as documented in bot.Change.
const onceFor = 7 * 24 * time.Hour

func (c *commitCall) addOnce() {
	c.key(c.store.keys.once(c.Once))
	if c.Once == "" {
		c.args.add("")
		return
	}
	c.args.add(seconds(onceFor))
}

func seconds(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }

func (c *commitCall) addArrival() {
	k, a := c.store.keys, c.Arrival
	if a == nil {
		a = &bot.Arrival{}
	}
	c.key(k.messages(), k.folder(a.Place), k.totals())
	if c.Arrival == nil {
		c.args.add("", "", "", "", "")
		return
	}
	field, mark := arrivalField(a), bot.MarkOf(a.Fingerprint)
	c.args.add(field, mark, string(a.Outcome), uid(a.Place), goneField(markedField(field, mark)))
}

// uid returns the UID of a place; "" if the message is on no server.
func uid(p intake.Place) string {
	if p.UID == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(p.UID), 10)
}

// messageField returns the field of a Message-ID, sent or received, in the hash of messages.
func messageField(id string) string { return "id:" + oneLine(id) }

// printField returns the field of a message without Message-ID, built from its fingerprint.
func printField(fingerprint string) string { return "print:" + oneLine(fingerprint) }

// arrivalField returns the field of an incoming message, built from its Message-ID or,
// without one, from the fingerprint of its content.
func arrivalField(a *bot.Arrival) string {
	if a.MessageID != "" {
		return messageField(a.MessageID)
	}
	return printField(a.Fingerprint)
}

func (c *commitCall) addNumber() error {
	k, r := c.store.keys, c.Record
	if r == nil {
		c.key(k.numbers(), k.record(""), k.letter(""), k.history(""), k.openByOwner())
		c.args.add("", "", "", "", "")
		return nil
	}
	c.key(k.numbers(), k.record(r.Reference), k.letter(r.Reference), k.history(r.Reference), k.openByOwner())
	year, number, err := c.store.parseReference(r.Reference)
	if err != nil {
		return err
	}
	c.args.add(r.Reference)
	if r.Revision > 0 {
		c.args.add("", "", "")
	} else {
		c.args.add(strconv.Itoa(year), strconv.Itoa(number), strconv.Itoa(c.store.usedNumbers.of(year)))
	}
	c.args.add(strconv.FormatInt(r.Revision, 10))
	return nil
}

func (c *commitCall) addRecord() error {
	var packed, letter []byte
	var owner string
	var f filedRecord
	if c.Record != nil {
		var err error
		stored := storeRecord(c.Record)
		if packed, err = pack(stored); err != nil {
			return err
		}
		if f, err = c.store.filed(c.Record, c.Record.Revision+1); err != nil {
			return err
		}
		c.thenKeepRecord(c.Record, stored, f.header+string(packed))
		owner = openOwner(c.Record)
		if c.Letter != nil {
			if letter, err = packLetter(c.Letter, bot.MaxLetterBytes); err != nil {
				return err
			}
		}
	}
	c.args.add(owner)
	c.args.bytes(append([]byte(f.header), packed...))
	c.args.bytes(letter)
	c.key(c.store.keys.wakes())
	wakeAt := ""
	if c.Record != nil {
		wakeAt = milliseconds(c.Record.FollowUp.Next.At)
	}
	c.args.add(wakeAt)
	keys, args := f.call(c.store.keys)
	c.key(keys...)
	c.args = append(c.args, args...)
	return nil
}

// thenKeepRecord caches the decoded record once it is committed.
func (c *commitCall) thenKeepRecord(r *intake.Record, stored storedRecord, value string) {
	c.then(func() {
		if read, known := asRead(stored); known {
			c.store.keepRecord(value, read.load(r.Reference, r.Revision+1))
		}
	})
}

func (c *commitCall) addHistory() error {
	entries := make([][]byte, len(c.History))
	for i, e := range c.History {
		packed, err := packHistory(e)
		if err != nil {
			return err
		}
		entries[i] = packed
	}
	c.args.blobs(entries)
	return nil
}

func (c *commitCall) addActions() error {
	k := c.store.keys
	c.args.add(strconv.Itoa(len(c.Actions)))
	for _, a := range c.Actions {
		value, err := packAction(a)
		if err != nil {
			return err
		}
		c.thenKeepAction(a, bodyOf(string(value)))
		// The Message-ID is registered with the commit, since a reply may arrive before the
		// sending of the mail has been recorded.
		sent := ""
		if a.Mail != nil && a.Mail.MessageID != "" {
			sent = messageField(a.Mail.MessageID)
		}
		c.key(k.actionsOf(a.Reference), k.group(oneLine(a.RateGroup)), k.lane(oneLine(a.Lane)))
		c.args.add(a.Key, sent)
		c.args.bytes(value)
	}
	return nil
}

// thenKeepAction caches the decoded action once it is committed, for when it is claimed.
func (c *commitCall) thenKeepAction(a bot.Action, body string) {
	if stateAtBirth(a) != bot.ActionPending {
		return
	}
	c.then(func() {
		if read, known := asRead(storeAction(a)); known {
			c.store.bodies.keep(a.Key, body, read)
		}
	})
}

// addSetAside adds a message set aside, and its letter if one is kept: delivery failure
// reports are never read again, so theirs is not.
func (c *commitCall) addSetAside() error {
	k, field, mark := c.store.keys, "", ""
	if c.Arrival != nil {
		field, mark = arrivalField(c.Arrival), bot.MarkOf(c.Arrival.Fingerprint)
	}
	c.key(k.setAside(), k.setAsideIndex(), k.toConfirm(), k.asideLetter(field), k.asideLetter(markedField(field, mark)))
	if c.SetAside == nil {
		c.args.add("", "", "", "", "")
		return nil
	}
	packed, err := packSetAside(c.SetAside)
	if err != nil {
		return err
	}
	var letter []byte
	if c.Letter != nil && c.Record == nil && c.SetAside.Kind != intake.KindBounce {
		if letter, err = packLetter(c.Letter, c.store.keep.LetterBytes); err != nil {
			return err
		}
	}
	c.args.bytes(packed)
	asks := ""
	if bot.AsksToJoin(*c.SetAside) {
		asks = "1"
	}
	c.args.add(second(c.SetAside.ReceivedAt), asks)
	c.args.bytes(letter)
	c.args.add(seconds(c.store.keep.LetterFor))
	return nil
}

// addTaken adds the location of a message that is no longer set aside. It never changes, so
// it may be read before the script runs.
func (c *commitCall) addTaken(ctx context.Context) error {
	k := c.store.keys
	if c.Taken == "" {
		c.key(k.folder(intake.Place{}), k.asideLetter(""))
		c.args.add("", "", "", "")
		return nil
	}
	field, aside, err := c.store.findSetAside(ctx, c.Taken)
	if err != nil {
		return err
	}
	outcome := bot.ArrivalJoined
	if c.Record.Revision == 0 {
		outcome = bot.ArrivalRecorded
	}
	c.key(k.folder(aside.Origin.Place), k.asideLetter(field))
	c.args.add(field, second(aside.ReceivedAt), string(outcome), uid(aside.Origin.Place))
	return nil
}

// addDismissed rewrites a message that stays set aside without its doubts.
func (c *commitCall) addDismissed(ctx context.Context) error {
	if c.Dismissed == "" {
		c.args.add("", "", "")
		return nil
	}
	field, aside, err := c.store.findSetAside(ctx, c.Dismissed)
	if err != nil {
		return err
	}
	aside.Doubts = nil
	packed, err := packSetAside(&aside)
	c.args.add(field, second(aside.ReceivedAt))
	c.args.bytes(packed)
	return err
}
