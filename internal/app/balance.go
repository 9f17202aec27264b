package app

import (
	"fmt"
	"maps"
	"slices"

	"verbale/bot"
	"verbale/bot/mailbox"
)

// A Balance compares the messages in a folder with their outcomes. It is even if every message
// on the server has its outcome or is newer than the cursor.
type Balance struct {
	Mailbox     string   `json:"mailbox"`
	Folder      string   `json:"folder"`
	UIDValidity uint32   `json:"uidvalidity"`
	Messages    int      `json:"messages"` // on the server
	Recorded    int      `json:"recorded"` // of those on the server, as are the next four
	Joined      int      `json:"joined"`
	SetAside    int      `json:"set_aside"`
	Repeats     int      `json:"repeats"` // further copies of a message that has its outcome
	Waiting     int      `json:"waiting"` // newer than the cursor: will be read
	Lost        []uint32 `json:"lost"`    // UIDs at or below the cursor without an outcome
	Gone        int      `json:"gone"`    // outcomes whose message was moved or deleted
	Note        string   `json:"note,omitempty"`
}

// Even reports whether the folder balances.
func (b Balance) Even() bool { return len(b.Lost) == 0 && b.Note == "" }

func (b Balance) String() string {
	s := fmt.Sprintf("%s %s: %d on the server = %d recorded + %d joined + %d set aside + %d repeats + %d waiting",
		b.Mailbox, b.Folder, b.Messages, b.Recorded, b.Joined, b.SetAside, b.Repeats, b.Waiting)
	if len(b.Lost) > 0 {
		s += fmt.Sprintf(" + %d WITHOUT OUTCOME, UIDs %v", len(b.Lost), b.Lost)
	}
	if b.Gone > 0 {
		s += fmt.Sprintf("; %d more were moved or removed from the folder after their outcome", b.Gone)
	}
	if b.Note != "" {
		s += "; " + b.Note
	}
	return s
}

// balance compares a listing with the cursor and the recorded outcomes of its folder.
func balance(l mailbox.Listing, cursor bot.Cursor, outcomes map[uint32]bot.Placed) Balance {
	b := Balance{Mailbox: l.Place.Mailbox, Folder: l.Place.Folder, UIDValidity: l.Place.UIDValidity,
		Messages: len(l.UIDs), Lost: []uint32{}}
	if cursor.UIDValidity != 0 && cursor.UIDValidity != l.Place.UIDValidity {
		b.Note = fmt.Sprintf("the server has renumbered the folder (UIDVALIDITY was %d); it will be read again from the start", cursor.UIDValidity)
		b.Waiting = len(l.UIDs)
		return b
	}
	rest := maps.Clone(outcomes)
	for _, uid := range l.UIDs {
		placed, ok := outcomes[uid]
		delete(rest, uid)
		switch {
		case ok:
			b.add(placed)
		case uid > cursor.UID:
			b.Waiting++
		default:
			b.Lost = append(b.Lost, uid)
		}
	}
	slices.Sort(b.Lost)
	b.Gone = len(rest)
	return b
}

func (b *Balance) add(p bot.Placed) {
	switch {
	case p.Repeat:
		b.Repeats++
	case p.Outcome == bot.ArrivalRecorded:
		b.Recorded++
	case p.Outcome == bot.ArrivalJoined:
		b.Joined++
	default:
		b.SetAside++
	}
}
