package slackpeer

import (
	"encoding/json"
	"net/http"
	"time"
)

// A response URL may be used five times within half an hour
// (docs.slack.dev/interactivity/handling-user-interaction).
const (
	replyUses = 5
	replyLife = 30 * time.Minute
)

// A replyURL is where the app may answer an interaction. Origin has the channel, and
// the message that was acted on, if any.
type replyURL struct {
	user    string
	origin  Message
	uses    int
	expires time.Time
}

func (p *Peer) newReplyURL(user string, origin Message) string {
	id := p.newID("r")
	p.replies[id] = &replyURL{user: user, origin: origin, expires: p.opt.Now().Add(replyLife)}
	return "http://" + p.base + "/reply/" + id
}

// A reply is what the app answers to an interaction, at its response URL or with the
// acknowledgement of a command.
type reply struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	ResponseType    string          `json:"response_type"` // ephemeral, if empty, or in_channel
	ThreadTS        string          `json:"thread_ts"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
}

// serveReply takes an answer at a response URL. A URL that is used up or too old is
// answered with 404.
func (p *Peer) serveReply(w http.ResponseWriter, r *http.Request) {
	args, err := readArgs(r)
	c := &call{method: "response_url", args: args}
	fault := p.strike(c.method)
	fault.pass(r)
	if fault.answers() && !fault.AfterEffect {
		p.record(c, fault.name())
		fault.show(w)
		return
	}
	gone := false
	if err == nil {
		p.locked(func() {
			u := p.replies[r.PathValue("id")]
			if err = p.usable(u); err != nil {
				gone = true
				return
			}
			err = p.answerAt(u, c)
		})
	}
	p.record(c, codeOf(err))
	if fault.answers() {
		fault.show(w)
		return
	}
	if gone {
		http.Error(w, string(encode(answer{"ok": false, "error": err.Error()})), http.StatusNotFound)
		return
	}
	writeAnswer(w, nil, err)
}

func (p *Peer) usable(u *replyURL) error {
	switch {
	case u == nil || p.opt.Now().After(u.expires):
		return refuse("expired_url")
	case u.uses >= replyUses:
		return refuse("used_url")
	}
	return nil
}

func (p *Peer) answerAt(u *replyURL, c *call) error {
	u.uses++
	out := reply{
		Text: c.str("text"), Blocks: c.raw("blocks"), ResponseType: c.str("response_type"), ThreadTS: c.str("thread_ts"),
		ReplaceOriginal: c.yes("replace_original"), DeleteOriginal: c.yes("delete_original"),
	}
	original := p.original(u.origin)
	if out.DeleteOriginal && original != nil {
		p.remove(original)
		return nil
	}
	m, err := p.replied(out, u.origin.Channel)
	if err != nil {
		return err
	}
	if out.ReplaceOriginal && original != nil {
		before := p.messageJSON(original)
		original.Text, original.Blocks = m.Text, m.Blocks
		if original.EphemeralTo == "" {
			p.tellChange(original, "message_changed", before)
		}
		p.changed(Change{Kind: Updated, Channel: original.Channel, TS: original.TS, User: BotUser})
		return nil
	}
	p.show(m, out, u.user)
	return nil
}

// original is the message that was acted on, as it is now, ephemeral or not.
func (p *Peer) original(origin Message) *Message {
	for _, m := range p.private {
		if m.Channel == origin.Channel && m.TS == origin.TS {
			return m
		}
	}
	return p.find(origin.Channel, origin.TS)
}

// replied checks an answer and makes a message of it.
func (p *Peer) replied(r reply, channel string) (*Message, error) {
	m := &Message{Channel: channel, User: BotUser, ThreadTS: r.ThreadTS}
	as := &call{args: map[string]string{"text": r.Text, "blocks": string(r.Blocks)}}
	return m, p.contents(as, m, maxText)
}

// show shows an answer to the channel, or to one person.
func (p *Peer) show(m *Message, r reply, user string) {
	if r.ResponseType == "in_channel" {
		p.publish(p.channels[m.Channel], m)
		return
	}
	p.whisper(m, user)
}
