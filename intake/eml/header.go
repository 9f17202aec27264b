package eml

import (
	"bytes"
	"strings"
)

// A field is one header field: its name in lower case, and its value, unfolded but not
// decoded.
type field struct {
	name  string
	value string
}

type header []field

// get returns the value of the first field of that name. If a field that may occur only once
// is repeated, the first one is used.
func (h header) get(name string) string {
	for i := range h {
		if h[i].name == name {
			return h[i].value
		}
	}
	return ""
}

func (h header) has(name string) bool {
	for i := range h {
		if h[i].name == name {
			return true
		}
	}
	return false
}

func (h header) all(name string) []string {
	var values []string
	for i := range h {
		if h[i].name == name {
			values = append(values, h[i].value)
		}
	}
	return values
}

// Problems of a header section.
const (
	problemNoHeader    = "no header: all of it is read as body"
	problemNoBlankLine = "no blank line between header and body"
	problemStrayLine   = "a header line without a field name was joined to the line before"
	problemHeaderSize  = "header too large: the rest of it is left out"
)

// fewFields is the number of fields that most headers do not exceed.
const fewFields = 16

// splitHeader separates the header section of an entity from its body
// (RFC 5322, section 2.1), reading at most maxBytes of header.
func splitHeader(raw []byte, maxBytes int) (h header, body []byte, problem string) {
	s := headerScanner{rest: raw, fields: make(header, 0, fewFields)}
	body = s.scan(maxBytes)
	s.finish()
	return s.fields, body, s.problem
}

// A headerScanner collects the current field in name and value, so that a field folded over
// very many lines is copied only once.
type headerScanner struct {
	fields  header
	name    string
	value   []byte
	rest    []byte
	problem string
}

func (s *headerScanner) scan(maxBytes int) (body []byte) {
	size := len(s.rest)
	for len(s.rest) > 0 {
		if size-len(s.rest) > maxBytes {
			s.problem = problemHeaderSize
			return afterBlankLine(s.rest)
		}
		line, next := cutLine(s.rest)
		switch {
		case len(line) == 0:
			return next
		case line[0] == ' ' || line[0] == '\t':
			if isBlank(line) && !continuesHeader(next) {
				return next
			}
			s.fold(line)
		case !s.add(line) && !s.stray(line, next):
			s.problem = s.bodyTooEarly()
			return s.rest
		}
		s.rest = next
	}
	return nil
}

func (s *headerScanner) add(line []byte) bool {
	name, value, ok := cutField(line)
	if ok {
		s.finish()
		s.name = strings.ToLower(string(name))
		s.value = append(s.value[:0], bytes.TrimSpace(value)...)
	}
	return ok
}

func (s *headerScanner) fold(line []byte) {
	s.value = append(append(s.value, ' '), bytes.TrimSpace(line)...)
}

// finish adds the current field to the header.
func (s *headerScanner) finish() {
	if s.name != "" {
		s.fields = append(s.fields, field{s.name, unstrange(s.value)})
	}
}

// stray treats a line in the middle of a header that is not a field as a continuation line
// that lost its leading space.
func (s *headerScanner) stray(line, next []byte) bool {
	if s.name == "" || !startsWithKnownField(next) {
		return false
	}
	s.fold(line)
	s.problem = problemStrayLine
	return true
}

func (s *headerScanner) bodyTooEarly() string {
	if s.name == "" {
		return problemNoHeader
	}
	return problemNoBlankLine
}

// unstrange trims a value, removes NUL, and replaces a CR that does not end a line by a space.
func unstrange(value []byte) string {
	value = bytes.TrimSpace(value)
	if bytes.IndexByte(value, '\r') < 0 && bytes.IndexByte(value, 0) < 0 {
		return string(value)
	}
	value = bytes.ReplaceAll(value, []byte{0}, nil)
	return string(bytes.ReplaceAll(value, []byte{'\r'}, []byte{' '}))
}

// cutLine returns the first line without its line end, and the rest.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'}), rest
}

// cutField splits "Name: value". White space before the colon is tolerated
// (obs-optional, RFC 5322 section 4.5).
func cutField(line []byte) (name, value []byte, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 {
		return nil, nil, false
	}
	name = bytes.TrimRight(line[:colon], " \t")
	if len(name) == 0 {
		return nil, nil, false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return nil, nil, false
		}
	}
	return name, line[colon+1:], true
}

func isBlank(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }

func continuesHeader(b []byte) bool {
	line, _ := cutLine(b)
	if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
		return !isBlank(line)
	}
	return startsWithKnownField(b)
}

// knownFields are fields of ordinary mails. They distinguish a header that continues from a
// body whose first line happens to contain a colon.
var knownFields = map[string]bool{
	"from": true, "to": true, "cc": true, "subject": true, "date": true, "sender": true,
	"reply-to": true, "message-id": true, "in-reply-to": true, "references": true,
	"received": true, "return-path": true, "mime-version": true, "content-type": true,
	"content-transfer-encoding": true, "content-disposition": true, "content-id": true,
	"content-description": true, "delivered-to": true, "importance": true, "x-mailer": true,
	"user-agent": true, "auto-submitted": true, "list-id": true, "precedence": true,
}

func startsWithKnownField(b []byte) bool {
	line, _ := cutLine(b)
	name, _, ok := cutField(line)
	return ok && knownFields[strings.ToLower(string(name))]
}

func afterBlankLine(b []byte) []byte {
	for len(b) > 0 {
		var line []byte
		if line, b = cutLine(b); len(line) == 0 {
			return b
		}
	}
	return nil
}
