package mailbox

import (
	"context"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// slowest is the throughput in bytes per second below which a connection counts as dead while
// it transfers messages.
const slowest = 32 << 10

// sizesAtOnce is the number of messages whose sizes are asked for in one command.
const sizesAtOnce = 1000

// A summary is what is known of a message before it is fetched.
type summary struct {
	uid      uint32
	size     int64
	received time.Time
}

// summaries asks for sizes and dates, in the order of uids. Messages that have been expunged
// in the meantime are left out.
func (l *connection) summaries(ctx context.Context, uids []uint32) ([]summary, error) {
	known := make(map[uint32]summary, len(uids))
	err := l.within(ctx, l.timeout, "fetch sizes", func() error {
		cmd := l.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true})
		messages, err := cmd.Collect()
		for _, m := range messages {
			known[uint32(m.UID)] = summary{uint32(m.UID), m.RFC822Size, m.InternalDate}
		}
		return err
	})
	if err != nil && !refused(err) {
		return nil, err
	}
	list := make([]summary, 0, len(known))
	for _, uid := range uids {
		if s, ok := known[uid]; ok {
			list = append(list, s)
		}
	}
	return list, nil
}

// A body is the content of a message: all of it, or its beginning.
type body struct {
	raw  []byte
	size int64 // of the whole message if raw is truncated, else 0
}

// bodies fetches messages with BODY.PEEK[], which does not set \Seen. Of a message larger than
// limit it fetches only the first limit bytes. The result does not contain messages that no
// longer exist, nor those that the server refused to return.
func (l *connection) bodies(ctx context.Context, batch []summary, limit int64) (map[uint32]body, error) {
	section := &imap.FetchItemBodySection{Peek: true}
	var total int64
	uids := make([]uint32, len(batch))
	for i, s := range batch {
		uids[i] = s.uid
		total += min(s.size, limit)
		if s.size > limit {
			section.Partial = &imap.SectionPartial{Offset: 0, Size: limit}
		}
	}
	got := make(map[uint32]body, len(batch))
	patience := l.timeout + time.Duration(total/slowest)*time.Second
	err := l.within(ctx, patience, "fetch mail", func() error {
		return l.collect(uids, section, limit, got)
	})
	if err != nil && !refused(err) {
		return nil, err
	}
	for _, s := range batch {
		if b, ok := got[s.uid]; ok && section.Partial != nil && s.size > limit {
			got[s.uid] = body{b.raw, s.size}
		}
	}
	return got, nil
}

func (l *connection) collect(uids []uint32, section *imap.FetchItemBodySection, limit int64, into map[uint32]body) error {
	cmd := l.client.Fetch(uidSet(uids), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	for message := cmd.Next(); message != nil; message = cmd.Next() {
		uid, b, err := readMessage(message, limit)
		if err != nil {
			// The connection broke in the middle of a message, and the reader of that message
			// is unusable. Closing the command would read from the connection at the same time
			// as the client's own reader.
			return err
		}
		if b != nil {
			into[uid] = *b
		}
	}
	return cmd.Close()
}

func readMessage(message *imapclient.FetchMessageData, limit int64) (uid uint32, b *body, err error) {
	for item := message.Next(); item != nil; item = message.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			if b, err = readBody(item.Literal, limit); err != nil {
				return 0, nil, err
			}
		}
	}
	return uid, b, nil
}

// readBody reads a literal up to the limit: some servers announce a size (RFC822.SIZE) other
// than the one they send.
func readBody(literal imap.LiteralReader, limit int64) (*body, error) {
	if literal == nil { // NIL: an empty message
		return &body{}, nil
	}
	raw := make([]byte, min(literal.Size(), limit))
	if _, err := io.ReadFull(literal, raw); err != nil {
		return nil, err
	}
	if literal.Size() > limit {
		return &body{raw, literal.Size()}, nil
	}
	return &body{raw, 0}, nil
}

// batches divides messages so that a batch holds at most count of them and about the given
// number of bytes. A message for which alone is true gets a batch of its own.
func batches(list []summary, count int, bytes int64, alone func(summary) bool) [][]summary {
	var all [][]summary
	var room int64
	for _, s := range list {
		last := len(all) - 1
		if last >= 0 && len(all[last]) < count && s.size <= room && !alone(s) {
			all[last] = append(all[last], s)
			room -= s.size
			continue
		}
		all = append(all, []summary{s})
		room = bytes - s.size
		if alone(s) {
			room = -1
		}
	}
	return all
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}
