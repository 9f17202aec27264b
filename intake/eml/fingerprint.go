package eml

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// writtenFields are the fields that the sender's program writes and no server changes in
// transit.
var writtenFields = []string{"from", "to", "subject", "date", "message-id"}

// fingerprint hashes what the sender wrote. It omits trace fields and normalises line ends, so
// that it is the same for two deliveries of one mail.
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
