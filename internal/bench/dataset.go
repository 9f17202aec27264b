package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/intake/eml"
	"verbale/internal/app"
	"verbale/internal/wait"
)

// A dataset is an office whose records are generated: the letters of an archive over and
// over, each from another official. One record in openEvery is still open.
type dataset struct {
	server    *app.Server
	config    string // path of its configuration
	templates []template
	records   int
}

// A template is a request from which records are made.
type template struct {
	record *intake.Record
	letter *bot.Letter
	text   string // of the acknowledgement
}

const (
	// openEvery says that one record in so many is open.
	openEvery = 50
	// spacing is the time between two letters: a million of them make four years.
	spacing = 2 * time.Minute
	// filledAtOnce is how many records are stored in one round trip.
	filledAtOnce = 100
	// fillWithin bounds one of these round trips, with all further attempts at it.
	fillWithin = 5 * time.Minute
	// mailText is the usual size of a mail that goes out, in bytes.
	mailText = 1000
)

// opening is when the first letter was received.
var opening = time.Date(2023, time.January, 1, 0, 0, 0, 0, time.UTC)

// newDataset makes templates of the requests among the mails of an archive.
func newDataset(ctx context.Context, server *app.Server, mails string) (*dataset, error) {
	raws, err := load(mails)
	if err != nil {
		return nil, err
	}
	s := &dataset{server: server}
	for _, raw := range raws {
		m := eml.Parse(ctx, raw, eml.Options{})
		if a := server.Assess(m, opening); a.Record != nil && len(a.Record.Request.Countries) > 0 {
			letter := &bot.Letter{Parts: []bot.LetterPart{{Source: "subject", Text: intake.Text{Content: m.Subject}}, {Source: "body", Text: m.Text}}}
			s.templates = append(s.templates, template{a.Record, letter, strings.ToValidUTF8(m.Text.Content[:min(len(m.Text.Content), mailText)], "")})
		}
	}
	if len(s.templates) == 0 {
		return nil, fmt.Errorf("none of the mails in %s asks for anything", mails)
	}
	return s, nil
}

// received is when the nth letter was received.
func received(n int) time.Time { return opening.Add(time.Duration(n) * spacing) }

// official is the name of the author of the nth letter: a word that no other letter has.
func official(n int) string {
	name := []byte("zq")
	for ; n > 0; n /= 20 {
		name = append(name, "bcdfghjklmnprstvwxyz"[n%20])
	}
	return string(name)
}

// reference is that of the nth record: numbers begin anew with each year.
func reference(n int) string {
	year := received(n).Year()
	before := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC).Sub(opening) / spacing
	return intake.FormatReference("TC", year, n-max(0, int(before)-1))
}

// fill stores records until there are as many as asked for.
func (s *dataset) fill(ctx context.Context, records int, progress io.Writer) error {
	for s.records < records {
		changes := make([]bot.Change, min(filledAtOnce, records-s.records))
		for i := range changes {
			changes[i] = s.change(s.records + 1 + i)
		}
		if err := s.fillWith(ctx, changes); err != nil {
			return fmt.Errorf("keep %d records: %w", records, err)
		}
		s.records += len(changes)
		fmt.Fprintf(progress, "\r%d of %d records", s.records, records)
	}
	return nil
}

// fillWith stores records. It tries again if Redis was busy for longer than the client
// waits, as it is while it rewrites its append-only file.
func (s *dataset) fillWith(ctx context.Context, changes []bot.Change) error {
	ctx, cancel := context.WithTimeout(ctx, fillWithin)
	defer cancel()
	return wait.Until(ctx, time.Second, func() (bool, error) {
		err := s.server.Store().Fill(ctx, changes)
		if _, passing := bot.IsTemporary(err); passing {
			return false, nil
		}
		return err == nil, err
	})
}

// commit adds one record in the way the service does.
func (s *dataset) commit(ctx context.Context) error {
	change := s.change(s.records + 1)
	if _, err := s.server.Store().Commit(ctx, change); err != nil {
		return err
	}
	s.records++
	return s.server.Store().SetDue(ctx, change.Record.Reference, bot.Appointments(change.Record))
}

