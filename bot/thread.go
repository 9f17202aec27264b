package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"verbale/intake"
)

// messageID derives a Message-ID from what makes the mail unique, so that a
// repeat is recognised and an answer finds its record:
// "acknowledge.tc-2026-00042.1f3c9a0b2d@desk.unece.example".
func (s *Service) messageID(kind ActionKind, reference, unique string) string {
	return strings.ToLower(string(kind)+"."+reference+"."+unique) + "@" + s.Office.Domain
}

// shortHash tells keys apart in a Message-ID; forty bits are plenty within one record.
func shortHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:5])
}

// referenceIn finds our reference in a Message-ID of ours; "" in all others.
func (s *Service) referenceIn(messageID string) string {
	if domainOf(messageID) != lower(s.Office.Domain) {
		return ""
	}
	return strings.ToUpper(s.reference.FindString(messageID))
}

// threadOf lists the mails that a mail says it belongs to, nearest first.
func threadOf(m *intake.Message) []string {
	var ids []string
	if m.Signs.Delivery != nil && m.Signs.Delivery.OriginalID != "" {
		ids = append(ids, m.Signs.Delivery.OriginalID)
	}
	ids = append(ids, m.InReplyTo...)
	for i := len(m.References) - 1; i >= 0; i-- {
		ids = append(ids, m.References[i])
	}
	return ids
}
