package desk

import (
	"context"
	"errors"
	"slices"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// Summary is one message that stands for many: for cards in a room, official letters first,
// then in order of arrival; for late reminders, by due date; or for messages waiting to be
// confirmed. Records that no longer exist are left out.
func (d *Desk) Summary(ctx context.Context, a bot.Action) (Page, error) {
	if a.Post != nil && a.Post.Identity == bot.AsidesToConfirm {
		return d.confirmSummary(ctx, a)
	}
	var records []*intake.Record
	for _, reference := range a.Records {
		rec, err := d.service.Store.Load(ctx, reference)
		if errors.Is(err, bot.ErrNotFound) {
			continue
		}
		if err != nil {
			return Page{}, err
		}
		records = append(records, rec)
	}
	w, title, why := d.posted(d.service.LanguageOf(a.Room)), "summary.title", "summary.why"
	if a.Post != nil && a.Post.Reminder == bot.LateReminders {
		w, title, why = d.posted(a.Post.Language), "summary.late", "summary.late_why"
		slices.SortStableFunc(records, byDue)
	} else {
		slices.SortStableFunc(records, func(a, b *intake.Record) int { return rank(a) - rank(b) })
	}
	page := Page{Title: w.say(title, phrases.Values{"count": len(records)})}
	page.Blocks = append(page.Blocks, Paragraph{Text: w.say(why)})
	for _, rec := range records {
		page.Blocks = append(page.Blocks, w.row(rec))
	}
	return page, nil
}

// rank orders official letters before other mail, and urgent ones before others. Confidential
// records have a fixed rank, so that it discloses nothing.
func rank(rec *intake.Record) int {
	place := 2
	if rec.Request == nil || rec.Confidential {
		return place
	}
	if rec.Request.Official {
		place = 0
	}
	if rec.Request.Urgency != intake.UrgencyUrgent {
		place++
	}
	return place
}

// Post is a message in the thread of a card, or to a person. For a confidential record it says
// only that there is something to open.
func (d *Desk) Post(ctx context.Context, a bot.Action) (Page, error) {
	if a.Post == nil {
		return Page{}, errors.New("the action has no post")
	}
	w, rec := d.posted(a.Post.Language), &intake.Record{Reference: a.Reference}
	if a.Reference != "" {
		var err error
		if rec, err = d.load(ctx, a.Reference); err != nil {
			return Page{}, err
		}
		if rec.Confidential {
			return w.confidentialNews(rec), nil
		}
	}
	headline := w.headline(ctx, rec, a.Post)
	page := Page{Notice: noticeOf(a.Reference, headline), Blocks: []Block{Paragraph{Text: headline, Strong: true}}}
	if a.Post.Title != "" && a.Post.What != "" {
		page.Blocks = append(page.Blocks, Fine{w.answered(ctx, a.Post)})
	}
	if a.Post.Body != "" {
		page.Blocks = append(page.Blocks, Quote{a.Post.Body})
	}
	if a.Post.Reminder != "" {
		reminded, err := w.reminded(ctx, rec, a)
		if err != nil {
			return Page{}, err
		}
		page.Blocks = append(page.Blocks, reminded...)
	}
	for _, section := range a.Post.Sections {
		page.Blocks = append(page.Blocks, w.section(section)...)
	}
	if a.Post.Identity != "" {
		page.Blocks = append(page.Blocks, w.asideButtons(a.Post.Identity, a.Reference, true))
	}
	return page, nil
}

// headline is the title of a post, or what happened to the record.
func (w pageWriter) headline(ctx context.Context, rec *intake.Record, p *bot.Post) string {
	if p.Title != "" {
		return p.Title
	}
	return w.happened(ctx, rec, intake.HistoryEntry{Actor: p.Actor, What: p.What, Detail: p.Detail})
}

// answered says who answered the question of a post, and how.
func (w pageWriter) answered(ctx context.Context, p *bot.Post) string {
	return w.say("answered."+p.What, phrases.Values{"actor": w.actor(ctx, p.Actor), "reference": p.Detail})
}

// section is a list of records within a post. Its lines contain only what everybody may see.
func (w pageWriter) section(s bot.PostSection) []Block {
	blocks := []Block{Paragraph{Text: s.Title, Strong: true}}
	for i, reference := range s.Records {
		open := Button{Label: w.say("button.open"), Press: Press{Name: PressOpen, Reference: reference}}
		blocks = append(blocks, Row{Title: s.Lines[i], Button: &open})
	}
	return blocks
}

// confidentialNews says that there is news about a confidential record.
func (w pageWriter) confidentialNews(rec *intake.Record) Page {
	text := w.say("card.closed_news", phrases.Values{"reference": rec.Reference})
	return Page{Blocks: []Block{
		Paragraph{Text: text},
		Buttons{Buttons: []Button{{Label: w.say("button.open"), Press: press(PressOpen, rec)}}},
	}}
}

// asideButtons ask what a message set aside is: part of the record it mentions, a request of
// its own, or neither. If there is no question to answer, it can still be made a request.
func (w pageWriter) asideButtons(identity, reference string, asked bool) Block {
	var row Buttons
	if reference != "" {
		row.Buttons = append(row.Buttons, Button{
			Label: w.say("button.join", phrases.Values{"reference": reference}), Press: Press{Name: PressJoin, Reference: reference, Value: identity},
		})
	}
	row.Buttons = append(row.Buttons, Button{Label: w.say("button.letter"), Press: Press{Name: PressAside, Value: identity}}, Button{
		Label: w.say("button.promote"), Press: Press{Name: PressPromote, Value: identity}, Confirm: w.say("confirm.promote"),
	})
	if asked {
		row.Buttons = append(row.Buttons, Button{
			Label: w.say("button.dismiss"), Press: Press{Name: PressDismiss, Reference: reference, Value: identity},
		})
	}
	return row
}
