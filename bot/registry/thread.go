package registry

import (
	"slices"
	"strings"

	"verbale/bot"
	"verbale/intake"
)

// messageID derives a Message-ID from what makes the mail unique, so that a repeated mail is
// recognised and an answer finds its record:
// "acknowledge.tc-2026-00042.1f3c9a0b2d5e7f60812a@desk.unece.example". The unique part is a
// token or signed, so that outsiders cannot guess it.
func (s *Service) messageID(kind bot.ActionKind, reference, unique string) string {
	return strings.ToLower(string(kind)+"."+reference+"."+unique) + "@" + s.Office.Domain
}

// referenceIn is our reference in a Message-ID of ours; "" for all others.
func (s *Service) referenceIn(messageID string) string {
	if intake.DomainOf(messageID) != lower(s.Office.Domain) {
		return ""
	}
	return strings.ToUpper(s.reference.FindString(messageID))
}

// maxThread limits how many mails of a thread are considered, since senders control the length
// of the list.
const maxThread = 50

// bothEnds are the mails of a thread that are kept: the first and the latest.
func bothEnds(ids []string) []string {
	if len(ids) <= maxThread {
		return ids
	}
	return slices.Concat(ids[:1], ids[len(ids)-maxThread+1:])
}

// threadOf lists the mails that a mail says it belongs to, latest first; of a very long thread
// the latest and the first.
func threadOf(m *intake.Message) []string {
	var ids []string
	if m.Signs.Delivery != nil && m.Signs.Delivery.OriginalID != "" {
		ids = append(ids, m.Signs.Delivery.OriginalID)
	}
	ids = append(ids, m.InReplyTo...)
	for i := len(m.References) - 1; i >= 0; i-- {
		ids = append(ids, m.References[i])
	}
	if len(ids) > maxThread {
		ids = append(ids[:maxThread-1], ids[len(ids)-1])
	}
	return ids
}
