package intake

import "time"

// A FollowUp is how a record is followed up: from when its time counts, what was
// said to whom, and what colleagues wished otherwise.
type FollowUp struct {
	// From is when its time began anew by reopening; zero: it counts from
	// receipt, and acceptance from assignment.
	From time.Time
	// Waiting is since when the record waits for the requester, and the clock
	// stands still; zero: it runs.
	Waiting time.Time
	// Stood is how much of the office's working time the clock has stood still.
	Stood time.Duration

	Ledger  []Reminder // what was settled, oldest first; what is planned, anew or again, is computed
	Own     []Reminder // what colleagues asked to be reminded of, planned still
	Snoozed time.Time  // nothing is said to its owner before
	// RequesterBack is when the requester has returned who was away; nothing is
	// said to the requester before.
	RequesterBack time.Time
	Stopped       []StepName // steps about which nothing is said any more
	// AskRequester is set once a colleague agreed that the requester is
	// reminded of our question.
	AskRequester bool
	// Next is the first that is planned; zero where nothing is. It is when the
	// record is looked at again.
	Next Reminder
}

// A ReminderState is what became of a reminder.
type ReminderState string

const (
	ReminderPlanned ReminderState = "planned"
	ReminderSent    ReminderState = "sent"    // an action was written down; whether it arrived stands with that
	ReminderSkipped ReminderState = "skipped" // nothing was due any more, or a later one says the same
	ReminderStopped ReminderState = "stopped" // a colleague did not want it
)

// A Reminder is one line of the ledger: what is, or was, to be said to whom and
// when.
type Reminder struct {
	Key    string // unique within the record: "answer.2026-11-25.3"
	Step   StepName
	Number int    // of the reminders of the step, from 1
	To     string // requester, desk, desk_lead, chief, a directory id, or a person's id
	At     time.Time
	State  ReminderState
	Reason string // why it was skipped or stopped, or that it was moved and by whom
	DoneAt time.Time
	Text   string // of a colleague's own
	By     string // who asked for it, or stopped it
}

// Lapsed reports whether a reminder was settled before its time, since its step was
// made or nothing is said about it. Where the step is due again, so is the reminder.
func (r Reminder) Lapsed() bool { return r.State == ReminderSkipped && r.DoneAt.Before(r.At) }

// Steps besides those of the plan, about which reminders speak.
const (
	StepRequester StepName = "requester" // the requester's answer to our question; said to the owner: is it to be closed?
	StepOwn       StepName = "own"       // a colleague's own reminder
)

// Results are what a record came to, as its programme reports it.
type Results struct {
	Outputs       string // what was delivered
	PeopleTrained int
	Women         int      // of them
	Instruments   []string // acceded to or applied since
	NextStep      string
	By            string
	At            time.Time
}
