package chaos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Options of a run.
type Options struct {
	Program     string        // path of the verbale program
	Folder      string        // for data and logs
	Seed        uint64        // letters, user actions and faults are drawn from it
	Length      time.Duration // how long things break
	Mails       int           // delivered meanwhile
	UserActions int           // attempted by colleagues meanwhile
	Bots        int           // processes that share the work
	Patience    time.Duration // bounds the start, and the time until the bots are at rest in the end
	Out         io.Writer     // gets what breaks as it does, and a summary
}

// deskUser is the user name of the desk's mailbox.
const deskUser = "desk"

// takeover is pace.takeover of the bots; an attempt to send may take half of it.
const takeover = 5 * time.Second

// A run is one run of chaos.
type run struct {
	Options
	env         *environment
	bag         postbag
	userActions userActions
	journal     journal
	begun       time.Time
	broken      sync.Map // what is broken now (fault.of)

	speak sync.Mutex // guards Out
}

// Run lets things break for a while, mends them, waits until the bots are at rest, and
// checks that nothing was lost or done twice. Its error lists all findings. The folder
// with data and logs stays; Clear removes it.
func Run(ctx context.Context, o Options) error {
	r := &run{Options: o}
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return err
	}
	if err := r.open(); err != nil {
		return err
	}
	defer r.env.close()
	if err := r.up(ctx); err != nil {
		return err
	}
	if err := r.breakAll(ctx); err != nil {
		return err
	}
	r.say("all is mended")
	if err := r.waitUntilQuiet(ctx); err != nil {
		return err
	}
	r.say("all is quiet")
	books, err := r.readObservations(ctx)
	if err != nil {
		return err
	}
	found := r.check(books)
	r.summary(books, found)
	return errors.Join(found...)
}

// open starts all servers and bots.
func (r *run) open() (err error) {
	if r.env, err = openEnvironment(r.Folder, r.Program); err != nil {
		return err
	}
	if r.env.noDisk != nil {
		r.say("a full disk is simulated by a limit on the size of Redis' files: " + r.env.noDisk.Error())
	}
	for range r.Bots {
		if _, err := r.env.addProcess(office{name: "chaos", user: deskUser, slack: true, takeover: takeover}); err != nil {
			r.env.close()
			return err
		}
	}
	return nil
}

// linesOfBot is how many Socket Mode connections each bot keeps.
const linesOfBot = 2

// up waits until all bots are connected to Slack, as they are last when they start.
func (r *run) up(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, r.Patience)
	defer cancel()
	return r.env.slack.Until(ctx, func() bool { return r.env.slack.Connections() >= linesOfBot*r.Bots })
}

// say writes a line to Out, with the time since things began to break.
func (r *run) say(text string) {
	r.speak.Lock()
	defer r.speak.Unlock()
	since := time.Duration(0)
	if !r.begun.IsZero() {
		since = time.Since(r.begun)
	}
	fmt.Fprintf(r.Out, "%7.3fs  %s\n", since.Seconds(), text)
}

// breakAll delivers letters, lets colleagues act and lets things break, side by side. Each
// of the three has a random source of its own, so that a seed gives the same plan however
// they interleave.
func (r *run) breakAll(ctx context.Context) error {
	r.begun = time.Now()
	var all sync.WaitGroup
	errs := make(chan error, 1)
	all.Go(func() {
		if err := r.deliverAll(ctx); err != nil {
			errs <- err
		}
	})
	all.Go(func() { r.actAll(ctx) })
	all.Go(func() { r.breakEach(ctx) })
	all.Wait()
	close(errs)
	return errors.Join(<-errs, ctx.Err())
}

// source is a random source made from the seed.
func (r *run) source(of uint64) *rand.Rand { return rand.New(rand.NewPCG(r.Seed, of)) }

func (r *run) deliverAll(ctx context.Context) error {
	random := r.source(1)
	for n := range r.Mails {
		r.waitFor(ctx, r.Length*time.Duration(n)/time.Duration(r.Mails))
		if err := r.deliver(draw(random, n), random); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) actAll(ctx context.Context) {
	random := r.source(2)
	for n := range r.UserActions {
		r.waitFor(ctx, r.Length*time.Duration(n+1)/time.Duration(r.UserActions+1))
		if time.Since(r.begun) > r.Length {
			return // user actions take longer than planned while things are broken
		}
		r.act(ctx, n, random)
	}
}

// breakEach goes through all faults. It returns when the last one has ended.
func (r *run) breakEach(ctx context.Context) {
	var all sync.WaitGroup
	for _, f := range schedule(r.source(3), r.Bots, r.Length) {
		r.waitFor(ctx, f.at)
		all.Go(func() { r.suffer(ctx, f) })
	}
	all.Wait()
}

// suffer goes through one fault, unless the same thing is broken already.
func (r *run) suffer(ctx context.Context, f fault) {
	if _, broken := r.broken.LoadOrStore(f.of, true); broken {
		return
	}
	defer r.broken.Delete(f.of)
	r.say(f.name)
	ended := r.journal.began(f)
	defer ended()
	if err := f.begin(r.env); err != nil {
		r.say("… but not: " + err.Error())
	}
	defer f.end(r.env)
	select {
	case <-ctx.Done():
	case <-time.After(f.lasts):
	}
}

// waitFor waits until a time since the beginning.
func (r *run) waitFor(ctx context.Context, at time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Until(r.begun.Add(at))):
	}
}

// Clear removes the folder of a run.
func Clear(folder string) error {
	if err := os.RemoveAll(folder); err != nil {
		return fmt.Errorf("remove %s: %w", filepath.Base(folder), err)
	}
	return nil
}

// pick draws an item.
func pick[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
