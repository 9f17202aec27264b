package bot

import (
	"time"

	"verbale/intake"
)

// RoomDesk is the desk's channel; other rooms are directory ids, and mean a
// direct message to whoever holds the post, or Slack user ids.
const RoomDesk = "desk"

// A CardPlace is where the card of a record stands in a room.
type CardPlace struct {
	Channel  string // Slack conversation id
	TS       string // Slack's time stamp of the message, its name in the conversation
	Revision int64  // of the record as it was last drawn
	DrawnAt  time.Time
}

// A Post is something said in Slack. All texts are plain, and whoever shows
// them escapes them; Body may be a stranger's words. A post that tells what
// happened to a record has no Title: What, Actor and Detail are those of the entry
// in its history, which whoever shows the post puts into words, and Body is the
// reason or what was written.
type Post struct {
	Title    string
	What     string
	Actor    string
	Detail   string
	Body     string
	Language string
	Identity string // of a message set aside about which the desk is asked
	Reminder string // key of the reminder that it is; "" for none
	Step     intake.StepName
	Sections []PostSection // of a digest
}

// A PostSection is a list of records within a post, under a title.
type PostSection struct {
	Title   string
	Records []string // references
	Lines   []string // what is said of each
}

// LateReminders marks the summary that stands for what could not be said in time: it
// is the Reminder of its Post.
const LateReminders = "late"

// AsidesToConfirm marks the summary that stands for questions about messages set aside
// which came too fast to be asked one by one: it is the Identity of its Post, whose
// Detail has the MarkOfAside of each, with spaces between them.
const AsidesToConfirm = "to confirm"

// AsideDismissed says of a message that was set aside that the desk left it there.
const AsideDismissed = "dismissed"
