package slackpeer

import (
	"encoding/json"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"
)

// Limits of texts, in characters.
const (
	// maxText is what chat.postMessage takes; Slack cuts what is longer
	// (docs.slack.dev/reference/methods/chat.postMessage), the peer refuses it.
	maxText = 40_000
	// maxUpdate is what chat.update takes (docs.slack.dev/reference/methods/chat.update).
	maxUpdate = 4_000
	// maxMarkdown is what markdown_text takes.
	maxMarkdown = 12_000
)

// maxAhead is how far ahead a message may be scheduled
// (docs.slack.dev/reference/methods/chat.scheduleMessage).
const maxAhead = 120 * 24 * time.Hour

// A Message is what was posted to a channel, or shown to one person in it.
type Message struct {
	Channel     string
	TS          string
	ThreadTS    string // of the first message of its thread; empty for one in the channel itself
	User        string // who posted; BotUser for the app
	Text        string
	Blocks      json.RawMessage // with the ids that Slack fills in; nil if none
	Metadata    json.RawMessage
	Edited      bool
	Broadcast   bool                // a reply shown in the channel too
	EphemeralTo string              // the only one who sees it, if not empty
	Reactions   map[string][]string // users by emoji
	Files       []string            // ids
}

// postMessage is docs.slack.dev/reference/methods/chat.postMessage.
func (p *Peer) postMessage(c *call) (answer, error) {
	m, channel, err := p.compose(c)
	if err != nil {
		return nil, err
	}
	if err := p.mayPost(channel); err != nil {
		return nil, err
	}
	p.publish(channel, m)
	return answer{"channel": channel.ID, "ts": m.TS, "message": p.messageJSON(m)}, nil
}

// mayPost says whether the app may post to a channel: it is a member, or the
// channel is public and chat:write.public is granted.
func (p *Peer) mayPost(c *Channel) error {
	public := !c.Private && !c.IM && p.granted("chat:write.public") == nil
	switch {
	case c.Archived:
		return refuse("is_archived")
	case !c.has(BotUser) && !public:
		return refuse("not_in_channel")
	}
	return nil
}

// compose reads a message to be posted and checks it.
func (p *Peer) compose(c *call) (*Message, *Channel, error) {
	if err := c.need("channel"); err != nil {
		return nil, nil, err
	}
	channel, err := p.channel(c.str("channel"))
	if err != nil {
		return nil, nil, err
	}
	m := &Message{Channel: channel.ID, User: BotUser, ThreadTS: c.str("thread_ts"), Broadcast: c.yes("reply_broadcast")}
	if err := p.contents(c, m, maxText); err != nil {
		return nil, nil, err
	}
	if err := validThread(m.ThreadTS); err != nil {
		return nil, nil, err
	}
	return m, channel, nil
}

// contents reads text, blocks and metadata of a call into a message: no_text,
// msg_too_long, markdown_text_conflict, invalid_blocks, invalid_metadata_format.
func (p *Peer) contents(c *call, m *Message, longest int) error {
	text, blocks, markdown := c.str("text"), c.blocks(), c.str("markdown_text")
	switch {
	case markdown != "" && (text != "" || len(blocks) > 0):
		return refuse("markdown_text_conflict")
	case text == "" && markdown == "" && len(blocks) == 0 && c.str("attachments") == "":
		return refuse("no_text")
	case utf8.RuneCountInString(text) > longest, utf8.RuneCountInString(markdown) > maxMarkdown:
		return refuse("msg_too_long")
	}
	if err := checkMessage(blocks, text); err != nil {
		return err
	}
	if err := validMetadata(c.raw("metadata")); err != nil {
		return err
	}
	m.Text, m.Metadata = text+markdown, c.raw("metadata")
	if len(blocks) > 0 {
		m.Blocks = p.fillIDs(blocks)
	}
	return nil
}

var tsForm = regexp.MustCompile(`^\d{10}\.\d{6}$`)

