package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
	"verbale/routing"
)

const (
	onePage  = 1000 // records that are asked for at once
	mostRead = 5 * onePage
)

// overdue are the records on which something is overdue, what is longest so
// first: those that a colleague may see and that fit a query, closed ones whose
// results are owed among them.
func (w voice) overdue(ctx context.Context, by bot.Colleague, q bot.Query) ([]*intake.Record, error) {
	var found []*intake.Record
	for _, owner := range ofConcern(by, q.Owner) {
		open, closed := q, q
		open.Owner, closed.Owner = owner, owner
		open.Open, closed.Status = true, intake.StatusClosed
		for _, one := range []bot.Query{open, closed} {
			if q.Status != "" && one.Status != q.Status {
				continue
			}
			records, err := w.every(ctx, one)
			if err != nil {
				return nil, err
			}
			found = append(found, records...)
		}
	}
	found = slices.DeleteFunc(found, func(rec *intake.Record) bool {
		_, late := w.late(rec)
		return late == 0 || !bot.MaySee(by, rec)
	})
	slices.SortStableFunc(found, byDue)
	return found, nil
}

// ofConcern are the owners of whose records a colleague is shown what is due: the
// one that is asked for, all ("") to the desk and to who holds no post, their own
// to all others.
func ofConcern(by bot.Colleague, owner string) []string {
	if owner != "" {
		return []string{owner}
	}
	if len(by.Posts) == 0 || by.Has(routing.RoleTriage, routing.RoleAdmin) {
		return []string{""}
	}
	return by.Posts
}

// every lists all records of a query, up to mostRead.
func (w voice) every(ctx context.Context, q bot.Query) ([]*intake.Record, error) {
	var all []*intake.Record
	for q.Limit = onePage; len(all) < mostRead; {
		records, next, err := w.service.Store.List(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("list records for what is due: %w", err)
		}
		if all = append(all, records...); next == "" {
			break
		}
		q.Cursor = next
	}
	return all, nil
}

// overduePage is a page of what is overdue; its cursors count records.
func (w voice) overduePage(ctx context.Context, by bot.Colleague, q query, cursor string) (records []*intake.Record, next string, err error) {
	records, err = w.overdue(ctx, by, q.Query)
	if err != nil {
		return nil, "", err
	}
	from := 0
	if cursor != "" {
		if from, err = strconv.Atoi(cursor); err != nil {
			return nil, "", fmt.Errorf("read at which page a list is: %w", err)
		}
	}
	records = records[min(max(0, from), len(records)):]
	if len(records) > listLength {
		return records[:listLength], strconv.Itoa(from + listLength), nil
	}
	return records, "", nil
}

// homeDue are what is overdue and what is due within a week, as far as it
// concerns a colleague, and the reminders that they asked for. What is empty is
// left out.
func (w voice) homeDue(ctx context.Context, by bot.Colleague) ([]Block, error) {
	open, err := w.every(ctx, bot.Query{Open: true})
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(rec *intake.Record) bool { return !bot.MaySee(by, rec) })
	slices.SortStableFunc(open, byDue)
	var overdue, week []*intake.Record
	for _, rec := range open {
		step, due := nextDue(rec)
		switch owners := ofConcern(by, ""); {
		case !due || owners[0] != "" && !slices.Contains(owners, rec.Owner):
		case step.At.Before(w.service.Now()):
			overdue = append(overdue, rec)
		case step.At.Before(w.service.Now().AddDate(0, 0, 7)):
			week = append(week, rec)
		}
	}
	return slices.Concat(w.dueSection("home.overdue", overdue), w.dueSection("home.week", week), w.ownReminders(by, open)), nil
}

// dueSection lists what is due, in fewer words than a list; nothing where nothing
// is.
func (w voice) dueSection(key string, records []*intake.Record) []Block {
	if len(records) == 0 {
		return nil
	}
	blocks := []Block{Paragraph{Text: w.say(key, phrases.Values{"count": len(records)}), Strong: true}}
	for _, rec := range records[:min(len(records), shownAtHome)] {
		row := w.row(rec)
		row.Detail = joined(" · ", w.holder(rec.Owner), w.next(rec))
		blocks = append(blocks, row)
	}
	return blocks
}

// ownReminders are those that a colleague asked for, the first at the top.
func (w voice) ownReminders(by bot.Colleague, open []*intake.Record) []Block {
	type own struct {
		at  time.Time
		row Row
	}
	var all []own
	for _, rec := range open {
		for _, r := range rec.FollowUp.Own {
			if r.By != by.ID || r.Step != intake.StepOwn {
				continue
			}
			follow := w.button(PressFollowUp, rec, StylePlain)
			all = append(all, own{r.At, Row{
				Title: joined(": ", w.moment(r.At), oneLine(r.Text)), Detail: joined(" · ", rec.Reference, w.title(rec)), Button: &follow,
			}})
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b own) int { return a.at.Compare(b.at) })
	blocks := []Block{Paragraph{Text: w.say("home.own", phrases.Values{"count": len(all)}), Strong: true}}
	for _, o := range all[:min(len(all), shownAtHome)] {
		blocks = append(blocks, o.row)
	}
	return blocks
}
