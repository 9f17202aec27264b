package eml

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// writtenFields are what the sender's program writes and no server on the way
// changes.
var writtenFields = []string{"from", "to", "subject", "date", "message-id"}

// fingerprint hashes what the sender wrote. Trace fields are left out and line
// ends made alike, so that two deliveries of one mail agree.
func fingerprint(h header, body []byte) string {
	hash := sha256.New()
	var fields []byte
	for _, name := range writtenFields {
		fields = append(append(append(append(fields, name...), ':'), h.get(name)...), '\n')
	}
	hash.Write(fields)
	for body = bytes.TrimRight(body, "\r\n"); len(body) > 0; {
		line, rest, _ := bytes.Cut(body, []byte{'\r'})
		hash.Write(line)
		if len(line) < len(body) && !bytes.HasPrefix(rest, []byte{'\n'}) {
			hash.Write([]byte{'\n'})
		}
		body = rest
	}
	return "sha256:" + hex.EncodeToString(hash.Sum(nil))
}
