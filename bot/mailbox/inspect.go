package mailbox

import (
	"context"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"verbale/intake"
)

// An Inspector looks at an account and changes nothing: folders are opened
// read-only. It is for one goroutine at a time.
type Inspector struct{ line *line }

// Inspect connects and logs in; timeout bounds each answer of the server, 0
// means 1 minute. The caller closes the Inspector.
func Inspect(ctx context.Context, a Account, timeout time.Duration) (*Inspector, error) {
	orElse(&timeout, time.Minute)
	l, err := dial(ctx, a, timeout)
	if err != nil {
		return nil, err
	}
	return &Inspector{l}, nil
}

// Close logs out.
func (i *Inspector) Close(ctx context.Context) { i.line.bye(ctx) }

// Abilities are the capabilities of a server that make a difference here.
type Abilities struct {
	Idle bool     // tells of new mail at once (RFC 2177); else it is looked for at each poll
	Move bool     // can move mail (RFC 6851); else the keyword is set instead
	All  []string // everything that the server announced, sorted
}

// Abilities says what the server can do.
func (i *Inspector) Abilities() Abilities {
	a := Abilities{Idle: i.line.has(imap.CapIdle), Move: i.line.has(imap.CapMove)}
	for c := range i.line.caps {
		a.All = append(a.All, string(c))
	}
	slices.Sort(a.All)
	return a
}

// Folders lists the names of all folders, sorted.
func (i *Inspector) Folders(ctx context.Context) ([]string, error) {
	var names []string
	err := i.line.within(ctx, i.line.timeout, "list folders", func() error {
		list, err := i.line.client.List("", "*", nil).Collect()
		for _, f := range list {
			names = append(names, f.Mailbox)
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// A Listing is what lies in a folder.
type Listing struct {
	Place intake.Place // without UID
	UIDs  []uint32     // of all mails, in order
}

// List returns the UIDs of all mails in a folder.
func (i *Inspector) List(ctx context.Context, folder string) (Listing, error) {
	data, err := i.line.open(ctx, folder, true)
	if err != nil {
		return Listing{}, err
	}
	uids, err := i.line.search(ctx, &imap.SearchCriteria{})
	if err != nil {
		return Listing{}, err
	}
	return Listing{Place: intake.Place{Mailbox: i.line.account.Name(), Folder: folder, UIDValidity: data.UIDValidity},
		UIDs: uids}, nil
}

// KeepsKeywords reports whether new keywords can be set in a folder, and are kept.
// It selects the folder as for writing: of one that is opened to be read alone a
// server says that nothing is kept (RFC 9051, section 6.3.3; Dovecot does).
func (i *Inspector) KeepsKeywords(ctx context.Context, folder string) (bool, error) {
	data, err := i.line.open(ctx, folder, false)
	if err != nil {
		return false, err
	}
	return slices.Contains(data.PermanentFlags, imap.FlagWildcard), nil
}
