package chaos

import (
	"context"
	"os/exec"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/app"
	"verbale/internal/redisstore"
	"verbale/internal/slackpeer"
)

// observations are all that the bots have written down, and all that has reached others.
type observations struct {
	records  []*entry
	aside    []intake.SetAside
	parked   []bot.Action
	balance  app.Balance
	audit    string // what "verbale audit" printed
	audited  error  // how it ended
	mails    []Received
	messages map[string][]slackpeer.Message // by conversation
	found    map[string]string              // reference of the record of each letter, by Message-ID; "" for none
}

// An entry is a record with its history and actions.
type entry struct {
	*intake.Record
	history []intake.HistoryEntry
	actions []bot.Action
}

// readObservations reads the observations once all is quiet. The audit is "verbale audit" itself.
func (r *run) readObservations(ctx context.Context) (*observations, error) {
	b := &observations{mails: outgoing(r.env.smtp), messages: map[string][]slackpeer.Message{}}
	for _, c := range r.env.slack.Channels() {
		b.messages[c.ID] = r.env.slack.Messages(c.ID)
	}
	out, err := exec.CommandContext(ctx, r.Program, "audit", "-c", r.env.bots[0].config).CombinedOutput()
	b.audit, b.audited = strings.TrimSpace(string(out)), err
	if b.balance, err = r.audit(ctx); err != nil {
		return nil, err
	}
	return b, r.withStore(ctx, func(s *redisstore.Store) error {
		if err := b.find(ctx, s, r.bag.letters); err != nil {
			return err
		}
		return b.readRecords(ctx, s)
	})
}

// find asks the store for the record of each letter.
func (b *observations) find(ctx context.Context, s *redisstore.Store, letters []letter) (err error) {
	b.found = make(map[string]string, len(letters))
	for _, l := range letters {
		if b.found[l.messageID()], err = s.ByMessageID(ctx, l.messageID()); err != nil {
			return err
		}
	}
	return nil
}

// readRecords reads the records, the messages set aside and the parked actions.
func (b *observations) readRecords(ctx context.Context, s *redisstore.Store) (err error) {
	if b.parked, err = s.Parked(ctx, 0); err != nil {
		return err
	}
	for cursor := ""; ; {
		var page []intake.SetAside
		if page, cursor, err = s.SetAside(ctx, 200, cursor); err != nil {
			return err
		}
		if b.aside = append(b.aside, page...); cursor == "" {
			break
		}
	}
	return eachRecord(ctx, s, func(rec *intake.Record) error {
		e := &entry{Record: rec}
		if e.history, err = s.History(ctx, rec.Reference); err != nil {
			return err
		}
		e.actions, err = s.Actions(ctx, rec.Reference)
		b.records = append(b.records, e)
		return err
	})
}

// of returns the record with a reference, or nil.
func (b *observations) of(reference string) *entry {
	for _, e := range b.records {
		if e.Reference == reference {
			return e
		}
	}
	return nil
}
