package redisstore

import (
	"time"

	"verbale/intake"
)

type storedFollowUp struct {
	From         time.Time         `json:"from,omitzero"`
	AtDesk       time.Time         `json:"at_desk,omitzero"`
	AskedAgain   time.Time         `json:"asked_again,omitzero"`
	Waiting      time.Time         `json:"waiting,omitzero"`
	Stood        time.Duration     `json:"stood,omitempty"`
	Ledger       []storedReminder  `json:"ledger,omitzero"`
	Own          []storedReminder  `json:"own,omitzero"`
	Snoozed      time.Time         `json:"snoozed,omitzero"`
	Back         time.Time         `json:"requester_back,omitzero"`
	Stopped      []intake.StepName `json:"stopped,omitzero"`
	AskRequester bool              `json:"ask_requester,omitempty"`
	Next         storedReminder    `json:"next,omitzero"`
}

type storedReminder struct {
	Key    string               `json:"key"`
	Step   intake.StepName      `json:"step,omitempty"`
	Number int                  `json:"number,omitempty"`
	To     string               `json:"to,omitempty"`
	At     time.Time            `json:"at,omitzero"`
	State  intake.ReminderState `json:"state,omitempty"`
	Reason string               `json:"reason,omitempty"`
	DoneAt time.Time            `json:"done_at,omitzero"`
	Text   string               `json:"text,omitempty"`
	By     string               `json:"by,omitempty"`
}

type storedResults struct {
	Outputs       string    `json:"outputs,omitempty"`
	PeopleTrained int       `json:"people_trained,omitempty"`
	Women         int       `json:"women,omitempty"`
	Instruments   []string  `json:"instruments,omitzero"`
	NextStep      string    `json:"next_step,omitempty"`
	By            string    `json:"by,omitempty"`
	At            time.Time `json:"at,omitzero"`
}

func storeReminder(r intake.Reminder) storedReminder { return storedReminder(r) }

func (r storedReminder) load() intake.Reminder { return intake.Reminder(r) }

// storeFollowUp returns nil for an empty follow-up, such as that of a new record.
func storeFollowUp(f intake.FollowUp) *storedFollowUp {
	s := &storedFollowUp{
		From: f.From, AtDesk: f.AtDesk, AskedAgain: f.AskedAgain, Waiting: f.Waiting, Stood: f.Stood,
		Ledger: each(f.Ledger, storeReminder), Own: each(f.Own, storeReminder),
		Snoozed: f.Snoozed, Back: f.RequesterBack, Stopped: f.Stopped, AskRequester: f.AskRequester, Next: storeReminder(f.Next),
	}
	quiet := f.From.IsZero() && f.AtDesk.IsZero() && f.AskedAgain.IsZero() && f.Waiting.IsZero() && f.Snoozed.IsZero() && f.RequesterBack.IsZero() && f.Stood == 0 && !f.AskRequester
	if quiet && len(f.Ledger)+len(f.Own)+len(f.Stopped) == 0 && f.Next == (intake.Reminder{}) {
		return nil
	}
	return s
}

func (s *storedFollowUp) load() intake.FollowUp {
	if s == nil {
		return intake.FollowUp{}
	}
	return intake.FollowUp{
		From: s.From, AtDesk: s.AtDesk, AskedAgain: s.AskedAgain, Waiting: s.Waiting, Stood: s.Stood,
		Ledger: each(s.Ledger, storedReminder.load), Own: each(s.Own, storedReminder.load),
		Snoozed: s.Snoozed, RequesterBack: s.Back, Stopped: s.Stopped, AskRequester: s.AskRequester, Next: s.Next.load(),
	}
}
