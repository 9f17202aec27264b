package routing

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
