package app

import (
	"iter"

	"verbale/internal/archive"
)

// openArchives checks all paths before the first mail is read, so that a wrong one is reported
// at once. It returns the mails in the order of the paths, and their number.
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

// wholeSize is a size greater than that of the truncated mail, since the real size is unknown;
// 0 if the mail is complete.
func wholeSize(m archive.Mail) int {
	if !m.Cut {
		return 0
	}
	return len(m.Raw) + 1
}
