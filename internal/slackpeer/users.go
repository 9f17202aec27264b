package slackpeer

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// usersPage is the page of users.list, in entries, when no limit is given.
const usersPage = 1000

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// userJSON is a user object (docs.slack.dev/reference/objects/user-object). The
// address is shown only with users:read.email.
func (p *Peer) userJSON(u *User) map[string]any {
	profile := map[string]any{"real_name": u.RealName, "display_name": u.Name}
	if u.Email != "" && p.granted("users:read.email") == nil {
		profile["email"] = u.Email
	}
	zone, offset := "", 0
	if place, err := time.LoadLocation(u.TZ); err == nil {
		zone, offset = p.opt.Now().In(place).Zone()
	}
	return map[string]any{
		"id": u.ID, "team_id": TeamID, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted, "is_bot": u.IsBot,
		"tz": u.TZ, "tz_label": zone, "tz_offset": offset, "profile": profile,
	}
}

// userInfo is docs.slack.dev/reference/methods/users.info.
func (p *Peer) userInfo(c *call) (answer, error) {
	u, err := p.user(c.str("user"))
	if err != nil {
		return nil, err
	}
	user := p.userJSON(u)
	if c.yes("include_locale") {
		user["locale"] = u.Locale
	}
	return answer{"user": user}, nil
}

// lookupByEmail is docs.slack.dev/reference/methods/users.lookupByEmail; deactivated
// users are not found.
func (p *Peer) lookupByEmail(c *call) (answer, error) {
	for _, id := range sortedKeys(p.users) {
		if u := p.users[id]; u.Email != "" && !u.Deleted && strings.EqualFold(u.Email, c.str("email")) {
			return answer{"user": p.userJSON(u)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

// listUsers is docs.slack.dev/reference/methods/users.list.
func (p *Peer) listUsers(c *call) (answer, error) {
	part, next, err := page(c, sortedKeys(p.users), usersPage)
	if err != nil {
		return nil, err
	}
	list := []map[string]any{}
	for _, id := range part {
		list = append(list, p.userJSON(p.users[id]))
	}
	return paged("members", list, next), nil
}

// userPresence is docs.slack.dev/reference/methods/users.getPresence.
func (p *Peer) userPresence(c *call) (answer, error) {
	u, err := p.user(c.str("user"))
	if err != nil {
		return nil, err
	}
	presence := "active"
	if u.Away || u.Deleted {
		presence = "away"
	}
	return answer{"presence": presence}, nil
}

// listUserGroups is docs.slack.dev/reference/methods/usergroups.list.
func (p *Peer) listUserGroups(c *call) (answer, error) {
	list := []map[string]any{}
	for _, g := range p.groups {
		out := map[string]any{"id": g.ID, "team_id": TeamID, "is_usergroup": true, "name": g.Name, "handle": g.Handle}
		if c.yes("include_users") {
			out["users"] = g.Users
		}
		if c.yes("include_count") {
			out["user_count"] = len(g.Users)
		}
		list = append(list, out)
	}
	return answer{"usergroups": list}, nil
}

// listGroupUsers is docs.slack.dev/reference/methods/usergroups.users.list.
func (p *Peer) listGroupUsers(c *call) (answer, error) {
	for _, g := range p.groups {
		if g.ID == c.str("usergroup") {
			return answer{"users": g.Users}, nil
		}
	}
	return nil, refuse("no_such_subteam")
}
