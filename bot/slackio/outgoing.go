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

// An outgoing is a Slack message to be posted or updated.
type outgoing struct {
	channel string
	thread  string
	wide    bool // a threaded message that is also sent to the channel
	page    desk.Page
	tag     messageTag
}

// A messageTag identifies our messages in a conversation. It is stored in the message's metadata,
// which users do not see (docs.slack.dev/messaging/message-metadata).
type messageTag struct {
	Type    string
	Payload map[string]string
}

func (m *Mouth) cardTag(a bot.Action) messageTag {
	return messageTag{"verbale_card", map[string]string{"office": m.Office, "reference": a.Reference, "room": roomOf(a)}}
}

func (m *Mouth) keyTag(a bot.Action) messageTag {
	payload := map[string]string{"office": m.Office, "key": a.Key}
	if len(a.Records) > 0 { // of a summary; needed to redraw it
		payload["records"] = strings.Join(a.Records, " ")
		switch {
		case a.Post == nil:
		case a.Post.Identity == bot.AsidesToConfirm:
			payload[ofConfirm] = a.Post.Detail
		default:
			payload[ofLate] = a.Post.Language
		}
	}
	return messageTag{"verbale_" + string(a.Kind), payload}
}

// What a summary stands for besides cards, as named in its mark: late reminders (value:
// language), and messages to be confirmed (value: their marks).
const (
	ofLate    = "late"
	ofConfirm = "confirm"
)

func (k messageTag) metadata() slack.SlackMetadata {
	payload := map[string]any{}
	for name, value := range k.Payload {
		payload[name] = value
	}
	return slack.SlackMetadata{EventType: k.Type, EventPayload: payload}
}

// on reports whether a message carries the mark.
func (k messageTag) on(m slack.Message) bool {
	if m.Metadata.EventType != k.Type {
		return false
	}
	for name, value := range k.Payload {
		if m.Metadata.EventPayload[name] != value {
			return false
		}
	}
	return true
}

// options draw the message, with its mark as metadata.
func (l outgoing) options() ([]slack.MsgOption, error) {
	drawing, err := Drawer{Language: phrases.English}.Message(l.page)
	if err != nil {
		return nil, fmt.Errorf("draw a message: %w", err)
	}
	return append(drawing.options(), slack.MsgOptionMetadata(l.tag.metadata())), nil
}

// send posts a message as soon as the rate limit allows.
func (m *Mouth) send(ctx context.Context, l outgoing) (bot.CardPlace, error) {
	options, err := l.options()
	if err != nil {
		return bot.CardPlace{}, err
	}
	if l.thread != "" {
		options = append(options, slack.MsgOptionTS(l.thread))
		if l.wide {
			options = append(options, slack.MsgOptionBroadcast())
		}
	}
	var place bot.CardPlace
	err = m.paced(ctx, "post "+l.channel, m.posting, func() error {
		place.Channel, place.TS, err = m.Workspace.api.PostMessageContext(ctx, l.channel, options...)
		failure := judged("post to "+l.channel, err)
		if leavesOpen(err) {
			return bot.Unsure(failure)
		}
		return failure
	})
	if err == nil && place.TS == "" {
		err = bot.Unsure(bot.Temporary(fmt.Errorf("post to %s: %w", l.channel, errUnmarked)))
	}
	return place, err
}

func (m *Mouth) redraw(ctx context.Context, l outgoing, ts string) error {
	options, err := l.options()
	if err != nil {
		return err
	}
	return m.paced(ctx, "update", m.updating, func() error {
		_, _, _, err := m.Workspace.api.UpdateMessageContext(ctx, l.channel, ts, options...)
		return judged("redraw a message in "+l.channel, err)
	})
}

// paced makes a call as soon as the rate limit allows. If Slack asks to wait, all calls with
// the same key wait.
func (m *Mouth) paced(ctx context.Context, key string, r rate, call func() error) error {
	if err := m.pace.turn(ctx, key, r); err != nil {
		return err
	}
	err := call()
	if after, ok := bot.IsTemporary(err); ok && after > 0 {
		m.pace.hold(key, r, after)
	}
	return err
}

// Limits of the search for a message: page size and number of pages of the latest history.
const (
	lookPage  = 200
	lookPages = 5
)

// find searches a conversation, or one of its threads, for a message with a mark. If there is
// none, the returned place has no timestamp. Only one search runs at a time: if many read a
// long conversation concurrently, as after an outage, none would finish within its attempt.
func (m *Mouth) find(ctx context.Context, channel, thread string, k messageTag) (bot.CardPlace, error) {
	select {
	case m.looks <- struct{}{}:
		defer func() { <-m.looks }()
	case <-ctx.Done():
		return bot.CardPlace{}, bot.Temporary(fmt.Errorf("wait to look for a message in %s: %w", channel, ctx.Err()))
	}
	cursor := ""
	for range lookPages {
		messages, next, err := m.page(ctx, channel, thread, cursor)
		if err != nil {
			return bot.CardPlace{}, err
		}
		for _, each := range messages {
			if k.on(each) {
				return bot.CardPlace{Channel: channel, TS: each.Timestamp}, nil
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return bot.CardPlace{}, nil
}

func (m *Mouth) page(ctx context.Context, channel, thread, cursor string) ([]slack.Message, string, error) {
	if thread == "" {
		r, err := m.Workspace.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Cursor: cursor, Limit: lookPage, IncludeAllMetadata: true,
		})
		if err != nil {
			return nil, "", judged("look for a message in "+channel, err)
		}
		return r.Messages, r.ResponseMetaData.NextCursor, nil
	}
	messages, _, next, err := m.Workspace.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: channel, Timestamp: thread, Cursor: cursor, Limit: lookPage, IncludeAllMetadata: true,
	})
	err = judged("look for a message in "+channel, err)
	if says(err, "thread_not_found", "message_not_found") {
		return nil, "", nil
	}
	return messages, next, err
}
