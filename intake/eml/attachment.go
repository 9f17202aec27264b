package eml

import (
	"strings"
	"time"

	"verbale/intake"
)

// readFiles converts the files to attachments, in their order in the mail. The body must have
// been read before.
func (p *parser) readFiles(depth int) {
	for i := range p.files {
		a := p.readFile(&p.files[i], depth)
		p.m.Attachments = append(p.m.Attachments, a)
		if a.Message != nil && p.m.Forwarded == nil && !p.files[i].returned {
			p.m.Forwarded = forwardOf(a.Message, len(p.m.Attachments))
		}
	}
}

func (p *parser) readFile(f *file, depth int) intake.Attachment {
	a := intake.Attachment{Filename: f.filename, ContentType: f.contentType, Method: intake.MethodNone}
	if size := p.sizeOf(f); size > p.o.Limits.AttachmentBytes {
		a.Size = size
		a.Problem = "too large to be read"
		p.note("an attachment of more than %d bytes was not read", p.o.Limits.AttachmentBytes)
		return a
	}
	data := p.decoded(f.entity)
	a.Size = len(data)
	a.ContentType = sniff(f.contentType, f.filename, data)
	a.Inline = f.alongside || p.isPicture(f, a)
	switch {
	case f.returned:
		p.readReturned(data, &a)
	case f.nested || isMail(a.ContentType):
		p.readNested(data, &a, depth)
	case isTNEF(a.ContentType):
		a.Problem = "TNEF container (winmail.dat), which was not opened"
	case a.Inline:
	case p.isCMS(f.entity) || p.encrypted && strings.HasPrefix(f.contentType, "application/"):
		a.Problem = "encrypted"
	case isPlainFile(a.ContentType):
		p.readText(f, data, &a)
	default:
		p.readDocument(data, &a)
	}
	return a
}

// sizeOf returns the decoded size of a file without decoding it.
func (p *parser) sizeOf(f *file) int {
	if transferName(f.header.get("content-transfer-encoding")) == "base64" && len(f.body) > p.o.Limits.AttachmentBytes {
		return base64Size(f.body)
	}
	return len(f.body)
}

// isPicture distinguishes logos and pictures of the body from documents. A picture in the body
// of a mail with hardly any text is a scanned document.
func (p *parser) isPicture(f *file, a intake.Attachment) bool {
	if !strings.HasPrefix(a.ContentType, "image/") {
		return false
	}
	if a.Size < p.o.Limits.InlineImage {
		return true
	}
	const fewWords = 200 // bytes; a shorter body is only a cover note for a scan
	shown := p.cids[strings.Trim(f.header.get("content-id"), " <>")]
	return shown && len(p.m.Body()) >= fewWords
}

// isPlainFile reports whether a file is text that needs no TextOf.
func isPlainFile(contentType string) bool {
	switch contentType {
	case "text/rtf", "text/richtext":
		return false
	}
	return strings.HasPrefix(contentType, "text/")
}

func (p *parser) readText(f *file, data []byte, a *intake.Attachment) {
	e := f.entity
	e.mediaType = a.ContentType
	text, html := p.textOf(e, data)
	if html {
		text, _ = htmlToText(text)
	}
	a.Method = intake.MethodText
	p.setText(a, text)
}

func (p *parser) setText(a *intake.Attachment, text string) {
	if len(text) > p.o.Limits.TextBytes {
		a.Problem = "its text is too long and was cut off"
		text = truncate(text, p.o.Limits.TextBytes)
	}
	a.Text.Content = text
}

// readDocument extracts the text of a file with TextOf.
func (p *parser) readDocument(data []byte, a *intake.Attachment) {
	switch {
	case p.o.TextOf == nil:
		a.Problem = "not a text"
		return
	case p.ctx.Err() != nil:
		a.Problem = "not read: reading was stopped"
		return
	case p.budget.reads <= 0:
		a.Problem = "not read: too many attachments"
		return
	}
	p.budget.reads--
	var text string
	text, a.Method, a.Problem = p.o.TextOf(p.ctx, a.Filename, a.ContentType, data)
	p.setText(a, clean(strings.ToValidUTF8(text, "\uFFFD")))
}

// readNested parses a mail that is attached to the mail.
func (p *parser) readNested(data []byte, a *intake.Attachment, depth int) {
	if depth+1 >= p.o.Limits.Depth {
		a.Problem = "nested too deep"
		return
	}
	a.Message = newParser(p.ctx, p.o, p.budget).message(data, depth+1)
	a.Method = intake.MethodText
	a.Text = textWithin(a.Message)
	if a.Filename == "" && a.Message.Subject != "" {
		a.Filename = truncate(strings.ReplaceAll(a.Message.Subject, "/", "-"), 120) + ".eml"
	}
}

// readReturned records the original that a delivery report returns. It is a mail of ours or of
// another person, so its text says nothing about what the sender wants.
func (p *parser) readReturned(data []byte, a *intake.Attachment) {
	h, _, _ := splitHeader(data, p.o.Limits.HeaderBytes)
	p.returnedOriginal(h)
	a.Problem = "the returned original, which was not read"
}

// textWithin returns the text of an attached mail: a summary of its header, its body with its
// sections, and the text of its own attachments.
func textWithin(m *intake.Message) intake.Text {
	var b strings.Builder
	b.WriteString(summary(m))
	text := intake.Text{}
	add := func(kind intake.SectionKind, start int) {
		if b.Len() > start {
			text.Sections = append(text.Sections, intake.Section{Kind: kind, Start: start, End: b.Len()})
		}
	}
	addText := func(t intake.Text) {
		offset := b.Len()
		b.WriteString(t.Content)
		for _, s := range t.Sections {
			text.Sections = append(text.Sections, intake.Section{Kind: s.Kind, Start: s.Start + offset, End: s.End + offset})
		}
		if len(t.Sections) == 0 {
			add(intake.SectionNew, offset)
		}
	}
	add(intake.SectionForwardHeader, 0)
	addText(m.Text)
	for _, a := range m.Attachments {
		if a.Inline || a.Text.Content == "" {
			continue
		}
		start := b.Len()
		b.WriteString("\n" + a.Filename + "\n\n")
		add(intake.SectionNew, start)
		addText(a.Text)
	}
	text.Content = b.String()
	return text
}

// summary returns the header of an attached mail with the field names of RFC 5322.
func summary(m *intake.Message) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(name + ": " + value + "\n")
		}
	}
	line("From", written(m.From))
	if !m.Date.IsZero() {
		line("Date", m.Date.Format(time.RFC1123Z))
	}
	var to []string
	for _, a := range m.To {
		to = append(to, written(a))
	}
	line("To", strings.Join(to, ", "))
	line("Subject", m.Subject)
	return b.String() + "\n"
}

func written(a intake.Address) string {
	switch {
	case a.Name == "":
		return a.Address
	case a.Address == "":
		return a.Name
	}
	return a.Name + " <" + a.Address + ">"
}

// forwardOf describes an attached mail, or the one that it forwards in turn.
func forwardOf(m *intake.Message, number int) *intake.Forward {
	f := &intake.Forward{From: m.From, Date: m.Date, Subject: m.Subject, To: m.To}
	if m.Forwarded != nil {
		inner := *m.Forwarded
		f = &inner
	}
	f.Attachment = number
	return f
}
