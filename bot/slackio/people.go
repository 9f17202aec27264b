package slackio

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/routing"
)

// Lifetime and size of the caches of user data.
const (
	keepPeople = 5 * time.Minute
	mostPeople = 2000
)

// nameWithin is how long a page waits for the name of one user.
const nameWithin = 2 * time.Second

// People identifies the users of a workspace, from their Slack profiles and the directory.
// Data from Slack is cached for five minutes.
type People struct {
	workspace *Workspace
	directory *routing.Directory
	users     *cache[*slack.User]
	groups    *cache[[]string]
	identity  *cache[Identity]

	mu       sync.Mutex
	profiles map[string]profile // by Slack ID and by address, in lower case
}

// NewPeople makes no calls yet. now is the clock of the caches.
func NewPeople(w *Workspace, d *routing.Directory, now func() time.Time) *People {
	return &People{
		workspace: w, directory: d,
		users: newCache[*slack.User](now, keepPeople, mostPeople), groups: newCache[[]string](now, keepPeople, mostPeople),
		identity: newCache[Identity](now, keepPeople, 1), profiles: map[string]profile{},
	}
}

// stranger is the refusal for anybody who is not a member of the workspace: members of other
// workspaces in a shared channel, deactivated accounts, and bots.
func stranger() error { return &bot.Refusal{Phrase: "refused.stranger"} }

// Colleague is the person behind a Slack user ID; the error is a *bot.Refusal if that is not a
// member of the workspace.
func (p *People) Colleague(ctx context.Context, id string) (bot.Colleague, error) {
	u, err := p.user(ctx, id)
	if err != nil {
		return bot.Colleague{}, err
	}
	self, err := p.self(ctx)
	if err != nil {
		return bot.Colleague{}, err
	}
	if u.Deleted || u.IsBot || u.IsAppUser || u.IsStranger || u.TeamID != "" && u.TeamID != self.Team && u.Enterprise.ID == "" {
		return bot.Colleague{}, stranger()
	}
	ids, err := p.names(ctx, id)
	if err != nil {
		return bot.Colleague{}, err
	}
	p.learn(u)
	address := addressOf(u)
	return bot.Colleague{
		ID: firstOf(address, id), Name: calledBy(u), Address: address, Language: languageOf(u.Locale),
		Roles: p.directory.RolesOf(address, ids...), Posts: p.directory.HeldBy(address, ids...),
	}, nil
}

// names are the Slack IDs under which the directory may list a user: their own, and those of
// their user groups.
func (p *People) names(ctx context.Context, id string) ([]string, error) {
	ids := []string{id}
	for _, group := range groupsOf(p.directory) {
		members, err := p.members(ctx, group)
		if err != nil {
			return nil, err
		}
		if slices.Contains(members, id) {
			ids = append(ids, group)
		}
	}
	return ids, nil
}

// members are those of a user group. A group that Slack does not return counts as empty: one
// wrong ID in the directory must not lock everybody out.
func (p *People) members(ctx context.Context, group string) ([]string, error) {
	return p.groups.get(ctx, group, func(ctx context.Context) ([]string, error) {
		members, err := p.workspace.api.GetUserGroupMembersContext(ctx, group)
		err = judged("ask Slack for the members of user group "+group, err)
		if _, refused := err.(*Error); refused {
			p.workspace.log.Error("Slack does not know a user group of the directory", "group", group, "error", err)
			return nil, nil
		}
		return members, err
	})
}

func (p *People) user(ctx context.Context, id string) (*slack.User, error) {
	return p.users.get(ctx, id, func(ctx context.Context) (*slack.User, error) {
		u, err := p.workspace.api.GetUserInfoContext(ctx, id)
		err = judged("ask Slack for a user", err)
		if says(err, "user_not_found", "user_not_visible") {
			return nil, stranger()
		}
		return u, err
	})
}

func (p *People) self(ctx context.Context) (Identity, error) {
	return p.identity.get(ctx, "", p.workspace.Identity)
}

// userID matches Slack user IDs.
var userID = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)

// Name is the display name of an actor in a record's history, or the actor's ID if Slack does
// not know them or does not respond.
func (p *People) Name(ctx context.Context, id string) string {
	ctx, cancel := context.WithTimeout(ctx, nameWithin)
	defer cancel()
	var u *slack.User
	var err error
	switch {
	case userID.MatchString(id):
		u, err = p.user(ctx, id)
	case strings.Contains(id, "@") && p.ours(id):
		u, err = p.byAddress(ctx, id)
	}
	if err != nil || u == nil {
		return id
	}
	return firstOf(calledBy(u), id)
}

// ours reports whether an address is a colleague's. Addresses of external senders must not be
// disclosed to Slack.
func (p *People) ours(address string) bool {
	return p.directory.Internal(address) || len(p.directory.RolesOf(strings.ToLower(address))) > 0
}

// byAddress finds a user by e-mail address; nil if there is none.
func (p *People) byAddress(ctx context.Context, address string) (*slack.User, error) {
	return p.users.get(ctx, strings.ToLower(address), func(ctx context.Context) (*slack.User, error) {
		u, err := p.workspace.api.GetUserByEmailContext(ctx, address)
		err = judged("ask Slack for a user by address", err)
		if _, refused := err.(*Error); refused {
			return nil, nil
		}
		return u, err
	})
}

func addressOf(u *slack.User) string { return strings.ToLower(strings.TrimSpace(u.Profile.Email)) }

func calledBy(u *slack.User) string {
	return firstOf(u.Profile.RealName, u.RealName, u.Profile.DisplayName, u.Name)
}

// languageOf is the language of a locale such as "fr-FR".
func languageOf(locale string) string {
	language, _, _ := strings.Cut(strings.ToLower(locale), "-")
	return language
}

// groupsOf are the user groups in the directory, without duplicates.
func groupsOf(d *routing.Directory) []string {
	var ids []string
	for _, s := range d.Staff {
		ids = append(ids, s.Groups...)
	}
	for _, id := range contactIDs(d) {
		if strings.HasPrefix(id, "S") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// contactIDs are the Slack IDs of all contacts in the directory, of whatever kind.
func contactIDs(d *routing.Directory) (ids []string) {
	for _, div := range d.Divisions {
		ids = append(ids, div.Slack, div.Chief.Slack)
	}
	for _, post := range d.Posts {
		ids = append(ids, post.Slack)
	}
	ids = append(ids, d.Desk.Lead.Slack)
	return slices.DeleteFunc(ids, func(id string) bool { return id == "" })
}
