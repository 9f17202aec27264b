package mailbox

import (
	"context"
	"slices"

	"github.com/emersion/go-imap/v2"
)

// marksAtOnce is the number of messages marked in one command, chosen so that the command
// stays within the 8192 bytes of RFC 7162, section 4, whatever the UIDs are.
const marksAtOnce = 500

// learnMarks finds out how messages can be marked in this folder.
func (f *folder) learnMarks(l *connection, permanent []imap.Flag) {
	keeps := slices.Contains(permanent, imap.FlagWildcard) || slices.Contains(permanent, imap.Flag(f.Keyword))
	f.cannot = !keeps && !f.moves(l)
	if f.advised {
		return
	}
	if f.After == AfterMove && !f.moves(l) {
		f.advised = true
		f.log.Warn("the server cannot move mail (RFC 6851); processed mails get the keyword instead", "keyword", f.Keyword)
	}
	if f.cannot {
		f.advised = true
		f.log.Warn("the server keeps no keywords in this folder; processed mails are not marked there", "keyword", f.Keyword)
	}
}

func (f *folder) moves(l *connection) bool { return f.After == AfterMove && l.has(imap.CapMove) }

// findUnmarked looks for messages that have their outcome but are not marked, as an earlier
// session may have left them.
func (f *folder) findUnmarked(ctx context.Context, l *connection) error {
	cursor := f.ground.cursor()
	if cursor == 0 || f.cannot {
		return nil
	}
	criteria := &imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 1, Stop: imap.UID(cursor)}}}}
	if !f.moves(l) {
		criteria.NotFlag = []imap.Flag{imap.Flag(f.Keyword)}
	}
	uids, err := l.search(ctx, criteria)
	f.recorded = uids
	return err
}

// mark marks on the server the messages that have their outcome. If the server refuses, the
// outcome stands, and marking is retried in the next step.
func (f *folder) mark(ctx context.Context, l *connection) error {
	if f.cannot {
		f.recorded = nil
	}
	var left []uint32
	for part := range slices.Chunk(f.recorded, marksAtOnce) {
		err := f.markPart(ctx, l, part)
		if err != nil && !refused(err) {
			return err
		}
		if err != nil {
			f.log.Warn("the server did not mark processed mails; trying again later",
				"mails", len(part), "error", err, "advice", Advice(err))
			left = append(left, part...)
		}
	}
	f.recorded = left
	return nil
}

func (f *folder) markPart(ctx context.Context, l *connection, uids []uint32) error {
	var flags []imap.Flag
	if !f.moves(l) {
		flags = append(flags, imap.Flag(f.Keyword))
	}
	if f.MarkSeen {
		flags = append(flags, imap.FlagSeen)
	}
	if len(flags) > 0 {
		if err := l.store(ctx, uids, flags); err != nil {
			return err
		}
	}
	if f.moves(l) {
		return l.move(ctx, uids, f.MoveTo)
	}
	return nil
}

// store adds flags to messages.
func (l *connection) store(ctx context.Context, uids []uint32, flags []imap.Flag) error {
	return l.within(ctx, l.timeout, "mark mail", func() error {
		add := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: flags}
		return l.client.Store(uidSet(uids), add, nil).Close()
	})
}

// move moves messages. The caller has checked that the server supports MOVE; without it, the
// library would copy and delete them.
func (l *connection) move(ctx context.Context, uids []uint32, to string) error {
	return l.within(ctx, l.timeout, "move mail to folder "+to, func() error {
		_, err := l.client.Move(uidSet(uids), to).Wait()
		return err
	})
}
