package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"runtime"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/archive"
	"verbale/internal/config"
	"verbale/internal/inorder"
	"verbale/internal/wait"
)

// ImportOptions say what to import.
type ImportOptions struct {
	Config      string
	Paths       []string // mbox files, Maildirs, folders of .eml files, single mails
	Acknowledge bool     // acknowledge the requests recorded
	Out         io.Writer
	Progress    io.Writer // nil for none
	Log         *slog.Logger
}

// imported counts the outcomes of the mails of an import.
type imported struct {
	total, recorded, joined, setAside, known, failed int
}

func (n imported) done() int { return n.recorded + n.joined + n.setAside + n.known + n.failed }

func (n imported) String() string {
	return fmt.Sprintf("%d mails: %d recorded, %d joined to records, %d set aside, %d already recorded, %d failed",
		n.done(), n.recorded, n.joined, n.setAside, n.known, n.failed)
}

// Import records mails stored on disk, as backfilled. It returns how many could not be
// recorded; each of them is logged.
func Import(ctx context.Context, o ImportOptions) (failed int, err error) {
	c, err := config.Load(o.Config, os.LookupEnv)
	if err != nil {
		return 0, err
	}
	s, err := Open(ctx, c, o.Log)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	i := importer{ImportOptions: o, server: s, shown: progress{out: o.Progress}}
	mails, total, err := openArchives(i.Paths)
	if i.total = total; err != nil {
		return 0, err
	}
	err = i.all(ctx, mails)
	fmt.Fprintln(o.Out, i.imported)
	return i.failed, err
}

type importer struct {
	ImportOptions
	imported
	server *Server
	shown  progress
}

// A laden is a mail of an archive, parsed.
type laden struct {
	archive.Mail
	read readAhead
	err  error
}

func (i *importer) all(ctx context.Context, mails iter.Seq2[archive.Mail, error]) error {
	defer func() { i.shown.draw(i.done(), i.total, true) }()
	waiting := func(yield func(laden) bool) {
		for mail, err := range mails {
			if !yield(laden{Mail: mail, err: err}) {
				return
			}
		}
	}
	return inorder.Do(ctx, waiting, runtime.NumCPU(), i.decode, func(l laden) error { return i.record(ctx, l) })
}

func (i *importer) decode(ctx context.Context, l laden) laden {
	if l.err == nil {
		l.read = i.server.read(ctx, l.Raw, wholeSize(l.Mail))
		l.Raw = nil
	}
	return l
}

// patience is for how long an import retries when the store cannot record a mail.
const patience = time.Minute

// betweenAttempts is the pause between two attempts.
const betweenAttempts = 50 * time.Millisecond

// record commits one mail. A mail that cannot be read from disk does not stop the others; a
// store that stays unavailable does.
func (i *importer) record(ctx context.Context, l laden) error {
	defer func() { i.shown.draw(i.done(), i.total, false) }()
	if l.err != nil {
		i.failed++
		i.Log.Error("mail not read", "mail", l.Name, "cause", l.err)
		return nil
	}
	received := l.read.message.Date
	if received.IsZero() || received.After(time.Now()) {
		received = time.Now()
	}
	done, err := i.handle(ctx, l.read, bot.MailArrived{
		Place:      intake.Place{Mailbox: "import", Folder: l.Name},
		ReceivedAt: received, Backfilled: true, Acknowledge: i.Acknowledge,
	})
	if err != nil {
		if _, temporary := bot.IsTemporary(err); temporary || errors.Is(err, context.Canceled) {
			return err
		}
		i.failed++
		i.Log.Error("mail not recorded", "mail", l.Name, "cause", err)
		return nil
	}
	i.count(done)
	return nil
}

// handle commits a mail, and retries temporary errors until the patience has run out.
func (i *importer) handle(ctx context.Context, mail readAhead, event bot.MailArrived) (done bot.Committed, err error) {
	began := time.Now()
	err = wait.Until(ctx, betweenAttempts, func() (bool, error) {
		var failure error
		done, failure = i.server.handle(ctx, mail, event)
		if _, temporary := bot.IsTemporary(failure); temporary && time.Since(began) < patience {
			return false, nil
		}
		return true, failure
	})
	return done, err
}

func (i *importer) count(done bot.Committed) {
	switch {
	case done.Seen:
		i.known++
	case done.Outcome == bot.ArrivalRecorded:
		i.recorded++
	case done.Outcome == bot.ArrivalJoined:
		i.joined++
	default:
		i.setAside++
	}
}
