package slackio

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/bot/desk"
)

// drawAnew shows what an earlier action said as it is to be seen now, in its place.
// Where that has gone there is nothing left to do.
func (m *Mouth) drawAnew(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	place, err := m.saidAt(ctx, a)
	if err != nil {
		return bot.CardPlace{}, err
	}
	page, mark, err := m.pageAnew(ctx, a, place)
	if err != nil {
		return bot.CardPlace{}, err
	}
	err = m.redraw(ctx, letter{channel: place.Channel, page: page, mark: mark}, place.TS)
	if says(err, "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived") {
		return bot.CardPlace{}, bot.Nothing{Reason: "the message is gone, or Slack does not let it be changed any more"}
	}
	return place, err
}

// pageAnew is what is to be seen now, and the mark that stays on the message.
func (m *Mouth) pageAnew(ctx context.Context, a bot.Action, place bot.CardPlace) (desk.Page, mark, error) {
	if a.Post != nil {
		page, err := m.Desk.Post(ctx, a)
		if err != nil {
			return desk.Page{}, mark{}, fmt.Errorf("make %s: %w", a.Key, err)
		}
		return page, m.keyMark(bot.Action{Kind: bot.ActionPost, Key: a.Source}), nil
	}
	stands, err := m.message(ctx, place)
	if err != nil {
		return desk.Page{}, mark{}, err
	}
	records, _ := stands.Metadata.EventPayload["records"].(string)
	if records == "" {
		return desk.Page{}, mark{}, bot.Nothing{Reason: "the message is no summary of ours"}
	}
	key, _ := stands.Metadata.EventPayload["key"].(string)
	summary := bot.Action{Kind: bot.ActionSummary, Key: key, Records: strings.Fields(records)}
	page, err := m.Desk.Summary(ctx, summary.Records)
	if err != nil {
		return desk.Page{}, mark{}, fmt.Errorf("make %s: %w", a.Key, err)
	}
	return page, m.keyMark(summary), nil
}

// saidAt is where the message of an earlier action stands: as was noted, or by its
// mark.
func (m *Mouth) saidAt(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	for _, place := range a.Places {
		channel, ts, _ := strings.Cut(place, "/")
		return bot.CardPlace{Channel: channel, TS: ts}, nil
	}
	card, err := m.standing(ctx, a)
	if err != nil {
		return bot.CardPlace{}, err
	}
	place, err := m.find(ctx, card.Channel, card.TS, m.keyMark(bot.Action{Kind: bot.ActionPost, Key: a.Source}))
	if err == nil && place.TS == "" {
		err = bot.Nothing{Reason: "it was not said"}
	}
	return place, err
}

// message is the one that stands at a place.
func (m *Mouth) message(ctx context.Context, place bot.CardPlace) (slack.Message, error) {
	r, err := m.Workspace.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: place.Channel, Latest: place.TS, Inclusive: true, Limit: 1, IncludeAllMetadata: true,
	})
	if err != nil {
		return slack.Message{}, judged("look at a message in "+place.Channel, err)
	}
	if len(r.Messages) == 0 || r.Messages[0].Timestamp != place.TS {
		return slack.Message{}, bot.Nothing{Reason: "the message is gone"}
	}
	return r.Messages[0], nil
}
