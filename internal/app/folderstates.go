package app

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"verbale/bot/mailbox"
	"verbale/internal/config"
	"verbale/internal/telemetry"
)

// folderStates keeps the last known state of each watched folder. It is safe for concurrent use.
type folderStates struct {
	now func() time.Time
	mu  sync.Mutex
	of  map[watchedFolder]*folderState
}

// A watchedFolder is a folder of the nth mailbox of the configuration.
type watchedFolder struct {
	mailbox int
	folder  string
}

func (w watchedFolder) String() string {
	return fmt.Sprintf("folder %s of mailbox %d", w.folder, w.mailbox+1)
}

// A folderState is the last known state of one folder.
type folderState struct {
	good   time.Time // the last successful read, here or in another process
	oldest time.Time // of the messages without an outcome; zero if there are none
	err    error     // of the last read; nil if it succeeded
}

func newFolderStates(mailboxes []config.Mailbox, now func() time.Time) *folderStates {
	l := &folderStates{now: now, of: map[watchedFolder]*folderState{}}
	for i, m := range mailboxes {
		for _, folder := range m.Folders {
			l.of[watchedFolder{i, folder}] = &folderState{}
		}
	}
	return l
}

func (l *folderStates) note(nth int, seen mailbox.FolderState) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := l.of[watchedFolder{nth, seen.Folder}]
	known.oldest, known.err = seen.Oldest, seen.Err
	if seen.Err == nil {
		known.good = l.now()
	}
}

// sum returns when the oldest message without an outcome was received, and when the folder
// unread for the longest time was last read; zero for none.
func (l *folderStates) sum() (mail, looked time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := true
	for _, k := range l.of {
		if !k.oldest.IsZero() && (mail.IsZero() || k.oldest.Before(mail)) {
			mail = k.oldest
		}
		if first || k.good.Before(looked) {
			looked, first = k.good, false
		}
	}
	return mail, looked
}

// conditions say for each folder whether it was read recently.
func (l *folderStates) conditions(within time.Duration) (all []telemetry.Condition) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for w, k := range l.of {
		c := telemetry.Condition{Name: w.String(), Ready: true}
		if reason := k.stale(l.now(), within); reason != nil {
			c.Ready, c.Reason = false, reason.Error()
		}
		all = append(all, c)
	}
	return all
}

// stale says why a folder is not being watched properly; nil if it is.
func (k *folderState) stale(now time.Time, within time.Duration) error {
	switch age := now.Sub(k.good); {
	case k.good.IsZero() && k.err != nil:
		return k.err
	case k.good.IsZero():
		return errors.New("it has not been checked yet")
	case age > within && k.err != nil:
		return fmt.Errorf("not checked for %s: %w", age.Round(time.Second), k.err)
	case age > within:
		return fmt.Errorf("not checked for %s", age.Round(time.Second))
	}
	return nil
}
