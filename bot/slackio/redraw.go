package slackio

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/phrases"
)

// drawAnew redraws the message of an earlier action in its current form, in place. If the
// message is gone, there is nothing left to do.
func (m *Mouth) drawAnew(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	place, err := m.saidAt(ctx, a)
	if err != nil {
		return bot.CardPlace{}, err
	}
	page, mark, err := m.pageAnew(ctx, a, place)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("make %s: %w", a.Key, err)
	}
	err = m.redraw(ctx, outgoing{channel: place.Channel, page: page, tag: mark}, place.TS)
	if says(err, "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived") {
		return bot.CardPlace{}, bot.NothingToDo{Reason: "the message is gone, or Slack does not let it be changed any more"}
	}
	return place, err
}

// pageAnew is the current content of a message, and the mark that it keeps. What the action
// posted may be part of a summary together with other actions.
func (m *Mouth) pageAnew(ctx context.Context, a bot.Action, place bot.CardPlace) (desk.Page, messageTag, error) {
	if a.Post == nil || a.Post.Reminder != "" || asks(a.Post) || answers(a.Post) {
		summary, err := m.summaryAt(ctx, place)
		if err != nil {
			return desk.Page{}, messageTag{}, err
		}
		if summary.Records != nil {
			page, err := m.Desk.Summary(ctx, summary)
			return page, m.keyTag(summary), err
		}
	}
	if a.Post == nil {
		return desk.Page{}, messageTag{}, bot.NothingToDo{Reason: "the message is gone, or is no summary of ours"}
	}
	page, err := m.Desk.Post(ctx, a)
	return page, m.keyTag(bot.Action{Kind: bot.ActionPost, Key: a.Source}), err
}

// summaryAt returns the action whose summary was posted at a place, or one without records if
// there is no summary.
func (m *Mouth) summaryAt(ctx context.Context, place bot.CardPlace) (bot.Action, error) {
	r, err := m.Workspace.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: place.Channel, Latest: place.TS, Inclusive: true, Limit: 1, IncludeAllMetadata: true,
	})
	if err != nil {
		return bot.Action{}, judged("look at a message in "+place.Channel, err)
	}
	a := bot.Action{Kind: bot.ActionSummary}
	if len(r.Messages) == 0 || r.Messages[0].Timestamp != place.TS { // it was deleted, or is in a thread
		return a, nil
	}
	told := func(name string) string {
		text, _ := r.Messages[0].Metadata.EventPayload[name].(string)
		return text
	}
	if a.Key = told("key"); told("records") != "" {
		a.Records = strings.Fields(told("records"))
	}
	if lang := told(ofLate); lang != "" {
		a.Post = &bot.Post{Reminder: bot.LateReminders, Language: lang}
	}
	if marks := told(ofConfirm); marks != "" {
		a.Post = &bot.Post{Identity: bot.AsidesToConfirm, Detail: marks, Language: phrases.English}
	}
	return a, nil
}

// answers reports whether a post shows the answer to its question.
func answers(p *bot.Post) bool { return p.Title != "" && p.What != "" }

// saidAt is the place of the message of an earlier action: as stored, or found by its mark.
func (m *Mouth) saidAt(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	for _, place := range a.Places {
		channel, ts, _ := strings.Cut(place, "/")
		return bot.CardPlace{Channel: channel, TS: ts}, nil
	}
	card, err := m.drawn(ctx, a)
	if err != nil {
		return bot.CardPlace{}, err
	}
	if asks(a.Post) || a.Post != nil && answers(a.Post) {
		card.TS = "" // it was also sent to the channel and is found there
	}
	place, err := m.find(ctx, card.Channel, card.TS, m.keyTag(bot.Action{Kind: bot.ActionPost, Key: a.Source}))
	if err == nil && place.TS == "" {
		err = bot.NothingToDo{Reason: "it was not said"}
	}
	return place, err
}
