package intake

import "time"

// A FollowUp is the state of a record's deadlines and reminders: when its time began to
// count, what was sent to whom, and what colleagues changed.
type FollowUp struct {
	// From is when its deadlines began to count again, because it was reopened, taken up again
	// after the answer, or taken from old mail; zero: they count from receipt, and acceptance
	// from assignment.
	From time.Time
	// AtDesk is when the record came back to the desk, from which triage counts; zero: it
	// counts like the other deadlines.
	AtDesk time.Time
	// AskedAgain is when the requester wrote again after the answer, as long as nobody has
	// decided whether the request is taken up again; else zero.
	AskedAgain time.Time
	// Waiting is since when the record waits for the requester, which stops its clock; zero:
	// the clock runs.
	Waiting time.Time
	// Stood is for how much of the office's working time the clock has been stopped.
	Stood time.Duration

	Ledger  []Reminder // settled reminders, oldest first; planned ones are computed
	Own     []Reminder // reminders requested or moved by colleagues, still planned
	Snoozed time.Time  // nothing is sent to its owner before this time
	// RequesterBack is when an absent requester will be back; nothing is sent to the
	// requester before that.
	RequesterBack time.Time
	Stopped       []StepName // steps whose reminders are turned off
	// AskRequester is set if a colleague agreed that the requester may be reminded of our
	// question.
	AskRequester bool
	// Next is the first planned reminder, zero if there is none. It determines when the
	// record is looked at again.
	Next Reminder
}

// A ReminderState is the state of a reminder.
type ReminderState string

const (
	ReminderPlanned ReminderState = "planned"
	ReminderSent    ReminderState = "sent"    // an action was created; its delivery is tracked there
	ReminderSkipped ReminderState = "skipped" // nothing was due any more, or a later reminder says the same
	ReminderStopped ReminderState = "stopped" // a colleague turned it off
)

// A Reminder is one entry of the ledger: a message about a step that is, or was, to be sent
// to somebody at a certain time.
type Reminder struct {
	Key    string // unique within the record: "answer.2026-11-25.3"
	Step   StepName
	Number int    // number within the step's reminders, from 1
	To     string // requester, desk, desk_lead, chief, a directory id, or a person's id
	At     time.Time
	State  ReminderState
	Reason string // why it was skipped or stopped, or by whom it was moved
	DoneAt time.Time
	Text   string // the text of a personal reminder
	By     string // who requested or stopped it
}

// Lapsed reports whether a reminder was skipped before its time, because its step had been
// made or its reminders were turned off. If the step becomes due again, so does the reminder.
func (r Reminder) Lapsed() bool { return r.State == ReminderSkipped && r.DoneAt.Before(r.At) }

// Steps that have reminders but are not part of the plan.
const (
	StepRequester StepName = "requester" // the requester's answer to our question; the owner is asked whether to close the record
	StepOwn       StepName = "own"       // a personal reminder
)

// Results are the results of a record's activity, as the programme reports them.
type Results struct {
	Outputs       string // what was delivered
	PeopleTrained int
	Women         int      // women among the people trained
	Instruments   []string // instruments acceded to or applied since
	NextStep      string
	By            string
	At            time.Time
}
