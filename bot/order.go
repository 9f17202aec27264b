package bot

import (
	"strings"
	"time"

	"verbale/intake"
	"verbale/routing"
)

// A Colleague is a member of the office who gives an order, with what the office knows about
// them.
type Colleague struct {
	ID       string // actor ID in histories: a mail address in lower case, or a Slack user ID if no address is known
	Name     string // display name
	Address  string // mail; "" where not known
	Language string // ISO 639-1
	Roles    []routing.Role
	Posts    []string // directory IDs of the posts and divisions that they represent
}

// An Order is a colleague's request to do something, made with a button, a form or a command.
// Handle executes it once, however often it is delivered; an order that cannot be carried out
// results in a *Refusal and changes nothing.
type Order struct {
	ID        string // of the click; stays the same when the order is delivered again
	By        Colleague
	Reference string // the record concerned; "" if there is none yet
	// Seen is the revision of the record that the colleague was shown, 0 if unknown. An order
	// that answers a question answered since is not carried out.
	Seen int64
	Do   Operation
}

func (Order) event() {}

// An Operation is what an Order requests.
type Operation interface{ operation() }

// Advance makes a step of the lifecycle. Assigning to somebody other than the proposed
// assignee also changes the routing.
type Advance struct {
	Verb    intake.Verb
	Reason  string
	Owner   string // assign, complete, hand_over: a directory ID; "" on assign means the proposed one
	Outcome intake.Outcome
	Into    string // merge: reference of the record that stays
}

// Correct sets fields of the request. Values are written as in `explain --json`: IDs, ISO
// dates, plain text; an empty list clears the field.
type Correct struct {
	Set map[intake.Field][]string
}

// Settle resolves a doubt: it sets the field to the value and removes the doubt. For the
// field kind, values are those of intake.Kind; for requester.email, the address counts as
// confirmed from then on.
type Settle struct {
	Field intake.Field
	Value string
}

// Reply sends a mail to somebody outside, verbatim as the colleague has seen it in the
// preview.
type Reply struct {
	To       []intake.Address
	Cc       []intake.Address
	Subject  string
	Text     string
	Language string
	Purpose  Purpose
	// Since is when the colleague began to write: if mail was exchanged with the requester
	// after that, the order is refused. Zero disables the check.
	Since time.Time
}

// WithReference adds the reference to a subject that lacks it, so that replies can be matched
// to the record.
func WithReference(subject, reference string) string {
	if strings.Contains(subject, reference) {
		return subject
	}
	return subject + " [" + reference + "]"
}

// A Purpose says what a Reply does to the record's status.
type Purpose string

const (
	PurposeAnswer  Purpose = "answer"  // the substantive answer
	PurposeAsk     Purpose = "ask"     // a question; the record then waits for the requester
	PurposeInterim Purpose = "interim" // neither: the status stays
)

// Note adds an internal note to the record. It is never sent outside the office.
type Note struct{ Text string }

// Promote creates a record from a message set aside.
type Promote struct{ Identity string }

// Join adds a message set aside to the record that it refers to; its sender becomes a
// correspondent.
type Join struct{ Identity string }

// Dismiss keeps a message set aside and closes the question about it.
type Dismiss struct{ Identity string }

// Distinct says that a record that looked similar to this one is a different matter.
type Distinct struct{ Other string }

// Split opens a record for each part of a request that asks for several things. The request
// becomes the parent of the parts, which are not acknowledged again and are answered together
// through it.
type Split struct{ Parts []Part }

// A Part is one of the things asked for in a request that is split.
type Part struct {
	Summary  string
	Themes   []string
	Services []intake.Service
	Owner    string // directory id
}

// EnterRequest creates a record of a request that a colleague heard or read elsewhere. It is never
// treated as an official request, and is marked accordingly.
type EnterRequest struct {
	Countries   []string
	Institution string
	Requester   intake.Requester
	Language    string
	Text        string // the request, in anybody's words
	Author      string // its author, if it was a message
	Link        string // link to that message
}

// SetConfidential makes a record confidential, or removes that mark.
type SetConfidential struct{ Confidential bool }

// View records that a colleague opened a confidential record.
type View struct{}

// Leave sets the absence of a post's holder. A zero absence ends it.
type Leave struct {
	Post    string
	Absence routing.Absence
	StandIn string // directory ID; "" for the one named in the directory
}

// Snooze suppresses messages to a record's owner until a moment.
type Snooze struct{ Until time.Time }

// Mute turns the reminders of one step off, or on again.
type Mute struct {
	Step intake.StepName
	Off  bool
}

// Postpone moves one planned reminder to another time, or cancels it if At is zero.
type Postpone struct {
	Key string
	At  time.Time
}

// RemindMe asks for a personal reminder.
type RemindMe struct {
	At   time.Time
	Text string
}

// AskRequester allows reminding the requester of our question.
type AskRequester struct{}

// RecordResults records the results of a record's activity.
type RecordResults struct{ Results intake.Results }

func (Snooze) operation()        {}
func (Mute) operation()          {}
func (Postpone) operation()      {}
func (RemindMe) operation()      {}
func (AskRequester) operation()  {}
func (RecordResults) operation() {}

func (Advance) operation()         {}
func (Correct) operation()         {}
func (Settle) operation()          {}
func (Reply) operation()           {}
func (Note) operation()            {}
func (Promote) operation()         {}
func (Join) operation()            {}
func (Dismiss) operation()         {}
func (Distinct) operation()        {}
func (Split) operation()           {}
func (EnterRequest) operation()    {}
func (SetConfidential) operation() {}
func (View) operation()            {}
func (Leave) operation()           {}

// A Refusal says why an order was not carried out, with an error for the operator and a text
// for the person (a key of internal/phrases).
type Refusal struct {
	Phrase string
	Values map[string]any
	Field  intake.Field // the field with an invalid value; "" if none
	Err    error        // may be nil
}

func (r *Refusal) Error() string {
	if r.Err != nil {
		return "order refused: " + r.Phrase + ": " + r.Err.Error()
	}
	return "order refused: " + r.Phrase
}

// Unwrap returns the error behind the refusal.
func (r *Refusal) Unwrap() error { return r.Err }
