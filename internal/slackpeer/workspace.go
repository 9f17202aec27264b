package slackpeer

import (
	"fmt"
	"slices"
	"strings"
)

// A User is a member of the workspace.
type User struct {
	ID       string // "U…"
	Name     string // the handle, without @
	RealName string
	Email    string
	TZ       string // an IANA name
	Locale   string // such as fr-FR; en-US if empty
	Deleted  bool   // deactivated
	IsBot    bool
	Away     bool
}

// A Channel is a conversation: public, private, or direct (IM).
type Channel struct {
	ID       string // "C…", "G…" or "D…"
	Name     string // without #; empty for a direct one
	Private  bool
	IM       bool
	Archived bool
	Members  []string // user ids; the app reads and posts where BotUser is one
}

// kind is the channel_type of events.
func (c *Channel) kind() string {
	switch {
	case c.IM && len(c.Members) > 2:
		return "mpim"
	case c.IM:
		return "im"
	case c.Private:
		return "group"
	}
	return "channel"
}

// family is how scopes call channels of this kind.
func (c *Channel) family() string {
	switch kind := c.kind(); kind {
	case "channel", "group":
		return kind + "s"
	default:
		return kind
	}
}

func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

// A UserGroup is a named set of users.
type UserGroup struct {
	ID     string // "S…"
	Handle string
	Name   string
	Users  []string // user ids
}

// AddUser lets a person into the workspace, or replaces what is known of them.
func (p *Peer) AddUser(u User) *Person {
	if u.TZ == "" {
		u.TZ = "Europe/Zurich"
	}
	if u.Locale == "" {
		u.Locale = "en-US"
	}
	p.locked(func() { p.users[u.ID] = &u })
	return p.Person(u.ID)
}

// AddChannel makes a channel, or replaces its name and members; what was posted
// there stays.
func (p *Peer) AddChannel(c Channel) {
	c.Members = slices.Clone(c.Members)
	p.locked(func() { p.channels[c.ID] = &c })
}

// AddUserGroup makes a user group, or replaces the one with this id.
func (p *Peer) AddUserGroup(g UserGroup) {
	p.locked(func() {
		p.groups = slices.DeleteFunc(p.groups, func(o UserGroup) bool { return o.ID == g.ID })
		p.groups = append(p.groups, g)
	})
}

// Person gives the hands of a user of the workspace.
func (p *Peer) Person(user string) *Person { return &Person{peer: p, id: user} }

// user finds a user for a call; it gives the error that Slack documents for that.
func (p *Peer) user(id string) (*User, error) {
	u := p.users[id]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return u, nil
}

// channel finds a channel for a call by its id, by its name with #, or by the id of a
// user, which means the direct conversation with them
// (docs.slack.dev/reference/methods/chat.postMessage). The app does not see private
// channels of which it is not a member.
func (p *Peer) channel(ref string) (*Channel, error) {
	if p.users[ref] != nil {
		return p.direct([]string{ref}), nil
	}
	c := p.channels[ref]
	if name, ok := strings.CutPrefix(ref, "#"); ok {
		c = p.channelNamed(name)
	}
	if c == nil || (c.Private || c.IM) && !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	return c, nil
}

func (p *Peer) channelNamed(name string) *Channel {
	for _, c := range p.channels {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// direct finds or opens the direct conversation of the app with some users.
func (p *Peer) direct(users []string) *Channel {
	members := append([]string{BotUser}, users...)
	slices.Sort(members)
	for _, c := range p.channels {
		if c.IM && slices.Equal(slices.Sorted(slices.Values(c.Members)), members) {
			return c
		}
	}
	c := &Channel{ID: p.newID("D"), IM: true, Members: members}
	p.channels[c.ID] = c
	return c
}

// Direct is the id of the direct conversation of the app with a user.
func (p *Peer) Direct(user string) (id string) {
	p.locked(func() { id = p.direct([]string{user}).ID })
	return id
}

// asking finds the channel in which a person acts, if they can see it.
func (p *Peer) asking(user, channel string) (*Channel, error) {
	c := p.channels[channel]
	if c == nil || (c.Private || c.IM) && !c.has(user) {
		return nil, fmt.Errorf("%s sees no channel %s", user, channel)
	}
	return c, nil
}
