package bot

import (
	"strings"
	"time"

	"verbale/intake"
	"verbale/routing"
)

// A Colleague is a person of the house who gives an order, as far as the house
// knows them.
type Colleague struct {
	ID       string // as histories name the actor: a mail address in lower case, or a Slack user id where none is known
	Name     string // as others read it
	Address  string // mail; "" where not known
	Language string // ISO 639-1
	Roles    []routing.Role
	Posts    []string // directory ids of the posts and divisions for which they speak
}

// An Order is what a colleague asks to be done: by a button, a form or a
// command. Handle carries it out once, however often it comes; what cannot be
// done is a *Refusal, and then nothing has changed.
type Order struct {
	ID        string // of the click; the same order keeps its id when it is delivered again
	By        Colleague
	Reference string // of the record that it is about; "" where there is none yet
	Seen      int64  // revision of the record that the colleague had before them; 0 where not known. A question that was answered since is not answered again
	Do        Deed
}

func (Order) event() {}

// A Deed is what an Order asks for.
type Deed interface{ deed() }

// Advance makes a step of the lifecycle. Assign to somebody else than proposed
// also changes the routing.
type Advance struct {
	Verb    intake.Verb
	Reason  string
	Owner   string // assign, complete, hand_over: a directory id; "" on assign takes the proposal
	Outcome intake.Outcome
	Into    string // merge: reference of the record that stays
}

// Correct sets fields of the request to what the colleague knows better. Values
// are those of `explain --json`: ids, ISO dates, plain texts; an empty list
// clears the field.
type Correct struct {
	Set map[intake.Field][]string
}

// Settle answers the question of a doubt: the field gets the value, and the
// doubt goes. For kind the values are those of intake.Kind; for requester.email
// the address is from then on confirmed.
type Settle struct {
	Field intake.Field
	Value string
}

// Reply sends a mail to the outside, word for word as the colleague has seen it
// in the preview.
type Reply struct {
	To       []intake.Address
	Cc       []intake.Address
	Subject  string
	Text     string
	Language string
	Purpose  Purpose
	// Since is when the colleague began to write: what was written to the
	// requester or by them after it makes the order a Refusal. Zero for never
	// mind.
	Since time.Time
}

// WithReference makes sure that an answer to a mail finds its record.
func WithReference(subject, reference string) string {
	if strings.Contains(subject, reference) {
		return subject
	}
	return subject + " [" + reference + "]"
}

// A Purpose says what a Reply does to the record.
type Purpose string

const (
	PurposeAnswer  Purpose = "answer"  // the substantive answer
	PurposeAsk     Purpose = "ask"     // a question; the record then waits for the requester
	PurposeInterim Purpose = "interim" // neither: the status stays
)

// Note keeps a word for colleagues with the record. It never leaves the house.
type Note struct{ Text string }

// Promote makes a record of a message that had been set aside.
type Promote struct{ Identity string }

// Join adds a message that had been set aside to the record that it speaks of;
// its sender is from then on a correspondent.
type Join struct{ Identity string }

// Dismiss leaves a message set aside and settles the question about it.
type Dismiss struct{ Identity string }

// Distinct says that a record that looked like this one is another matter.
type Distinct struct{ Other string }

// Split opens a record for each part of a request with several asks. The parts
// have the request as their parent, are not acknowledged again, and are
// answered together through it.
type Split struct{ Parts []Part }

// A Part is one ask of a request that is split.
type Part struct {
	Summary  string
	Themes   []string
	Services []intake.Service
	Owner    string // directory id
}

// Enter makes a record of what a colleague heard or read elsewhere. It is never
// an official request, and says so.
type Enter struct {
	Countries   []string
	Institution string
	Requester   intake.Requester
	Language    string
	Text        string // the ask, in whosever words
	Author      string // who wrote it, where it was a message
	Link        string // to that message
}

// Mark makes a record confidential, or open again.
type Mark struct{ Confidential bool }

// View notes that a colleague opened a confidential record.
type View struct{}

// Leave says that the holder of a post is away. The zero absence ends it.
type Leave struct {
	Post    string
	Absence routing.Absence
	StandIn string // directory id; "" for the directory's
}

// Snooze lets nothing be said to the owner of a record before a moment.
type Snooze struct{ Until time.Time }

// Hush stops, or takes up again, all that is said about one step.
type Hush struct {
	Step intake.StepName
	Off  bool
}

// Postpone says one planned reminder at another time; never, where At is zero.
type Postpone struct {
	Key string
	At  time.Time
}

// RemindMe asks for a reminder of one's own.
type RemindMe struct {
	At   time.Time
	Text string
}

// AskRequester agrees that the requester is reminded of our question.
type AskRequester struct{}

// Tell says what a record came to.
type Tell struct{ Results intake.Results }

func (Snooze) deed()       {}
func (Hush) deed()         {}
func (Postpone) deed()     {}
func (RemindMe) deed()     {}
func (AskRequester) deed() {}
func (Tell) deed()         {}

func (Advance) deed()  {}
func (Correct) deed()  {}
func (Settle) deed()   {}
func (Reply) deed()    {}
func (Note) deed()     {}
func (Promote) deed()  {}
func (Join) deed()     {}
func (Dismiss) deed()  {}
func (Distinct) deed() {}
func (Split) deed()    {}
func (Enter) deed()    {}
func (Mark) deed()     {}
func (View) deed()     {}
func (Leave) deed()    {}

// A Refusal says why an order was not carried out, in a text for the operator
// and one for the person (a key of internal/phrases).
type Refusal struct {
	Phrase string
	Values map[string]any
	Field  intake.Field // that holds a wrong value; "" where it is about none
	Err    error        // may be nil
}

func (r *Refusal) Error() string {
	if r.Err != nil {
		return "order refused: " + r.Phrase + ": " + r.Err.Error()
	}
	return "order refused: " + r.Phrase
}

// Unwrap returns the failure behind the refusal.
func (r *Refusal) Unwrap() error { return r.Err }
