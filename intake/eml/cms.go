package eml

import (
	"bytes"
	"strings"
)

// isCMS reports whether a part is S/MIME (RFC 8551): opaquely signed, or encrypted. Some
// servers indicate this only by the file name.
func (p *parser) isCMS(e entity) bool { return p.typeOf(e) == "application/pkcs7-mime" }

// cms reads the content of an opaque signature. The signature itself is not verified here.
// Anything that is not signed data is encrypted.
func (p *parser) cms(e entity, depth int) string {
	content := signedContent(p.decoded(e))
	if content == nil || depth >= p.o.Limits.Depth {
		p.encrypted = true
		p.attach(e)
		return ""
	}
	if !startsWithKnownField(content) { // a signed file, "letter.pdf.p7m"
		name := strings.TrimSuffix(p.filename(e), ".p7m")
		p.attach(entity{body: content, mediaType: "application/octet-stream", params: map[string]string{"name": name}})
		return ""
	}
	return p.walk(p.entityOfPart(content), depth+1)
}

// Tags of the BER encoding (X.690) that occur in signed data.
const (
	tagOctets      = 0x04
	tagOctetsParts = 0x24 // constructed: in several parts
	tagSequence    = 0x30
	tagSet         = 0x31
	tagInteger     = 0x02
	tagObject      = 0x06
	tagExplicit0   = 0xA0
)

// signedData is the object identifier 1.2.840.113549.1.7.2.
var signedData = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02}

// signedContent returns the content of a CMS SignedData (RFC 5652, sections 3 and 5), or nil
// if b is not one.
func signedContent(b []byte) []byte {
	outer, _, _ := berElement(b, tagSequence)
	object, rest, _ := berElement(outer, tagObject)
	if !bytes.Equal(object, signedData) {
		return nil
	}
	explicit, _, _ := berElement(rest, tagExplicit0)
	signed, _, _ := berElement(explicit, tagSequence)
	_, rest, _ = berElement(signed, tagInteger)
	_, rest, _ = berElement(rest, tagSet)
	encapsulated, _, _ := berElement(rest, tagSequence)
	_, rest, _ = berElement(encapsulated, tagObject)
	explicit, _, _ = berElement(rest, tagExplicit0)
	if whole, _, ok := berElement(explicit, tagOctets); ok {
		return whole
	}
	pieces, _, _ := berElement(explicit, tagOctetsParts)
	var content []byte
	for {
		piece, rest, ok := berElement(pieces, tagOctets)
		if !ok {
			return content
		}
		content = append(content, piece...)
		pieces = rest
	}
}

// berElement returns the content of the first element of b, if it has the given tag, and the
// bytes after it. The content of an element of indefinite length extends to the end of b,
// which is sufficient, as only its beginning is used.
func berElement(b []byte, tag byte) (content, rest []byte, ok bool) {
	if len(b) < 2 || b[0] != tag {
		return nil, nil, false
	}
	length, b := int(b[1]), b[2:]
	if length == 0x80 {
		return b, nil, true
	}
	if length > 0x80 {
		octets := length - 0x80
		if octets > 4 || octets > len(b) {
			return nil, nil, false
		}
		length = 0
		for _, c := range b[:octets] {
			length = length<<8 | int(c)
		}
		b = b[octets:]
	}
	length = min(length, len(b))
	return b[:length], b[length:], true
}
