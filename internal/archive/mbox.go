package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
)

// separator matches the line before each mail: "From ", an address, and the time of
// delivery (RFC 4155, appendix A). The time tells it from a sentence that begins with
// "From ".
var separator = regexp.MustCompile(`^From .*\d:\d\d`)

func startsWithSeparator(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	line, err := bufio.NewReader(f).ReadSlice('\n')
	if err != nil {
		return false, nil // a file without a whole first line is a mail of its own
	}
	return separator.Match(line), nil
}

// mboxMails reads an mbox (RFC 4155) with the quoting of the "mboxrd" variant: a mail
// begins with a separator after an empty line, and each line that begins with "From ",
// perhaps after some ">", got one more ">" when it was written.
func mboxMails(path string, limit int64) iter.Seq2[Mail, error] {
	return func(yield func(Mail, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(Mail{Name: path}, fmt.Errorf("read mbox: %w", err))
			return
		}
		defer f.Close()
		s := mboxScanner{r: bufio.NewReaderSize(f, 64<<10), limit: limit, afterBlank: true}
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
	r          *bufio.Reader
	limit      int64
	begun      bool // the separator of the next mail has been read
	afterBlank bool // the last line was empty, or there was none yet
	midLine    bool // the last piece had no line end, so the next one continues it
}

// next returns the next mail, or io.EOF.
func (s *mboxScanner) next() (raw []byte, cut bool, err error) {
	var mail bytes.Buffer
	for {
		line, isSeparator, readErr := s.line()
		switch {
		case len(line) == 0 && readErr != nil:
			return s.last(mail.Bytes(), cut, readErr)
		case isSeparator && s.begun:
			return trimSeparator(mail.Bytes()), cut, nil
		case !isSeparator:
			cut = !s.keep(&mail, line) || cut
		}
		s.begun = true
	}
}

// line returns one line with its end and without mbox quoting; a line longer
// than the buffer comes in pieces.
func (s *mboxScanner) line() (line []byte, isSeparator bool, err error) {
	line, err = s.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	continues := s.midLine
	s.midLine = !bytes.HasSuffix(line, []byte("\n"))
	if continues {
		s.afterBlank = false
		return line, false, err
	}
	isSeparator = s.afterBlank && separator.Match(line)
	s.afterBlank = len(bytes.TrimRight(line, "\r\n")) == 0
	return unquoteFrom(line), isSeparator, err
}

// keep adds a line to a mail, as far as the limit allows, and reports whether all of it
// was added.
func (s *mboxScanner) keep(mail *bytes.Buffer, line []byte) bool {
	room := s.limit - int64(mail.Len())
	if room >= int64(len(line)) {
		mail.Write(line)
		return true
	}
	mail.Write(line[:max(room, 0)])
	return false
}

// last returns the mail that the end of the file has ended.
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
	if len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")) {
		return line[1:]
	}
	return line
}
