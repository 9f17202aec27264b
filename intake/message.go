package intake

import (
	"slices"
	"strings"
	"time"
)

// An Address is a mailbox of RFC 5322, section 3.4: a display name, which may
// be empty, and an addr-spec.
type Address struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// DomainOf returns the part of an address or Message-ID after the last @, in
// lower case; "" where there is none.
func DomainOf(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return ""
	}
	return strings.ToLower(address[at+1:])
}

// A Message is what arrived, of whatever kind, as far as it could be decoded.
// The zero value of a field means that the mail did not state it.
type Message struct {
	MessageID  string   // RFC 5322 msg-id without angle brackets; "" where missing
	InReplyTo  []string // msg-ids without angle brackets
	References []string // msg-ids without angle brackets
	Subject    string
	From       Address
	Sender     Address
	ReplyTo    []Address
	To         []Address
	Cc         []Address
	Date       time.Time // in the zone the sender wrote; zero where missing or unreadable

	// Text is the decoded plain text of the body (UTF-8, line feeds, HTML
	// already as text); its sections tell what is new from what is quoted.
	Text        Text
	Attachments []Attachment
	// Forwarded describes the original of a forward, whether it stands inline
	// in Text or as a message/rfc822 attachment; nil where nothing is forwarded.
	Forwarded *Forward

	Signs    MachineSigns
	Problems []string // what was wrong with the mail and how it was read all the same
	// Unreadable is set when nothing of the mail could be read: encrypted,
	// empty, or broken beyond reading. It says which, in one word or two.
	Unreadable string

	Size int // bytes as received
	// Fingerprint is a hash of what the sender wrote (the headers that the
	// sender sets and the body, without trace headers). Two copies of one
	// mail share it; two mails that carry one Message-ID do not.
	Fingerprint string
}

// Body is what the sender newly wrote: the text without quoted history,
// signature and boilerplate.
func (m *Message) Body() string { return m.Text.Only(SectionNew) }

// Identity is the name under which a mail is recognised: its Message-ID, or
// its fingerprint where it has none.
func (m *Message) Identity() string {
	if m.MessageID != "" {
		return m.MessageID
	}
	return m.Fingerprint
}

// A Text is a decoded text with its stretches told apart. Sections cover
// Content without gap or overlap, in order; an empty list means that all of it
// is new.
type Text struct {
	Content  string    `json:"content"`
	Sections []Section `json:"sections,omitempty"`
}

// A Section is one stretch of a Text, Content[Start:End] in bytes.
type Section struct {
	Kind  SectionKind `json:"kind"`
	Start int         `json:"start"`
	End   int         `json:"end"`
}

// A SectionKind tells who wrote a stretch of a mail and to what end.
type SectionKind string

const (
	SectionNew           SectionKind = "new"            // what the sender wrote now
	SectionQuoted        SectionKind = "quoted"         // earlier mail, quoted ("> …" or below "wrote:")
	SectionSignature     SectionKind = "signature"      // the signature block
	SectionBoilerplate   SectionKind = "boilerplate"    // disclaimers, "sent from my phone", banners
	SectionForwardHeader SectionKind = "forward_header" // the header lines of a forwarded mail
	SectionForwarded     SectionKind = "forwarded"      // the text of a forwarded mail
)

// Only joins the sections of the given kinds, in order, and trims the white
// space around the result.
func (t Text) Only(kinds ...SectionKind) string {
	if len(t.Sections) == 0 {
		if slices.Contains(kinds, SectionNew) {
			return strings.TrimSpace(t.Content)
		}
		return ""
	}
	var b strings.Builder
	for _, s := range t.Sections {
		if slices.Contains(kinds, s.Kind) {
			b.WriteString(t.Content[s.Start:s.End])
		}
	}
	return strings.TrimSpace(b.String())
}

// An Attachment is one part of a mail that is not its body text.
type Attachment struct {
	Filename    string
	ContentType string // RFC 2045 type/subtype in lower case
	Size        int    // bytes after decoding
	Text        Text   // what could be read of it
	Method      TextMethod
	Problem     string   // why it could not be read, or was read in part
	Message     *Message // the mail within, where the part is message/rfc822
	Inline      bool     // a picture or logo of the body, not a document
}

// A TextMethod says how the text of an attachment was obtained.
type TextMethod string

const (
	MethodText TextMethod = "text" // from a text layer
	MethodOCR  TextMethod = "ocr"  // recognised from a picture of the page
	MethodNone TextMethod = "none" // not read
)

// A Forward is the header of a mail that somebody passed on.
type Forward struct {
	From       Address
	Date       time.Time // zero where unreadable
	Subject    string
	To         []Address
	Attachment int // number, from 1, of the message/rfc822 attachment; 0 where inline
}

// MachineSigns are the marks by which software shows that no person wrote a
// mail (RFC 3834, RFC 3464, RFC 2919, and the habits of mail programs), and
// what the receiving server found out about the sender (RFC 8601).
type MachineSigns struct {
	AutoSubmitted string // value of Auto-Submitted, lower case, without parameters
	AutoReply     bool   // X-Autoreply, X-Autorespond, X-Auto-Response-Suppress on a reply, Precedence: auto_reply
	Precedence    string // bulk, list, junk …, lower case
	ListID        string
	Unsubscribe   bool // a List-Unsubscribe header is present
	NullReturn    bool // Return-Path: <>
	LoopMark      bool // our own loop header is present
	SpamFlag      bool // the receiving server marked it as spam

	Delivery              *DeliveryReport // a delivery status notification
	AuthenticationResults []string        // raw values, topmost first
}

// A DeliveryReport is what a delivery status notification (RFC 3464) says.
type DeliveryReport struct {
	Action     string   // failed, delayed, delivered, relayed, expanded
	Status     string   // RFC 3463 code such as "5.1.1"
	Recipients []string // addresses that it speaks of
	OriginalID string   // Message-ID of the returned mail, without angle brackets
}
