package mailbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/intake"
)

// A Watcher watches the folders of one account, each over its own connection.
type Watcher struct {
	options  Options
	restarts atomic.Int64 // how often the store was restarted since Run began
}

// New returns a Watcher. Invalid options are reported by Run.
func New(o Options) *Watcher {
	return &Watcher{options: o.withDefaults()}
}

// Run watches until ctx ends and then returns nil. It returns an error only for invalid
// options; problems with the server, a folder or the store are logged and retried, for each
// folder separately.
func (w *Watcher) Run(ctx context.Context) error {
	if err := w.options.check(); err != nil {
		return fmt.Errorf("mailbox: %w", err)
	}
	w.askStore(ctx)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return w.watchStore(ctx) })
	for _, name := range w.options.Folders {
		group.Go(func() error { return w.watchFolder(ctx, name) })
	}
	return group.Wait()
}

func (w *Watcher) watchStore(ctx context.Context) error {
	for ctx.Err() == nil {
		sleep(ctx, w.options.Poll)
		w.askStore(ctx)
	}
	return nil
}

func (w *Watcher) askStore(ctx context.Context) {
	restarted, err := w.options.Restarted(ctx)
	if err != nil && ctx.Err() == nil {
		w.options.Log.Warn("cannot ask whether the store was restarted", "error", err)
	}
	if restarted {
		w.restarts.Add(1)
	}
}

// errLeaseLost ends the work on a folder that another process has taken over.
var errLeaseLost = errors.New("the lease of the folder was lost to another process")

// watchFolder works on one folder whenever this process holds its lease.
func (w *Watcher) watchFolder(ctx context.Context, name string) error {
	f := w.newFolder(name)
	for waits := false; ctx.Err() == nil; {
		held, err := w.acquire(ctx, f)
		if err != nil && ctx.Err() == nil {
			f.log.Warn("cannot acquire the lease of the folder", "error", err)
		}
		if held {
			w.tellWaiting(ctx, f, &waits, false)
			w.underLease(ctx, f)
			continue
		}
		if err == nil {
			w.tellWaiting(ctx, f, &waits, true)
			w.options.OnState(FolderState{Folder: name, Elsewhere: true})
		}
		sleep(ctx, w.options.LeaseTTL/3)
	}
	return nil
}

// tellWaiting logs, once each, that this process is waiting for the lease of a folder and that
// it has obtained it. After a crash the wait is long enough to be mistaken for a fault.
func (w *Watcher) tellWaiting(ctx context.Context, f *folder, waits *bool, now bool) {
	if *waits == now {
		return
	}
	if *waits = now; !now {
		f.log.Info("the wait for the folder is over: this process watches it")
		return
	}
	holders, err := w.options.Leases.Holders(ctx)
	if err != nil && ctx.Err() == nil {
		f.log.Warn("cannot ask who holds the lease of the folder", "error", err)
	}
	f.log.Info("another process holds the folder; this one takes over once that is gone, within the time given",
		"holder", holders[f.leaseName()], "within", w.options.LeaseTTL+w.options.LeaseTTL/3)
}

func (w *Watcher) newFolder(name string) *folder {
	o := w.options
	return &folder{Options: o, restarts: &w.restarts, waiting: map[uint32]time.Time{}, suspects: map[uint32]bool{},
		place: intake.Place{Mailbox: o.Account.Name(), Folder: name},
		log:   o.Log.With(slog.String("mailbox", o.Account.Name()), slog.String("folder", name))}
}

func (w *Watcher) acquire(ctx context.Context, f *folder) (bool, error) {
	return w.options.Leases.Acquire(ctx, f.leaseName(), w.options.Owner, w.options.Now(), w.options.LeaseTTL)
}

// underLease runs sessions, reconnecting after errors, for as long as the lease is held.
func (w *Watcher) underLease(ctx context.Context, f *folder) {
	ctx, lose := context.WithCancelCause(ctx)
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		w.renew(ctx, f, lose)
	}()
	defer func() {
		lose(nil)
		<-renewed
		w.release(ctx, f)
	}()
	for failures := 0; ctx.Err() == nil; {
		err := f.session(ctx)
		if ctx.Err() != nil {
			return
		}
		if f.healthy {
			failures = 0
		}
		failures++
		wait := pause(w.options.Retry, failures, longestPause)
		f.reportState(err)
		f.log.Error("the folder cannot be read; trying again", "error", err, "advice", Advice(err), "pause", wait)
		sleep(ctx, wait)
	}
}

// renew renews the lease, and calls lose when it is gone, or may have expired because the
// store could not be reached in time.
func (w *Watcher) renew(ctx context.Context, f *folder, lose context.CancelCauseFunc) {
	good := time.Now()
	for {
		sleep(ctx, w.options.LeaseTTL/3)
		if ctx.Err() != nil {
			return
		}
		asked := time.Now()
		held, err := w.acquire(ctx, f)
		switch {
		case err == nil && held:
			good = asked
		case err == nil || time.Since(good) > w.options.LeaseTTL*2/3:
			f.log.Warn("the folder is left to another process", "error", err)
			lose(errLeaseLost)
			return
		}
	}
}

func (w *Watcher) release(ctx context.Context, f *folder) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), logoutTimeout)
	defer cancel()
	if err := w.options.Leases.Release(ctx, f.leaseName(), w.options.Owner); err != nil {
		f.log.Debug("the lease of the folder was not released and will expire", "error", err)
	}
}
