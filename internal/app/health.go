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
	missedPolls = 5
	folderPoll  = 2 * time.Minute
)

// readyWithin limits the time of a readiness check.
const readyWithin = 5 * time.Second

// Ready returns which parts of the Server are ready and which are not, ordered by name.
func (s *Server) Ready(ctx context.Context) []telemetry.Condition {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	all := s.folders.conditions(missedPolls * orDefault(s.timing.FolderPoll, folderPoll))
	slices.SortFunc(all, func(a, b telemetry.Condition) int { return cmp.Compare(a.Name, b.Name) })
	backlog, err := s.backlog(ctx)
	all = append(all, condition("store", err))
	if s.config.Canary != nil && err == nil {
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
	return fmt.Errorf("the canary letter of %s has not arrived: check outgoing and incoming mail", c.Sent.UTC().Format(time.RFC3339))
}

// backlog is the pending work, in the store and in the folders.
func (s *Server) backlog(ctx context.Context) (telemetry.Backlog, error) {
	now := s.timing.Now()
	b, err := s.store.Backlog(ctx, now)
	if err != nil {
		return telemetry.Backlog{}, err
	}
	canary, err := s.store.Canary(ctx)
	if err != nil {
		return telemetry.Backlog{}, err
	}
	mail, looked := s.folders.sum()
	return telemetry.Backlog{
		Outbox: b.Outbox, Lined: b.Lined, InHand: b.InHand, Parked: b.Parked, Wakes: b.Wakes, Mail: mail, Looked: looked,
		Canary: telemetry.Canary{Sent: canary.Sent, Arrived: canary.Arrived, Late: s.config.Canary != nil && canary.Late(now)},
	}, nil
}

// looked records the result of reading a folder of the nth mailbox.
func (s *Server) looked(nth int) func(mailbox.FolderState) {
	return func(seen mailbox.FolderState) {
		if seen.Err != nil {
			s.metrics.Failed(telemetry.PartIMAP)
		}
		s.folders.note(nth, seen)
	}
}

// parts are the external services in whose metrics failed actions are counted.
var parts = map[bot.Mouth]telemetry.Part{bot.MouthMail: telemetry.PartSMTP, bot.MouthSlack: telemetry.PartSlack}
