package routing

import (
	"slices"
	"strings"
)

// A Role defines what a colleague may see and do.
type Role string

const (
	RoleViewer  Role = "viewer"  // sees records that are not confidential
	RoleAdviser Role = "adviser" // also works on records assigned to their posts and divisions
	RoleTriage  Role = "triage"  // sees all records and may do everything with them
	RoleAdmin   Role = "admin"   // may also administer the office
)

// Staff assigns a role to everybody listed in it.
type Staff struct {
	Role      Role     `yaml:"role,required"`
	Users     []string `yaml:"users"`     // Slack user ids
	Groups    []string `yaml:"groups"`    // Slack user group ids
	Addresses []string `yaml:"addresses"` // mail
}

// names reports whether a person is listed by address or by a Slack user or group ID.
func (s Staff) names(address string, slack []string) bool {
	return slices.ContainsFunc(slack, func(id string) bool {
		return slices.Contains(s.Users, id) || slices.Contains(s.Groups, id)
	}) || address != "" && slices.ContainsFunc(s.Addresses, func(a string) bool { return sameAddress(a, address) })
}

func sameAddress(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// Roles returns all roles, the least privileged first.
func Roles() []Role { return []Role{RoleViewer, RoleAdviser, RoleTriage, RoleAdmin} }
