package mailbox

import (
	"context"
	"time"

	"github.com/emersion/go-imap/v2"
)

// lastDay is how far back messages are read again after the store was restarted: 24 hours,
// plus 14 because SEARCH SINCE only knows days, in the server's time zone.
const lastDay = (24 + 14) * time.Hour

// obeyRestart reads the messages of the last day again if the store may have lost its most
// recent writes. The store recognises those it still has.
func (f *folder) obeyRestart(ctx context.Context, l *connection) (held bool, err error) {
	if now := f.restarts.Load(); f.obeyed != now {
		recent, err := f.recent(ctx, l)
		if err != nil {
			return false, err
		}
		f.log.Info("the store was restarted: the mails of the last day are read again", "mails", len(recent))
		f.ground.reopen(recent)
		f.obeyed = now
		f.lookAtMove = f.moves(l)
		if err := f.save(ctx); err != nil {
			return false, err
		}
	}
	if !f.lookAtMove {
		return false, nil
	}
	return f.readMoved(ctx, l)
}

func (f *folder) recent(ctx context.Context, l *connection) ([]uint32, error) {
	return l.search(ctx, &imap.SearchCriteria{Since: f.Now().Add(-lastDay)})
}

// readMoved reads the recent messages of the folder that messages are moved to: the store may
// have lost those too. They stay where they are, and that folder has no cursor. As long as one
// of its messages has no outcome, the folder is read again in each step.
func (f *folder) readMoved(ctx context.Context, l *connection) (held bool, err error) {
	data, err := l.open(ctx, f.MoveTo, true)
	if err != nil {
		return false, err
	}
	recent, err := f.recent(ctx, l)
	if err != nil {
		return false, err
	}
	place := f.place
	place.Folder, place.UIDValidity = f.MoveTo, data.UIDValidity
	moved := &folder{Options: f.Options, waiting: map[uint32]time.Time{}, log: f.log.With("moved", f.MoveTo), place: place, stored: f.stored,
		ground: newProgress(0), suspects: map[uint32]bool{}, renew: true, cannot: true, failures: f.failures}
	moved.OnState = func(FolderState) {} // it is not a watched folder
	if held, err = moved.read(ctx, l, recent); err != nil {
		return false, err
	}
	f.failures, f.notBefore = moved.failures, moved.notBefore
	f.lookAtMove = held || len(moved.ground.gaps) > 0
	_, err = l.open(ctx, f.place.Folder, false)
	return held, err
}
