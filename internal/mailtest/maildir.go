package mailtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Deliver puts a mail into a user's INBOX, whether the server runs or not. It does so as
// mail servers do in a Maildir: the file is written to tmp and then moved to new. A mail
// that is delivered twice lies there twice.
func (d *Dovecot) Deliver(user string, raw []byte) error {
	inbox := filepath.Join(d.folder, "mail", user)
	if err := d.makeMaildir(inbox); err != nil {
		return fmt.Errorf("make the INBOX of %s: %w", user, err)
	}
	name := fmt.Sprintf("%d.%d_%d.mailtest", time.Now().Unix(), os.Getpid(), d.delivered.Add(1))
	aside := filepath.Join(inbox, "tmp", name)
	if err := os.WriteFile(aside, raw, 0o600); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	if err := d.handOver(aside); err != nil {
		return fmt.Errorf("hand a mail to the server: %w", err)
	}
	if err := os.Rename(aside, filepath.Join(inbox, "new", name)); err != nil {
		return fmt.Errorf("deliver a mail: %w", err)
	}
	return nil
}

func (d *Dovecot) makeMaildir(inbox string) error {
	for _, folder := range []string{"", "tmp", "new", "cur"} {
		path := filepath.Join(inbox, folder)
		if err := os.Mkdir(path, 0o700); err != nil {
			if os.IsExist(err) {
				continue
			}
			return err
		}
		if err := d.handOver(path); err != nil {
			return err
		}
	}
	return nil
}

// handOver makes the account that reads mail the owner of a file.
func (d *Dovecot) handOver(path string) error {
	if os.Getuid() != 0 {
		return nil
	}
	_, _, mailUser, mailGroup, err := accounts()
	if err != nil {
		return err
	}
	uid, _ := strconv.Atoi(mailUser)
	gid, _ := strconv.Atoi(mailGroup)
	return os.Chown(path, uid, gid)
}
