package registry

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/bot/mailtext"
	"verbale/intake"
)

// longest is how far ahead a reminder may be set; a later date is a mistyped year.
const longest = 3 * 366 * 24 * time.Hour

// changeReminders changes the planned reminders of a record.
func (s *Service) changeReminders(m *loadedOrder) (bot.Change, error) {
	change := m.with()
	f := &change.Record.FollowUp
	switch d := m.Do.(type) {
	case bot.Snooze:
		if !m.ahead(d.Until) {
			return bot.Change{}, &bot.Refusal{Phrase: "refused.moment"}
		}
		f.Snoozed = d.Until
		change.History = append(change.History, m.entry(bot.WhatSnoozed, "", d.Until.In(s.Office.Zone).Format(time.DateTime)))
	case bot.Mute:
		return s.mute(m, d), nil
	case bot.Postpone:
		return s.postpone(m, d)
	case bot.RemindMe:
		return s.remindMe(m, d)
	case bot.AskRequester:
		f.AskRequester = true
		change.History = append(change.History, m.entry(bot.WhatMayRemind, "", ""))
	}
	return change, nil
}

// ahead reports whether a time is in the future, but not too far.
func (m *loadedOrder) ahead(at time.Time) bool {
	return at.After(m.now) && at.Before(m.now.Add(longest))
}

func (s *Service) mute(m *loadedOrder, d bot.Mute) bot.Change {
	what := bot.WhatUnmuted
	if d.Off {
		what = bot.WhatMuted
	}
	change := m.with(m.entry(what, "", string(d.Step)))
	f := &change.Record.FollowUp
	f.Stopped = slices.DeleteFunc(slices.Clone(f.Stopped), func(step intake.StepName) bool { return step == d.Step })
	if d.Off {
		f.Stopped = append(f.Stopped, d.Step)
	}
	return change
}

// postpone settles a planned reminder as stopped, and plans a new one if it is to be sent
// later.
func (s *Service) postpone(m *loadedOrder, d bot.Postpone) (bot.Change, error) {
	planned := s.Planned(m.rec)
	at := slices.IndexFunc(planned, func(r intake.Reminder) bool { return r.Key == d.Key })
	switch {
	case at < 0:
		return bot.Change{}, &bot.Refusal{Phrase: "refused.reminder_gone"}
	case !d.At.IsZero() && !m.ahead(d.At):
		return bot.Change{}, &bot.Refusal{Phrase: "refused.moment"}
	}
	line := planned[at]
	settled := line
	settled.State, settled.DoneAt, settled.By, settled.Reason = intake.ReminderStopped, m.now, m.By.ID, bot.ReasonStopped
	change := m.with()
	f := &change.Record.FollowUp
	f.Own = slices.DeleteFunc(slices.Clone(f.Own), func(r intake.Reminder) bool { return r.Key == d.Key })
	if !d.At.IsZero() {
		settled.Reason = bot.ReasonMoved
		line.Key, line.At, line.By = line.Key+"+", d.At, m.By.ID
		f.Own = append(f.Own, line)
	}
	f.Ledger = append(slices.Clone(f.Ledger), settled)
	change.History = append(change.History, m.entry(bot.WhatPostponed, settled.Reason, d.Key))
	return change, nil
}

func (s *Service) remindMe(m *loadedOrder, d bot.RemindMe) (bot.Change, error) {
	text := mailtext.Cut(strings.TrimSpace(d.Text), s.Habits.NoteLength)
	if !m.ahead(d.At) {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.moment"}
	}
	change := m.with(m.entry(bot.WhatRemindMe, text, d.At.In(s.Office.Zone).Format(time.DateTime)))
	f := &change.Record.FollowUp
	to := m.By.ID
	if len(m.By.Posts) > 0 {
		to = m.By.Posts[0] // its contact and stand-in are in the directory
	}
	f.Own = append(slices.Clone(f.Own), intake.Reminder{
		Key: fmt.Sprintf("own.%s.%s", m.By.ID, bot.ShortHash(m.ID+" "+d.At.UTC().String())), Step: intake.StepOwn, Number: 1,
		To: to, At: d.At, Text: text, By: m.By.ID,
	})
	return change, nil
}

// recordResults stores the results of a record.
func (s *Service) recordResults(m *loadedOrder, d bot.RecordResults) (bot.Change, error) {
	r := d.Results
	if r.Outputs == "" && r.PeopleTrained == 0 && len(r.Instruments) == 0 && r.NextStep == "" {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.empty"}
	}
	if r.PeopleTrained < 0 || r.Women < 0 || r.Women > r.PeopleTrained {
		return bot.Change{}, &bot.Refusal{Phrase: "refused.people"}
	}
	r.By, r.At = m.By.ID, m.now
	change := m.with(m.entry(bot.WhatResults, r.Outputs, ""))
	change.Record.Results = &r
	s.plan(change.Record)
	s.say(m.occasion, &change, change.History[0], r.Outputs)
	return change, nil
}