// change is the nth record with its letter, its history, and the acknowledgement that
// went out.
func (s *dataset) change(n int) bot.Change {
	t := s.templates[n%len(s.templates)]
	rec := t.of(n)
	return bot.Change{
		Arrival: &bot.Arrival{
			MessageID: rec.Origin.MessageID, Fingerprint: MessageID(n), Outcome: bot.ArrivalRecorded, ReceivedAt: rec.ReceivedAt, Place: rec.Origin.Place,
		},
		Record: rec, Letter: t.letter,
		History: []intake.HistoryEntry{{At: rec.ReceivedAt, Actor: intake.ActorBot, What: bot.WhatMailIn, To: rec.Status, Detail: rec.Origin.MessageID}},
		Actions: []bot.Action{{
			Key: fmt.Sprintf("%s:%s", bot.ActionAcknowledge, rec.Reference), Kind: bot.ActionAcknowledge, Reference: rec.Reference, State: bot.ActionDone,
			Due: rec.ReceivedAt, DoneAt: rec.ReceivedAt, Result: "ack-" + MessageID(n),
			Mail: &bot.Mail{MessageID: "ack-" + MessageID(n), To: []intake.Address{rec.Origin.From}, Subject: rec.Origin.Subject, Text: t.text, Language: rec.Language},
		}},
	}
}

// of is the nth record.
func (t template) of(n int) *intake.Record {
	rec := *t.record
	request := *rec.Request
	rec.Request, rec.Reference = &request, reference(n)
	rec.ReceivedAt, rec.UpdatedAt = received(n), received(n)
	rec.Origin.MessageID = MessageID(n)
	rec.Origin.Place = intake.Place{Mailbox: "bench", Folder: "INBOX", UIDValidity: 1, UID: uint32(n)}
	rec.Origin.From = intake.Address{Name: official(n), Address: official(n) + "@ministry.example"}
	rec.Correspondents = []string{rec.Origin.From.Address}
	request.Requester.Name = official(n)
	if n%openEvery != 0 {
		rec.Status, rec.Outcome, rec.ClosedAt = intake.StatusClosed, intake.OutcomeDelivered, rec.ReceivedAt
		rec.Plan, rec.Doubts = nil, nil
		return &rec
	}
	moved := received(n).Sub(opening)
	plan := make([]intake.PlanStep, len(rec.Plan))
	for i, step := range rec.Plan {
		plan[i] = intake.PlanStep{At: step.At.Add(moved), Step: step.Step, To: step.To}
		rec.FollowUp.Next = intake.Reminder{Key: string(step.Step) + ":1", Step: step.Step, To: step.To, At: plan[i].At, State: intake.ReminderPlanned}
	}
	rec.Plan = plan
	return &rec
}

// Sizes of the pages that are asked for, and how often each question is measured.
const (
	page      = 50
	atHome    = 40
	overdue   = 8
	manyTimes = 200
	fewTimes  = 3 // of questions that read very many records
)

// questions are those that colleagues, mails and the service ask.
func (s *dataset) questions() []question {
	store := s.server.Store()
	return append(s.lists(),
		question{"a request, its letter and history", manyTimes, func(ctx context.Context, n int) error { return s.show(ctx, s.some(n)) }},
		question{"a page of overdue requests", manyTimes, func(ctx context.Context, _ int) error {
			_, _, err := store.Owed(ctx, []string{bot.DueAtAll}, received(s.records), bot.Query{Limit: overdue})
			return err
		}},
		question{"a home tab", manyTimes, func(ctx context.Context, n int) error { return s.home(ctx, s.model(n).Owner) }},
		question{"50 due reminders", manyTimes, func(ctx context.Context, n int) error {
			later := received(s.records).AddDate(1, 0, 0).Add(time.Duration(n) * time.Minute)
			_, err := store.ClaimWakes(ctx, later, time.Second, page) // the lease is over before the next time
			return err
		}},
		question{"a commit", manyTimes, func(ctx context.Context, _ int) error { return s.commit(ctx) }},
		question{"the report of one day", fewTimes, s.report},
		question{"the check that no due step was missed", fewTimes, func(ctx context.Context, _ int) error {
			_, _, err := s.server.Recheck(ctx)
			return err
		}},
	)
}

