// Package archive reads mails that lie on disk: an mbox file, a Maildir, a
// folder of .eml files (searched in depth), or a single mail.
//
// It holds one mail in memory at a time and changes nothing on disk. A mail that cannot
// be read gives an error in its turn and does not stop the following ones.
package archive

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// MaxMail is how many bytes of a mail are read. The rest of a longer one is skipped.
const MaxMail = 64 << 20

// A Mail is one mail of an archive.
type Mail struct {
	Name string // path of the file; for an mbox also the number of the mail, from 1
	Raw  []byte
	Cut  bool // longer than MaxMail: Raw is its beginning
}

// An Archive is a set of mails in a fixed order.
type Archive struct {
	path  string
	files []string
	mbox  bool
}

// Open finds out what lies at path. It fails if nothing does, if it is neither a file nor a
// folder, and if a folder contains no mail.
func Open(path string) (*Archive, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	switch {
	case info.IsDir():
		return openFolder(path)
	case info.Mode().IsRegular():
		return openFile(path)
	}
	return nil, fmt.Errorf("open archive %s: neither a file nor a folder", path)
}

// Count returns how many mails the archive holds. For an mbox it reads the
// whole file once.
func (a *Archive) Count() (int, error) {
	if !a.mbox {
		return len(a.files), nil
	}
	n := 0
	for _, err := range a.mails(0) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Mails returns the mails in order. An error concerns the Mail beside it alone, of which
// only Name is set.
func (a *Archive) Mails() iter.Seq2[Mail, error] { return a.mails(MaxMail) }

func (a *Archive) mails(limit int64) iter.Seq2[Mail, error] {
	if a.mbox {
		return mboxMails(a.path, limit)
	}
	return func(yield func(Mail, error) bool) {
		for _, file := range a.files {
			if !yield(readMail(file, limit)) {
				return
			}
		}
	}
}

func openFile(path string) (*Archive, error) {
	isMbox, err := startsWithSeparator(path)
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	if isMbox {
		return &Archive{path: path, mbox: true}, nil
	}
	return &Archive{path: path, files: []string{path}}, nil
}

// openFolder lists the mails of a Maildir, which has the folders cur and new, or else all
// .eml files in the folder and below.
func openFolder(path string) (*Archive, error) {
	isMail := func(name string) bool { return strings.EqualFold(filepath.Ext(name), ".eml") }
	if isMaildir(path) {
		isMail = func(name string) bool {
			folder := filepath.Base(filepath.Dir(name))
			return (folder == "cur" || folder == "new") && !strings.HasPrefix(filepath.Base(name), ".")
		}
	}
	var files []string
	// With a separator at the end, WalkDir follows path if it is a symbolic link.
	err := filepath.WalkDir(path+string(filepath.Separator), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Type().IsRegular() && isMail(name) {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("open archive %s: no .eml file in it, and it is no Maildir (which has folders cur and new)", path)
	}
	slices.Sort(files)
	return &Archive{path: path, files: files}, nil
}

func isMaildir(path string) bool {
	for _, sub := range []string{"cur", "new"} {
		info, err := os.Stat(filepath.Join(path, sub))
		if err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// ReadMail reads one mail from its file.
func ReadMail(file string) (Mail, error) { return readMail(file, MaxMail) }

func readMail(file string, limit int64) (Mail, error) {
	f, err := os.Open(file)
	if err != nil {
		return Mail{Name: file}, fmt.Errorf("read mail: %w", err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return Mail{Name: file}, fmt.Errorf("read mail %s: %w", file, err)
	}
	mail := Mail{Name: file, Raw: raw}
	if int64(len(raw)) > limit {
		mail.Raw, mail.Cut = raw[:limit], true
	}
	return mail, nil
}
