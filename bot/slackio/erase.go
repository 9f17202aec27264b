package slackio

import (
	"context"
	"strings"

	"verbale/bot"
	"verbale/bot/desk"
	"verbale/internal/phrases"
)

// erase replaces messages whose content has been erased with a note. A message that is gone,
// or that Slack no longer lets us change, does not stop the others.
func (m *Mouth) erase(ctx context.Context, a bot.Action) (bot.CardPlace, error) {
	page := desk.Page{Blocks: []desk.Block{desk.Fine{Text: Drawer{Language: phrases.English}.say("slack.forgotten")}}}
	var last bot.CardPlace
	for _, place := range a.Places {
		channel, ts, _ := strings.Cut(place, "/")
		last = bot.CardPlace{Channel: channel, TS: ts}
		err := m.redraw(ctx, outgoing{channel: channel, page: page, tag: m.keyTag(a)}, ts)
		if says(err, "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived") {
			m.Log.Warn("a message cannot be erased in Slack", "reference", a.Reference, "message", place, "error", err)
			continue
		}
		if err != nil {
			return bot.CardPlace{}, err
		}
	}
	return last, nil
}
