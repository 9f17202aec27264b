package registry

import (
	"context"
	"fmt"
	"slices"
	"time"

	"verbale/bot"
	"verbale/bot/letters"
	"verbale/intake"
)

// Tick enqueues the digests due today: the desk's on each working day, everybody else's on the
// first working day of the week. Enqueuing one again has no effect, and digests of past days
// are not made up for.
func (s *Service) Tick(ctx context.Context) error {
	now := s.Now()
	var actions []bot.Action
	for _, to := range s.readersOfDigests() {
		daily := to == intake.ToDesk
		if day, due := s.Policy.DigestDay(now, s.zoneWhere(to), daily); due {
			actions = append(actions, bot.Action{
				Key: fmt.Sprintf("%s:%s:%s", bot.ActionDigest, day, to), Kind: bot.ActionDigest, Room: to, State: bot.ActionPending, Due: now,
			})
		}
	}
	if len(actions) == 0 {
		return nil
	}
	if _, err := s.Store.Commit(ctx, bot.Change{Actions: actions}); err != nil {
		return fmt.Errorf("enqueue %d digests: %w", len(actions), err)
	}
	if s.Nudge != nil {
		s.Nudge()
	}
	return nil
}

// readersOfDigests are the desk and all divisions and posts in the directory.
func (s *Service) readersOfDigests() []string {
	readers := []string{intake.ToDesk}
	for _, v := range s.Directory.Divisions {
		readers = append(readers, v.ID)
	}
	for _, p := range s.Directory.Posts {
		readers = append(readers, p.ID)
	}
	return readers
}

// A digest is a summary for one reader.
type digest struct {
	to, lang string
	now      time.Time
	since    time.Time // what is later than this counts as new
	sections []letters.Section
	listed   map[string]bool // references in the sections
}

// performDigest sends a digest to its reader, unless it is empty.
func (s *Service) performDigest(ctx context.Context, a bot.Action) (string, error) {
	d, err := s.digestFor(ctx, a.Room)
	if err != nil {
		return "", err
	}
	if len(d.sections) == 0 {
		return "", bot.NothingToDo{Reason: "there is nothing to say"}
	}
	said := s.digestAction(a, d)
	if said.Key == "" {
		return "", bot.NothingToDo{Reason: "the directory does not say how to reach " + a.Room}
	}
	if !s.Office.Send && a.Room != intake.ToDesk {
		said.State = bot.ActionWithheld
	}
	if _, err := s.Store.Commit(ctx, bot.Change{Actions: []bot.Action{said}}); err != nil {
		return "", fmt.Errorf("enqueue a digest: %w", err)
	}
	return said.Key, nil
}

func (s *Service) digestFor(ctx context.Context, to string) (*digest, error) {
	d := &digest{to: to, lang: s.LanguageOf(to), now: s.Now(), listed: map[string]bool{}}
	weekly := to != intake.ToDesk
	d.since = s.Policy.DigestSince(d.now, s.zoneWhere(to), !weekly)
	q := bot.Query{Open: true}
	if weekly {
		q.Owner = to
	}
	open, err := s.listAll(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list what is open for a digest: %w", err)
	}
	q.Open, q.Since = false, d.now.AddDate(0, -3, 0)
	recent, err := s.listAll(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list what was answered for a digest: %w", err)
	}
	q.Status, q.Since = intake.StatusClosed, d.now.AddDate(-yearsOfResults, 0, 0)
	closed, err := s.listAll(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list what was closed for a digest: %w", err)
	}
	owing := slices.DeleteFunc(slices.Concat(open, closed), func(r *intake.Record) bool { _, owes := bot.Owed(r); return !owes })
	if weekly {
		d.own(open, owing, recent)
	} else {
		d.desk(open, owing, recent)
	}
	return d, nil
}

// yearsOfResults is for how long after its receipt a closed request is listed as lacking
// results. Its reminders have ended by then.
const yearsOfResults = 3

// pageOfAll is the number of records queried at once.
const pageOfAll = 500

