package bot

import (
	"time"

	"verbale/intake"
)

// RoomDesk is the desk's channel. Other rooms are directory IDs, meaning direct messages to
// the holder of the post, or Slack user IDs.
const RoomDesk = "desk"

// A CardPlace is the Slack message with a record's card in a room.
type CardPlace struct {
	Channel  string // Slack conversation id
	TS       string // Slack's time stamp of the message, which identifies it within the conversation
	Revision int64  // revision of the record shown by the card
	DrawnAt  time.Time
}

// A Post is a message to be posted in Slack. All texts are plain, to be escaped when
// rendered; Body may have been written by a stranger. A post about an event of a record has
// no Title: What, Actor and Detail are those of its history entry, put into words when the
// post is rendered, and Body is the reason or the text that was written.
type Post struct {
	Title    string
	What     string
	Actor    string
	Detail   string
	Body     string
	Language string
	Identity string // identity of the message set aside that the desk is asked about
	Reminder string // key of the reminder that it sends; "" for none
	Step     intake.StepName
	Sections []PostSection // of a digest
}

// A PostSection is a list of records within a post, under a title.
type PostSection struct {
	Title   string
	Records []string // references
	Lines   []string // the line for each record
}

// LateReminders, as the Reminder of a Post, marks a summary of reminders that could not be
// sent on time.
const LateReminders = "late"

// AsidesToConfirm, as the Identity of a Post, marks a summary of questions about messages set
// aside that arrived too fast to be asked one by one. The post's Detail lists the MarkOfAside
// of each, separated by spaces.
const AsidesToConfirm = "to confirm"

// AsideDismissed is the state of a message set aside that the desk has left there.
const AsideDismissed = "dismissed"
