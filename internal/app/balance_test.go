package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/intake"
)

func TestBalance(t *testing.T) {
	place := intake.Place{Mailbox: "tc@imap.example:993", Folder: "INBOX", UIDValidity: 7}
	recorded := bot.Placed{Outcome: bot.ArrivalRecorded, Reference: "TC-2026-00001"}
	joined := bot.Placed{Outcome: bot.ArrivalJoined, Reference: "TC-2026-00001"}
	aside := bot.Placed{Outcome: bot.ArrivalSetAside}
	repeat := bot.Placed{Outcome: bot.ArrivalRecorded, Reference: "TC-2026-00001", Repeat: true}
	empty := Balance{Mailbox: place.Mailbox, Folder: "INBOX", UIDValidity: 7, Lost: []uint32{}}

	tests := []struct {
		name     string
		uids     []uint32
		cursor   bot.Cursor
		outcomes map[uint32]bot.Placed
		want     func(*Balance)
		even     bool
	}{
		{"empty folder never read", nil, bot.Cursor{}, nil, func(*Balance) {}, true},
		{"each outcome is counted", []uint32{1, 2, 3, 4}, bot.Cursor{UIDValidity: 7, UID: 4},
			map[uint32]bot.Placed{1: recorded, 2: joined, 3: aside, 4: repeat},
			func(b *Balance) { b.Messages, b.Recorded, b.Joined, b.SetAside, b.Repeats = 4, 1, 1, 1, 1 }, true},
		{"newer than the cursor waits", []uint32{1, 2}, bot.Cursor{UIDValidity: 7, UID: 1}, map[uint32]bot.Placed{1: recorded},
			func(b *Balance) { b.Messages, b.Recorded, b.Waiting = 2, 1, 1 }, true},
		{"below the cursor without outcome is lost", []uint32{1, 2, 3}, bot.Cursor{UIDValidity: 7, UID: 3}, map[uint32]bot.Placed{1: recorded},
			func(b *Balance) { b.Messages, b.Recorded, b.Lost = 3, 1, []uint32{2, 3} }, false},
		{"outcome whose message was moved", []uint32{2}, bot.Cursor{UIDValidity: 7, UID: 2}, map[uint32]bot.Placed{1: recorded, 2: aside},
			func(b *Balance) { b.Messages, b.SetAside, b.Gone = 1, 1, 1 }, true},
		{"numbered anew", []uint32{1}, bot.Cursor{UIDValidity: 6, UID: 9}, nil,
			func(b *Balance) {
				b.Messages, b.Waiting = 1, 1
				b.Note = "the server has renumbered the folder (UIDVALIDITY was 6); it will be read again from the start"
			}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := empty
			tt.want(&want)
			got := balance(mailbox.Listing{Place: place, UIDs: tt.uids}, tt.cursor, tt.outcomes)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("balance (-want +got):\n%s", diff)
			}
			if got.Even() != tt.even {
				t.Errorf("Even = %v, want %v", got.Even(), tt.even)
			}
		})
	}
}
