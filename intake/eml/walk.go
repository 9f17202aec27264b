package eml

import (
	"strings"
	"unicode"
)

// walk processes an entity and its parts. It returns the text that belongs to the body and
// adds everything else to the files.
func (p *parser) walk(e entity, depth int) string {
	if p.budget.parts--; p.budget.parts < 0 {
		p.note("more than %d parts: the rest is left out", p.o.Limits.Parts)
		return ""
	}
	if kind, _, _ := strings.Cut(e.mediaType, "/"); kind == "multipart" {
		return p.multipart(e, depth)
	}
	switch {
	case e.mediaType == "message/delivery-status" || e.mediaType == "message/global-delivery-status":
		p.deliveryStatus(e)
	case e.mediaType == "message/disposition-notification":
		p.m.Signs.AutoReply = true // a read receipt (RFC 8098)
	case isBodyText(e, depth):
		return p.bodyText(e)
	case p.isCMS(e):
		return p.cms(e, depth)
	case isTNEF(p.typeOf(e)):
		p.tnef(e)
	default:
		p.attach(e)
	}
	return ""
}

// isBodyText reports whether a part is text to be shown inline. A text with a file name is a
// document, unless it is the whole mail.
func isBodyText(e entity, depth int) bool {
	switch e.mediaType {
	case "text/plain", "text/html", "text/enriched", "text/richtext", "text/x-plain":
	default:
		return false
	}
	named := e.dispParams["filename"] != "" || e.dispParams["filename*"] != "" || e.params["name"] != "" || e.params["name*"] != ""
	return e.disposition != "attachment" && !named || e.header.has("from") && depth == 0
}

func (p *parser) multipart(e entity, depth int) string {
	if depth >= p.o.Limits.Depth {
		p.note("parts nested deeper than %d levels were left out", p.o.Limits.Depth)
		return ""
	}
	children := p.children(e)
	if len(children) == 0 {
		p.note("multipart without parts: read as plain text")
		e.mediaType = "text/plain"
		return p.bodyText(e)
	}
	switch e.mediaType {
	case "multipart/alternative":
		return p.alternative(children, depth+1)
	case "multipart/encrypted":
		p.encrypted = true
	case "multipart/report":
		p.report = true
	}
	var texts []string
	for _, child := range children {
		if text := p.walk(child, depth+1); hasText(text) {
			texts = append(texts, strings.Trim(text, "\n"))
		}
	}
	return strings.Join(texts, "\n\n")
}

func (p *parser) children(e entity) []entity {
	var children []entity
	for _, raw := range p.parts(e) {
		child := p.entityOfPart(raw)
		if e.mediaType == "multipart/digest" && !child.header.has("content-type") {
			child.mediaType = "message/rfc822" // RFC 2046, section 5.1.5
		}
		children = append(children, child)
	}
	return children
}

// entityOfPart parses a part. Its header may be empty (RFC 2046, section 5.1), which is not a
// defect.
func (p *parser) entityOfPart(raw []byte) entity {
	if line, rest := cutLine(raw); len(line) == 0 {
		return entity{body: rest, mediaType: "text/plain"}
	}
	return p.entity(raw)
}

// alternative chooses among alternative forms of one text: the plain one, unless it is empty
// or only refers to another form.
func (p *parser) alternative(children []entity, depth int) string {
	plain, rich := "", ""
	for _, child := range children {
		text := p.walk(child, depth)
		switch {
		case !hasText(text):
		case child.mediaType == "text/plain" && plain == "":
			plain = text
		case len(text) > len(rich):
			rich = text
		}
	}
	switch {
	case plain == "":
		return rich
	case rich != "" && p.isStub(plain, rich):
		p.note("the plain text only points to the HTML, which was read instead")
		return rich
	}
	return plain
}

// Limits of a stub: a plain text that only refers to the HTML.
const (
	stubBytes    = 400
	stubFraction = 8 // the HTML's text is more than this many times as long
)

func (p *parser) isStub(plain, rich string) bool {
	if len(plain) > stubBytes || len(rich) < len(plain) {
		return false
	}
	return len(plain)*stubFraction < len(rich) || containsAny(fold(plain), p.o.Phrases.stubs)
}

// bodyText decodes a text part to clean plain text.
func (p *parser) bodyText(e entity) string {
	text, html := p.textOf(e, p.decoded(e))
	if html {
		var cids []string
		text, cids = htmlToText(text)
		p.show(cids)
	}
	return p.bounded(text)
}

// bounded truncates text at the limit.
func (p *parser) bounded(text string) string {
	if len(text) > p.o.Limits.TextBytes {
		p.note("text longer than %d bytes was cut off", p.o.Limits.TextBytes)
	}
	return truncate(text, p.o.Limits.TextBytes)
}

// textOf decodes the charset of a text part and reports whether it is HTML.
func (p *parser) textOf(e entity, b []byte) (text string, html bool) {
	const htmlFactor = 8 // markup is many times as long as its text
	if most := p.o.Limits.TextBytes * htmlFactor; len(b) > most {
		p.note("a text part of more than %d bytes was cut off", most)
		b = b[:most]
	}
	html = e.mediaType == "text/html"
	declared := e.params["charset"]
	if declared == "" && html {
		declared = metaCharset(b)
	}
	text = p.d.text(b, declared)
	switch {
	case html:
		return text, true
	case e.mediaType == "text/enriched" || e.mediaType == "text/richtext":
		return text, true // its commands look like tags and are dropped like them
	case looksLikeHTML(text):
		p.note("HTML declared as plain text was read as HTML")
		return text, true
	case strings.EqualFold(e.params["format"], "flowed"):
		return unflow(text, strings.EqualFold(e.params["delsp"], "yes")), false
	}
	return p.withoutUU(p.armourless(text)), false
}

func looksLikeHTML(s string) bool {
	start := strings.ToLower(truncate(strings.TrimLeft(s, " \n\t"), 20))
	return strings.HasPrefix(start, "<html") || strings.HasPrefix(start, "<!doctype html")
}

// metaCharset finds the charset that an HTML document declares.
func metaCharset(b []byte) string {
	head := strings.ToLower(string(b[:min(len(b), 2048)]))
	_, after, ok := strings.Cut(head, "charset=")
	if !ok {
		return ""
	}
	after = strings.TrimLeft(after, `"' `)
	end := strings.IndexAny(after, `"'> ;/`)
	if end < 0 {
		return ""
	}
	return after[:end]
}

func (p *parser) show(cids []string) {
	for _, id := range cids {
		if p.cids == nil {
			p.cids = map[string]bool{}
		}
		p.cids[id] = true
	}
}

func hasText(s string) bool { return strings.TrimSpace(s) != "" }

func hasLetters(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// tidy trims blank lines around a text and ends it with a line feed.
func tidy(s string) string {
	s = strings.TrimRight(s, " \t\n")
	for {
		line, rest, ok := strings.Cut(s, "\n")
		if !ok || hasText(line) {
			break
		}
		s = rest
	}
	if s == "" {
		return ""
	}
	return s + "\n"
}
