package routing

import (
	"maps"
	"slices"

	"verbale/intake"
)

// A Leave is an absence that a holder has reported, in addition to those in the directory.
type Leave struct {
	Absence Absence
	StandIn string // ID of a post; "" means the directory's
}

// Leaves maps post IDs to absences.
type Leaves map[string]Leave

// With returns the directory with these absences applied.
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

// Ended returns the absences without those that are over by the given day.
func (l Leaves) Ended(day intake.Date) Leaves {
	left := maps.Clone(l)
	maps.DeleteFunc(left, func(_ string, leave Leave) bool { return leave.Absence.Until.Before(day) })
	return left
}

// HeldBy returns the posts and divisions that a person represents: those whose contact has
// the person's address or Slack ID, or a group they are in. The chief of a division
// represents it and its posts.
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

// RolesOf returns a person's roles: those assigned to the address or a Slack ID, triage for
// the desk's lead, and adviser for a person who represents a post or division.
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
