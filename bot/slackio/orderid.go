package slackio

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// orderID names what a person did, from parts that are the same each time Slack
// delivers it: the order is then committed once.
func orderID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "slack:" + hex.EncodeToString(sum[:16])
}

// clickID names a click: who, on what, with what meaning, and when by Slack's clock.
// The envelope and the trigger are new at each delivery; these are not.
func clickID(i *slack.InteractionCallback, a *slack.BlockAction, at string) string {
	return orderID("click", i.User.ID, placeOf(i), a.ActionID, a.Value, a.SelectedOption.Value, at)
}

// submissionID names the submission of a window as it was shown. A window that is
// sent again after an answer that got lost has the same hash.
func submissionID(i *slack.InteractionCallback) string {
	return orderID("submission", i.User.ID, i.View.ID, i.View.Hash)
}

// shortcutID names the use of a shortcut, on a message or anywhere.
func shortcutID(i *slack.InteractionCallback) string {
	return orderID("shortcut", i.User.ID, i.CallbackID, i.Channel.ID, i.Message.Timestamp, i.ActionTs)
}

// commandID names a command. It has no time stamp; its trigger is made when it is
// typed, and comes along unchanged when it is delivered again.
func commandID(c *slack.SlashCommand) string {
	return orderID("command", c.UserID, c.ChannelID, c.Command, c.Text, c.TriggerID)
}

// placeOf is where something was pressed: a view, or a message.
func placeOf(i *slack.InteractionCallback) string {
	if i.View.ID != "" {
		return i.View.ID
	}
	return firstOf(i.Container.ChannelID, i.Channel.ID) + "/" + firstOf(i.Container.MessageTs, i.Message.Timestamp)
}

// How long is remembered what was begun, and of how many.
const (
	keepBegun  = 15 * time.Minute // Slack delivers again for somewhat over five
	mostBegun  = 10_000
	doubleWith = 2 * time.Second // a second click so soon is the same click
)

// begun remembers what is in hand or done, so that what is delivered twice to this
// process is begun once. Another process is stopped by the service.
type begun struct {
	mu     sync.Mutex
	done   *cache[struct{}]
	clicks *cache[string]
}

func newBegun(now func() time.Time) *begun {
	return &begun{done: newCache[struct{}](now, keepBegun, mostBegun), clicks: newCache[string](now, doubleWith, mostBegun)}
}

// first reports whether something is begun for the first time.
func (b *begun) first(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.done.find(id); known {
		return false
	}
	b.done.put(id, struct{}{})
	return true
}

// forget lets something be begun again.
func (b *begun) forget(id string) { b.done.forget(id) }

// click is the time of a click; that of the first one where it is the second of a
// double click on a button.
func (b *begun) click(i *slack.InteractionCallback, a *slack.BlockAction) string {
	if string(a.Type) != string(slack.METButton) { // one may choose this, that, and this again
		return a.ActionTs
	}
	at, _ := b.clicks.get(context.Background(), clickID(i, a, ""), func(context.Context) (string, error) { return a.ActionTs, nil })
	return at
}
