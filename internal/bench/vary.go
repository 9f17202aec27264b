package bench

import (
	"bytes"
	"fmt"
)

// Vary returns the mail as if another sender had written it: a Message-ID and
// an answer address of its own, so that it is neither recognised as a repeat
// nor held back by the cap on automatic mail to one sender.
func Vary(raw []byte, n int) []byte {
	header, body := splitHeader(raw)
	var out bytes.Buffer
	out.Grow(len(raw) + 128)
	fmt.Fprintf(&out, "Message-ID: <%s>\r\nReply-To: <official-%d@ministry.example>\r\n", MessageID(n), n)
	dropping := false
	for line := range bytes.Lines(header) {
		if line[0] != ' ' && line[0] != '\t' {
			dropping = named(line, "message-id") || named(line, "reply-to")
		}
		if !dropping {
			out.Write(line)
		}
	}
	out.Write(body)
	return out.Bytes()
}

// MessageID is the Message-ID, without angle brackets, of the nth varied mail.
func MessageID(n int) string { return fmt.Sprintf("bench-%d@ministry.example", n) }

// splitHeader returns the header without and the body with the empty line
// between them.
func splitHeader(raw []byte) (header, body []byte) {
	for _, gap := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(raw, []byte(gap)); i >= 0 {
			end := i + len(gap)/2
			return raw[:end], raw[end:]
		}
	}
	return raw, nil
}

func named(line []byte, name string) bool {
	got, _, found := bytes.Cut(line, []byte(":"))
	return found && bytes.EqualFold(bytes.TrimSpace(got), []byte(name))
}
