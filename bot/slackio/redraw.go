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

// drawAnew shows what an earlier action said as it is to be seen now, in its place.
// Where that has gone there is nothing left to do.
func (m *Mouth) drawAnew(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	place, err := m.saidAt(ctx, a)
	if err != nil {
		return bot.CardPlace{}, err
	}
	page, mark, err := m.pageAnew(ctx, a, place)
	if err != nil {
		return bot.CardPlace{}, fmt.Errorf("make %s: %w", a.Key, err)
	}
	err = m.redraw(ctx, letter{channel: place.Channel, page: page, mark: mark}, place.TS)
	if says(err, "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived") {
		return bot.CardPlace{}, bot.Nothing{Reason: "the message is gone, or Slack does not let it be changed any more"}
	}
	return place, err
}

// pageAnew is what is to be seen now, and the mark that stays on the message. What an
// action was to say may stand in a summary with what others were to say.
func (m *Mouth) pageAnew(ctx context.Context, a bot.Action, place bot.CardPlace) (desk.Page, mark, error) {
	if a.Post == nil || a.Post.Reminder != "" || asks(a.Post) || answers(a.Post) {
		summary, err := m.summaryAt(ctx, place)
		if err != nil {
			return desk.Page{}, mark{}, err
		}
		if summary.Records != nil {
			page, err := m.Desk.Summary(ctx, summary)
			return page, m.keyMark(summary), err
		}
	}
	if a.Post == nil {
		return desk.Page{}, mark{}, bot.Nothing{Reason: "the message is gone, or is no summary of ours"}
	}
	page, err := m.Desk.Post(ctx, a)
	return page, m.keyMark(bot.Action{Kind: bot.ActionPost, Key: a.Source}), err
}

// summaryAt is the action whose summary stands at a place; without records where none
// does.
func (m *Mouth) summaryAt(ctx context.Context, place bot.CardPlace) (bot.Action, error) {
	r, err := m.Workspace.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: place.Channel, Latest: place.TS, Inclusive: true, Limit: 1, IncludeAllMetadata: true,
	})
	if err != nil {
		return bot.Action{}, judged("look at a message in "+place.Channel, err)
	}
	a := bot.Action{Kind: bot.ActionSummary}
	if len(r.Messages) == 0 || r.Messages[0].Timestamp != place.TS { // it is gone, or stands in a thread
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

// saidAt is where the message of an earlier action stands: as was noted, or by its
// mark.
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
		card.TS = "" // the channel has it, wherever it stands
	}
	place, err := m.find(ctx, card.Channel, card.TS, m.keyMark(bot.Action{Kind: bot.ActionPost, Key: a.Source}))
	if err == nil && place.TS == "" {
		err = bot.Nothing{Reason: "it was not said"}
	}
	return place, err
}
