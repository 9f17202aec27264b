package eml

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// isTNEF reports whether a part is a TNEF container, as Outlook sends it, usually under the
// name winmail.dat.
func isTNEF(contentType string) bool { return contentType == "application/ms-tnef" }

// tnef extracts the files of a container and keeps its text, which the mail usually contains
// outside of it as well. A container of which nothing can be read remains a file.
func (p *parser) tnef(e entity) {
	c, whole := readTNEF(p.decoded(e))
	if !c.hasBody() && len(c.files) == 0 {
		p.attach(e)
		return
	}
	p.container = &c
	p.note("a TNEF container (winmail.dat) was opened")
	if !whole {
		p.note("the TNEF container is broken: read as far as it goes")
	}
	for _, f := range c.files {
		if p.budget.parts--; p.budget.parts < 0 {
			p.note("more than %d parts: the rest is left out", p.o.Limits.Parts)
			break
		}
		p.attach(entity{body: f.data, mediaType: "application/octet-stream", params: map[string]string{"name": p.tnefName(f, c.charset)}})
	}
}

const utf16le = "utf-16le"

func (p *parser) tnefName(f tnefFile, charset string) string {
	if f.unicodeName != nil {
		return p.tnefText(f.unicodeName, utf16le)
	}
	return p.tnefText(f.name, charset)
}

// tnefText decodes a NUL-terminated string.
func (p *parser) tnefText(b []byte, charset string) string {
	if charset == utf16le {
		return p.d.text(bytes.TrimSuffix(b[:len(b)&^1], []byte{0, 0}), charset)
	}
	return p.d.text(bytes.TrimSuffix(b, []byte{0}), charset)
}

// containedText returns the text of the container, the plain one if there is one. RTF becomes
// a file.
func (p *parser) containedText() string {
	switch c := p.container; {
	case c.unicodeBody != nil:
		return p.bounded(p.tnefText(c.unicodeBody, utf16le))
	case c.body != nil:
		return p.bounded(p.tnefText(c.body, c.charset))
	case c.html != nil:
		return p.bodyText(entity{body: c.html, mediaType: "text/html"})
	case c.rtf != nil:
		p.attach(entity{body: expandRTF(c.rtf), mediaType: "application/rtf", params: map[string]string{"name": "message.rtf"}})
	}
	return ""
}

// A tnefContent is the undecoded content of a container. A field is nil if the container has
// no such content.
type tnefContent struct {
	charset     string // of strings that are not Unicode
	body        []byte
	unicodeBody []byte
	html        []byte
	rtf         []byte // compressed
	files       []tnefFile
}

type tnefFile struct {
	name        []byte
	unicodeName []byte
	data        []byte
}

func (c *tnefContent) hasBody() bool {
	return c.body != nil || c.unicodeBody != nil || c.html != nil || c.rtf != nil
}

// Attributes of a container (MS-OXTNEF, section 2.1.3.2).
const (
	tnefSignature  = 0x223E9F78
	tnefCodepage   = 0x00069007
	tnefBodyText   = 0x0002800C
	tnefProperties = 0x00069003
	tnefFileBegins = 0x00069002
	tnefFileName   = 0x00018010
	tnefFileData   = 0x0006800F
	tnefFileProps  = 0x00069005
)

// readTNEF parses a container (MS-OXTNEF, section 2.1.3.1). whole is false if b is truncated
// or not a container. Nothing is copied.
func readTNEF(b []byte) (c tnefContent, whole bool) {
	r := littleEndian{b}
	if signature, ok := r.uint32(); !ok || signature != tnefSignature {
		return c, false
	}
	r.bytes(2) // key
	c.charset = "windows-1252"
	for len(r.rest) > 0 {
		r.bytes(1) // level
		id, _ := r.uint32()
		size, _ := r.uint32()
		data, complete := r.bytes(int64(size))
		c.attribute(id, data)
		if _, ok := r.bytes(2); !complete || !ok { // checksum
			return c, false
		}
	}
	return c, true
}

func (c *tnefContent) attribute(id uint32, data []byte) {
	if id == tnefFileBegins {
		c.files = append(c.files, tnefFile{})
	}
	file := &tnefFile{} // for attributes before the first file
	if n := len(c.files); n > 0 {
		file = &c.files[n-1]
	}
	switch id {
	case tnefCodepage:
		r := littleEndian{data}
		page, _ := r.uint32()
		c.charset = charsetOfCodepage(page)
	case tnefBodyText:
		c.body = data
	case tnefFileName:
		file.name = data
	case tnefFileData:
		file.data = data
	case tnefProperties:
		mapiProperties(data, c.property)
	case tnefFileProps:
		mapiProperties(data, file.property)
	}
}

