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

// How long a folder may go unseen, in times of the pause between two looks, and
// that pause where the pace sets none.
const (
	looksMissed = 5
	folderPoll  = 2 * time.Minute
)

// readyWithin bounds how long a question for readiness may take.
const readyWithin = 5 * time.Second

// Ready says what of the House is ready for work and what is not, in the order
// of names.
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

// backlog is what waits, in the store and in the folders.
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

// looked keeps what a look into a folder of the nth mailbox showed.
func (h *House) looked(nth int) func(mailbox.Look) {
	return func(seen mailbox.Look) {
		if seen.Err != nil {
			h.metrics.Failed(telemetry.PartIMAP)
		}
		h.looks.note(nth, seen)
	}
}

// parts are the other sides against which failed actions count.
var parts = map[bot.Mouth]telemetry.Part{bot.MouthMail: telemetry.PartSMTP, bot.MouthSlack: telemetry.PartSlack}
