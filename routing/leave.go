package routing

import (
	"maps"
	"slices"

	"verbale/intake"
)

// A Leave is what a holder says of being away, between two versions of the
// directory.
type Leave struct {
	Absence Absence
	StandIn string // id of a post; "" leaves the directory's
}

// Leaves are by the id of the post.
type Leaves map[string]Leave

// With is the directory as it is while these leaves hold.
func (d *Directory) With(leaves Leaves) *Directory {
	if len(leaves) == 0 {
		return d
	}
	now := *d
	now.Posts = slices.Clone(d.Posts)
	for i := range now.Posts {
		p := &now.Posts[i]
		leave, said := leaves[p.ID]
		if !said {
			continue
		}
		p.Absences = append(slices.Clone(p.Absences), leave.Absence)
		if leave.StandIn != "" && leave.StandIn != p.ID {
			p.StandIn = leave.StandIn
		}
	}
	return &now
}

// Ended leaves out what is over by the given day.
func (l Leaves) Ended(day intake.Date) Leaves {
	left := maps.Clone(l)
	maps.DeleteFunc(left, func(_ string, leave Leave) bool { return leave.Absence.Until.Before(day) })
	return left
}

// Posts are the posts and divisions that a person speaks for: those whose
// contact carries the person's address or Slack id, or a group of theirs. Who
// leads a division speaks for it and for its posts.
func (d *Directory) HeldBy(address string, slack ...string) []string {
	is := func(c Contact) bool {
		return address != "" && sameAddress(c.Address, address) || c.Slack != "" && slices.Contains(slack, c.Slack)
	}
	var ids []string
	for i := range d.Divisions {
		v := &d.Divisions[i]
		if is(Contact{Address: v.Address, Slack: v.Slack}) || is(v.Chief) {
			ids = append(ids, v.ID)
		}
	}
	for i := range d.Posts {
		p := &d.Posts[i]
		if is(Contact{Address: p.Address, Slack: p.Slack}) || d.chief(p.Division, is) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (d *Directory) chief(division string, is func(Contact) bool) bool {
	v, ok := d.Division(division)
	return ok && is(v.Chief)
}

// RolesOf are the roles that a person has: those given to any of their names,
// and adviser where they hold something.
func (d *Directory) RolesOf(address string, slack ...string) []Role {
	var roles []Role
	add := func(r Role) {
		if !slices.Contains(roles, r) {
			roles = append(roles, r)
		}
	}
	for _, s := range d.Staff {
		if s.names(address, slack) {
			add(s.Role)
		}
	}
	if lead := d.Desk.Lead; address != "" && sameAddress(lead.Address, address) || lead.Slack != "" && slices.Contains(slack, lead.Slack) {
		add(RoleTriage)
	}
	if len(d.HeldBy(address, slack...)) > 0 {
		add(RoleAdviser)
	}
	return roles
}
