package registry

import (
	"context"
	"errors"
	"fmt"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/phrases"
)

// ReleaseCanary enqueues a canary mail. It is noted before it can arrive; if it cannot be
// enqueued, the note is taken back, so that it is not expected.
func (s *Service) ReleaseCanary(ctx context.Context, keep bot.Canaries) error {
	before, err := keep.Canary(ctx)
	if err != nil {
		return fmt.Errorf("ask for the canary letter: %w", err)
	}
	action := s.canaryLetter()
	noted := bot.Canary{MessageID: action.Mail.MessageID, Sent: action.Due, Arrived: before.Arrived}
	if err := keep.SetCanary(ctx, noted); err != nil {
		return fmt.Errorf("note a canary letter: %w", err)
	}
	if _, err := s.Store.Commit(ctx, bot.Change{Actions: []bot.Action{action}}); err != nil {
		return errors.Join(fmt.Errorf("write down a canary letter: %w", err), keep.SetCanary(ctx, before))
	}
	if s.Nudge != nil {
		s.Nudge()
	}
	return nil
}

func (s *Service) canaryLetter() bot.Action {
	now, unique := s.Now(), s.Token()
	return bot.Action{
		Key: fmt.Sprintf("%s:%s", bot.ActionCanary, unique), Kind: bot.ActionCanary, State: bot.ActionPending, Due: now,
		Mail: &bot.Mail{
			MessageID: s.messageID(bot.ActionCanary, intake.DateOf(now).String(), unique),
			To:        []intake.Address{s.Office.Desk}, Language: phrases.English, Automatic: true,
			Subject: s.Phrases.Text(phrases.English, "canary.subject", nil),
			Text:    s.Phrases.Text(phrases.English, "canary.text", nil),
		},
	}
}

// CanaryArrived notes the arrival of a canary mail. It ignores all other mail.
func (s *Service) CanaryArrived(ctx context.Context, keep bot.Canaries, m *intake.Message) (arrived bool, err error) {
	if !m.Signs.LoopMark || intake.DomainOf(m.MessageID) != lower(s.Office.Domain) {
		return false, nil
	}
	c, err := keep.Canary(ctx)
	if err != nil {
		return false, fmt.Errorf("ask for the canary letter: %w", err)
	}
	if c.MessageID == "" || lower(m.MessageID) != lower(c.MessageID) {
		return false, nil
	}
	if c.Late(s.Now()) {
		if err := s.tellCanary(ctx, c, "canary.arrived"); err != nil {
			return false, err
		}
	}
	c.Arrived = s.Now()
	return true, keep.SetCanary(ctx, c)
}

// CanaryLate tells the desk in Slack that a canary mail is late, once for each, however often
// it is called. If it arrives later, that is told too.
func (s *Service) CanaryLate(ctx context.Context, c bot.Canary) error {
	return s.tellCanary(ctx, c, "canary.late")
}

func (s *Service) tellCanary(ctx context.Context, c bot.Canary, phrase string) error {
	if !s.Office.Slack {
		return nil
	}
	sent := c.Sent.In(s.Office.Zone)
	_, err := s.Store.Commit(ctx, bot.Change{Actions: []bot.Action{{
		Key:  fmt.Sprintf("%s:%s:%s", bot.ActionPost, phrase, bot.ShortHash(c.MessageID)),
		Kind: bot.ActionPost, Room: bot.RoomDesk, Lane: "slack:canary", State: bot.ActionPending, Due: s.Now(),
		Post: &bot.Post{Title: s.Phrases.Text(phrases.English, phrase, phrases.Values{"sent": sent, "time": sent.Format("15:04")}), Language: phrases.English},
	}}})
	if err != nil {
		return fmt.Errorf("tell the desk of a canary letter: %w", err)
	}
	if s.Nudge != nil {
		s.Nudge()
	}
	return nil
}
