package app

import (
	"iter"

	"verbale/internal/archive"
)

// openArchives looks into all paths before the first mail is read, so that a
// mistyped one is known at once. It returns their mails in the order of the
// paths, and how many there are.
func openArchives(paths []string) (mails iter.Seq2[archive.Mail, error], total int, err error) {
	archives := make([]*archive.Archive, len(paths))
	for i, path := range paths {
		a, err := archive.Open(path)
		if err != nil {
			return nil, 0, err
		}
		n, err := a.Count()
		if err != nil {
			return nil, 0, err
		}
		archives[i], total = a, total+n
	}
	return func(yield func(archive.Mail, error) bool) {
		for _, a := range archives {
			for mail, err := range a.Mails() {
				if !yield(mail, err) {
					return
				}
			}
		}
	}, total, nil
}

// wholeSize is the size of a mail of an archive as far as it is known, where
// it was cut; else 0.
func wholeSize(m archive.Mail) int {
	if !m.Cut {
		return 0
	}
	return len(m.Raw) + 1
}
