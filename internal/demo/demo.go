package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/emersion/go-message/mail"
	"golang.org/x/sync/errgroup"

	"verbale/internal/app"
	"verbale/internal/phrases"
	"verbale/internal/wait"
)

// DefaultPause is the time between two letters, enough to read along.
const DefaultPause = 2 * time.Second

// Options of a demo.
type Options struct {
	Pause time.Duration // between two letters
	Once  bool          // end when the last sample letter has its outcome
	Out   io.Writer
	Bold  bool
	Log   *slog.Logger
}

// Run delivers the sample letters one after another and shows on the terminal
// what becomes of each; then it stays for mails of one's own until ctx ends.
func Run(ctx context.Context, o Options) (err error) {
	s, err := openStage()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	house, err := app.Open(ctx, s.config(), o.Log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, house.Close()) }()

	d := &demo{Options: o, stage: s, house: house, show: newShow(o.Out, o.Bold), arrived: make(chan struct{}, 1)}
	house.Observe = d.observe
	s.post.OnDelivery(d.show.delivered)

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return house.Run(ctx) })
	group.Go(func() error {
		if o.Once {
			defer stop()
		}
		return d.letters(ctx)
	})
	if err := group.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

type demo struct {
	Options
	stage   *stage
	house   *app.House
	show    *show
	arrived chan struct{} // a mail has its outcome
}

func (d *demo) observe(a app.Arrival) {
	d.show.arrived(a, d.house.Assess(a.Message, a.Message.Date))
	select {
	case d.arrived <- struct{}{}:
	default:
	}
}

// letters delivers the sample letters, each after the one before it and all
// that it set off.
func (d *demo) letters(ctx context.Context) error {
	catalogue, err := phrases.Load(phrases.Embedded())
	if err != nil {
		return err
	}
	letters, err := Letters(time.Now(), catalogue)
	if err != nil {
		return err
	}
	d.show.opening(d.stage, len(letters))
	if err := d.awaitWatcher(ctx); err != nil {
		return err
	}
	for i, l := range letters {
		if err := d.deliver(ctx, i+1, len(letters), l); err != nil {
			return err
		}
		if i < len(letters)-1 {
			if err := wait.For(ctx, d.Pause); err != nil {
				return err
			}
		}
	}
	d.show.closing(d.stage, d.Once)
	return nil
}

// awaitWatcher waits until the folder has been looked at once: mail that came
// before would be taken for old and stay without an answer.
func (d *demo) awaitWatcher(ctx context.Context) error {
	return wait.Until(ctx, lookEvery, func() (bool, error) {
		cursor, err := d.house.Store().Cursor(ctx, d.house.Folder(0, "INBOX"))
		return !cursor.Since.IsZero(), err
	})
}

func (d *demo) deliver(ctx context.Context, n, of int, l Letter) error {
	raw, err := l.Mail(deskAddress, time.Now())
	if err != nil {
		return err
	}
	from, err := mail.ParseAddress(l.From)
	if err != nil {
		return err
	}
	d.show.letter(n, of, l)
	envelope := from.Address
	if l.Bounce != nil {
		envelope = "" // RFC 5321, section 4.5.5
	}
	if err := d.stage.send(envelope, raw); err != nil {
		return fmt.Errorf("deliver %s: %w", l.Name, err)
	}
	select {
	case <-d.arrived:
	case <-ctx.Done():
		return ctx.Err()
	}
	return wait.Until(ctx, lookEvery, func() (bool, error) {
		waiting, err := d.house.Store().Waiting(ctx)
		return waiting == 0, err
	})
}
