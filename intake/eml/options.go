package eml

import (
	"context"

	"verbale/intake"
)

// DefaultLoopHeader is the header field by which our own automatic mail is
// known when it comes back.
const DefaultLoopHeader = "X-Verbale-Loop"

// Options say how a mail is read. The zero value reads text parts alone,
// under DefaultLimits.
type Options struct {
	// TextOf reads the text of an attachment that is not a text part itself.
	// It must be safe for any bytes. Nil leaves such attachments unread.
	TextOf func(ctx context.Context, filename, contentType string, data []byte) (text string, method intake.TextMethod, problem string)
	// Limits bounds the work; a field that is zero takes its default.
	Limits Limits
	// LoopHeader names our own loop header; "" means DefaultLoopHeader.
	LoopHeader string
	// Phrases are the marker phrases by which sections are told apart; nil
	// means the embedded ones.
	Phrases *Phrases
}

// Limits bound the time and memory that one mail may take, mails within it
// included. What lies beyond a limit is left out and noted as a problem.
type Limits struct {
	Parts           int // MIME parts that are looked at
	Depth           int // levels of multipart and message/rfc822 nesting
	HeaderBytes     int // bytes of one header section
	Addresses       int // addresses of one header field
	TextBytes       int // bytes of body text, and of each attachment's text
	AttachmentBytes int // decoded bytes of an attachment that is read; a bigger one is only listed
	AttachmentsRead int // attachments given to TextOf
	InlineImage     int // decoded bytes below which an image is taken for a logo
}

// DefaultLimits are generous for any letter and small for a server.
var DefaultLimits = Limits{
	Parts:           1000,
	Depth:           32,
	HeaderBytes:     1 << 20,
	Addresses:       2000,
	TextBytes:       1 << 20,
	AttachmentBytes: 30 << 20,
	AttachmentsRead: 20,
	InlineImage:     12 << 10,
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits
	for _, f := range []struct{ value, byDefault *int }{
		{&l.Parts, &d.Parts}, {&l.Depth, &d.Depth}, {&l.HeaderBytes, &d.HeaderBytes},
		{&l.Addresses, &d.Addresses}, {&l.TextBytes, &d.TextBytes},
		{&l.AttachmentBytes, &d.AttachmentBytes}, {&l.AttachmentsRead, &d.AttachmentsRead},
		{&l.InlineImage, &d.InlineImage},
	} {
		if *f.value <= 0 {
			*f.value = *f.byDefault
		}
	}
	return l
}

func (o Options) withDefaults() Options {
	o.Limits = o.Limits.withDefaults()
	if o.LoopHeader == "" {
		o.LoopHeader = DefaultLoopHeader
	}
	if o.Phrases == nil {
		o.Phrases = defaultPhrases()
	}
	return o
}
