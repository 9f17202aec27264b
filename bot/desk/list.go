package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// listLength is the number of records on a page of a list.
const listLength = 8

// A listing is a list at one of its pages. It is carried in the value of a press.
type listing struct {
	Words   string   `json:"w,omitempty"` // as typed; the query is parsed from them again
	Mine    bool     `json:"m,omitempty"`
	Open    bool     `json:"o,omitempty"`
	Overdue bool     `json:"d,omitempty"`
	Pages   []string `json:"p,omitempty"` // cursors of the pages so far, the current one last
}

// mostPages is how many pages back a list can be turned.
const mostPages = 12

func (l listing) at() string {
	if len(l.Pages) == 0 {
		return ""
	}
	return l.Pages[len(l.Pages)-1]
}

// value encodes a listing for a press.
func (l listing) value() string {
	raw, err := json.Marshal(l)
	if err != nil {
		panic(err) // a struct of strings can always be encoded
	}
	return string(raw)
}

func (l listing) next(cursor string) listing {
	pages := append(slices.Clone(l.Pages), cursor)
	l.Pages = pages[max(0, len(pages)-mostPages):]
	return l
}

func (l listing) previous() listing {
	l.Pages = l.Pages[:len(l.Pages)-1]
	return l
}

func listingIn(value string) (listing, error) {
	var l listing
	if err := json.Unmarshal([]byte(value), &l); err != nil {
		return l, fmt.Errorf("decode the state of a list: %w", err)
	}
	return l, nil
}

// turnPage replaces a page of a list with another.
func (d *Desk) turnPage(ctx context.Context, v interaction) (Answer, error) {
	l, err := listingIn(v.press.Value)
	if err != nil {
		return Answer{}, err
	}
	page, err := v.list(ctx, v.by, l, false)
	return Answer{Say: &page, Replace: true}, err
}

// sharePage posts a page of a list to the channel, without what the channel may not see.
func (d *Desk) sharePage(ctx context.Context, v interaction) (Answer, error) {
	l, err := listingIn(v.press.Value)
	if err != nil {
		return Answer{}, err
	}
	page, err := d.posted(phrases.English).list(ctx, v.by, l, true)
	return Answer{Say: &page, Shared: true}, err
}

// list is a page of a list: what the user may see or, if it is shared, what everybody may.
func (w pageWriter) list(ctx context.Context, by bot.Colleague, l listing, shared bool) (Page, error) {
	records, next, read, err := w.search(ctx, by, l)
	if err != nil {
		return Page{}, err
	}
	records = slices.DeleteFunc(records, func(rec *intake.Record) bool { return !bot.MaySee(by, rec) || shared && rec.Confidential })
	page := Page{Title: w.say("list.title", phrases.Values{"query": read})}
	for _, rec := range records {
		page.Blocks = append(page.Blocks, w.row(rec))
	}
	if len(records) == 0 {
		page.Blocks = append(page.Blocks, w.noneFound(l)...)
	}
	if shared {
		return page, nil
	}
	if row := w.turns(l, next, len(records)); len(row.Buttons) > 0 {
		page.Blocks = append(page.Blocks, row)
	}
	return page, nil
}

// noneFound says that a list is empty.
func (w pageWriter) noneFound(l listing) []Block {
	switch {
	case l.Overdue:
		return []Block{Paragraph{Text: w.say("list.none_overdue")}}
	case l.Mine && l.Words == "":
		return []Block{Paragraph{Text: w.say("list.none_mine")}}
	}
	return []Block{Paragraph{Text: w.say("list.none")}, Fine{w.say("list.try")}}
}

// turns are the buttons below a page of a list.
func (w pageWriter) turns(l listing, next string, shown int) Buttons {
	var row Buttons
	if len(l.Pages) > 0 {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.previous"), Press: Press{Name: PressList, Value: l.previous().value()}})
	}
	if next != "" {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.next"), Press: Press{Name: PressList, Value: l.next(next).value()}})
	}
	if shown > 0 {
		row.Buttons = append(row.Buttons, Button{Label: w.say("button.share"), Press: Press{Name: PressShare, Value: l.value()}})
	}
	return row
}

// search parses the words of a listing and finds its records. read describes in words what was
// understood.
func (w pageWriter) search(ctx context.Context, by bot.Colleague, l listing) (records []*intake.Record, next, read string, err error) {
	q := w.query(l.Words)
	if l.Overdue || q.overdue {
		q.overdue = true
		records, next, err = w.overduePage(ctx, by, q, l.at())
		return records, next, w.describedOverdue(by, q), err
	}
	q.Open = q.Open || l.Open && q.Status == ""
	if l.Mine || q.mine {
		records, err = w.mine(ctx, by, q.Query)
		return records, "", w.say("list.mine"), err
	}
	q.Limit, q.Cursor = listLength, l.at()
	records, next, err = w.service.Store.List(ctx, q.Query)
	if err != nil {
		return nil, "", "", fmt.Errorf("list records: %w", err)
	}
	return records, next, w.described(q), nil
}

// mineShown is the maximum number of own records listed.
const mineShown = 30

// mine are the open records of the posts and divisions of a colleague, by due date.
func (w pageWriter) mine(ctx context.Context, by bot.Colleague, q bot.Query) ([]*intake.Record, error) {
	var all []*intake.Record
	for _, post := range by.Posts {
		q.Owner, q.Open, q.Limit, q.Cursor = post, true, mineShown, ""
		records, _, err := w.service.Store.List(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("list the records of %s: %w", post, err)
		}
		all = append(all, records...)
	}
	slices.SortStableFunc(all, byDue)
	return all[:min(len(all), mineShown)], nil
}

// byDue orders by due date; records with nothing due come last.
func byDue(a, b *intake.Record) int {
	x, dueA := bot.NextDue(a)
	y, dueB := bot.NextDue(b)
	switch {
	case dueA && dueB:
		return x.At.Compare(y.At)
	case dueA:
		return -1
	case dueB:
		return 1
	}
	return b.ReceivedAt.Compare(a.ReceivedAt)
}
