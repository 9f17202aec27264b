package slackio

import (
	"context"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"verbale/bot"
	"verbale/bot/desk"
)

// handleSuggestion answers a search in an external select while the user types. If the desk is
// too slow, the list stays empty until the next key is typed.
func (e *Ear) handleSuggestion(env envelope) {
	i := env.interaction
	v := e.newInteraction(env, "", i.User.ID, "suggestion "+i.View.ID+i.BlockID)
	none := slack.OptionsResponse{Options: []*slack.OptionBlockObject{}}
	f, err := unpackForm(i.View.PrivateMetadata)
	if err != nil || i.ActionID != inputAction {
		env.reply.with(none)
		return
	}
	late := time.AfterFunc(e.Patience, func() { env.reply.with(none) })
	taken := e.pool.do(v.key(), func() {
		defer late.Stop()
		ctx, cancel := context.WithTimeout(context.Background(), e.Patience)
		defer cancel()
		var found []desk.Option
		_, err := e.perform(ctx, v, func(ctx context.Context, by bot.Colleague) (_ desk.Answer, err error) {
			found, err = e.Desk.Options(ctx, by, f, inputID(i.BlockID), i.Value)
			return desk.Answer{}, err
		})
		if err != nil {
			v.logFailure(err)
		}
		env.reply.with(v.drawer().suggestions(found))
	})
	if !taken {
		late.Stop()
		env.reply.with(none)
	}
}

// suggestions draws options as the response to a search, as many as fit into an
// acknowledgement.
func (d Drawer) suggestions(found []desk.Option) any {
	for n := min(len(found), maxOptions); ; n = n * 3 / 4 {
		list := (&blockBuilder{Drawer: d}).options(found[:n], maxOptions)
		var out any = slack.OptionGroupsResponse{OptionGroups: list.groups}
		if len(list.groups) == 0 {
			out = slack.OptionsResponse{Options: append([]*slack.OptionBlockObject{}, list.all...)}
		}
		if data, err := json.Marshal(out); err == nil && len(data) <= maxAnswer {
			return out
		}
	}
}

// handleCommand handles a slash command. Its answer goes to the response_url, where it may take
// longer and be larger than an acknowledgement.
func (e *Ear) handleCommand(env envelope) {
	c := env.command
	v := e.newInteraction(env, commandID(c), c.UserID, c.ChannelID)
	v.channel, v.answerAt, v.window.trigger = c.ChannelID, c.ResponseURL, c.TriggerID
	v.log = v.log.With("act", c.Command)
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return e.Desk.Command(ctx, by, v.order, readable(c.Text))
	})
}

// handleShortcut handles a shortcut, on a message or global.
func (e *Ear) handleShortcut(env envelope) {
	i := env.interaction
	v := e.newInteraction(env, shortcutID(i), i.User.ID, i.Channel.ID)
	v.channel, v.answerAt, v.window.trigger = i.Channel.ID, i.ResponseURL, i.TriggerID
	v.log = v.log.With("act", i.CallbackID)
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		var quoted *desk.Quoted
		if i.Type == slack.InteractionTypeMessageAction {
			quoted = e.quoted(ctx, i)
		}
		return e.Desk.Shortcut(ctx, by, v.order, i.CallbackID, quoted)
	})
}

// quoted is the message on which a shortcut was used. The link to it is optional: if Slack
// returns none, it is left out.
func (e *Ear) quoted(ctx context.Context, i *slack.InteractionCallback) *desk.Quoted {
	q := &desk.Quoted{Text: readable(i.Message.Text), Channel: i.Channel.ID, TS: i.Message.Timestamp}
	if i.Message.User != "" {
		q.Author = e.People.Name(ctx, i.Message.User)
	}
	link, err := e.Workspace.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: q.Channel, Ts: q.TS})
	if err == nil {
		q.Link = link
	}
	return q
}

// handleEvent handles events of the workspace: a user opened the home tab, or wrote to the app,
// which answers with its help text.
func (e *Ear) handleEvent(env envelope) {
	outer, _ := env.event.Data.(*slackevents.EventsAPICallbackEvent)
	if outer == nil {
		env.reply.with(nil)
		return
	}
	id := orderID("event", outer.EventID)
	switch ev := env.event.InnerEvent.Data.(type) {
	case *slackevents.AppHomeOpenedEvent:
		if ev.Tab == "home" {
			e.handleHome(env, id, ev.User)
			return
		}
	case *slackevents.AppMentionEvent:
		if ev.BotID == "" {
			e.handleText(env, id, ev.User, ev.Channel, ev.ThreadTimeStamp)
			return
		}
	case *slackevents.MessageEvent:
		if ev.ChannelType == "im" && ev.BotID == "" && ev.SubType == "" {
			e.handleText(env, id, ev.User, ev.Channel, ev.ThreadTimeStamp)
			return
		}
	}
	env.reply.with(nil)
}

func (e *Ear) handleHome(env envelope, id, user string) {
	v := e.newInteraction(env, id, user, "home")
	v.home = true
	e.homes.opened.put(user, struct{}{})
	v.log = v.log.With("act", "home")
	e.work(v, func(context.Context, bot.Colleague) (desk.Answer, error) { return desk.Answer{}, nil })
}

// handleText answers messages to the app with its help text: free text typed in Slack is never
// taken for an order, and never leaves Slack.
func (e *Ear) handleText(env envelope, id, user, channel, thread string) {
	v := e.newInteraction(env, id, user, channel)
	v.channel, v.thread = channel, thread
	v.log = v.log.With("act", "words")
	e.work(v, func(ctx context.Context, by bot.Colleague) (desk.Answer, error) {
		return e.Desk.Command(ctx, by, id, "help")
	})
}
