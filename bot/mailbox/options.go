package mailbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"verbale/bot"
	"verbale/intake"
	"verbale/internal/mailauth"
)

// An Account is a mailbox on a server, and the login for it.
type Account struct {
	Server mailauth.Server
	Login  *mailauth.Login
}

// Name is the account's name in an intake.Place: "user@host:port".
func (a Account) Name() string { return a.Login.User() + "@" + a.Server.Address }

// An After says what is done on the server with a message that has its outcome.
type After string

const (
	AfterFlag After = "flag" // set Options.Keyword
	AfterMove After = "move" // move to Options.MoveTo (RFC 6851)
)

// DefaultKeyword is the flag that AfterFlag sets.
const DefaultKeyword = "$VerbaleRecorded"

// A Fetched is one message as stored on the server.
type Fetched struct {
	Raw []byte // all of it, or its first Options.MaxMessage bytes
	// TooBig is the size in bytes of a message of which Raw holds only the beginning; 0 if Raw
	// is complete.
	TooBig       int
	Place        intake.Place
	InternalDate time.Time // when the server received it
	Backfilled   bool      // received before the folder's Since
	Prepared     any       // the result of Options.Prepare
}

// A Handler handles one message, which thereby has its outcome. It is called for one message
// of a folder at a time, and concurrently for several folders. An error marked bot.Temporary
// means that no message can be handled now; any other error concerns only this message.
type Handler func(ctx context.Context, f Fetched) error

// A BatchHandler handles several messages of a folder at once, in order, and returns how
// many of them, counted from the first, it has handled. That number may be 0. The next message
// is then passed to Handler, unless the error is marked bot.Temporary, which means that no
// message can be handled now.
type BatchHandler func(ctx context.Context, mails []Fetched) (int, error)

// A FolderState is the state of a folder after an attempt to read it.
type FolderState struct {
	Folder string
	Err    error // why it could not be read; nil if it could
	// Elsewhere means that another process holds the folder's lease and watches it.
	Elsewhere bool
	// Oldest is when the server received the oldest message known to have no outcome yet; zero
	// if all have theirs.
	Oldest time.Time
}

// Options configure a Watcher. Handler, Cursors, Leases and Owner are required; zero values of
// the other fields mean the default given here.
type Options struct {
	Account
	Folders []string // default INBOX

	// Since is the time from which messages count as new; the default is the first start of
	// each folder. It is read only then, and stored with the cursor.
	Since time.Time

	After    After  // default AfterFlag
	MoveTo   string // the folder that AfterMove moves to
	Keyword  string // default DefaultKeyword
	MarkSeen bool   // also set \Seen

	Handler Handler
	// Batch, if set, is passed the prepared messages of a backlog, at most BatchSize at
	// a time. Those it does not handle go to Handler.
	Batch     BatchHandler
	BatchSize int // default 16
	// Prepare, if set, does the work that does not depend on the order of messages, such as
	// parsing. It is called concurrently for messages of a batch, and its result is passed to
	// Handler as Fetched.Prepared. It must not fail.
	Prepare func(ctx context.Context, f Fetched) any
	// OnState, if set, is called with the result of each attempt to read a folder. It is called
	// from the goroutines of the folders and must not block.
	OnState func(FolderState)
	Cursors bot.Cursors
	Leases  bot.Leases
	Owner   string // identifies this process in leases
	// Restarted reports whether the store may have lost its most recent writes since the last
	// call by this process; if so, the last 24 hours are read again. nil means never.
	Restarted func(ctx context.Context) (bool, error)

	Poll       time.Duration // between two polls without a notification from the server; default 2 minutes
	IdleRenew  time.Duration // how long one IDLE lasts; default 4 minutes
	LeaseTTL   time.Duration // default 1 minute
	Timeout    time.Duration // for one response of the server; default 1 minute
	Retry      time.Duration // first pause after a failure, doubled after each further one; default 1 second
	BatchBytes int64         // bytes of messages held in memory at once for each folder; default 32 MiB
	BatchCount int           // messages per batch; default 50
	MaxMessage int64         // bytes of a message that are read; default 40 MiB

	Now func() time.Time // default time.Now
	Log *slog.Logger     // default slog.Default()
}

func (o Options) withDefaults() Options {
	if len(o.Folders) == 0 {
		o.Folders = []string{"INBOX"}
	}
	orElse(&o.After, AfterFlag)
	orElse(&o.Keyword, DefaultKeyword)
	orElse(&o.Poll, 2*time.Minute)
	orElse(&o.IdleRenew, 4*time.Minute)
	orElse(&o.LeaseTTL, time.Minute)
	orElse(&o.Timeout, time.Minute)
	orElse(&o.Retry, time.Second)
	orElse(&o.BatchBytes, 32<<20)
	orElse(&o.BatchCount, 50)
	orElse(&o.BatchSize, 16)
	orElse(&o.MaxMessage, 40<<20)
	orElse(&o.Log, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Batch == nil {
		o.Batch = func(context.Context, []Fetched) (int, error) { return 0, nil }
	}
	if o.Prepare == nil {
		o.Prepare = func(context.Context, Fetched) any { return nil }
	}
	if o.OnState == nil {
		o.OnState = func(FolderState) {}
	}
	if o.Restarted == nil {
		o.Restarted = func(context.Context) (bool, error) { return false, nil }
	}
	return o
}

func orElse[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func (o Options) check() error {
	var errs []error
	if o.Handler == nil || o.Cursors == nil || o.Leases == nil || o.Login == nil || o.Owner == "" {
		errs = append(errs, errors.New("handler, cursors, leases, login and owner are needed"))
	}
	if o.After != AfterFlag && o.After != AfterMove {
		errs = append(errs, fmt.Errorf("after is %q, not flag or move", o.After))
	}
	if o.After == AfterMove && o.MoveTo == "" {
		errs = append(errs, errors.New("after is move, but move_to is empty"))
	}
	if o.After == AfterMove && slices.Contains(o.Folders, o.MoveTo) {
		errs = append(errs, fmt.Errorf("move_to %q is itself a watched folder", o.MoveTo))
	}
	return errors.Join(append(errs, o.Server.Check())...)
}
