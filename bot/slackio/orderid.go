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

// orderID derives the ID of an order from parts that are the same each time Slack delivers it,
// so that the order is committed once.
func orderID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "slack:" + hex.EncodeToString(sum[:16])
}

// clickID identifies a click: who, on what, with what meaning, and when by Slack's clock.
// Unlike the envelope and trigger IDs, these are the same for each delivery.
func clickID(i *slack.InteractionCallback, a *slack.BlockAction, at string) string {
	return orderID("click", i.User.ID, placeOf(i), a.ActionID, a.Value, a.SelectedOption.Value, at)
}

// submissionID identifies the submission of a modal as it was shown. If the modal is submitted
// again after a lost response, the hash is the same.
func submissionID(i *slack.InteractionCallback) string {
	return orderID("submission", i.User.ID, i.View.ID, i.View.Hash)
}

// shortcutID identifies the use of a shortcut, on a message or global.
func shortcutID(i *slack.InteractionCallback) string {
	return orderID("shortcut", i.User.ID, i.CallbackID, i.Channel.ID, i.Message.Timestamp, i.ActionTs)
}

// commandID identifies a command. It has no timestamp; its trigger ID is created when the
// command is typed, and stays the same when it is delivered again.
func commandID(c *slack.SlashCommand) string {
	return orderID("command", c.UserID, c.ChannelID, c.Command, c.Text, c.TriggerID)
}

// placeOf is where something was clicked: a view, or a message.
func placeOf(i *slack.InteractionCallback) string {
	if i.View.ID != "" {
		return i.View.ID
	}
	return firstOf(i.Container.ChannelID, i.Channel.ID) + "/" + firstOf(i.Container.MessageTs, i.Message.Timestamp)
}

// How long begun interactions are remembered, and how many of them.
const (
	keepBegun  = 15 * time.Minute // Slack retries for a little over five
	mostBegun  = 10_000
	doubleWith = 2 * time.Second // a second click within this time is a double click
)

// deduplicator remembers interactions in progress or done, so that this process begins one that is
// delivered twice only once. Between processes, the service deduplicates.
type deduplicator struct {
	mu     sync.Mutex
	done   *cache[struct{}]
	clicks *cache[string]
}

func newDeduplicator(now func() time.Time) *deduplicator {
	return &deduplicator{done: newCache[struct{}](now, keepBegun, mostBegun), clicks: newCache[string](now, doubleWith, mostBegun)}
}

// first reports whether an interaction is seen for the first time.
func (b *deduplicator) first(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.done.find(id); known {
		return false
	}
	b.done.put(id, struct{}{})
	return true
}

// forget lets an interaction be begun again.
func (b *deduplicator) forget(id string) { b.done.forget(id) }

// click is the time of a click; for the second click of a double click on a button it is the
// time of the first one.
func (b *deduplicator) click(i *slack.InteractionCallback, a *slack.BlockAction) string {
	if string(a.Type) != string(slack.METButton) { // a user may select A, B, and A again
		return a.ActionTs
	}
	at, _ := b.clicks.get(context.Background(), clickID(i, a, ""), func(context.Context) (string, error) { return a.ActionTs, nil })
	return at
}
