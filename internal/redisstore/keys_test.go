package redisstore

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/redisstore/storetest"
)

func TestEveryKeyCarriesTheTag(t *testing.T) {
	k := keys{"unece"}
	braces := "a{b}c" // braces in names chosen by others must not change the hash tag
	place := storetest.Folder
	place.Mailbox, place.Folder = braces, braces
	all := []string{
		k.record(braces), k.letter(braces), k.history(braces), k.actionsOf(braces), k.index(), k.openByOwner(),
		k.vocabulary(), k.word(braces), k.indexForm(),
		k.messages(), k.folder(place), k.cursors(), k.numbers(), k.totals(), k.setAside(), k.setAsideIndex(),
		k.asideLetter(braces), k.once(braces), k.cards(braces), k.leaves(), k.canary(),
		k.actions(), k.due(bot.MouthMail), k.due(bot.MouthSlack), k.due(bot.MouthInternal), k.lane(braces), k.lined(),
		k.leased(), k.parked(), k.group(braces), k.rate(braces), k.leases(),
	}
	for _, key := range all {
		if !strings.HasPrefix(key, "verbale:{unece}:") {
			t.Errorf("%s does not begin with the tag", key)
		}
	}
	slices.Sort(all)
	if distinct := slices.Compact(slices.Clone(all)); len(distinct) != len(all) {
		t.Errorf("two keys are the same: %v", all)
	}
}

func TestFolderNamesCannotBeMistaken(t *testing.T) {
	a, b := storetest.Folder, storetest.Folder
	a.Mailbox, a.Folder = "x/y", "z"
	b.Mailbox, b.Folder = "x", "y/z"
	if folderName(a) == folderName(b) {
		t.Errorf("both are %s", folderName(a))
	}
}

func TestOfficesAreNamedPlainly(t *testing.T) {
	for office, good := range map[string]bool{
		"unece": true, "unece-2.test_1": true, "": false, "a{b": false, "a}b": false, "a b": false, "a:b": false, "é": false,
	} {
		if err := validOffice(office); (err == nil) != good {
			t.Errorf("%q: %v", office, err)
		}
	}
}

// lying returns the content of Redis for an office: for each key without prefix, its type and
// value without the compressed part.
func lying(t *testing.T, s *Store) map[string]string {
	t.Helper()
	ctx, found := t.Context(), map[string]string{}
	prefix := s.keys.of("")
	iter := s.client.Scan(ctx, 0, strings.NewReplacer("{", `\{`, "}", `\}`).Replace(prefix)+"*", 100).Iterator()
	for iter.Next(ctx) {
		key := iter.Val()
		kind := s.client.Type(ctx, key).Val()
		found[strings.TrimPrefix(key, prefix)] = kind + " " + content(t, s.client, kind, key)
	}
	if err := iter.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

func content(t *testing.T, c redis.UniversalClient, kind, key string) string {
	ctx := t.Context()
	switch kind {
	case "string":
		if strings.Contains(key, ":word:") {
			return fmt.Sprintf("%x", c.Get(ctx, key).Val())
		}
		return headOf(c.Get(ctx, key).Val())
	case "list":
		var items []string
		for _, item := range c.LRange(ctx, key, 0, -1).Val() {
			items = append(items, headOf(item))
		}
		return strings.Join(items, " ")
	case "zset":
		var items []string
		for _, z := range c.ZRangeWithScores(ctx, key, 0, -1).Val() {
			items = append(items, fmt.Sprintf("%v=%.0f", z.Member, z.Score))
		}
		return strings.Join(items, " ")
	case "hash":
		all := c.HGetAll(ctx, key).Val()
		var items []string
		for _, field := range slices.Sorted(maps.Keys(all)) {
			items = append(items, field+"="+headOf(all[field]))
		}
		return strings.Join(items, " ")
	}
	t.Fatalf("%s has the unknown type %q", key, kind)
	return ""
}

// frame is the magic number of a Zstandard frame (RFC 8878, section 3.1.1).
const frame = "\x28\xb5\x2f\xfd"

// headOf returns the readable part of a value.
func headOf(value string) string {
	if strings.HasPrefix(value, string(packing2)+frame) {
		return "(packed)"
	}
	line, _, _ := strings.Cut(value, "\n")
	return strings.ReplaceAll(line, "\t", "|")
}

func TestWhatLiesInRedis(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		if _, err := s.Commit(t.Context(), storetest.NewChange(1)); err != nil {
			t.Fatal(err)
		}
		due, received := "1772442000000", "01772442060"
		words := strings.Fields("0000 2026 a aida ask example for indicators kg on request sample stat tc training uz we")
		want := map[string]string{
			"record:TC-2026-00001":  "string 2|1|statistics|" + received + "/TC-2026-00001|" + wordsMark(words) + "|all|asks|country:KG|country:UZ|division:statistics|open|open:statistics|owner:statistics|status:assigned",
			"letter:TC-2026-00001":  "string (packed)",
			"history:TC-2026-00001": "list (packed)",
			"actions:TC-2026-00001": "list acknowledge:TC-2026-00001",
			"index": "zset " + strings.Join([]string{
				"all/" + received + "/TC-2026-00001=0", "asks/" + received + "/TC-2026-00001=0", "country:KG/" + received + "/TC-2026-00001=0",
				"country:UZ/" + received + "/TC-2026-00001=0", "division:statistics/" + received + "/TC-2026-00001=0",
				"open/" + received + "/TC-2026-00001=0", "open:statistics/" + received + "/TC-2026-00001=0", "owner:statistics/" + received + "/TC-2026-00001=0",
				"status:assigned/" + received + "/TC-2026-00001=0",
			}, " "),
			"open_by_owner":                      "hash statistics=1",
			"messages":                           "hash id:ack-1@desk.unece.example=sent|TC-2026-00001| id:mail-1@stat.example=recorded|TC-2026-00001|" + bot.MarkOf("print-1"),
			"folder:tc@imap.example:993/INBOX:7": "hash 1=recorded|TC-2026-00001|",
			"numbers":                            "hash 2026=1",
			"totals":                             "hash recorded=1",
			"actions":                            "hash acknowledge:TC-2026-00001=pending|TC-2026-00001|aida@stat.example|0|" + due + "|||||||mail|",
			"due":                                "zset acknowledge:TC-2026-00001=" + due,
			"group:aida@stat.example":            "zset acknowledge:TC-2026-00001=" + due,
		}
		for _, word := range words {
			want["word:"+word] = "string 69a551cc7ea00001" // second 1772442060, year 2026, number 1
		}
		want["vocabulary"] = "zset " + strings.Join(words, "=0 ") + "=0"
		want["index_form"] = "string 3"
		want["to_confirm_form"] = "string 1"
		expectLying(t, s, want)

		if _, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1); err != nil {
			t.Fatal(err)
		}
		delete(want, "due")
		want["leased"] = "zset acknowledge:TC-2026-00001=1772442060000"
		want["actions"] = "hash acknowledge:TC-2026-00001=claimed|TC-2026-00001|aida@stat.example|0|" + due + "||a|1772442060000||||mail|"
		expectLying(t, s, want)

		if err := s.Complete(t.Context(), "a", storetest.NewAction(1).Key, "ack-1@desk.unece.example", storetest.Start); err != nil {
			t.Fatal(err)
		}
		delete(want, "leased")
		delete(want, "group:aida@stat.example")
		want["actions"] = "hash acknowledge:TC-2026-00001=done|TC-2026-00001|aida@stat.example|0|" + due + "||a||" + due + "|ack-1@desk.unece.example||mail|"
		want["history:TC-2026-00001"] = "list (packed) (packed)"
		expectLying(t, s, want)
	})
}

