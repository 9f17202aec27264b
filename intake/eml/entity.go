package eml

import (
	"bytes"
	"strings"
)

// An entity is one MIME part, the mail itself included (RFC 2045, section 2.4).
type entity struct {
	header      header
	body        []byte // as transferred
	mediaType   string // lower case; "text/plain" if not stated
	params      map[string]string
	disposition string
	dispParams  map[string]string
}

func (p *parser) entity(raw []byte) entity {
	h, body, problem := splitHeader(raw, p.o.Limits.HeaderBytes)
	p.noteProblem(problem)
	e := entity{header: h, body: body, mediaType: "text/plain"}
	if value := h.get("content-type"); value != "" {
		e.mediaType, e.params = parseParams(value)
	} else if guessBoundary(body) != "" {
		p.note("the mail has parts and does not say so")
		e.mediaType = "multipart/mixed"
	}
	if kind, subtype, ok := strings.Cut(e.mediaType, "/"); !ok || kind == "" || subtype == "" {
		if e.mediaType != "text" {
			p.note("content type %s is not one", safeName(e.mediaType))
		}
		e.mediaType = "text/plain"
	}
	if value := h.get("content-disposition"); value != "" {
		e.disposition, e.dispParams = parseParams(value)
	}
	return e
}

// decoded returns the bytes of the part after removing the transfer encoding.
func (p *parser) decoded(e entity) []byte {
	encoding := e.header.get("content-transfer-encoding")
	if encoding == "" && strings.HasPrefix(e.mediaType, "text/") && looksQuotedPrintable(e.body) {
		p.note("undeclared quoted-printable was decoded")
		encoding = "quoted-printable"
	}
	b, problem := decodeTransfer(encoding, e.body)
	p.noteProblem(problem)
	return b
}

// typeOf returns the content type of a part according to its header, or according to the file
// name if the declared type is not specific.
func (p *parser) typeOf(e entity) string { return sniff(e.mediaType, p.filename(e), nil) }

func (p *parser) filename(e entity) string {
	name := p.d.textParam(e.dispParams, "filename")
	if name == "" {
		name = p.d.textParam(e.params, "name")
	}
	name = strings.ReplaceAll(name, "\\", "/")
	name = strings.TrimSpace(name[strings.LastIndexByte(name, '/')+1:])
	return truncate(strings.Join(strings.Fields(name), " "), 255)
}

// parts splits the body of a multipart (RFC 2046, section 5.1).
func (p *parser) parts(e entity) [][]byte {
	boundary, declared := e.params["boundary"]
	boundary = strings.TrimRight(boundary, " ")
	if boundary == "" && declared && startsPart(e.body) {
		p.note("multipart with an empty boundary")
	} else if boundary == "" || !bytes.Contains(e.body, []byte("--"+boundary)) {
		if boundary = guessBoundary(e.body); boundary == "" {
			return nil
		}
		p.note("multipart without its boundary: taken from the first line that looks like one")
	}
	parts, closed := p.splitParts(e.body, []byte("--"+boundary))
	if !closed && len(parts) > 0 {
		p.note("the last part is not closed: the mail may be cut off")
	}
	return parts
}

// startsPart reports whether a body begins with a delimiter of an empty boundary
// and the header of a part.
func startsPart(body []byte) bool {
	line, rest := cutLine(bytes.TrimLeft(body, "\r\n"))
	return string(line) == "--" && hasPrefixFold(rest, "content-")
}

// splitParts splits a body at its delimiter lines, as often as the budget of parts allows.
func (p *parser) splitParts(body, delimiter []byte) (parts [][]byte, closed bool) {
	start := -1 // start of the open part
	for pos := 0; ; {
		at, next, closing := findDelimiter(body, delimiter, pos)
		if at < 0 {
			break
		}
		if start >= 0 {
			parts = append(parts, trimLineEnd(body[start:at]))
		}
		if closing {
			return parts, true
		}
		if len(parts) >= p.budget.parts {
			p.note("more than %d parts: the rest is left out", p.o.Limits.Parts)
			return parts, true
		}
		start, pos = next, next
	}
	if start >= 0 {
		parts = append(parts, body[start:])
	}
	return parts, false
}

// findDelimiter searches for a delimiter line from pos on. It returns where that line starts,
// where the next line starts, and whether it closes the multipart.
func findDelimiter(body, delimiter []byte, pos int) (at, next int, closing bool) {
	for pos <= len(body) {
		i := bytes.Index(body[pos:], delimiter)
		if i < 0 {
			return -1, 0, false
		}
		at = pos + i
		pos = at + len(delimiter)
		if at > 0 && body[at-1] != '\n' {
			continue
		}
		line, rest := cutLine(body[pos:])
		line = bytes.TrimRight(line, " \t")
		if closing = string(line) == "--"; closing || len(line) == 0 {
			return at, len(body) - len(rest), closing
		}
	}
	return -1, 0, false
}

// trimLineEnd removes the line end that belongs to the next delimiter.
func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte{'\n'}), []byte{'\r'})
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

// guessBoundary searches for a line "--…" that is followed by the header of a part.
func guessBoundary(body []byte) string {
	const within = 50 // lines of preamble
	for i := 0; i < within && len(body) > 0; i++ {
		line, rest := cutLine(body)
		if len(line) > 2 && bytes.HasPrefix(line, []byte("--")) && hasPrefixFold(rest, "content-") {
			return string(bytes.TrimRight(line[2:], " \t"))
		}
		body = rest
	}
	return ""
}
