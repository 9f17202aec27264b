package slackpeer

import (
	"errors"
	"fmt"
	"strings"
)

// Post posts a message to a channel. If it contains a mention of the app, <@BotUser>, the
// app also gets an app_mention event.
func (a *Person) Post(channel, text string) (Seen, error) { return a.write(channel, "", text) }

// Reply posts to the thread of a message.
func (a *Person) Reply(to Message, text string) (Seen, error) {
	thread := to.ThreadTS
	if thread == "" {
		thread = to.TS
	}
	return a.write(to.Channel, thread, text)
}

func (a *Person) write(channel, thread, text string) (Seen, error) {
	p := a.peer
	m := &Message{Channel: channel, ThreadTS: thread, User: a.id, Text: text}
	return a.cause(func() ([]envelope, error) {
		c, err := p.asking(a.id, channel)
		if err != nil {
			return nil, err
		}
		if !c.has(a.id) || c.Archived {
			return nil, fmt.Errorf("%s cannot post in %s", a.id, channel)
		}
		p.publish(c, m)
		return p.heard(c, m), nil
	}, m)
}

// heard returns the events that the app gets for a message of a person.
func (p *Peer) heard(c *Channel, m *Message) (list []envelope) {
	event := p.messageEvent(c, m)
	if p.hears(c) {
		list = append(list, p.event(event))
	}
	if strings.Contains(m.Text, "<@"+BotUser+">") && c.has(BotUser) && !c.IM && p.subscribed("app_mention") {
		mention := p.messageEvent(c, m)
		mention["type"] = "app_mention"
		list = append(list, p.event(mention))
	}
	return list
}

// React adds an emoji to a message.
func (a *Person) React(to Message, emoji string) (Seen, error) {
	p := a.peer
	return a.cause(func() ([]envelope, error) {
		m := p.find(to.Channel, to.TS)
		if err := a.sees(to); err != nil || m == nil {
			return nil, errors.Join(err, errors.New("no message to react to"))
		}
		if !p.react(m, emoji, a.id) || !p.channels[m.Channel].has(BotUser) || !p.subscribed("reaction_added") {
			return nil, nil
		}
		return []envelope{p.event(map[string]any{
			"type": "reaction_added", "user": a.id, "reaction": emoji, "item_user": m.User, "event_ts": p.newTS(),
			"item": map[string]any{"type": "message", "channel": m.Channel, "ts": m.TS},
		})}, nil
	}, nil)
}

// OpenHome opens the app's home tab (docs.slack.dev/reference/events/app_home_opened).
func (a *Person) OpenHome() (Seen, error) {
	p := a.peer
	return a.cause(func() ([]envelope, error) {
		if !p.subscribed("app_home_opened") {
			return nil, nil
		}
		event := map[string]any{
			"type": "app_home_opened", "user": a.id, "channel": p.direct([]string{a.id}).ID, "tab": "home", "event_ts": p.newTS(),
		}
		if home := p.views.homes[a.id]; home != nil {
			event["view"] = home.JSON()
		}
		return []envelope{p.event(event)}, nil
	}, nil)
}

// cause does something that the app is told by events. It waits for the first attempt to
// deliver each. As in Slack, the person gets no notice if one fails.
func (a *Person) cause(do func() ([]envelope, error), posted *Message) (Seen, error) {
	p := a.peer
	var events []envelope
	before, err := a.begin(func() (err error) {
		events, err = do()
		return err
	})
	if err != nil {
		return Seen{}, err
	}
	seen := Seen{Acked: true}
	for _, e := range events {
		seen.Acked = p.sendEvent(e) && seen.Acked
	}
	if posted != nil {
		p.locked(func() { seen.Posted = *posted })
	}
	return a.seen(before, seen), nil
}
