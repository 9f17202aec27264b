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

// An ActionKind says what is to be done outside.
type ActionKind string

// Mails (MouthMail). Those of a person are sent as they were written.
const (
	ActionAcknowledge ActionKind = "acknowledge" // automatic mail to the requester
	ActionAssign      ActionKind = "assign"      // assignment mail to a post or division
	ActionInform      ActionKind = "inform"      // mail to a colleague of whom nothing is asked: who supports, forwarded, or holds a record to which mail came in
	ActionAnswer      ActionKind = "answer"      // a person's answer to the requester
	ActionAsk         ActionKind = "ask"         // a person's question to the requester
	ActionInterim     ActionKind = "interim"     // a person's word to the requester that is neither
	ActionRemind      ActionKind = "remind"      // reminds somebody of what is due
	ActionStatus      ActionKind = "status"      // tells a requester who asked where the request stands
	ActionDigestMail  ActionKind = "digest_mail" // tells somebody of many records
	ActionCanary      ActionKind = "canary"      // tries the whole path: to the desk's own mailbox, and looked for there
)

// Actions in Slack (MouthSlack).
const (
	ActionCard    ActionKind = "card"    // draw the card of a record in a room as it is now
	ActionSummary ActionKind = "summary" // one message that stands for many cards
	ActionPost    ActionKind = "post"    // say something below a card, or to a person
	ActionUnsay   ActionKind = "unsay"   // take back what was said
	// ActionRedraw shows anew what an earlier action has said: Source is the key of
	// that one, Places where its message stands. Without a Post, it is a summary.
	ActionRedraw ActionKind = "redraw"
)

// Actions within the house (MouthHouse): what an event does to further records than
// its own, and what is looked at once its time has come.
const (
	ActionOpenPart ActionKind = "open_part" // of a split request
	ActionAdopt    ActionKind = "adopt"     // note a part with its parent
	ActionAbsorb   ActionKind = "absorb"    // tell the record that stays of the one merged into it
	ActionSeal     ActionKind = "seal"      // make a part confidential, as its parent is
	ActionForget   ActionKind = "forget"    // take personal words out of what is kept beside a record
	// ActionDigest is the question what a recipient has to know. What it leads to is
	// a mail of ActionDigestMail, or a post.
	ActionDigest ActionKind = "digest"
	// ActionRetell looks for what was said in Slack of a record and is to be shown
	// otherwise by now: the words of a record that has become confidential, questions
	// that have been answered, reminders of what is done.
	ActionRetell ActionKind = "retell"
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
	Source    string   // reference of the record that was merged (ActionAbsorb), of the part (ActionAdopt), or of the parent (ActionSeal); of a redrawing, the key of the action drawn anew
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

// ReminderKey is the key of the action that says a reminder.
func ReminderKey(reference string, line intake.Reminder) string {
	return fmt.Sprintf("%s:%s:%s", ActionRemind, reference, line.Key)
}

// ShortHash tells keys apart, as in a Message-ID; forty bits are plenty within one record.
func ShortHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:5])
}

// SpeaksOf reports whether a digest names a record.
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
