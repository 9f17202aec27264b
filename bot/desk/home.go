package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
	"verbale/routing"
)

const (
	shownAtHome  = 10 // records per section
	shownParked  = 5
	lookedAtHome = 40
)

// Home is the home page of a colleague, according to their roles.
func (d *Desk) Home(ctx context.Context, by bot.Colleague) (Page, error) {
	w := d.in(by.Language)
	page := Page{Title: w.say("home.title")}
	if len(by.Roles) == 0 {
		page.Blocks = []Block{Paragraph{Text: w.say("refused.stranger")}}
		return page, nil
	}
	page.Blocks = []Block{w.homeButtons(by)}
	desk, above := by.Has(routing.RoleTriage, routing.RoleAdmin), shownRecords{}
	for _, part := range []struct {
		shown bool
		write func(context.Context, bot.Colleague) ([]Block, error)
	}{
		{desk, w.homeConfirm},
		{desk || len(by.Posts) > 0, above.noted(w.homeDue)},
		{len(by.Posts) > 0, above.homeMine(w)},
		{desk, w.homeQueue},
		{desk, w.homeAsks},
		{desk, w.homeAside},
		{!desk && len(by.Posts) == 0, w.homeLatest},
		{by.Has(routing.RoleAdmin), w.homeOffice},
	} {
		if !part.shown {
			continue
		}
		blocks, err := part.write(ctx, by)
		if err != nil {
			return Page{}, err
		}
		if len(blocks) > 0 {
			page.Blocks = append(append(page.Blocks, Rule{}), blocks...)
		}
	}
	return page, nil
}

func (w pageWriter) homeButtons(by bot.Colleague) Block {
	row := Buttons{Buttons: []Button{{Label: w.say("button.help"), Press: Press{Name: PressCommand, Value: w.nameOf("help")}}}}
	if bot.May(by, nil, bot.EnterRequest{}) {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.new"), Press: Press{Name: PressNew}})
	}
	if len(w.postsOf(by)) > 0 {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.away"), Press: Press{Name: PressAway}})
	}
	return row
}

// homeSection is a titled list of records, limited to shownAtHome.
func (w pageWriter) homeSection(key string, by bot.Colleague, records []*intake.Record) []Block {
	return w.homeRest(key, by, records, nil)
}

// homeRest is homeSection without the records already shown above, which it only counts.
func (w pageWriter) homeRest(key string, by bot.Colleague, records []*intake.Record, above shownRecords) []Block {
	records = slices.DeleteFunc(records, func(rec *intake.Record) bool { return !bot.MaySee(by, rec) })
	blocks := []Block{Paragraph{Text: w.say(key, phrases.Values{"count": len(records)}), Strong: true}}
	if len(records) == 0 {
		return append(blocks, Fine{w.say("home.nothing")})
	}
	rest := slices.DeleteFunc(slices.Clone(records), func(rec *intake.Record) bool { return above[rec.Reference] })
	for _, rec := range rest[:min(len(rest), shownAtHome)] {
		blocks = append(blocks, w.row(rec))
	}
	if n := len(records) - len(rest); n > 0 {
		blocks = append(blocks, Fine{w.say("home.above", phrases.Values{"count": n})})
	}
	return append(blocks, w.unshown(len(rest), shownAtHome)...)
}

// homeQueue lists the records that await a decision of the desk, by due date.
func (w pageWriter) homeQueue(ctx context.Context, by bot.Colleague) ([]Block, error) {
	var queue []*intake.Record
	for _, status := range []intake.Status{intake.StatusNeedsReading, intake.StatusNeedsTriage} {
		records, err := w.records(ctx, bot.Query{Status: status})
		if err != nil {
			return nil, err
		}
		queue = append(queue, records...)
	}
	slices.SortStableFunc(queue, byDue)
	return w.homeSection("home.queue", by, queue), nil
}

// homeAsks lists the records with a question to the desk that are not in its queue.
func (w pageWriter) homeAsks(ctx context.Context, by bot.Colleague) ([]Block, error) {
	records, err := w.records(ctx, bot.Query{Asks: true, Open: true})
	if err != nil {
		return nil, err
	}
	records = slices.DeleteFunc(records, func(rec *intake.Record) bool {
		return rec.Status == intake.StatusNeedsTriage || rec.Status == intake.StatusNeedsReading
	})
	return w.homeSection("home.asks", by, records), nil
}

func (w pageWriter) homeLatest(ctx context.Context, by bot.Colleague) ([]Block, error) {
	records, err := w.records(ctx, bot.Query{Open: true})
	return w.homeSection("home.latest", by, records), err
}

func (w pageWriter) records(ctx context.Context, q bot.Query) ([]*intake.Record, error) {
	q.Limit = lookedAtHome
	records, _, err := w.service.Store.List(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("list records for a home page: %w", err)
	}
	return records, nil
}

// homeOffice is the state of the office: whether sending mail is enabled, failed actions,
// absences, and the number of open records of each owner.
func (w pageWriter) homeOffice(ctx context.Context, _ bot.Colleague) ([]Block, error) {
	sending := "home.sending_off"
	if w.service.Office.Send {
		sending = "home.sending_on"
	}
	blocks := []Block{Paragraph{Text: w.say("home.office"), Strong: true}, Paragraph{Text: w.say(sending)}}
	open, err := w.service.Store.OpenByOwner(ctx)
	if err != nil {
		return nil, fmt.Errorf("count open records: %w", err)
	}
	var facts []Fact
	for _, id := range slices.Sorted(maps.Keys(open)) {
		if open[id] > 0 {
			facts = append(facts, Fact{w.holder(id), w.say("home.open", phrases.Values{"count": open[id]})})
		}
	}
	if len(facts) > 0 {
		blocks = append(blocks, Facts{facts})
	}
	away, err := w.homeAway(ctx)
	if err != nil {
		return nil, err
	}
	parked, err := w.homeParked(ctx)
	return append(append(blocks, away...), parked...), err
}

func (w pageWriter) homeAway(ctx context.Context) ([]Block, error) {
	leaves, err := w.leaves(ctx)
	var blocks []Block
	for _, leave := range leaves {
		blocks = append(blocks, Paragraph{Text: w.away(leave)})
	}
	return blocks, err
}

// homeParked lists the actions that were given up. The errors themselves are in the operator's
// log.
func (w pageWriter) homeParked(ctx context.Context) ([]Block, error) {
	if w.parked == nil {
		return nil, nil
	}
	parked, err := w.parked.Parked(ctx, shownParked)
	if err != nil {
		return nil, fmt.Errorf("list what was given up: %w", err)
	}
	if len(parked) == 0 {
		return []Block{Fine{w.say("home.parked_none")}}, nil
	}
	blocks := []Block{Paragraph{Text: w.say("home.parked")}}
	for _, a := range parked {
		row := Row{Title: joined(" · ", w.named("action.", string(a.Kind)), a.Reference), Detail: w.moment(a.Due)}
		if a.Reference != "" {
			row.Button = &Button{Label: w.say("button.open"), Press: Press{Name: PressOpen, Reference: a.Reference}}
		}
		blocks = append(blocks, row)
	}
	return blocks, nil
}
