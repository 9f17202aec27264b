package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/internal/app"
	"verbale/internal/phrases"
	"verbale/internal/wait"
)

// DefaultPause is the time between two letters, enough to read along.
const DefaultPause = 2 * time.Second

// Options of a demo.
type Options struct {
	In    io.Reader        // commands; nil if there is nobody to type them
	Echo  bool             // show what is read from In, because no terminal does
	Pause time.Duration    // between two letters that are shown
	Once  bool             // show a page for each sample letter, and end
	Now   func() time.Time // default time.Now
	Out   io.Writer
	Bold  bool
	Log   *slog.Logger

	only  []string      // names of the sample letters to deliver; nil for all
	quiet time.Duration // see prompt.settle; 0 means the constant quiet
}

// Run delivers the sample letters one after another. With In, it shows a line for each and
// then obeys the commands in In until they end. Without, or with Once, it shows a page for
// each; it then ends with Once, and else waits for further mails until ctx ends.
func Run(ctx context.Context, o Options) (err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	d, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	d.show = newShow(o.Out, o.Bold)
	d.show.brief = d.prompted()
	d.server.Observe = d.observe
	d.stage.post.OnDelivery(d.show.delivered)
	return d.run(ctx)
}

// prompted reports whether commands are read.
func (o Options) prompted() bool { return o.In != nil && !o.Once }

// A demo is the program with everything around it.
type demo struct {
	Options
	stage   *stage
	server  *app.Server
	show    *show         // nil on the page
	arrived chan struct{} // gets a value when a mail has its outcome
}

func open(ctx context.Context, o Options) (*demo, error) {
	s, err := openStage(o.Now)
	if err != nil {
		return nil, err
	}
	server, err := s.openServer(ctx, o.Log)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return &demo{Options: o, stage: s, server: server, arrived: make(chan struct{}, 1)}, nil
}

func (d *demo) close() error { return errors.Join(d.server.Close(), d.stage.close()) }

func (d *demo) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.server.Run(ctx) })
	group.Go(func() error {
		err := d.letters(ctx)
		if err == nil && d.prompted() {
			d.answer(ctx)
		}
		if d.Once || d.prompted() {
			stop()
		}
		return err
	})
	if err := group.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// answer obeys the commands that are typed. If there are none at all, standard input is
// closed, and the demo stays until ctx ends.
func (d *demo) answer(ctx context.Context) {
	p := &prompt{stage: d.stage, out: d.show, lines: readLines(ctx, d.In), echo: d.Echo, me: d.stage.cast[0], arrived: d.await,
		quiet: cmp.Or(d.quiet, quiet), atRest: d.atRest}
	p.run(ctx)
	if !p.typedAny {
		<-ctx.Done()
	}
}

// atRest reports whether nothing is to be done now; also where that cannot be told.
func (d *demo) atRest(ctx context.Context) bool {
	rests, err := d.server.Store().AtRest(ctx, d.stage.now())
	return rests || err != nil
}

// await waits until a mail has its outcome.
func (d *demo) await(ctx context.Context) {
	select {
	case <-d.arrived:
	case <-ctx.Done():
	}
}

// observe shows a mail that has its outcome. The service calls it.
func (d *demo) observe(a app.Arrival) {
	d.show.arrived(a, d.server.Assess(a.Message, a.Message.Date))
	select {
	case d.arrived <- struct{}{}:
	default:
	}
}

// letters delivers the sample letters, each when all that the one before it led to is done.
func (d *demo) letters(ctx context.Context) error {
	letters, err := Letters(d.Now(), phrases.Default())
	if err != nil {
		return err
	}
	if d.only != nil {
		letters = slices.DeleteFunc(letters, func(l Letter) bool { return !slices.Contains(d.only, l.Name) })
	}
	d.show.opening(d.stage, len(letters))
	if err := d.awaitWatcher(ctx); err != nil {
		return err
	}
	for i, l := range letters {
		if err := d.deliver(ctx, i+1, len(letters), l); err != nil {
			return err
		}
		if i < len(letters)-1 && !d.prompted() {
			if err := wait.For(ctx, d.Pause); err != nil {
				return err
			}
		}
	}
	d.show.closing(d.stage, d.Once)
	return nil
}

// awaitWatcher waits until the service has looked at the folder once, since mail delivered
// before would count as old and not be answered. It also waits for the connection to Slack.
func (d *demo) awaitWatcher(ctx context.Context) error {
	return wait.Until(ctx, lookEvery, func() (bool, error) {
		cursor, err := d.server.Store().Cursor(ctx, d.server.Folder(0, "INBOX"))
		return !cursor.Since.IsZero() && d.stage.slack.Connections() > 0, err
	})
}

// deliver sends a letter and waits until all that it leads to is done.
func (d *demo) deliver(ctx context.Context, n, of int, l Letter) error {
	raw, envelope, err := l.posted(d.Now())
	if err != nil {
		return err
	}
	d.show.letter(n, of, l)
	if err := d.stage.send(envelope, raw); err != nil {
		return fmt.Errorf("deliver %s: %w", l.Name, err)
	}
	select {
	case <-d.arrived:
	case <-ctx.Done():
		return ctx.Err()
	}
	return wait.Until(ctx, lookEvery, func() (bool, error) {
		waiting, err := d.server.Store().Waiting(ctx)
		return waiting == 0, err
	})
}
