package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

var fromLine = []byte("From ")

func startsWithFromLine(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, len(fromLine))
	if _, err := io.ReadFull(f, head); err != nil {
		return false, nil // an empty or tiny file is a mail of its own
	}
	return bytes.Equal(head, fromLine), nil
}

// mboxMails reads the format of RFC 4155 with the quoting that "mboxrd"
// writers use: a mail begins at a "From " line after an empty line, and
// ">From " within a mail lost one ">" when it was written.
func mboxMails(path string, limit int64) iter.Seq2[Mail, error] {
	return func(yield func(Mail, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(Mail{Name: path}, fmt.Errorf("read mbox: %w", err))
			return
		}
		defer f.Close()
		s := mboxScanner{r: bufio.NewReaderSize(f, 64<<10), limit: limit}
		for n := 1; ; n++ {
			raw, cut, err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			name := fmt.Sprintf("%s:%d", path, n)
			if err != nil {
				yield(Mail{Name: name}, fmt.Errorf("read mbox %s: %w", path, err))
				return
			}
			if !yield(Mail{Name: name, Raw: raw, Cut: cut}, nil) {
				return
			}
		}
	}
}

// An mboxScanner splits an mbox into mails, keeping at most limit bytes of each.
type mboxScanner struct {
	r     *bufio.Reader
	limit int64
	begun bool // the "From " line of the next mail has been read
}

func (s *mboxScanner) next() (raw []byte, cut bool, err error) {
	var mail bytes.Buffer
	afterBlank := true
	for {
		line, readErr := s.line()
		if len(line) == 0 && readErr != nil {
			return s.last(mail.Bytes(), cut, readErr)
		}
		if afterBlank && bytes.HasPrefix(line, fromLine) {
			if s.begun {
				return trimSeparator(mail.Bytes()), cut, nil
			}
			s.begun, afterBlank = true, false
			continue
		}
		s.begun = true
		afterBlank = len(bytes.TrimRight(line, "\r\n")) == 0
		cut = !s.keep(&mail, unquoteFrom(line)) || cut
	}
}

// line returns one line with its end, however long.
func (s *mboxScanner) line() ([]byte, error) {
	line, err := s.r.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return line, err
	}
	// A line longer than the buffer is taken in pieces; only its beginning
	// could be a "From " line, and the callers see the pieces in order.
	return line, nil
}

func (s *mboxScanner) keep(mail *bytes.Buffer, line []byte) bool {
	room := s.limit - int64(mail.Len())
	if room >= int64(len(line)) {
		mail.Write(line)
		return true
	}
	mail.Write(line[:max(room, 0)])
	return false
}

func (s *mboxScanner) last(raw []byte, cut bool, err error) ([]byte, bool, error) {
	if !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	if !s.begun {
		return nil, false, io.EOF
	}
	s.begun = false
	return trimSeparator(raw), cut, nil
}

// trimSeparator removes the empty line that a writer puts between two mails.
func trimSeparator(raw []byte) []byte {
	if rest, ok := bytes.CutSuffix(raw, []byte("\r\n\r\n")); ok {
		return append(rest, "\r\n"...)
	}
	if rest, ok := bytes.CutSuffix(raw, []byte("\n\n")); ok {
		return append(rest, '\n')
	}
	return raw
}

func unquoteFrom(line []byte) []byte {
	quoted := bytes.TrimLeft(line, ">")
	if len(quoted) < len(line) && bytes.HasPrefix(quoted, fromLine) {
		return line[1:]
	}
	return line
}
