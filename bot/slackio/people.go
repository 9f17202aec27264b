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

// How long is kept what Slack says of people, and of how many.
const (
	keepPeople = 5 * time.Minute
	mostPeople = 2000
)

// nameWithin is how long a page waits for the name of one person.
const nameWithin = 2 * time.Second

// People knows who acts in a workspace: whom Slack knows them as, and what the
// directory gives them. What Slack said is kept for five minutes.
type People struct {
	workspace *Workspace
	directory *routing.Directory
	users     *cache[*slack.User]
	groups    *cache[[]string]
	identity  *cache[Identity]

	mu    sync.Mutex
	zones map[string]*time.Location // by Slack id, as last learned
}

// NewPeople asks for nothing yet. Now is the clock of what is kept.
func NewPeople(w *Workspace, d *routing.Directory, now func() time.Time) *People {
	return &People{
		workspace: w, directory: d,
		users: newCache[*slack.User](now, keepPeople, mostPeople), groups: newCache[[]string](now, keepPeople, mostPeople),
		identity: newCache[Identity](now, keepPeople, 1), zones: map[string]*time.Location{},
	}
}

// stranger refuses whoever is no member of the workspace: members of other ones in
// a shared channel, closed accounts, bots.
func stranger() error { return &bot.Refusal{Phrase: "refused.stranger"} }

// Colleague is the person behind a Slack user id; a *bot.Refusal where that is
// nobody of the house.
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
	address := strings.ToLower(strings.TrimSpace(u.Profile.Email))
	return bot.Colleague{
		ID: firstOf(address, id), Name: calledBy(u), Address: address, Language: languageOf(u.Locale),
		Roles: p.directory.RolesOf(address, ids...), Posts: p.directory.HeldBy(address, ids...),
	}, nil
}

// names are the Slack ids under which the directory may know a person: their own,
// and those of their groups.
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

// members are those of a user group. A group that Slack does not show has none: one
// wrong id in the directory must not lock everybody out.
func (p *People) members(ctx context.Context, group string) ([]string, error) {
	return p.groups.get(ctx, group, func(ctx context.Context) ([]string, error) {
		members, err := p.workspace.api.GetUserGroupMembersContext(ctx, group)
		err = judged("ask Slack for the members of user group "+group, err)
		if _, refused := err.(*Error); refused {
			p.workspace.log.Error("user group of the directory is not known", "group", group, "error", err)
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

// userID is the form of a Slack user id.
var userID = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)

// Name is how the person behind an actor of a history is called; the actor's id
// where that is nobody whom Slack knows, or Slack does not answer.
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

// ours reports whether an address is a colleague's. Slack is not asked who writes from
// outside: that is none of its business.
func (p *People) ours(address string) bool {
	return p.directory.Internal(address) || len(p.directory.RolesOf(strings.ToLower(address))) > 0
}

// byAddress finds a user by mail address; nil where there is none.
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

func calledBy(u *slack.User) string {
	return firstOf(u.Profile.RealName, u.RealName, u.Profile.DisplayName, u.Name)
}

// languageOf is the language of a locale, "fr-FR".
func languageOf(locale string) string {
	language, _, _ := strings.Cut(strings.ToLower(locale), "-")
	return language
}

// groupsOf are the user groups that the directory names, each once.
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

// contactIDs are the Slack ids of the contacts of the directory, whatever they name.
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
