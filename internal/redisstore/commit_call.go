package redisstore

import (
	"context"
	"errors"
	"strconv"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// A commitCall collects what scriptCommit reads, change by change and part by part,
// in its order.
type commitCall struct {
	store *Store
	bot.Change
	keys    []string
	args    arguments
	ordered bool       // a person waits for one of the changes
	after   [][]func() // what to do once a change is committed, by its place
}

// then has something done once the present change is committed.
func (c *commitCall) then(do func()) {
	last := len(c.after) - 1
	c.after[last] = append(c.after[last], do)
}

// commitCall writes out the KEYS and ARGV of scriptCommit.
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

// committed does what was to be done once a change is.
func (c *commitCall) committed(i int) {
	for _, do := range c.after[i] {
		do()
	}
}

// checkChange refuses what no event should ever ask for.
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
		return errors.New("a message is taken for no record")
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

// onceFor is how long the name of an order is known, as bot.Change promises.
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

// uid is that of a place, "" where the message lies on no server.
func uid(p intake.Place) string {
	if p.UID == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(p.UID), 10)
}

// messageField names a message id, sent or received, in the hash of messages.
func messageField(id string) string { return "id:" + oneLine(id) }

// printField names a message that has no Message-ID by its fingerprint.
func printField(fingerprint string) string { return "print:" + oneLine(fingerprint) }

// arrivalField names a message that arrived: by its Message-ID, or by what the
// sender wrote where there is none.
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
		c.args.add(strconv.Itoa(year), strconv.Itoa(number), strconv.Itoa(c.store.marks.of(year)))
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

// thenKeepRecord has a record at hand when it is asked for next.
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
		// The id of its mail counts from the commit on: an answer may be quicker
		// than the note that the mail went out.
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

// thenKeepAction has an action at hand when it is claimed.
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

// addSetAside writes a message set aside, and its letter where one is kept: a
// report that a mail could not be delivered is never read again.
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

// addTaken says where a message lay that is no longer set aside. None of it
// ever changes, so that it may be read ahead of the script.
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

// addDismissed writes anew a message that stays set aside, without its doubts.
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
