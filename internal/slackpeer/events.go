package slackpeer

import "slices"

// subscribed reports whether the app gets an event: it is subscribed to it and has the
// scope named on the event's page (docs.slack.dev/reference/events).
func (p *Peer) subscribed(event string) bool {
	scopes := map[string]string{
		"app_mention": "app_mentions:read", "reaction_added": "reactions:read", "message.channels": "channels:history",
		"message.groups": "groups:history", "message.im": "im:history", "message.mpim": "mpim:history",
	}
	scope := scopes[event]
	return slices.Contains(p.opt.Events, event) && (scope == "" || p.granted(scope) == nil)
}

// hears reports whether the app gets events for messages in a channel.
func (p *Peer) hears(c *Channel) bool { return c.has(BotUser) && p.subscribed("message."+c.family()) }

// tell sends a message event in the background, if the app is to get it.
func (p *Peer) tell(c *Channel, event map[string]any) {
	if p.hears(c) {
		e := p.event(event)
		p.errand(func() { p.sendEvent(e) })
	}
}

// tellChange sends the event for a message that was changed or deleted
// (docs.slack.dev/reference/events/message/message_changed, message_deleted).
func (p *Peer) tellChange(m *Message, subtype string, before map[string]any) {
	c, ts := p.channels[m.Channel], p.newTS()
	event := map[string]any{
		"type": "message", "subtype": subtype, "hidden": true, "channel": c.ID, "channel_type": c.kind(), "ts": ts, "event_ts": ts,
		"previous_message": before,
	}
	if subtype == "message_changed" {
		event["message"] = p.messageJSON(m)
	} else {
		event["deleted_ts"] = m.TS
	}
	p.tell(c, event)
}

// event puts an event into an envelope.
func (p *Peer) event(event map[string]any) envelope {
	return envelope{kind: "events_api", payload: encode(p.eventPayload(event))}
}