// validThread refuses what is no timestamp. One that names no message is taken: such
// a reply is posted, and seen nowhere (github.com/slackapi/python-slack-sdk/issues/840).
func validThread(ts string) error {
	if ts != "" && !tsForm.MatchString(ts) {
		return refuse("invalid_thread_ts", "[ERROR] "+ts+" is not a valid thread_ts")
	}
	return nil
}

// validMetadata asks for event_type and event_payload
// (docs.slack.dev/messaging/message-metadata).
func validMetadata(data json.RawMessage) error {
	if len(data) == 0 || string(data) == "{}" {
		return nil
	}
	var metadata struct {
		Type    string                     `json:"event_type"`
		Payload map[string]json.RawMessage `json:"event_payload"`
	}
	if json.Unmarshal(data, &metadata) != nil || metadata.Type == "" || metadata.Payload == nil {
		return refuse("invalid_metadata_format")
	}
	return nil
}

// publish posts a message and tells the app, which hears itself too.
func (p *Peer) publish(c *Channel, m *Message) {
	m.TS = p.newTS()
	p.log(c.ID).add(m)
	p.changed(Change{Kind: Posted, Channel: c.ID, TS: m.TS, User: m.User})
	if m.User == BotUser {
		p.tell(c, p.messageEvent(c, m))
	}
}

// postEphemeral is docs.slack.dev/reference/methods/chat.postEphemeral.
func (p *Peer) postEphemeral(c *call) (answer, error) {
	if err := c.need("user"); err != nil {
		return nil, err
	}
	m, channel, err := p.compose(c)
	if err != nil {
		return nil, err
	}
	if err := p.mayPost(channel); err != nil {
		return nil, err
	}
	if !channel.has(c.str("user")) {
		return nil, refuse("user_not_in_channel")
	}
	p.whisper(m, c.str("user"))
	return answer{"message_ts": m.TS}, nil
}

// whisper shows a message to one person.
func (p *Peer) whisper(m *Message, user string) {
	m.EphemeralTo, m.TS = user, p.newTS()
	p.private = append(p.private, m)
	p.changed(Change{Kind: Whispered, Channel: m.Channel, TS: m.TS, User: user})
}

// scheduleMessage is docs.slack.dev/reference/methods/chat.scheduleMessage.
func (p *Peer) scheduleMessage(c *call) (answer, error) {
	m, channel, err := p.compose(c)
	if err != nil {
		return nil, err
	}
	if err := p.mayPost(channel); err != nil {
		return nil, err
	}
	at, now := time.Unix(int64(c.number("post_at", 0)), 0), p.opt.Now()
	switch {
	case c.number("post_at", 0) <= 0:
		return nil, refuse("invalid_time")
	case !at.After(now):
		return nil, refuse("time_in_past")
	case at.After(now.Add(maxAhead)):
		return nil, refuse("time_too_far")
	}
	m.TS = timestamp(at)
	p.planned = append(p.planned, m)
	return answer{"channel": channel.ID, "scheduled_message_id": p.newID("Q"), "post_at": at.Unix(), "message": p.messageJSON(m)}, nil
}

// postDue posts the scheduled messages whose time has come. It happens whenever the
// workspace is looked at.
func (p *Peer) postDue() {
	now := timestamp(p.opt.Now())
	slices.SortStableFunc(p.planned, func(a, b *Message) int { return compareTS(a.TS, b.TS) })
	for len(p.planned) > 0 && compareTS(p.planned[0].TS, now) <= 0 {
		m := p.planned[0]
		p.planned = p.planned[1:]
		p.publish(p.channels[m.Channel], m)
	}
}

