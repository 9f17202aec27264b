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

// An Account is a mailbox on a server, and how to get into it.
type Account struct {
	Server mailauth.Server
	Login  *mailauth.Login
}

// Name is the account as it stands in an intake.Place: "user@host:port".
func (a Account) Name() string { return a.Login.User() + "@" + a.Server.Address }

// An After says what is done on the server with a mail that has its outcome.
type After string

const (
	AfterFlag After = "flag" // set Options.Keyword
	AfterMove After = "move" // move to Options.MoveTo (RFC 6851)
)

// DefaultKeyword is the flag that AfterFlag sets.
const DefaultKeyword = "$VerbaleRecorded"

// A Fetched is one mail as it lies on the server.
type Fetched struct {
	Raw []byte // all of it, or its first Options.MaxMessage bytes
	// TooBig is the size in bytes of a mail of which Raw holds the beginning
	// only; 0 where Raw is complete.
	TooBig       int
	Place        intake.Place
	InternalDate time.Time // when the server received it
	Backfilled   bool      // received before the folder's Since
	Prepared     any       // what Options.Prepare made of it
}

// A Handler gives one mail its outcome. It is called for one mail of a folder
// at a time, and from several folders at once. An error marked bot.Temporary
// says that no mail could get its outcome now; any other concerns this mail.
type Handler func(ctx context.Context, f Fetched) error

// A TogetherHandler gives the first of several mails of a folder their outcomes at
// once, and returns how many have it. It may be none; the next one is then for Handler,
// unless an error marked bot.Temporary says that no mail could get its outcome now.
type TogetherHandler func(ctx context.Context, mails []Fetched) (int, error)

// A Look is what is known of a folder after it was looked at.
type Look struct {
	Folder string
	Err    error // why it could not be looked at; nil where it could
	// Elsewhere: another process holds the lease of the folder and watches it.
	Elsewhere bool
	// Oldest is when the server received the oldest mail that is known to have no
	// outcome yet; zero where all have theirs.
	Oldest time.Time
}

// Options configure a Watcher. Handler, Cursors, Leases and Owner are needed;
// zero fields of all others mean the default that is named.
type Options struct {
	Account
	Folders []string // default INBOX

	// Since is the moment from which mail counts as new; the default is the
	// first start of each folder. It is looked at once and kept with the cursor.
	Since time.Time

	After    After  // default AfterFlag
	MoveTo   string // the folder that AfterMove moves to
	Keyword  string // default DefaultKeyword
	MarkSeen bool   // set \Seen too

	Handler Handler
	// Together, where set, is handed the mails of a backlog that are prepared, at most
	// TogetherCount of them; what it leaves, Handler is.
	Together      TogetherHandler
	TogetherCount int // default 16
	// Prepare, where set, does beforehand what needs no turn, such as reading
	// the mail: it is called for several mails of a batch at once, and what it
	// returns is handed to Handler as Fetched.Prepared. It must not fail.
	Prepare func(ctx context.Context, f Fetched) any
	// Looked, where set, is told what each look into a folder showed. It is
	// called from the goroutines of the folders and must not block.
	Looked  func(Look)
	Cursors bot.Cursors
	Leases  bot.Leases
	Owner   string // names this process in leases
	// Restarted reports whether the store may have lost its last moments since
	// this process last asked; the last 24 hours are then handed over again.
	// nil means never.
	Restarted func(ctx context.Context) (bool, error)

	Poll       time.Duration // between two looks without a sign from the server; default 2 minutes
	IdleRenew  time.Duration // how long one IDLE stands; default 4 minutes
	LeaseTTL   time.Duration // default 1 minute
	Timeout    time.Duration // for one answer of the server; default 1 minute
	Retry      time.Duration // first pause after a failure, doubled with each further one; default 1 second
	BatchBytes int64         // mail held in memory at once, a folder; default 32 MiB
	BatchCount int           // mails a batch; default 50
	MaxMessage int64         // bytes of a mail that are read; default 40 MiB

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
	orElse(&o.TogetherCount, 16)
	orElse(&o.MaxMessage, 40<<20)
	orElse(&o.Log, slog.Default())
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Together == nil {
		o.Together = func(context.Context, []Fetched) (int, error) { return 0, nil }
	}
	if o.Prepare == nil {
		o.Prepare = func(context.Context, Fetched) any { return nil }
	}
	if o.Looked == nil {
		o.Looked = func(Look) {}
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
