package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
	"verbale/routing"
)

// mostPagesRead limits how many pages are read to fill one, if few records match a query.
const mostPagesRead = 5

// overduePage is a page of the overdue records that a colleague may see and that match a
// query, the longest overdue first. It includes closed records whose results are still owed.
func (w pageWriter) overduePage(ctx context.Context, by bot.Colleague, q query, cursor string) (page []*intake.Record, next string, err error) {
	owners := ofConcern(by, q.Owner)
	q.Cursor = cursor
	for range mostPagesRead {
		q.Limit = listLength - len(page)
		records, next, err := w.agenda.Owed(ctx, owners, w.service.Now(), q.Query)
		if err != nil {
			return nil, "", fmt.Errorf("list what is overdue: %w", err)
		}
		page = append(page, slices.DeleteFunc(records, func(rec *intake.Record) bool {
			return !bot.MaySee(by, rec) || owners[0] != bot.DueAtAll && !slices.Contains(owners, rec.Owner)
		})...)
		if q.Cursor = next; next == "" || len(page) == listLength {
			break
		}
	}
	return page, q.Cursor, nil
}

// ofConcern are the owners whose due records a colleague is shown: the one asked for; all ("")
// for the desk and for users without a post; their own posts for all others.
func ofConcern(by bot.Colleague, owner string) []string {
	if owner != "" {
		return []string{owner}
	}
	if len(by.Posts) == 0 || by.Has(routing.RoleTriage, routing.RoleAdmin) {
		return []string{""}
	}
	return by.Posts
}

// homeDue lists what is overdue and what is due within a week, as far as it concerns a
// colleague, and the reminders they asked for. Empty sections are left out.
func (w pageWriter) homeDue(ctx context.Context, by bot.Colleague) ([]Block, error) {
	now := w.service.Now()
	overdue, err := w.dueSection(ctx, "home.overdue", by, time.Time{}, now)
	if err != nil {
		return nil, err
	}
	week, err := w.dueSection(ctx, "home.week", by, now, now.AddDate(0, 0, 7))
	if err != nil {
		return nil, err
	}
	own, err := w.ownReminders(ctx, by)
	return slices.Concat(overdue, week, own), err
}

// dueSection lists what is due within a period, more briefly than other lists; it is empty if
// nothing is. Only the records shown are loaded.
func (w pageWriter) dueSection(ctx context.Context, key string, by bot.Colleague, from, until time.Time) ([]Block, error) {
	var due []*intake.Record
	count := 0
	for _, whose := range ofConcern(by, "") {
		references, n, err := w.agenda.Due(ctx, whose, from, until, shownAtHome)
		if err != nil {
			return nil, fmt.Errorf("ask what is due for a home page: %w", err)
		}
		records, err := w.noted(ctx, references, func(rec *intake.Record) bool {
			step, due := bot.NextDue(rec)
			return due && step.At.Unix() >= from.Unix() && step.At.Unix() < until.Unix() && (whose == bot.DueAtAll || rec.Owner == whose) && bot.MaySee(by, rec)
		})
		if err != nil {
			return nil, err
		}
		due, count = append(due, records...), count+n-(len(references)-len(records))
	}
	if len(due) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(due, byDue)
	blocks := []Block{Paragraph{Text: w.say(key, phrases.Values{"count": count}), Strong: true}}
	for _, rec := range due[:min(len(due), shownAtHome)] {
		row := w.row(rec)
		row.Detail = joined(" · ", w.holder(rec.Owner), w.next(rec))
		blocks = append(blocks, row)
	}
	return append(blocks, w.unshown(count, min(len(due), shownAtHome))...), nil
}

// noted loads the records named by the agenda, without duplicates. If a record has changed
// since, it corrects the agenda.
func (w pageWriter) noted(ctx context.Context, references []string, still func(*intake.Record) bool) (records []*intake.Record, err error) {
	slices.Sort(references)
	for _, reference := range slices.Compact(references) {
		rec, err := w.service.Store.Load(ctx, reference)
		switch {
		case errors.Is(err, bot.ErrNotFound):
			err = w.agenda.SetDue(ctx, reference, nil)
		case err != nil:
		case still(rec):
			records = append(records, rec)
		default:
			err = w.agenda.SetDue(ctx, reference, bot.Appointments(rec))
		}
		if err != nil {
			return nil, fmt.Errorf("load what is due for a home page: %w", err)
		}
	}
	return records, nil
}

// ownReminders lists the reminders that a colleague asked for, in order of time.
func (w pageWriter) ownReminders(ctx context.Context, by bot.Colleague) ([]Block, error) {
	references, count, err := w.agenda.Due(ctx, bot.OwnReminders(by.ID), time.Time{}, time.Time{}, shownAtHome)
	if err != nil {
		return nil, fmt.Errorf("ask for a colleague's own reminders: %w", err)
	}
	records, err := w.noted(ctx, references, func(rec *intake.Record) bool { return bot.MaySee(by, rec) && len(ownOn(rec, by)) > 0 })
	if err != nil || len(records) == 0 {
		return nil, err
	}
	type own struct {
		intake.Reminder
		rec *intake.Record
	}
	var all []own
	for _, rec := range records {
		for _, r := range ownOn(rec, by) {
			all = append(all, own{r, rec})
		}
	}
	slices.SortStableFunc(all, func(a, b own) int { return a.At.Compare(b.At) })
	blocks := []Block{Paragraph{Text: w.say("home.own", phrases.Values{"count": max(count, len(all))}), Strong: true}}
	for _, o := range all[:min(len(all), shownAtHome)] {
		follow := w.button(PressFollowUp, o.rec, StylePlain)
		blocks = append(blocks, Row{
			Title: joined(": ", w.moment(o.At), oneLine(o.Text)), Detail: joined(" · ", o.rec.Reference, w.title(o.rec)), Button: &follow,
		})
	}
	return append(blocks, w.unshown(max(count, len(all)), min(len(all), shownAtHome))...), nil
}

// ownOn are the reminders of a record that a colleague asked for.
func ownOn(rec *intake.Record, by bot.Colleague) []intake.Reminder {
	return slices.DeleteFunc(slices.Clone(rec.FollowUp.Own), func(r intake.Reminder) bool { return r.By != by.ID || r.Step != intake.StepOwn })
}