// updateMessage is docs.slack.dev/reference/methods/chat.update: blocks stay only if
// no text is given, metadata stays unless given, ephemeral messages cannot be
// updated.
func (p *Peer) updateMessage(c *call) (answer, error) {
	m, err := p.own(c, "cant_update_message")
	if err != nil {
		return nil, err
	}
	if p.channels[m.Channel].Archived {
		return nil, refuse("is_inactive")
	}
	next := *m
	next.Blocks = nil
	if err := p.contents(c, &next, maxUpdate); err != nil {
		return nil, err
	}
	if c.str("text") == "" {
		next.Text = m.Text
		if len(next.Blocks) == 0 {
			next.Blocks = m.Blocks
		}
	}
	switch string(next.Metadata) {
	case "":
		next.Metadata = m.Metadata
	case "{}":
		next.Metadata = nil
	}
	next.Edited = next.Edited || len(next.Blocks) == 0 // the mark is for text alone
	before := p.messageJSON(m)
	*m = next
	p.tellChange(m, "message_changed", before)
	p.changed(Change{Kind: Updated, Channel: m.Channel, TS: m.TS, User: BotUser})
	return answer{"channel": m.Channel, "ts": m.TS, "text": m.Text, "message": p.messageJSON(m)}, nil
}

// deleteMessage is docs.slack.dev/reference/methods/chat.delete.
func (p *Peer) deleteMessage(c *call) (answer, error) {
	m, err := p.own(c, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	p.remove(m)
	return answer{"channel": m.Channel, "ts": m.TS}, nil
}

func (p *Peer) remove(m *Message) {
	if m.EphemeralTo == "" {
		p.log(m.Channel).remove(m)
		p.tellChange(m, "message_deleted", p.messageJSON(m))
	} else {
		p.private = without(p.private, m)
	}
	p.changed(Change{Kind: Deleted, Channel: m.Channel, TS: m.TS, User: m.User})
}

// own finds a message that the app posted.
func (p *Peer) own(c *call, refused string) (*Message, error) {
	m, err := p.named(c, "ts")
	if err == nil && m.User != BotUser {
		return nil, refuse(refused)
	}
	return m, err
}

// named finds the message that a call names by channel and timestamp. Unlike for a
// new message, the channel is an id.
func (p *Peer) named(c *call, ts string) (*Message, error) {
	if err := c.need("channel", ts); err != nil {
		return nil, err
	}
	channel := p.channels[c.str("channel")]
	if channel == nil || (channel.Private || channel.IM) && !channel.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	if m := p.find(channel.ID, c.str(ts)); m != nil {
		return m, nil
	}
	return nil, refuse("message_not_found")
}

// permalink is docs.slack.dev/reference/methods/chat.getPermalink.
func (p *Peer) permalink(c *call) (answer, error) {
	m, err := p.named(c, "message_ts")
	if err != nil {
		return nil, err
	}
	link := "http://" + p.base + "/archives/" + m.Channel + "/p" + m.TS[:10] + m.TS[11:]
	if m.ThreadTS != "" {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + m.Channel
	}
	return answer{"channel": m.Channel, "permalink": link}, nil
}

var emojiForm = regexp.MustCompile(`^[a-z0-9_'+-]+(::skin-tone-[2-6])?$`)

// addReaction is docs.slack.dev/reference/methods/reactions.add.
func (p *Peer) addReaction(c *call) (answer, error) {
	if c.str("channel") == "" || c.str("timestamp") == "" {
		return nil, refuse("no_item_specified")
	}
	m, err := p.named(c, "timestamp")
	switch {
	case err != nil:
		return nil, err
	case p.channels[m.Channel].Archived:
		return nil, refuse("is_archived")
	case !emojiForm.MatchString(c.str("name")):
		return nil, refuse("invalid_name")
	case !p.react(m, c.str("name"), BotUser):
		return nil, refuse("already_reacted")
	}
	return nil, nil
}

// react adds a reaction, unless it is there.
func (p *Peer) react(m *Message, emoji, user string) bool {
	if slices.Contains(m.Reactions[emoji], user) {
		return false
	}
	next := map[string][]string{}
	for k, v := range m.Reactions {
		next[k] = v
	}
	next[emoji] = append(slices.Clone(next[emoji]), user)
	m.Reactions = next
	p.changed(Change{Kind: Reacted, Channel: m.Channel, TS: m.TS, User: user})
	return true
}
