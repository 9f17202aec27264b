package eml

import (
	"context"

	"verbale/intake"
)

// DefaultLoopHeader is the header field that identifies our own automatic mail if it is
// returned.
const DefaultLoopHeader = "X-Verbale-Loop"

// Options configure how a mail is read. With the zero value, only text parts are read, under
// DefaultLimits.
type Options struct {
	// TextOf extracts the text of an attachment that is not a text part. It must be safe for
	// any bytes. If it is nil, such attachments are not read.
	TextOf func(ctx context.Context, filename, contentType string, data []byte) (text string, method intake.TextMethod, problem string)
	// Limits bounds the work; a zero field has its default.
	Limits Limits
	// LoopHeader is the name of our own loop header; "" means DefaultLoopHeader.
	LoopHeader string
	// Phrases are the marker phrases that identify sections; nil means the embedded ones.
	Phrases *Phrases
}

// Limits bound the time and memory for one mail, including the mails attached to it. What
// exceeds a limit is omitted and noted as a problem.
type Limits struct {
	Parts           int // MIME parts that are read
	Depth           int // levels of multipart and message/rfc822 nesting
	HeaderBytes     int // bytes of one header section
	Addresses       int // addresses of one header field
	TextBytes       int // bytes of body text, and of each attachment's text
	AttachmentBytes int // decoded bytes of an attachment that is read; a larger one is only listed
	AttachmentsRead int // attachments passed to TextOf
	InlineImage     int // decoded bytes below which an image is assumed to be a logo
}

// DefaultLimits are sufficient for any letter and small enough for a server.
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
