package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbale/intake"
)

// An ActionKind says what an action does.
type ActionKind string

// E-mails (MouthMail). Those written by a person are sent verbatim.
const (
	ActionAcknowledge ActionKind = "acknowledge" // automatic mail to the requester
	ActionAssign      ActionKind = "assign"      // assignment mail to a post or division
	// ActionInform is mail to a colleague who need not act: who supports, has forwarded the
	// mail, or owns a record to which mail came in.
	ActionInform     ActionKind = "inform"
	ActionAnswer     ActionKind = "answer"      // a person's answer to the requester
	ActionAsk        ActionKind = "ask"         // a person's question to the requester
	ActionInterim    ActionKind = "interim"     // a person's message to the requester that is neither
	ActionRemind     ActionKind = "remind"      // reminder that something is due
	ActionStatus     ActionKind = "status"      // status of the request, for a requester who asked
	ActionDigestMail ActionKind = "digest_mail" // digest of many records
	ActionCanary     ActionKind = "canary"      // test mail to the desk's own mailbox, which must arrive there
)

// Actions in Slack (MouthSlack).
const (
	ActionCard    ActionKind = "card"    // post or update the card of a record in a room
	ActionSummary ActionKind = "summary" // one message in place of many cards
	ActionPost    ActionKind = "post"    // post a message below a card, or to a person
	ActionErase   ActionKind = "unsay"   // delete messages
	// ActionRedraw updates the message posted by an earlier action: Source is that action's
	// key, Places where its message is. Without a Post, it is a summary.
	ActionRedraw ActionKind = "redraw"
)

// Internal actions (MouthInternal): effects of an event on other records than its own, and
// checks to be made at a later time.
const (
	ActionOpenPart         ActionKind = "open_part" // open a part of a split request
	ActionAdopt            ActionKind = "adopt"     // add a part to its parent's children
	ActionAbsorb           ActionKind = "absorb"    // tell the remaining record about the one merged into it
	ActionMakeConfidential ActionKind = "seal"      // make a part confidential, as its parent is
	ActionForget           ActionKind = "forget"    // remove personal data from what is kept beside a record
	// ActionDigest determines what a recipient has to know, and leads to an ActionDigestMail
	// or a post.
	ActionDigest ActionKind = "digest"
	// ActionUpdatePosts updates Slack messages about a record that are out of date: the text of a
	// record that has become confidential, questions that have been answered, reminders of
	// what is done.
	ActionUpdatePosts ActionKind = "retell"
)

// An ActionState is the state of an action.
type ActionState string

const (
	ActionPending  ActionState = "pending"
	ActionClaimed  ActionState = "claimed" // leased by a process
	ActionDone     ActionState = "done"
	ActionParked   ActionState = "parked"   // given up after the last attempt; a person decides
	ActionWithheld ActionState = "withheld" // created while sending was off; never sent
	ActionSkipped  ActionState = "skipped"  // not needed any more when it was due; the reason is kept
)

// An Action is something to be done outside. It is stored with its key in the same commit as
// the record that causes it.
type Action struct {
	Key       string // globally unique: "acknowledge:TC-2026-00042"
	Kind      ActionKind
	Reference string
	State     ActionState
	Due       time.Time
	Mail      *Mail
	Post      *Post    // ActionPost
	Room      string   // ActionCard, ActionPost: RoomDesk or a directory id
	Revision  int64    // ActionCard: revision of the record when the action was created
	Records   []string // ActionSummary: references of the records it lists
	Part      *Part    // ActionOpenPart
	// Source is the reference of the merged record (ActionAbsorb), of the part (ActionAdopt)
	// or of the parent (ActionMakeConfidential); for ActionRedraw, the key of the action to redraw.
	Source  string
	Places  []string // ActionErase, ActionRedraw: Slack messages as "conversation/time stamp"
	Request string   // log ID of the event that caused it; "" if nothing from outside did

	// Lane, if set, orders actions: an action is not due before all earlier actions of its
	// lane are done, skipped or parked.
	Lane string

	// RateGroup names the rate limit that this action counts against: an address, or a kind
	// and an address ("inform:" and an address); "" if it has no limit.
	RateGroup string
	// Deferred is set when the limit of the RateGroup was used up, until the action is
	// settled; deferred actions are combined into one mail.
	Deferred bool

	Attempts  int
	LastError string // error text of the last failure, for the operator
	// Result is the outcome: the Message-ID sent, or why the action was skipped. Before that,
	// a value means that the action may have been performed, and as what: the Message-ID of
	// the combined mail or the key of the summary sent in place of it and others, or its own
	// key. "" means that nothing was sent.
	Result string
	DoneAt time.Time
}

// A Mail is an outgoing e-mail in neutral form; bot/mailout encodes it.
type Mail struct {
	MessageID  string // without angle brackets; derived from the action's key, so that a repeat can be recognised
	To         []intake.Address
	Cc         []intake.Address
	Subject    string
	Text       string // plain text, UTF-8, line feeds
	HTML       string // the same text as HTML; "" for plain text only
	Language   string
	InReplyTo  string
	References []string
	Automatic  bool // carries Auto-Submitted and our loop header
}

// ReminderKey returns the key of the action that sends a reminder.
func ReminderKey(reference string, line intake.Reminder) string {
	return fmt.Sprintf("%s:%s:%s", ActionRemind, reference, line.Key)
}

// ShortHash shortens a key to 40 bits, for example for a Message-ID; that is enough to
// distinguish the keys of one record.
func ShortHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:5])
}

// SpeaksOf reports whether a digest mentions a record.
func (a Action) SpeaksOf(reference string) bool {
	in := func(text string) bool { return strings.Contains(text, reference) }
	switch {
	case a.Post != nil:
		return slices.ContainsFunc(a.Post.Sections, func(p PostSection) bool { return slices.Contains(p.Records, reference) })
	case a.Mail != nil:
		return in(a.Mail.Text) || in(a.Mail.HTML)
	}
	return false
}