// lists are the questions that list records.
func (s *dataset) lists() (list []question) {
	country := func(n int) string { return s.model(n).Request.Countries[0] }
	common := func(n int) []string { return strings.Fields(s.model(n).Request.Summary)[:1] }
	for _, l := range []struct {
		what  string
		query func(n int) bot.Query
	}{
		{"the newest requests", func(int) bot.Query { return bot.Query{Limit: page} }},
		{"open requests of an owner", func(n int) bot.Query { return bot.Query{Owner: s.model(n).Owner, Open: true, Limit: page} }},
		{"open requests of a country", func(n int) bot.Query { return bot.Query{Country: country(n), Open: true, Limit: page} }},
		{"search for a rare word", func(n int) bot.Query { return bot.Query{Words: []string{official(s.some(n))}} }},
		{"search for a common word", func(n int) bot.Query { return bot.Query{Words: common(n)} }},
		{"search for a word and a country", func(n int) bot.Query { return bot.Query{Words: common(n), Country: country(n + 1)} }},
		{"requests similar to a new letter", func(n int) bot.Query {
			return bot.Query{Country: country(n), Division: s.model(n).Routing.Division, Since: received(s.records).AddDate(0, 0, -60), Limit: 10}
		}},
	} {
		list = append(list, question{l.what, manyTimes, func(ctx context.Context, n int) error {
			_, _, err := s.server.Store().List(ctx, l.query(n))
			return err
		}})
	}
	return list
}

// model is the request from which the nth record is made.
func (s *dataset) model(n int) *intake.Record { return s.templates[n%len(s.templates)].record }

// some picks a record, by number, for the nth time that a question is asked.
func (s *dataset) some(n int) int { return 1 + n*7919%s.records }

// show reads all that is shown of a request.
func (s *dataset) show(ctx context.Context, n int) error {
	store, reference := s.server.Store(), reference(n)
	if _, err := store.Load(ctx, reference); err != nil {
		return err
	}
	if _, err := store.Letter(ctx, reference); err != nil {
		return err
	}
	if _, err := store.History(ctx, reference); err != nil {
		return err
	}
	_, err := store.Actions(ctx, reference)
	return err
}

// home reads all that the home tab of a member of the desk shows.
func (s *dataset) home(ctx context.Context, owner string) error {
	store, now := s.server.Store(), received(s.records)
	for _, q := range []bot.Query{
		{Status: intake.StatusNeedsReading}, {Status: intake.StatusNeedsTriage}, {Asks: true, Open: true}, {Owner: owner, Open: true},
	} {
		q.Limit = atHome
		if _, _, err := store.List(ctx, q); err != nil {
			return err
		}
	}
	for _, between := range [][2]time.Time{{{}, now}, {now, now.AddDate(0, 0, 1)}} {
		if _, _, err := store.Due(ctx, bot.DueAtAll, between[0], between[1], atHome); err != nil {
			return err
		}
	}
	if _, _, err := store.SetAside(ctx, atHome, ""); err != nil {
		return err
	}
	if _, err := store.OpenByOwner(ctx); err != nil {
		return err
	}
	_, err := store.Parked(ctx, atHome)
	return err
}

// report makes the report of the last whole day.
func (s *dataset) report(ctx context.Context, _ int) error {
	day := app.Day(intake.DateOf(received(s.records).AddDate(0, 0, -1)))
	return app.Report(ctx, app.ReportOptions{Config: s.config, From: day, Until: day, Format: app.FormatText, Language: "en", Out: io.Discard, Log: slog.New(slog.DiscardHandler)})
}
