package slackio

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/routing"
)

// A Finding is a problem with the app's setup, and how to fix it.
type Finding struct {
	Problem string
	Mend    string
}

// Diagnosis holds what Diagnose checks.
type Diagnosis struct {
	Workspace *Workspace
	Rooms     *Rooms
	Directory *routing.Directory
	Socket    bool // events are received over Socket Mode
}

// Diagnose checks everything the app needs from the workspace, without changing anything. It
// returns nothing if all is well.
func (d Diagnosis) Diagnose(ctx context.Context) []Finding {
	found, ok := d.token(ctx)
	if !ok {
		return found
	}
	if d.Socket {
		found = append(found, d.socket(ctx)...)
	}
	found = append(found, d.channel(ctx)...)
	for _, id := range d.ids() {
		found = append(found, d.contact(ctx, id)...)
	}
	return found
}

// token checks the bot token and looks for missing scopes.
func (d Diagnosis) token(ctx context.Context) ([]Finding, bool) {
	r, err := d.Workspace.api.AuthTestContext(ctx)
	if err != nil {
		return findings(judged("try the bot token", err)), false
	}
	granted := strings.FieldsFunc(r.Header.Get("X-OAuth-Scopes"), func(c rune) bool { return c == ',' || c == ' ' })
	var found []Finding
	for _, s := range scopes {
		if !slices.Contains(granted, s.name) {
			found = append(found, Finding{
				Problem: fmt.Sprintf("the app lacks the scope %s, which is for %s", s.name, s.why),
				Mend:    "bring the app up to date with the manifest that “verbale manifest” prints, and install it again",
			})
		}
	}
	return found, true
}

// socket checks the app-level token.
func (d Diagnosis) socket(ctx context.Context) []Finding {
	_, _, err := d.Workspace.api.StartSocketModeContext(ctx)
	return findings(aboutAppToken(judged("try the app token", err)))
}

// channel checks that the desk's channel exists and that the app is a member of it.
func (d Diagnosis) channel(ctx context.Context) []Finding {
	if d.Rooms.desk == "" {
		return []Finding{{Problem: "the desk has no channel", Mend: "set desk.channel to the channel's name or id"}}
	}
	id, err := d.Rooms.Conversation(ctx, bot.RoomDesk)
	if err != nil {
		return findings(err)
	}
	return d.inside(ctx, id, "the desk's channel")
}

func (d Diagnosis) inside(ctx context.Context, id, what string) []Finding {
	c, err := d.Workspace.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	switch {
	case err != nil:
		return findings(judged("look at "+what+" "+id, err))
	case c.IsArchived:
		return []Finding{{Problem: what + " " + id + " is archived", Mend: mends["is_archived"]}}
	case !c.IsMember && !c.IsIM && !c.IsMpIM:
		return []Finding{{Problem: "the app is not in " + what + " " + id, Mend: mends["not_in_channel"]}}
	}
	return nil
}

// ids are the Slack IDs in the directory.
func (d Diagnosis) ids() []string {
	ids := contactIDs(d.Directory)
	for _, s := range d.Directory.Staff {
		ids = append(append(ids, s.Users...), s.Groups...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// contact checks an ID of the directory.
func (d Diagnosis) contact(ctx context.Context, id string) []Finding {
	switch {
	case channelID.MatchString(id):
		return d.inside(ctx, id, "a channel of the directory,")
	case userID.MatchString(id):
		return d.person(ctx, id)
	case strings.HasPrefix(id, "S"):
		_, err := d.Workspace.api.GetUserGroupMembersContext(ctx, id)
		return findings(judged("look for user group "+id+" of the directory", err))
	}
	return []Finding{{Problem: fmt.Sprintf("%q in the directory is no id of Slack", id), Mend: "copy the id from the person's profile in Slack"}}
}

func (d Diagnosis) person(ctx context.Context, id string) []Finding {
	u, err := d.Workspace.api.GetUserInfoContext(ctx, id)
	switch {
	case err != nil:
		return findings(judged("look for user "+id+" of the directory", err))
	case u.Deleted:
		return []Finding{{Problem: "user " + id + " of the directory has left the workspace", Mend: mends["user_disabled"]}}
	case u.IsBot:
		return []Finding{{Problem: "user " + id + " of the directory is a bot", Mend: mends["cannot_dm_bot"]}}
	}
	return nil
}

// findings turns an error into a finding; nil into none.
func findings(err error) []Finding {
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*Error](err); ok {
		return []Finding{{Problem: refused.Doing + ": Slack answers " + refused.Code, Mend: refused.Mend}}
	}
	return []Finding{{Problem: err.Error(), Mend: "see that Slack can be reached from here, and try again"}}
}