// listAll lists all records of a query, newest first. A digest that has to be cut omits the
// oldest.
func (s *Service) listAll(ctx context.Context, q bot.Query) (all []*intake.Record, err error) {
	q.Limit = pageOfAll
	for {
		page, cursor, err := s.Store.List(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if q.Cursor = cursor; cursor == "" {
			return all, nil
		}
	}
}

// own is the digest of a post or division.
func (d *digest) own(open, owing, recent []*intake.Record) {
	d.add("digest.overdue", owedFirst(owing), d.overdue)
	d.add("digest.accept", open, func(r *intake.Record) bool { return r.Status == intake.StatusAssigned })
	d.add("digest.new", open, func(r *intake.Record) bool { return r.AssignedAt.After(d.since) })
	d.add("digest.this_week", owing, d.thisWeek)
	d.add("digest.waiting", open, func(r *intake.Record) bool { return r.Status == intake.StatusWaiting })
	d.add("digest.answered", recent, d.answered)
}

// desk is the digest of the desk.
func (d *digest) desk(open, owing, recent []*intake.Record) {
	d.add("digest.overdue", owedFirst(owing), d.overdue)
	d.add("digest.triage", open, func(r *intake.Record) bool { return r.Owner == intake.ToDesk && !r.Backfilled })
	d.add("digest.new", recent, func(r *intake.Record) bool { return r.ReceivedAt.After(d.since) && !r.Backfilled })
	d.add("digest.answered", recent, d.answered)
}

// add adds a section of the records that are in it. A record is listed once, in the first of
// its sections, so the most urgent one is added first.
func (d *digest) add(key string, records []*intake.Record, in func(*intake.Record) bool) {
	found := slices.DeleteFunc(slices.Clone(records), func(r *intake.Record) bool { return !in(r) || d.listed[r.Reference] })
	for _, r := range found {
		d.listed[r.Reference] = true
	}
	if len(found) > 0 {
		d.sections = append(d.sections, letters.Section{Key: key, Records: found})
	}
}

func (d *digest) answered(r *intake.Record) bool { return r.AnsweredAt.After(d.since) }

func (d *digest) overdue(r *intake.Record) bool {
	step, ok := bot.Owed(r)
	return ok && step.At.Before(d.now)
}

func (d *digest) thisWeek(r *intake.Record) bool {
	step, ok := bot.Owed(r)
	return ok && !step.At.Before(d.now) && step.At.Before(d.now.AddDate(0, 0, 7))
}

// owedFirst sorts records by when something is owed on them. A digest shows the first ones.
func owedFirst(records []*intake.Record) []*intake.Record {
	return slices.SortedStableFunc(slices.Values(records), func(a, b *intake.Record) int {
		x, _ := bot.Owed(a)
		y, _ := bot.Owed(b)
		return x.At.Compare(y.At)
	})
}

// digestAction is the mail or post with a digest; the zero Action if the reader cannot be
// reached.
func (s *Service) digestAction(a bot.Action, d *digest) bot.Action {
	said := bot.Action{Key: a.Key + ":said", State: bot.ActionPending, Due: d.now}
	contact, known := s.contactOf(d.to)
	switch {
	case s.Office.Slack && (d.to == intake.ToDesk || known && contact.Slack != ""):
		said.Kind, said.Room, said.Post = bot.ActionPost, roomOf(d.to), s.letters.Digest(d.lang, d.now, d.sections)
		said.Lane = "slack:digest:" + said.Room
	case known && contact.Address != "" && !s.own(contact.Address):
		said.Kind = bot.ActionDigestMail
		said.Mail = s.digestMail(d, a.Key, contact.Address)
	default:
		return bot.Action{}
	}
	return said
}

func roomOf(to string) string {
	if to == intake.ToDesk {
		return bot.RoomDesk
	}
	return to
}

func (s *Service) digestMail(d *digest, key, address string) *bot.Mail {
	written := s.letters.DigestMail(s.letters.Digest(d.lang, d.now, d.sections))
	return s.mail(bot.ActionDigest, intake.DateOf(d.now).String(), s.Sign(key), s.named(d.to, address, written), written)
}
