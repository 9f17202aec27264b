package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

const (
	shownAside   = 8
	shownConfirm = 5   // messages waiting to be confirmed
	lookedAside  = 100 // messages set aside that are read at once
)

// homeConfirm lists the messages for which the desk is asked whether they belong to a record;
// it is empty if there are none.
func (w pageWriter) homeConfirm(ctx context.Context, _ bot.Colleague) ([]Block, error) {
	count, err := w.service.Store.CountToConfirm(ctx)
	if err != nil {
		return nil, fmt.Errorf("count messages to be confirmed: %w", err)
	}
	waiting, _, err := w.service.Store.ToConfirm(ctx, shownConfirm, "")
	if err != nil {
		return nil, fmt.Errorf("list messages to be confirmed: %w", err)
	}
	if len(waiting) == 0 {
		return nil, nil
	}
	blocks := []Block{Paragraph{Text: w.say("home.confirm", phrases.Values{"count": count}), Strong: true}}
	for _, m := range waiting {
		blocks = append(blocks, w.asideRow(m), w.asideButtons(m.Identity, m.Reference, true))
	}
	return append(blocks, w.unshown(count, shownConfirm)...), nil
}

// unshown says how many entries of a list are not shown; it is empty if all are.
func (w pageWriter) unshown(count, shown int) []Block {
	if count <= shown {
		return nil
	}
	return []Block{Fine{w.say("home.unshown", phrases.Values{"count": count - shown})}}
}

// askedAbout are the messages to be confirmed that have one of the given marks, oldest first.
func (w pageWriter) askedAbout(ctx context.Context, marks []string) (waiting []intake.SetAside, err error) {
	for cursor, ended := "", false; !ended && len(waiting) < len(marks); ended = cursor == "" {
		var page []intake.SetAside
		if page, cursor, err = w.service.Store.ToConfirm(ctx, lookedAside, cursor); err != nil {
			return nil, fmt.Errorf("list messages to be confirmed: %w", err)
		}
		for _, m := range page {
			if slices.Contains(marks, bot.MarkOfAside(bot.NameOfAside(m.Origin))) {
				waiting = append(waiting, m)
			}
		}
	}
	return waiting, nil
}

// confirmSummary is one message to the channel about several messages still waiting to be
// confirmed, oldest first. It shows neither content nor sender, since some may be
// confidential.
func (d *Desk) confirmSummary(ctx context.Context, a bot.Action) (Page, error) {
	w := d.in(a.Post.Language)
	waiting, err := w.askedAbout(ctx, strings.Fields(a.Post.Detail))
	if err != nil {
		return Page{}, err
	}
	if len(waiting) == 0 {
		return Page{Blocks: []Block{Paragraph{Text: w.say("summary.confirmed")}}}, nil
	}
	page := Page{Title: w.say("summary.confirm", phrases.Values{"count": len(waiting)}), Blocks: []Block{Paragraph{Text: w.say("summary.confirm_why")}}}
	for _, m := range waiting[:min(len(waiting), shownConfirm)] {
		page.Blocks = append(page.Blocks, Row{Title: w.remark(m.KindReason), Detail: w.moment(m.ReceivedAt)}, w.asideButtons(m.Identity, m.Reference, true))
	}
	page.Blocks = append(page.Blocks, w.unshown(len(waiting), shownConfirm)...)
	return page, nil
}

// homeAside lists the latest messages set aside, with the actions for them. Messages
// apparently written by people come before the many automatic ones. Those waiting to be
// confirmed are listed elsewhere.
func (w pageWriter) homeAside(ctx context.Context, _ bot.Colleague) ([]Block, error) {
	aside, _, err := w.service.Store.SetAside(ctx, lookedAside, "")
	if err != nil {
		return nil, fmt.Errorf("list messages set aside: %w", err)
	}
	aside = slices.DeleteFunc(slices.Clone(aside), bot.AsksToJoin)
	slices.SortStableFunc(aside, func(a, b intake.SetAside) int { return cmp.Compare(ofMachine(a), ofMachine(b)) })
	blocks := []Block{Paragraph{Text: w.say("home.aside"), Strong: true}}
	for _, m := range aside[:min(len(aside), shownAside)] {
		blocks = append(blocks, w.asideRow(m), w.asideButtons(m.Identity, referenceOf(m), len(m.Doubts) > 0))
	}
	if len(aside) == 0 {
		blocks = append(blocks, Fine{w.say("home.nothing")})
	}
	return append(blocks, w.unshown(len(aside), shownAside)...), nil
}

// ofMachine is 1 for a message that was apparently generated automatically or sent in bulk,
// else 0.
func ofMachine(m intake.SetAside) int {
	if slices.Contains([]intake.Kind{intake.KindBounce, intake.KindAutoReply, intake.KindSpam}, m.Kind) {
		return 1
	}
	return 0
}

// asideRow shows a message that was set aside.
func (w pageWriter) asideRow(m intake.SetAside) Row {
	return Row{
		Title:  joined(" · ", mailbox(m.Origin.From), cut(oneLine(m.Origin.Subject), shownTitle)),
		Detail: joined(" · ", w.named("kind.", string(m.Kind)), cut(oneLine(w.remark(m.KindReason)), shownReason), w.moment(m.ReceivedAt)),
	}
}

// referenceOf is the record to which a message set aside may belong; "" if there is no
// question to answer.
func referenceOf(m intake.SetAside) string {
	if len(m.Doubts) == 0 {
		return ""
	}
	return m.Reference
}
