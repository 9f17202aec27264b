package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"verbale/bot/mailbox"
	"verbale/intake"
	"verbale/internal/config"
	"verbale/internal/redisstore"
)

// AuditOptions say which office to audit.
type AuditOptions struct {
	Config string
	JSON   bool
	Out    io.Writer
	Log    *slog.Logger
}

// Audit compares each watched folder with the records and prints the balances. It returns the
// number of folders that do not balance. Folders that cannot be audited are reported in the
// error, after all others.
func Audit(ctx context.Context, o AuditOptions) (uneven int, err error) {
	c, err := config.Load(o.Config, os.LookupEnv)
	if err != nil {
		return 0, err
	}
	err = withStoreOf(ctx, c, o.Log, func(c *config.Config, store *redisstore.Store) (err error) {
		uneven, err = audit(ctx, o, c, store)
		return err
	})
	return uneven, err
}

func audit(ctx context.Context, o AuditOptions, c *config.Config, store *redisstore.Store) (uneven int, err error) {
	for _, m := range c.Mailbox {
		balances, auditErr := auditMailbox(ctx, m, store)
		if auditErr != nil {
			err = errors.Join(err, fmt.Errorf("audit %s: %w", m.Address, auditErr))
		}
		for _, b := range balances {
			if !b.Even() {
				uneven++
			}
			if err := printBalance(o, b); err != nil {
				return uneven, err
			}
		}
	}
	return uneven, err
}

func printBalance(o AuditOptions, b Balance) error {
	if o.JSON {
		return printJSON(o.Out, struct {
			Balance
			Even bool `json:"even"`
		}{b, b.Even()})
	}
	verdict := "balanced"
	if !b.Even() {
		verdict = "NOT BALANCED"
	}
	_, err := fmt.Fprintf(o.Out, "%s: %s\n", verdict, b)
	return err
}

func auditMailbox(ctx context.Context, m config.Mailbox, store *redisstore.Store) (balances []Balance, err error) {
	account := mailAccount(m)
	inspector, err := mailbox.Inspect(ctx, account, 0)
	if err != nil {
		return nil, err
	}
	defer inspector.Close(context.WithoutCancel(ctx))
	for _, folder := range m.Folders {
		b, auditErr := auditFolder(ctx, inspector, intake.Place{Mailbox: account.Name(), Folder: folder}, store)
		if auditErr != nil {
			err = errors.Join(err, auditErr)
			continue
		}
		balances = append(balances, b)
	}
	return balances, err
}

// auditFolder reads the cursor before the listing, and the outcomes after it, so that mail
// arriving or being committed in the meantime never looks lost.
func auditFolder(ctx context.Context, i *mailbox.Inspector, folder intake.Place, store *redisstore.Store) (Balance, error) {
	cursor, err := store.Cursor(ctx, folder)
	if err != nil {
		return Balance{}, err
	}
	listing, err := i.List(ctx, folder.Folder)
	if err != nil {
		return Balance{}, err
	}
	outcomes, err := store.Outcomes(ctx, listing.Place)
	if err != nil {
		return Balance{}, err
	}
	return balance(listing, cursor, outcomes), nil
}
