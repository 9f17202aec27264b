package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/app"
	"verbale/internal/slackpeer"
)

// redisText returns all keys and values of the desk's Redis, with compressed documents
// decompressed.
func (k *desk) redisText() string {
	k.t.Helper()
	sockets, err := filepath.Glob(filepath.Join(k.folder, "data", "redis", "*.sock"))
	if err != nil || len(sockets) != 1 {
		k.t.Fatalf("sockets %v, %v", sockets, err)
	}
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: sockets[0]})
	defer c.Close()
	var all strings.Builder
	keys := c.Scan(k.t.Context(), 0, "*", 1000).Iterator()
	for keys.Next(k.t.Context()) {
		fmt.Fprintf(&all, "%s\n", keys.Val())
		for _, value := range k.valuesOf(c, keys.Val()) {
			fmt.Fprintf(&all, "\t%s\n", k.unpacked(value))
		}
	}
	if err := keys.Err(); err != nil {
		k.t.Fatal(err)
	}
	return all.String()
}

// appendOnly returns the content of the append-only files of the private redis-server.
func (k *desk) appendOnly() string {
	k.t.Helper()
	files, err := filepath.Glob(filepath.Join(k.folder, "data", "redis", "appendonlydir", "*"))
	if err != nil || len(files) == 0 {
		k.t.Fatalf("files %v, %v", files, err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, os.ErrNotExist) { // it was rewritten meanwhile
			k.t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

func (k *desk) valuesOf(c *redis.Client, key string) (values []string) {
	k.t.Helper()
	ctx := k.t.Context()
	kind, err := c.Type(ctx, key).Result()
	if err != nil {
		k.t.Fatal(err)
	}
	switch kind {
	case "string":
		var value string
		value, err = c.Get(ctx, key).Result()
		values = []string{value}
	case "list":
		values, err = c.LRange(ctx, key, 0, -1).Result()
	case "zset":
		values, err = c.ZRange(ctx, key, 0, -1).Result()
	case "hash":
		var fields map[string]string
		fields, err = c.HGetAll(ctx, key).Result()
		for field, value := range fields {
			values = append(values, field, value)
		}
	default:
		if kind != "none" { // it expired meanwhile
			k.t.Fatalf("%s is a %s", key, kind)
		}
	}
	if err != nil && !errors.Is(err, redis.Nil) {
		k.t.Fatal(err)
	}
	return values
}

// frame is the prefix of a compressed value: the number of the compression format and the magic
// number of a Zstandard frame (RFC 8878).
const frame = "2\x28\xb5\x2f\xfd"

// unpacked returns a value with its compressed part, which may follow a header line, decompressed.
func (k *desk) unpacked(value string) string {
	k.t.Helper()
	head, packed := "", value
	if !strings.HasPrefix(value, frame) {
		head, packed, _ = strings.Cut(value, "\n")
	}
	if !strings.HasPrefix(packed, frame) {
		return value
	}
	dictionary, err := os.ReadFile("../redisstore/dictionary-2.txt")
	if err != nil {
		k.t.Fatal(err)
	}
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderDictRaw(2, dictionary))
	if err != nil {
		k.t.Fatal(err)
	}
	defer unpacker.Close()
	plain, err := unpacker.DecodeAll([]byte(packed[1:]), nil)
	if err != nil || !json.Valid(plain) {
		k.t.Fatalf("a packed value cannot be read, %v: %q", err, value)
	}
	return head + " " + string(plain)
}

// lacks fails the test if the text contains one of the words, ignoring case.
func (k *desk) lacks(where, text string, words []string) {
	k.t.Helper()
	text = strings.ToLower(text)
	for _, word := range words {
		if at := strings.Index(text, strings.ToLower(word)); at >= 0 {
			k.t.Errorf("%q is left in %s: …%s…", word, where, text[max(0, at-120):min(len(text), at+120)])
		}
	}
}

// slackText returns the text of all messages of the bot in Slack.
func (o *slackOffice) slackText() string {
	var all strings.Builder
	for _, u := range append([]slackpeer.User{{ID: deskRoom}}, workspace...) {
		channel := o.channelOf(u.ID)
		for _, m := range o.peer.Messages(channel) {
			fmt.Fprintln(&all, m.Text, string(m.Blocks))
			for _, below := range o.peer.Thread(channel, m.TS) {
				fmt.Fprintln(&all, below.Text, string(below.Blocks))
			}
		}
	}
	return all.String()
}

// forgets runs the forget command, which must succeed, and returns its output.
func (k *desk) forgets(o app.ForgetOptions) string {
	k.t.Helper()
	var out bytes.Buffer
	o.Config, o.Out, o.Log = k.file, &out, k.log()
	if err := app.Forget(k.t.Context(), o); err != nil {
		k.t.Fatalf("forget: %v\n%s", err, &out)
	}
	return out.String()
}

// closes closes the record as the desk.
func (s *runningStory) closes() {
	desk := s.as(ana)
	desk.types("note 1 the deputy of " + mailAddress(s.letter.from) + " called from +995 32 555 01 01")
	desk.told("Your note was added")
	desk.presses(s.card(deskRoom, s.ref), "close")
	desk.window("Close")
	desk.sends(map[string]any{"outcome": string(intake.OutcomeDelivered), "reason": "agreed with " + s.letter.from})
	desk.closed()
	s.card(deskRoom, s.ref, s.ref+" · closed: delivered")
}

// spoken returns all personal data of a story: words of the letter, the mails and the notes.
func (s *runningStory) spoken() []string {
	name, _, _ := strings.Cut(s.letter.from, " <")
	words := append(strings.Fields(name), mailAddress(s.letter.from), s.letter.subject, s.letter.id, "second@ministry.example",
		s.question, s.reply, s.answer, "+995 32", "agreed with", intake.DomainOf(mailAddress(s.letter.from)))
	for line := range strings.Lines(s.letter.body) {
		if line = strings.TrimSpace(line); line != "" {
			words = append(words, line)
		}
	}
	for i, w := range words {
		if strings.EqualFold(w, "example") { // the word is also in our own domain
			words[i] = " example"
		}
	}
	return words
}

// TestNothingIsLeftOfAPersonWhoIsForgotten runs a story from the letter to the closing, forgets
// the person, and searches all of Redis and Slack for each word of theirs.
func TestNothingIsLeftOfAPersonWhoIsForgotten(t *testing.T) {
	t.Parallel()
	for _, s := range []story{stories[0], stories[2]} {
		t.Run(s.language, func(t *testing.T) {
			t.Parallel()
			o := newSlackOffice(t)
			s.letter.at = time.Now()
			told := runningStory{story: s, slackOffice: o, ref: reference(1), service: o.serve()}
			told.arrives()
			told.isCorrectedAndAssigned()
			told.isAccepted()
			told.isAnsweredByMail(told.asks())
			told.replies()
			told.closes()
			o.deliver(letter{from: s.letter.from, subject: "Out of office", id: "away@ministry.gov.example", body: "I am away. " + s.letter.from}.raw())
			told.service.settled(3)
			before := told.keepsAll()
			figures := told.figures()
			person := app.ForgetOptions{Person: mailAddress(s.letter.from), Reason: "asked for it", Yes: true}

			dry := person
			dry.DryRun = true
			if printed := o.forgets(dry); !strings.Contains(printed, told.ref) {
				t.Errorf("the dry run says\n%s", printed)
			}
			if after := o.redisText(); len(after) != len(before) {
				t.Error("the dry run changed something")
			}
			o.forgets(person)
			told.service.settled(3)
			o.card(deskRoom, told.ref, bot.ForgottenMark, told.ref+" · closed: delivered")
			o.until("messages taken back", func() bool { return !strings.Contains(o.slackText(), mailAddress(s.letter.from)) })
			o.lacks("Redis", o.redisText(), told.spoken())
			o.lacks("Slack", o.slackText(), told.spoken())
			o.await("an append-only file without them", func() bool { return !strings.Contains(o.appendOnly(), s.letter.id) })
			if after := told.figures(); after != figures {
				t.Errorf("the figures were\n%s\nand are\n%s", figures, after)
			}
			if history := historyOf(t, told.service, told.ref); !strings.Contains(history, bot.WhatForgotten+" by operator") || !strings.Contains(history, "accept by "+told.acceptor()) {
				t.Error(history)
			}
			if again := o.forgets(person); !strings.Contains(again, "nothing is stored") {
				t.Errorf("the second time it says\n%s", again)
			}
			told.returnsAsANewPerson()
			o.audit()
			o.nothingRefused()
		})
	}
}

// acceptor returns the name by which the history refers to the colleague who accepted.
func (s *runningStory) acceptor() string {
	for _, u := range workspace {
		if u.ID == s.adviser {
			return u.Email
		}
	}
	return ""
}

// keepsAll checks that the words the test searches for later were stored, and returns the content
// of Redis.
func (s *runningStory) keepsAll() string {
	s.t.Helper()
	before := s.redisText()
	if !strings.Contains(s.appendOnly(), s.letter.id) {
		s.t.Error("the append-only file never had the letter's Message-ID")
	}
	for _, word := range s.spoken() {
		if !strings.Contains(strings.ToLower(before), strings.ToLower(word)) {
			s.t.Errorf("%q was never kept: the test looks for what is not there", word)
		}
	}
	return before
}

// figures returns the report without the lines that depend on the current time.
func (s *runningStory) figures() string {
	s.t.Helper()
	var out bytes.Buffer
	err := app.Report(s.t.Context(), app.ReportOptions{Config: s.file, Language: "en", Format: "text", AsOf: app.Moment{}, Out: &out, Log: s.log()})
	if err != nil {
		s.t.Fatal(err)
	}
	var lines strings.Builder
	for line := range strings.Lines(out.String()) {
		if !strings.HasPrefix(line, "As known") && !strings.Contains(line, "at present") { // depends on the current time
			lines.WriteString(line)
		}
	}
	return lines.String()
}

// returnsAsANewPerson delivers the first letter again, which must be recognised as a repeat, and
// a new letter, which must be treated as one from an unknown person.
func (s *runningStory) returnsAsANewPerson() {
	s.deliver(s.letter.raw(), letter{from: s.letter.from, subject: "Another matter", id: "new@ministry.gov.example", body: s.letter.body}.raw())
	s.service.settled(5)
	all := records(s.t, s.service)
	if len(all) != 2 {
		s.t.Fatalf("%d records, want the forgotten and the new one", len(all))
	}
	for _, rec := range all {
		if rec.Reference != s.ref && (len(rec.Similar) > 0 || rec.Origin.From.Address != mailAddress(s.letter.from)) {
			s.t.Errorf("the new record knows of the old one: %+v", rec)
		}
	}
}
