package mailbox

import (
	"context"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"verbale/intake"
)

// An Inspector looks at an account without changing anything. It must not be used by several
// goroutines at once.
type Inspector struct{ conn *connection }

// Inspect connects and logs in. timeout limits each response of the server; 0 means 1 minute.
// The caller must close the Inspector.
func Inspect(ctx context.Context, a Account, timeout time.Duration) (*Inspector, error) {
	orElse(&timeout, time.Minute)
	l, err := dial(ctx, a, timeout)
	if err != nil {
		return nil, err
	}
	return &Inspector{l}, nil
}

// Close logs out.
func (i *Inspector) Close(ctx context.Context) { i.conn.logout(ctx) }

// Capabilities are the server capabilities that matter to this program.
type Capabilities struct {
	Idle bool     // the server announces new mail at once (RFC 2177); without it, mail is found by polling
	Move bool     // the server can move messages (RFC 6851); without it, the keyword is set instead
	All  []string // all capabilities that the server announced, sorted
}

// Capabilities returns what the server can do.
func (i *Inspector) Capabilities() Capabilities {
	a := Capabilities{Idle: i.conn.has(imap.CapIdle), Move: i.conn.has(imap.CapMove)}
	for c := range i.conn.caps {
		a.All = append(a.All, string(c))
	}
	slices.Sort(a.All)
	return a
}

// Folders lists the names of all folders, sorted.
func (i *Inspector) Folders(ctx context.Context) ([]string, error) {
	var names []string
	err := i.conn.within(ctx, i.conn.timeout, "list folders", func() error {
		list, err := i.conn.client.List("", "*", nil).Collect()
		for _, f := range list {
			names = append(names, f.Mailbox)
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// A Listing is the content of a folder.
type Listing struct {
	Place intake.Place // without UID
	UIDs  []uint32     // of all messages, in order
}

// List returns the UIDs of all messages in a folder.
func (i *Inspector) List(ctx context.Context, folder string) (Listing, error) {
	data, err := i.conn.open(ctx, folder, true)
	if err != nil {
		return Listing{}, err
	}
	uids, err := i.conn.search(ctx, &imap.SearchCriteria{})
	if err != nil {
		return Listing{}, err
	}
	return Listing{Place: intake.Place{Mailbox: i.conn.account.Name(), Folder: folder, UIDValidity: data.UIDValidity},
		UIDs: uids}, nil
}

// KeepsKeywords reports whether new keywords can be set in a folder and are kept. It selects
// the folder read-write: for a folder opened read-only, servers such as Dovecot report that no
// flag can be changed permanently (RFC 9051, section 6.3.3).
func (i *Inspector) KeepsKeywords(ctx context.Context, folder string) (bool, error) {
	data, err := i.conn.open(ctx, folder, false)
	if err != nil {
		return false, err
	}
	return slices.Contains(data.PermanentFlags, imap.FlagWildcard), nil
}
