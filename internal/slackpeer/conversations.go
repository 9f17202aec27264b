package slackpeer

import (
	"slices"
	"strings"
)

// Pages of the conversations methods, in entries, when no limit is given.
const (
	membersPage = 100
	historyPage = 100
	repliesPage = 1000
	listPage    = 100
)

// maxDirect is the most users of a direct conversation, without the app.
const maxDirect = 8

// openConversation is docs.slack.dev/reference/methods/conversations.open.
func (p *Peer) openConversation(c *call) (answer, error) {
	if id := c.str("channel"); id != "" {
		channel, err := p.channel(id)
		if err == nil && !channel.IM {
			return nil, refuse("method_not_supported_for_channel_type")
		}
		return p.opened(channel, c), err
	}
	if c.str("users") == "" {
		return nil, refuse("users_list_not_supplied")
	}
	users := strings.Split(c.str("users"), ",")
	scope := "im:write"
	if len(users) > 1 {
		scope = "mpim:write"
	}
	if err := p.granted(scope); err != nil {
		return nil, err
	}
	if len(users) > maxDirect {
		return nil, refuse("too_many_users")
	}
	for _, id := range users {
		if u, err := p.user(id); err != nil {
			return nil, err
		} else if u.Deleted {
			return nil, refuse("user_disabled")
		}
	}
	return p.opened(p.direct(users), c), nil
}

func (p *Peer) opened(channel *Channel, c *call) answer {
	switch {
	case channel == nil:
		return nil
	case c.yes("return_im"):
		return answer{"channel": p.channelJSON(channel)}
	}
	return answer{"channel": map[string]any{"id": channel.ID}}
}

// readable finds the channel of a call, and asks for a scope of its kind.
func (p *Peer) readable(c *call, what string) (*Channel, error) {
	channel := p.channels[c.str("channel")]
	if channel == nil || (channel.Private || channel.IM) && !channel.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	return channel, p.may(channel, what)
}

// conversationInfo is docs.slack.dev/reference/methods/conversations.info.
func (p *Peer) conversationInfo(c *call) (answer, error) {
	channel, err := p.readable(c, "read")
	if err != nil {
		return nil, err
	}
	out := p.channelJSON(channel)
	if c.yes("include_num_members") {
		out["num_members"] = len(channel.Members)
	}
	return answer{"channel": out}, nil
}

// channelJSON is a conversation object (docs.slack.dev/reference/objects/conversation-object).
func (p *Peer) channelJSON(c *Channel) map[string]any {
	kind := c.kind()
	out := map[string]any{
		"id": c.ID, "name": c.Name, "name_normalized": c.Name,
		"is_channel": kind == "channel", "is_group": kind == "group", "is_im": kind == "im", "is_mpim": kind == "mpim",
		"is_private": c.Private || c.IM, "is_archived": c.Archived, "is_member": c.has(BotUser), "context_team_id": TeamID,
	}
	if kind == "im" {
		i := slices.IndexFunc(c.Members, func(u string) bool { return u != BotUser })
		out["user"] = c.Members[max(i, 0)]
	}
	return out
}

// listConversations is docs.slack.dev/reference/methods/conversations.list: of the
// types asked for, those that the app can see.
func (p *Peer) listConversations(c *call) (answer, error) {
	types := map[string]string{"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
	asked := c.str("types")
	if asked == "" {
		asked = "public_channel"
	}
	var families []string
	for _, t := range strings.Split(asked, ",") {
		family, ok := types[strings.TrimSpace(t)]
		if !ok {
			return nil, refuse("invalid_types")
		}
		if err := p.granted(family + ":read"); err != nil {
			return nil, err
		}
		families = append(families, family)
	}
	part, next, err := page(c, p.visible(families, c.yes("exclude_archived")), listPage)
	if err != nil {
		return nil, err
	}
	return paged("channels", part, next), nil
}

// visible are the channels of some kinds that the app can see, by id.
func (p *Peer) visible(families []string, alive bool) []map[string]any {
	list := []map[string]any{}
	for _, id := range sortedKeys(p.channels) {
		c := p.channels[id]
		hidden := (c.Private || c.IM) && !c.has(BotUser)
		if !hidden && slices.Contains(families, c.family()) && !(alive && c.Archived) {
			list = append(list, p.channelJSON(c))
		}
	}
	return list
}

// conversationMembers is docs.slack.dev/reference/methods/conversations.members.
func (p *Peer) conversationMembers(c *call) (answer, error) {
	channel, err := p.readable(c, "read")
	if err != nil {
		return nil, err
	}
	part, next, err := page(c, channel.Members, membersPage)
	if err != nil {
		return nil, err
	}
	return paged("members", part, next), nil
}

// conversationHistory is docs.slack.dev/reference/methods/conversations.history: the
// channel itself, without replies, the latest first.
func (p *Peer) conversationHistory(c *call) (answer, error) {
	channel, err := p.readable(c, "history")
	if err != nil {
		return nil, err
	}
	if !channel.has(BotUser) {
		return nil, refuse("not_in_channel")
	}
	var list []*Message
	for _, m := range p.log(channel.ID).all {
		if m.ThreadTS == "" || m.Broadcast {
			list = append(list, m)
		}
	}
	slices.Reverse(list)
	return p.within(c, list, historyPage)
}

// conversationReplies is docs.slack.dev/reference/methods/conversations.replies: a
// message and its replies, the earliest first.
func (p *Peer) conversationReplies(c *call) (answer, error) {
	channel, err := p.readable(c, "history")
	if err != nil {
		return nil, err
	}
	list := p.thread(channel.ID, c.str("ts"))
	if p.find(channel.ID, c.str("ts")) == nil {
		return nil, refuse("thread_not_found")
	}
	return p.within(c, list, repliesPage)
}

// within cuts a list of messages to the times and the page that a call asks for.
func (p *Peer) within(c *call, list []*Message, standard int) (answer, error) {
	oldest, latest := c.str("oldest"), c.str("latest")
	outside := func(m *Message) bool {
		edge := c.yes("inclusive") && (m.TS == oldest || m.TS == latest)
		return !edge && (oldest != "" && compareTS(m.TS, oldest) <= 0 || latest != "" && compareTS(m.TS, latest) >= 0)
	}
	part, next, err := page(c, slices.DeleteFunc(list, outside), standard)
	if err != nil {
		return nil, err
	}
	found := []map[string]any{}
	for _, m := range part {
		out := p.messageJSON(m)
		if c.yes("include_all_metadata") && len(m.Metadata) > 0 {
			out["metadata"] = m.Metadata
		}
		found = append(found, out)
	}
	out := paged("messages", found, next)
	out["has_more"] = next != ""
	return out, nil
}

// joinConversation is docs.slack.dev/reference/methods/conversations.join.
func (p *Peer) joinConversation(c *call) (answer, error) {
	channel := p.channels[c.str("channel")]
	switch {
	case channel == nil || channel.Private && !channel.IM:
		return nil, refuse("channel_not_found")
	case channel.IM:
		return nil, refuse("method_not_supported_for_channel_type")
	case channel.Archived:
		return nil, refuse("is_archived")
	}
	out := answer{"channel": nil}
	if channel.has(BotUser) {
		out["warning"] = "already_in_channel"
	} else {
		channel.Members = append(slices.Clone(channel.Members), BotUser)
	}
	out["channel"] = p.channelJSON(channel)
	return out, nil
}
