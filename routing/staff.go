package routing

import (
	"slices"
	"strings"
)

// A Role says what a colleague may see and do.
type Role string

const (
	RoleViewer  Role = "viewer"  // sees what is not confidential
	RoleAdviser Role = "adviser" // also works on what is assigned to their posts and divisions
	RoleTriage  Role = "triage"  // sees and does everything on records
	RoleAdmin   Role = "admin"   // also what concerns the office
)

// Staff gives a role to persons, whoever of these they are.
type Staff struct {
	Role      Role     `yaml:"role,required"`
	Users     []string `yaml:"users"`     // Slack user ids
	Groups    []string `yaml:"groups"`    // Slack user group ids
	Addresses []string `yaml:"addresses"` // mail
}

// names reports whether the list names a person by any of their names.
func (s Staff) names(address string, slack []string) bool {
	return slices.ContainsFunc(slack, func(id string) bool {
		return slices.Contains(s.Users, id) || slices.Contains(s.Groups, id)
	}) || address != "" && slices.ContainsFunc(s.Addresses, func(a string) bool { return sameAddress(a, address) })
}

func sameAddress(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// Roles lists all roles, the one that may least first.
func Roles() []Role { return []Role{RoleViewer, RoleAdviser, RoleTriage, RoleAdmin} }
