package bot

import (
	"time"

	"verbale/intake"
)

// An ActionKind says what is to be done outside.
type ActionKind string

const (
	ActionAcknowledge ActionKind = "acknowledge" // automatic mail to the requester
	ActionAssign      ActionKind = "assign"      // assignment mail to a post or division
	ActionInform      ActionKind = "inform"      // mail to a colleague of whom nothing is asked: who supports, forwarded, or holds a record to which mail came in
)

// An ActionState is where an action stands.
type ActionState string

const (
	ActionPending  ActionState = "pending"
	ActionClaimed  ActionState = "claimed" // a process holds it under a lease
	ActionDone     ActionState = "done"
	ActionParked   ActionState = "parked"   // given up after the last attempt; a person decides
	ActionWithheld ActionState = "withheld" // written while sending was off; never released
	ActionSkipped  ActionState = "skipped"  // nothing to say when its time came; the reason is kept
)

// An Action is something to be done outside, written down with its key in the
// same commit as the record that calls for it.
type Action struct {
	Key       string // unique for ever: "acknowledge:TC-2026-00042"
	Kind      ActionKind
	Reference string
	State     ActionState
	Due       time.Time
	Mail      *Mail
	Post      *Post    // ActionPost
	Room      string   // ActionCard, ActionPost: RoomDesk or a directory id
	Revision  int64    // ActionCard: of the record when the card was called for
	Records   []string // ActionSummary: references of the records it stands for
	Part      *Part    // ActionOpenPart
	Source    string   // reference of the record that was merged (ActionAbsorb), or of the parent (ActionSeal); of a redrawing, the key of the action drawn anew
	Places    []string // ActionUnsay: where in Slack the messages stand, as "conversation/time stamp"
	Request   string   // the id in the log of what called for it; "" where nothing from outside did

	// Lane, where set, puts the action into a line: it is not due before all
	// earlier actions of the same lane are done, skipped or parked.
	Lane string

	// RateGroup is the address whose share of automatic mail this action
	// counts against, or what it is and to whom ("inform:" and an address); ""
	// for what has no share.
	RateGroup string
	// Deferred is set when the share of the RateGroup was used up, until the
	// action is settled: such actions are combined into one mail.
	Deferred bool

	Attempts  int
	LastError string // the operator's text of the last failure
	// Result is what came of it: the Message-ID sent, or why it was skipped. Until it
	// is settled, it says that it may be out, and as what: the Message-ID of the mail
	// or the key of the summary that went out in place of it and of others, or its own
	// key; "" where nothing went out.
	Result string
	DoneAt time.Time
}

// A Mail is an outgoing mail in neutral form; bot/mailout gives it its bytes.
type Mail struct {
	MessageID  string // without angle brackets; derived from the action's key, so that a repeat is recognised
	To         []intake.Address
	Cc         []intake.Address
	Subject    string
	Text       string // plain text, UTF-8, line feeds
	HTML       string // the same as a page, for mail programs that show it; "" for plain text alone
	Language   string
	InReplyTo  string
	References []string
	Automatic  bool // carries Auto-Submitted and our loop header
}