func expectLying(t *testing.T, s *Store, want map[string]string) {
	t.Helper()
	got := lying(t, s)
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			t.Errorf("%s\n got %s\nwant %s", key, got[key], want[key])
		}
		delete(got, key)
	}
	for key, value := range got {
		t.Errorf("%s lies there unexpected: %s", key, value)
	}
}

// A refused change must not modify any key.
func TestRefusedChangesLeaveNothing(t *testing.T) {
	onServers(t, func(t *testing.T, s *Store) {
		if _, err := s.Commit(t.Context(), storetest.NewChange(1)); err != nil {
			t.Fatal(err)
		}
		before := lying(t, s)
		outOfTurn, stale := storetest.NewChange(7), storetest.NewChange(2)
		stale.Record = storetest.NewRecord(1)
		stale.Record.Revision = 5
		absent, dismissed := storetest.NewChange(2), bot.Change{Dismissed: "nobody@stat.example", Once: "click-2"}
		absent.Arrival, absent.Taken, absent.Once = nil, "nobody@stat.example", "click-1"
		for _, c := range []bot.Change{outOfTurn, stale, absent, dismissed} {
			if _, err := s.Commit(t.Context(), c); err == nil {
				t.Error("not refused")
			}
		}
		expectLying(t, s, before)
	})
}

// Keys with a limited lifetime have a TTL.
func TestWhatExpires(t *testing.T) {
	s := openAt(t, startRedis(t), "")
	aside := storetest.NewChange(1)
	aside.Arrival.Outcome, aside.Record, aside.History, aside.Actions = bot.ArrivalSetAside, nil, nil, nil
	aside.SetAside, aside.Once = &intake.SetAside{Identity: storetest.MessageID(1)}, "click-1"
	if _, err := s.Commit(t.Context(), aside); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]time.Duration{
		s.keys.once("click-1"): 7 * 24 * time.Hour,
		s.keys.asideLetter(messageField(storetest.MessageID(1))): 90 * 24 * time.Hour,
		s.keys.setAside(): -1, // no TTL
		s.keys.asideLetter(messageField("nobody@stat.example")) + "/-": -2, // no such key
	} {
		if got := s.client.TTL(t.Context(), key).Val(); got > want || got < want-time.Minute {
			t.Errorf("%s goes in %s, want %s", key, got, want)
		}
	}
}

// listener records the keys of scripts and counts the round trips.
type listener struct {
	mu    sync.Mutex
	keys  []string
	trips int
}

func (l *listener) DialHook(next redis.DialHook) redis.DialHook { return next }

func (l *listener) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (l *listener) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		l.mu.Lock()
		l.trips++
		if args := cmd.Args(); strings.HasPrefix(cmd.Name(), "eval") {
			for i := range args[2].(int) {
				l.keys = append(l.keys, args[3+i].(string))
			}
		}
		l.mu.Unlock()
		return next(ctx, cmd)
	}
}

func TestCommitIsOneRoundTrip(t *testing.T) {
	s := openAt(t, startRedis(t), t.TempDir())
	if _, err := s.Commit(t.Context(), richChange(1)); err != nil { // loads the script
		t.Fatal(err)
	}
	l := &listener{}
	s.client.AddHook(l)
	if _, err := s.Commit(t.Context(), richChange(2)); err != nil {
		t.Fatal(err)
	}
	if l.trips != 1 {
		t.Errorf("%d round trips", l.trips)
	}
	for _, key := range l.keys {
		if !strings.HasPrefix(key, s.keys.of("")) {
			t.Errorf("the script is given the key %s", key)
		}
	}
}
