package slackio

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"verbale/bot"
	"verbale/routing"
)

// channelID matches Slack conversation IDs.
var channelID = regexp.MustCompile(`^[CGD][A-Z0-9]{2,}$`)

// keepRooms is how long the conversation of a room is cached.
const keepRooms = time.Hour

// Rooms maps rooms to conversations: the desk's channel, and those of contacts in the
// directory or of a user ID.
type Rooms struct {
	workspace *Workspace
	people    *People
	directory *routing.Directory
	desk      string
	found     *cache[string]
}

// NewRooms makes Rooms. The desk's channel is given by ID or name.
func NewRooms(w *Workspace, p *People, d *routing.Directory, desk string, now func() time.Time) *Rooms {
	return &Rooms{workspace: w, people: p, directory: d, desk: desk, found: newCache[string](now, keepRooms, mostPeople)}
}

// Conversation is the conversation ID of a room.
func (r *Rooms) Conversation(ctx context.Context, room string) (string, error) {
	return r.found.get(ctx, room, func(ctx context.Context) (string, error) {
		if room == bot.RoomDesk {
			return r.channel(ctx)
		}
		contact, known := r.directory.Contact(room)
		if !known && userID.MatchString(room) { // users who hold no post get direct messages
			contact, known = routing.Contact{Slack: room}, true
		}
		switch id := contact.Slack; {
		case !known:
			return "", &Error{Doing: "find the room of " + room, Code: "no contact", Mend: "the directory does not know this id any more: hand the record over to another one"}
		case channelID.MatchString(id):
			return id, nil
		case userID.MatchString(id):
			return r.direct(ctx, room, id)
		case strings.HasPrefix(id, "S"):
			return r.group(ctx, room, id)
		}
		return "", &Error{Doing: "find the room of " + room, Code: "no Slack id", Mend: "give its entry in the directory the id of a Slack user, a user group or a channel"}
	})
}

// forget removes a room from the cache.
func (r *Rooms) forget(room string) { r.found.forget(room) }

// channel is the desk's channel. A name is looked up among the channels visible to the app.
func (r *Rooms) channel(ctx context.Context) (string, error) {
	if channelID.MatchString(r.desk) {
		return r.desk, nil
	}
	name := strings.TrimPrefix(r.desk, "#")
	all, err := r.channels(ctx)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(all, func(c slack.Channel) bool { return c.Name == name || c.NameNormalized == name })
	if i < 0 {
		return "", &Error{Doing: "find the desk's channel #" + name, Code: "channel_not_found", Mend: mends["channel_not_found"]}
	}
	return all[i].ID, nil
}

// channels are those visible to the app.
func (r *Rooms) channels(ctx context.Context) (all []slack.Channel, err error) {
	query := &slack.GetConversationsParameters{ExcludeArchived: true, Limit: 1000, Types: []string{"public_channel", "private_channel"}}
	for {
		page, next, err := r.workspace.api.GetConversationsContext(ctx, query)
		if err != nil {
			return nil, judged("list the channels", err)
		}
		all = append(all, page...)
		if next == "" {
			return all, nil
		}
		query.Cursor = next
	}
}

// mostTogether is the maximum number of people in a group direct message
// (docs.slack.dev/reference/methods/conversations.open).
const mostTogether = 8

// group is the conversation with all members of a user group.
func (r *Rooms) group(ctx context.Context, room, id string) (string, error) {
	members, err := r.people.members(ctx, id)
	if err != nil {
		return "", err
	}
	if len(members) == 0 || len(members) > mostTogether {
		return "", &Error{
			Doing: "open a conversation with " + room, Code: fmt.Sprintf("%d members", len(members)),
			Mend: "a direct message takes one to eight people: name a channel in its entry in the directory",
		}
	}
	return r.direct(ctx, room, members...)
}

func (r *Rooms) direct(ctx context.Context, room string, users ...string) (string, error) {
	c, _, _, err := r.workspace.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: users})
	if err != nil {
		return "", judged("open a conversation with "+room, err)
	}
	return c.ID, nil
}
