package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"verbale/intake"
)

// MarkOf shortens a fingerprint to the 72 bits that tell apart two mails with one
// Message-ID; "" of none.
func MarkOf(fingerprint string) string {
	if fingerprint == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(fingerprint))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// NameOfAside names a message set aside where another may have its Message-ID: senders
// write that, and some write the same into all their mails. It is an Identity by which a
// Store finds the message, and no other.
func NameOfAside(o intake.Origin) string {
	if o.MessageID == "" {
		return o.Fingerprint
	}
	return o.MessageID + "\t" + MarkOf(o.Fingerprint)
}

// MarkOfAside shortens the name of a message set aside, where a list has to be short.
func MarkOfAside(name string) string { return ShortHash(name) }

// AsksToJoin reports whether the desk is asked if a message set aside belongs to a record.
func AsksToJoin(m intake.SetAside) bool {
	return m.Reference != "" && slices.ContainsFunc(m.Doubts, func(d intake.Doubt) bool { return d.Field == intake.FieldReference })
}

// IsAside reports whether an identity means the message set aside of a name: it is the
// name, or the Message-ID alone.
func IsAside(identity, name string) bool {
	id, _, _ := strings.Cut(name, "\t")
	return identity != "" && (identity == name || identity == id)
}
