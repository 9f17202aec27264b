package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"

	"verbale/intake"
)

// MarkOf shortens a fingerprint to 72 bits, to distinguish two mails with the same
// Message-ID; "" for an empty fingerprint.
func MarkOf(fingerprint string) string {
	if fingerprint == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(fingerprint))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// NameOfAside returns an identity for a message set aside that is unambiguous even if another
// mail has the same Message-ID, as mails of some senders do. A Store finds exactly that
// message by it.
func NameOfAside(o intake.Origin) string {
	if o.MessageID == "" {
		return o.Fingerprint
	}
	return o.MessageID + "\t" + MarkOf(o.Fingerprint)
}

// MarkOfAside shortens the name of a message set aside, for compact lists.
func MarkOfAside(name string) string { return ShortHash(name) }

// AsksToJoin reports whether the desk is asked if a message set aside belongs to a record.
func AsksToJoin(m intake.SetAside) bool {
	return m.Reference != "" && slices.ContainsFunc(m.Doubts, func(d intake.Doubt) bool { return d.Field == intake.FieldReference })
}

// IsAside reports whether an identity denotes the message set aside with the given name: it
// is the name, or its Message-ID alone.
func IsAside(identity, name string) bool {
	id, _, _ := strings.Cut(name, "\t")
	return identity != "" && (identity == name || identity == id)
}
