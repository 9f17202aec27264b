package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/internal/telemetry"
)

// A folder may miss this many polls before it counts as unwatched; folderPoll is the default
// polling interval.
const (
	looksMissed = 5
	folderPoll  = 2 * time.Minute
)

// readyWithin limits the time of a readiness check.
const readyWithin = 5 * time.Second

// Ready returns which parts of the House are ready and which are not, ordered by name.
func (h *House) Ready(ctx context.Context) []telemetry.Condition {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	all := h.looks.conditions(looksMissed * orDefault(h.pace.FolderPoll, folderPoll))
	slices.SortFunc(all, func(a, b telemetry.Condition) int { return cmp.Compare(a.Name, b.Name) })
	backlog, err := h.backlog(ctx)
	all = append(all, condition("store", err))
	if h.config.Canary != nil && err == nil {
		all = append(all, condition("canary", lateCanary(backlog.Canary)))
	}
	return all
}

func condition(name string, err error) telemetry.Condition {
	if err != nil {
		return telemetry.Condition{Name: name, Reason: err.Error()}
	}
	return telemetry.Condition{Name: name, Ready: true}
}

func lateCanary(c telemetry.Canary) error {
	if !c.Late {
		return nil
	}
	return fmt.Errorf("the canary letter of %s has not arrived: see whether mail goes out, and comes in", c.Sent.UTC().Format(time.RFC3339))
}

// backlog is the pending work, in the store and in the folders.
func (h *House) backlog(ctx context.Context) (telemetry.Backlog, error) {
	now := h.pace.Now()
	b, err := h.store.Backlog(ctx, now)
	if err != nil {
		return telemetry.Backlog{}, err
	}
	canary, err := h.store.Canary(ctx)
	if err != nil {
		return telemetry.Backlog{}, err
	}
	mail, looked := h.looks.sum()
	return telemetry.Backlog{
		Outbox: b.Outbox, Lined: b.Lined, InHand: b.InHand, Parked: b.Parked, Bells: b.Bells, Mail: mail, Looked: looked,
		Canary: telemetry.Canary{Sent: canary.Sent, Arrived: canary.Arrived, Late: h.config.Canary != nil && canary.Late(now)},
	}, nil
}

// looked records the result of reading a folder of the nth mailbox.
func (h *House) looked(nth int) func(mailbox.Look) {
	return func(seen mailbox.Look) {
		if seen.Err != nil {
			h.metrics.Failed(telemetry.PartIMAP)
		}
		h.looks.note(nth, seen)
	}
}

// parts are the external services in whose metrics failed actions are counted.
var parts = map[bot.Mouth]telemetry.Part{bot.MouthMail: telemetry.PartSMTP, bot.MouthSlack: telemetry.PartSlack}
