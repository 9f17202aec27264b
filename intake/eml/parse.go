package eml

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"verbale/intake"
)

// maxProblems limits Message.Problems, since a malformed mail often repeats its defects.
const maxProblems = 40

// Parse parses a mail. It never fails: Problems says what was wrong with the mail and how it
// was read nevertheless. If the context ends, no further attachments are read; the mail itself
// is always read.
func Parse(ctx context.Context, raw []byte, o Options) *intake.Message {
	o = o.withDefaults()
	p := newParser(ctx, o, &budget{parts: o.Limits.Parts, reads: o.Limits.AttachmentsRead})
	p.guarded(raw)
	return p.m
}

// guarded recovers from a panic in this package or in TextOf, so that one mail cannot take
// down the service. What was read until then is kept.
func (p *parser) guarded(raw []byte) {
	defer func() {
		if recover() != nil {
			p.noteProblem(ProblemDefect)
			if !hasLetters(p.m.Text.Content) {
				p.m.Unreadable = "broken"
			}
		}
	}()
	p.message(raw, 0)
}

// ProblemDefect is noted if reading stopped early because of a defect of the reader itself.
const ProblemDefect = "a defect of the reader stopped it in the middle of the mail"

// A budget is shared by a mail and the mails attached to it.
type budget struct {
	parts int // MIME parts that may still be read
	reads int // attachments that may still be passed to TextOf
}

// A parser parses one mail.
type parser struct {
	ctx    context.Context
	o      Options
	budget *budget
	d      decoder
	m      *intake.Message

	files     []file
	cids      map[string]bool // content IDs shown in the HTML
	container *tnefContent    // its text is used if the mail has none
	encrypted bool
	report    bool
	mbox      bool // the mail was extracted from an mbox
}

func newParser(ctx context.Context, o Options, b *budget) *parser {
	p := &parser{ctx: ctx, o: o, budget: b, m: &intake.Message{}}
	p.d = decoder{note: p.note, phrases: o.Phrases}
	return p
}

// note adds a problem unless it is already listed.
func (p *parser) note(format string, args ...any) {
	if len(p.m.Problems) < maxProblems {
		p.noteProblem(fmt.Sprintf(format, args...))
	}
}

// noteProblem adds a problem in fixed words; "" is ignored.
func (p *parser) noteProblem(problem string) {
	if problem != "" && !slices.Contains(p.m.Problems, problem) && len(p.m.Problems) < maxProblems {
		p.m.Problems = append(p.m.Problems, problem)
	}
}

func (p *parser) message(raw []byte, depth int) *intake.Message {
	p.m.Size = len(raw)
	raw = p.prepare(raw)
	root := p.entity(raw)
	p.d.header = root.header
	p.m.Fingerprint = fingerprint(root.header, root.body)
	p.readHeader(root.header)
	p.m.Signs = signsOf(root.header, p.o.LoopHeader)
	content := tidy(p.bounded(p.walk(root, depth)))
	if !hasText(content) && p.container != nil {
		content = tidy(p.containedText())
	}
	if p.mbox {
		content = unescapeFrom(content)
	}
	p.d.split(p.m, content, p.o.Limits)
	p.readFiles(depth)
	p.judge()
	return p.m
}

// prepare reverses what transports and editors do to a whole mail: it removes a byte order
// mark, the separator line of an mbox and blank lines before the header, and converts UTF-16
// and CR line ends.
func (p *parser) prepare(raw []byte) []byte {
	if after, ok := bytes.CutPrefix(raw, []byte("\xEF\xBB\xBF")); ok {
		p.note("a byte order mark before the header was left out")
		raw = after
	}
	if s, ok := decodeUTF16(raw, ""); ok {
		p.note("the whole mail is in UTF-16")
		raw = []byte(s)
	}
	if bytes.IndexByte(raw, '\n') < 0 && bytes.IndexByte(raw, '\r') >= 0 {
		p.note("lines end with CR alone")
		raw = bytes.ReplaceAll(raw, []byte{'\r'}, []byte{'\n'})
	}
	if trimmed := bytes.TrimLeft(raw, "\r\n"); len(trimmed) < len(raw) {
		p.note("blank lines before the header were left out")
		raw = trimmed
	}
	for _, separator := range []string{"From ", ">From "} {
		if bytes.HasPrefix(raw, []byte(separator)) {
			p.note("the separator line of an mbox was left out")
			p.mbox = true
			_, raw = cutLine(raw)
		}
	}
	return raw
}

// unescapeFrom reverses the mbox escaping of lines that look like its separator.
func unescapeFrom(content string) string {
	content = strings.ReplaceAll("\n"+content, "\n>From ", "\nFrom ")
	return content[1:]
}

// judge sets Unreadable if nothing that a person wrote could be read.
func (p *parser) judge() {
	readable := hasLetters(p.m.Text.Content)
	unread := false
	for i := range p.m.Attachments {
		a := &p.m.Attachments[i]
		readable = readable || hasLetters(a.Text.Content)
		unread = unread || !a.Inline
	}
	switch {
	case readable || p.m.Signs.Delivery != nil:
	case p.encrypted:
		p.m.Unreadable = "encrypted"
	case unread:
		p.m.Unreadable = "attachment unread"
	default:
		p.m.Unreadable = "empty"
		if p.m.Subject != "" {
			p.note("the mail has a subject and no text")
		}
	}
}

// A file is an attachment that is not yet read.
type file struct {
	entity
	filename    string
	contentType string
	nested      bool // a mail attached to the mail
	returned    bool // the original that a delivery report returns
	alongside   bool // has no content of its own: a detached signature, a resource fork
}

func (p *parser) attach(e entity) {
	f := file{entity: e, filename: p.filename(e), contentType: e.mediaType, nested: isMail(e.mediaType)}
	f.returned = p.report && (f.nested || e.mediaType == "text/rfc822-headers")
	f.alongside = slices.Contains(typesKnown().Alongside, p.typeOf(e))
	p.files = append(p.files, f)
}

func isMail(mediaType string) bool {
	return slices.Contains([]string{"message/rfc822", "message/global", "message/news"}, mediaType)
}
