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

// A Message is any incoming mail, as far as it could be decoded. The zero value of a field
// means that the mail did not contain it.
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
	Date       time.Time // in the sender's time zone; zero if missing or unreadable

	// Text is the decoded plain text of the body (UTF-8, line feeds, HTML converted); its
	// sections distinguish new from quoted text.
	Text        Text
	Attachments []Attachment
	// Forwarded describes the original of a forwarded mail, which is inline in Text or
	// attached as message/rfc822; nil if nothing is forwarded.
	Forwarded *Forward

	Signs    MachineSigns
	Problems []string // defects of the mail, and how it was read nevertheless
	// Unreadable is set if nothing of the mail could be read because it is encrypted, empty,
	// or broken. It says which, in one word or two.
	Unreadable string

	Size int // bytes as received
	// Fingerprint is a hash of what the sender wrote (the headers set by the sender and the
	// body, without trace headers). Copies of one mail share it; different mails with the
	// same Message-ID do not.
	Fingerprint string
}

// Body returns the new text of the sender, without quoted history, signature and boilerplate.
func (m *Message) Body() string { return m.Text.Only(SectionNew) }

// Identity returns the ID by which a mail is recognised: its Message-ID or, without one, its
// fingerprint.
func (m *Message) Identity() string {
	if m.MessageID != "" {
		return m.MessageID
	}
	return m.Fingerprint
}

// A Text is a decoded text divided into sections. Sections cover Content without gaps or
// overlaps, in order; an empty list means that all of it is new.
type Text struct {
	Content  string    `json:"content"`
	Sections []Section `json:"sections,omitempty"`
}

// A Section is one part of a Text, Content[Start:End] in bytes.
type Section struct {
	Kind  SectionKind `json:"kind"`
	Start int         `json:"start"`
	End   int         `json:"end"`
}

// A SectionKind says who wrote a section of a mail, and for what purpose.
type SectionKind string

const (
	SectionNew           SectionKind = "new"            // what the sender wrote now
	SectionQuoted        SectionKind = "quoted"         // earlier mail, quoted ("> …" or below "wrote:")
	SectionSignature     SectionKind = "signature"      // the signature block
	SectionBoilerplate   SectionKind = "boilerplate"    // disclaimers, "sent from my phone", banners
	SectionForwardHeader SectionKind = "forward_header" // the header lines of a forwarded mail
	SectionForwarded     SectionKind = "forwarded"      // the text of a forwarded mail
)

// Only returns the sections of the given kinds, joined in order, with surrounding white space
// trimmed.
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
	Text        Text   // the text that could be read
	Method      TextMethod
	Problem     string   // why it could not be read, or not completely
	Message     *Message // the attached mail, if the part is message/rfc822
	Inline      bool     // an image of the body, not a document
}

// A TextMethod says how the text of an attachment was obtained.
type TextMethod string

const (
	MethodText TextMethod = "text" // from the document's text
	MethodOCR  TextMethod = "ocr"  // recognised from an image of the page
	MethodNone TextMethod = "none" // not read
)

// A Forward is the header of a forwarded mail.
type Forward struct {
	From       Address
	Date       time.Time // zero where unreadable
	Subject    string
	To         []Address
	Attachment int // number of the message/rfc822 attachment, from 1; 0 if inline
}

// MachineSigns are the signs that a mail was sent by software (RFC 3834, RFC 3464, RFC 2919,
// and conventions of mail programs), and the receiving server's findings about the sender
// (RFC 8601).
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

// A DeliveryReport is the content of a delivery status notification (RFC 3464).
type DeliveryReport struct {
	Action     string   // failed, delayed, delivered, relayed, expanded
	Status     string   // RFC 3463 code such as "5.1.1"
	Recipients []string // the addresses that it reports on
	OriginalID string   // Message-ID of the returned mail, without angle brackets
}
