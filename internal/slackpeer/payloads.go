package slackpeer

import "maps"

// payload starts the payload of an interaction of a user
// (docs.slack.dev/reference/interaction-payloads).
func (p *Peer) payload(kind, user string) map[string]any {
	return map[string]any{
		"type": kind, "token": "peer", "api_app_id": AppID, "is_enterprise_install": false, "enterprise": nil,
		"team": map[string]any{"id": TeamID, "domain": "peer"},
		"user": map[string]any{"id": user, "username": p.users[user].Name, "name": p.users[user].Name, "team_id": TeamID},
	}
}

func (c *Channel) short() map[string]any {
	name := c.Name
	if c.IM {
		name = "directmessage"
	}
	return map[string]any{"id": c.ID, "name": name}
}

// actionPayload is block_actions
// (docs.slack.dev/reference/interaction-payloads/block_actions-payload).
func (p *Peer) actionPayload(user string, on Place, e element, value map[string]any) map[string]any {
	out := p.payload("block_actions", user)
	out["trigger_id"] = p.newTrigger(user)
	out["actions"] = []any{e.acted(value, p.newTS())}
	on.describe(p, out, user)
	return out
}

// acted is the entry of an element among the actions.
func (e element) acted(value map[string]any, at string) map[string]any {
	out := map[string]any{"type": e.kind, "action_id": e.actionID, "block_id": e.blockID, "action_ts": at}
	for _, name := range []string{"text", "value", "style", "placeholder", holders[e.kind].initial} {
		if v, ok := e.spec[name]; ok && name != "" {
			out[name] = v
		}
	}
	maps.Copy(out, value)
	return out
}

// describe adds to a payload where a message stands. An ephemeral one is not sent
// along.
func (m Message) describe(p *Peer, out map[string]any, user string) {
	channel := p.channels[m.Channel]
	container := map[string]any{
		"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.EphemeralTo != "",
	}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	out["container"], out["channel"] = container, channel.short()
	out["state"] = map[string]any{"values": stateValues(m.Blocks, p.touched[user+" "+m.Channel+" "+m.TS])}
	out["response_url"] = p.newReplyURL(user, m)
	if now := p.find(m.Channel, m.TS); now != nil {
		out["message"] = p.messageJSON(now)
	}
}

// describe adds a view to a payload, as it is now.
func (v View) describe(p *Peer, out map[string]any, _ string) {
	out["container"] = map[string]any{"type": "view", "view_id": v.ID}
	if now := p.view(v.ID); now != nil {
		v = *now
	}
	out["view"] = v.JSON()
}

func (p *Peer) view(id string) *View {
	for _, v := range p.allViews() {
		if v.ID == id {
			return v
		}
	}
	return nil
}

// viewPayload is view_submission or view_closed
// (docs.slack.dev/reference/interaction-payloads/view-interactions-payload).
func (p *Peer) viewPayload(kind string, v *View) map[string]any {
	out := p.payload(kind, v.User)
	out["view"] = v.JSON()
	if kind == "view_submission" {
		out["trigger_id"], out["response_urls"] = p.newTrigger(v.User), []any{}
	}
	return out
}

// shortcutPayload is a shortcut, or a message shortcut
// (docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload).
func (p *Peer) shortcutPayload(user, callback string, on *Message) map[string]any {
	kind := "shortcut"
	if on != nil {
		kind = "message_action"
	}
	out := p.payload(kind, user)
	out["callback_id"], out["trigger_id"], out["action_ts"] = callback, p.newTrigger(user), p.newTS()
	if on != nil {
		out["message_ts"], out["channel"] = on.TS, p.channels[on.Channel].short()
		out["message"], out["response_url"] = p.messageJSON(on), p.newReplyURL(user, *on)
	}
	return out
}

// commandPayload is a slash command
// (docs.slack.dev/interactivity/implementing-slash-commands).
func (p *Peer) commandPayload(user string, c *Channel, command, text string) map[string]any {
	return map[string]any{
		"token": "peer", "team_id": TeamID, "team_domain": "peer", "api_app_id": AppID, "is_enterprise_install": "false",
		"channel_id": c.ID, "channel_name": c.short()["name"], "user_id": user, "user_name": p.users[user].Name,
		"command": command, "text": text, "trigger_id": p.newTrigger(user),
		"response_url": p.newReplyURL(user, Message{Channel: c.ID}),
	}
}

// eventPayload wraps an event (docs.slack.dev/apis/events-api).
func (p *Peer) eventPayload(event map[string]any) map[string]any {
	return map[string]any{
		"type": "event_callback", "token": "peer", "team_id": TeamID, "api_app_id": AppID, "event": event,
		"event_id": p.newID("Ev"), "event_time": p.opt.Now().Unix(), "is_ext_shared_channel": false,
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": TeamID, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false,
		}},
	}
}

// messageEvent is docs.slack.dev/reference/events/message.
func (p *Peer) messageEvent(c *Channel, m *Message) map[string]any {
	out := p.messageJSON(m)
	out["channel"], out["channel_type"], out["event_ts"] = c.ID, c.kind(), m.TS
	if m.User != BotUser {
		out["client_msg_id"] = "client-" + m.TS
	}
	return out
}
