package slackpeer

import (
	"strings"

	"verbale/internal/slackpeer/blockkit"
)

// copies makes values of messages that stay as they are now.
func copies(list []*Message) []Message {
	out := []Message{}
	for _, m := range list {
		out = append(out, *m)
	}
	return out
}

func (v *View) copy() *View {
	next := *v
	next.given = v.given.clone()
	return &next
}

// Messages are all messages of a channel, replies too, in order of time.
func (p *Peer) Messages(channel string) (list []Message) {
	p.locked(func() { list = copies(p.log(channel).all) })
	return list
}

// Thread is a message with its replies, in order of time.
func (p *Peer) Thread(channel, ts string) (list []Message) {
	p.locked(func() { list = copies(p.thread(channel, ts)) })
	return list
}

// Message is a message as it is now, and whether there is one.
func (p *Peer) Message(channel, ts string) (m Message, ok bool) {
	p.locked(func() {
		if found := p.find(channel, ts); found != nil {
			m, ok = *found, true
		}
	})
	return m, ok
}

// Ephemerals are the messages that only one user sees, in order of time.
func (p *Peer) Ephemerals(user string) (list []Message) {
	p.locked(func() {
		for _, m := range p.private {
			if m.EphemeralTo == user {
				list = append(list, *m)
			}
		}
	})
	return list
}

// Home is a user's home tab, and whether there is one.
func (p *Peer) Home(user string) (v View, ok bool) {
	p.locked(func() {
		if home := p.views.homes[user]; home != nil {
			v, ok = *home.copy(), true
		}
	})
	return v, ok
}

// Modal is the modal that a user sees, and whether there is one.
func (p *Peer) Modal(user string) (v View, ok bool) {
	stack := p.Modals(user)
	if len(stack) == 0 {
		return View{}, false
	}
	return stack[len(stack)-1], true
}

// Modals are a user's open modals, the lowest first.
func (p *Peer) Modals(user string) (list []View) {
	p.locked(func() {
		for _, v := range p.views.stacks[user] {
			list = append(list, *v.copy())
		}
	})
	return list
}

// File is an uploaded file, and whether there is one.
func (p *Peer) File(id string) (f File, ok bool) {
	p.locked(func() {
		if found := p.files[id]; found != nil {
			f, ok = *found, true
		}
	})
	return f, ok
}

// Users are all users by id.
func (p *Peer) Users() (list []User) {
	p.locked(func() {
		for _, id := range sortedKeys(p.users) {
			list = append(list, *p.users[id])
		}
	})
	return list
}

// Channels are all channels by id, direct ones too.
func (p *Peer) Channels() (list []Channel) {
	p.locked(func() {
		for _, id := range sortedKeys(p.channels) {
			list = append(list, *p.channels[id])
		}
	})
	return list
}

// Picture draws a message or a view as plain text.
func Picture(of Place) string {
	switch of := of.(type) {
	case Message:
		return blockkit.PictureMessage(of.Blocks, of.Text)
	case View:
		return blockkit.PictureView(of.JSON())
	}
	return ""
}

// pictureFiles are files as they stand below the words of a message.
func (p *Peer) pictureFiles(ids []string) string {
	var b strings.Builder
	for _, id := range ids {
		if f, ok := p.File(id); ok {
			b.WriteString("▣ " + f.Title + " (" + f.Name + ")\n    " + f.Alt + "\n")
		}
	}
	return b.String()
}

// PictureChannel draws a channel as plain text: each message under the name of who
// posted it, replies indented under the message they answer.
func (p *Peer) PictureChannel(channel string) string {
	names := map[string]string{}
	for _, u := range p.Users() {
		names[u.ID] = u.RealName
	}
	var b strings.Builder
	for _, m := range p.Messages(channel) {
		if m.ThreadTS != "" {
			continue
		}
		for _, part := range p.Thread(channel, m.TS) {
			indent := ""
			if part.ThreadTS != "" {
				indent = "    "
			}
			drawn := names[part.User] + ":\n" + strings.TrimRight(Picture(part)+p.pictureFiles(part.Files), "\n")
			b.WriteString(indent + strings.ReplaceAll(drawn, "\n", "\n"+indent) + "\n")
		}
	}
	return b.String()
}
