package eml

import (
	"strings"

	"verbale/intake"
)

// readHeader sets the fields of the message from its header.
func (p *parser) readHeader(h header) {
	for _, name := range []string{"from", "to", "cc", "subject", "date", "message-id", "sender", "reply-to"} {
		if len(h.all(name)) > 1 {
			p.note("field %s stands more than once: the first was read", name)
		}
	}
	m := p.m
	m.Subject = p.subject(h)
	m.Sender = p.first(h, "sender")
	m.ReplyTo = p.list(h, "reply-to")
	m.To = p.list(h, "to")
	m.Cc = p.list(h, "cc")
	m.From = p.author(h)
	m.MessageID = p.messageID(h)
	m.InReplyTo = messageIDs(h.get("in-reply-to"))
	m.References = messageIDs(h.get("references"))
	p.readDate(h)
}

// longestSubject is the maximum number of bytes of a subject that are read, since records
// store it and lists show it.
const longestSubject = 4 << 10

func (p *parser) subject(h header) string {
	subject := strings.Join(strings.Fields(p.d.words(h.get("subject"))), " ")
	if len(subject) > longestSubject {
		p.note("the subject is too long: its first %d bytes were read", longestSubject)
	}
	return truncate(subject, longestSubject)
}

func (p *parser) list(h header, name string) []intake.Address {
	return p.d.addresses(h.get(name), p.o.Limits.Addresses)
}

func (p *parser) first(h header, name string) intake.Address {
	if list := p.d.addresses(truncate(h.get(name), 4<<10), p.o.Limits.Addresses); len(list) > 0 {
		return list[0]
	}
	return intake.Address{}
}

// author returns From, or the next best field if From is missing or has no address.
func (p *parser) author(h header) intake.Address {
	from := p.first(h, "from")
	if from.Address != "" {
		return from
	}
	for _, name := range []string{"sender", "return-path", "reply-to"} {
		if a := p.first(h, name); a.Address != "" {
			p.note("no address in From: taken from %s", name)
			if from.Name != "" {
				a.Name = from.Name
			}
			return a
		}
	}
	p.note("the mail names no sender")
	return from
}

// readDate reads Date or, if that is missing or unreadable, the time at which our server
// received the mail.
func (p *parser) readDate(h header) {
	date := h.get("date")
	t, zoned, ok := parseDate(date)
	if ok {
		if !zoned {
			p.note("the date has no zone: read as UTC")
		}
		p.m.Date = t
		return
	}
	state := "unreadable"
	if date == "" {
		state = "missing"
	}
	received := h.get("received")
	if t, _, ok = parseDate(received[strings.LastIndexByte(received, ';')+1:]); ok {
		p.m.Date = t
		p.note("the date is %s: taken from when the mail was received", state)
		return
	}
	p.note("the date is %s", state)
}

func (p *parser) messageID(h header) string {
	ids := messageIDs(h.get("message-id"))
	if len(ids) == 0 {
		p.note("the mail has no Message-ID")
		return ""
	}
	return ids[0]
}

// mostIDs is the maximum number of message IDs that are read from one field.
const mostIDs = 1000

// longestID is the maximum number of bytes of a message ID that are kept: more than any
// program writes, and few enough for a Slack button even if each character is encoded as
// three.
const longestID = 500

// messageIDs parses msg-ids (RFC 5322, section 3.6.4), with or without angle brackets.
func messageIDs(value string) []string {
	var ids []string
	rest := value
	for len(ids) < mostIDs {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		id, next, closed := strings.Cut(after, ">")
		if id = cleanID(id); id != "" {
			ids = append(ids, id)
		}
		if !closed {
			break
		}
		rest = next
	}
	if len(ids) > 0 {
		return ids
	}
	for _, word := range strings.Fields(value) {
		if id := cleanID(word); strings.Contains(id, "@") && len(ids) < mostIDs {
			ids = append(ids, id)
		}
	}
	if single := cleanID(value); len(ids) == 0 && single != "" {
		ids = append(ids, single)
	}
	return ids
}

func cleanID(id string) string {
	id = strings.Trim(strings.Join(strings.Fields(strings.ToValidUTF8(id, "?")), ""), "<>\",;")
	return truncate(id, longestID)
}