// charsetOfCodepage returns the name of a Microsoft code page.
func charsetOfCodepage(page uint32) string {
	switch page {
	case 65001:
		return "utf-8"
	case 866:
		return "ibm866"
	case 20866:
		return "koi8-r"
	case 21866:
		return "koi8-u"
	case 28591, 28592, 28595, 28599, 28605:
		return fmt.Sprintf("iso-8859-%d", page-28590)
	}
	return fmt.Sprintf("windows-%d", page)
}

// Properties (MS-OXPROPS) and their types (MS-OXCDATA, section 2.11.1).
const (
	mapiBody         = 0x1000
	mapiHTML         = 0x1013
	mapiRTF          = 0x1009
	mapiFileName     = 0x3704
	mapiLongFileName = 0x3707
	mapiFileData     = 0x3701

	mapiString8  = 0x001E
	mapiUnicode  = 0x001F
	mapiBinary   = 0x0102
	mapiObject   = 0x000D
	mapiSeveral  = 0x1000 // flag: a list of values
	mapiFirstOwn = 0x8000 // properties from here on have a name
)

func (c *tnefContent) property(id, kind uint16, value []byte) {
	switch {
	case id == mapiBody && kind == mapiUnicode:
		c.unicodeBody = value
	case id == mapiBody && kind == mapiString8:
		c.body = value
	case id == mapiHTML && kind == mapiBinary:
		c.html = value
	case id == mapiRTF && kind == mapiBinary:
		c.rtf = value
	}
}

func (f *tnefFile) property(id, kind uint16, value []byte) {
	switch {
	case id == mapiLongFileName && kind == mapiUnicode:
		f.unicodeName = value
	case id == mapiLongFileName && kind == mapiString8:
		f.name = value
	case id == mapiFileName && kind == mapiUnicode && f.unicodeName == nil && f.name == nil:
		f.unicodeName = value
	case id == mapiFileData && kind == mapiObject && f.data == nil:
		f.data = bytes.TrimPrefix(value, messageInterface)
	}
}

// messageInterface is the interface identifier before a message that is attached as a TNEF
// container, {00020307-0000-0000-C000-000000000046}.
var messageInterface = []byte{7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

// mapiProperties parses a list of properties (MS-OXTNEF, section 2.1.3.4) as far as possible
// and calls tell for those that are strings or bytes.
func mapiProperties(b []byte, tell func(id, kind uint16, value []byte)) {
	r := littleEndian{b}
	count, _ := r.uint32()
	for range count {
		tag, ok := r.uint32()
		if !ok {
			return
		}
		kind, id := uint16(tag), uint16(tag>>16)
		if id >= mapiFirstOwn {
			r.propertyName()
		}
		if !r.values(id, kind, tell) {
			return
		}
	}
}

// values parses the values of one property. It returns false if the type is unknown or the
// list ends.
func (r *littleEndian) values(id, kind uint16, tell func(id, kind uint16, value []byte)) bool {
	count, several := uint32(1), kind&mapiSeveral != 0
	kind &^= mapiSeveral
	sized := kind == mapiString8 || kind == mapiUnicode || kind == mapiBinary || kind == mapiObject
	if sized || several {
		count, _ = r.uint32()
	}
	for range count {
		size := fixedSize(kind)
		if sized {
			stated, there := r.uint32()
			if !there { // regardless of how many values the list claims to have
				return false
			}
			size = int64(stated)
		}
		value, ok := r.bytes(size)
		if !ok || size < 0 {
			return false
		}
		r.bytes(-size & 3) // padding
		if sized {
			tell(id, kind, value)
		}
	}
	return true
}

// fixedSize returns the size of a value of a fixed-size type, without padding; it is negative
// for other types.
func fixedSize(kind uint16) int64 {
	switch kind {
	case 0x02, 0x0B: // 16 bits
		return 2
	case 0x03, 0x04, 0x0A: // 32 bits
		return 4
	case 0x05, 0x06, 0x07, 0x14, 0x40: // 64 bits
		return 8
	case 0x48: // GUID
		return 16
	}
	return -1
}

// propertyName skips the name of a property: a property set, and a number or a string in it.
func (r *littleEndian) propertyName() {
	r.bytes(16)
	if form, _ := r.uint32(); form == 0 {
		r.bytes(4)
		return
	}
	size, _ := r.uint32()
	r.bytes(int64(size))
	r.bytes(-int64(size) & 3)
}

// littleEndian reads numbers and byte ranges from the start of a slice.
type littleEndian struct{ rest []byte }

func (r *littleEndian) uint32() (n uint32, ok bool) {
	b, ok := r.bytes(4)
	if !ok {
		return 0, false
	}
	return binary.LittleEndian.Uint32(b), true
}

// bytes reads n bytes, or as many as there are.
func (r *littleEndian) bytes(n int64) (b []byte, ok bool) {
	ok = 0 <= n && n <= int64(len(r.rest))
	n = max(0, min(n, int64(len(r.rest))))
	b, r.rest = r.rest[:n], r.rest[n:]
	return b, ok
}
