package doctext

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// Limits on what an archive may hold. An office document has some dozens of
// entries and some dozens of levels; a bomb has more.
const (
	maxEntries  = 5000
	maxXMLDepth = 400
)

// An archive is a ZIP file whose parts together unpack to a bounded size.
type archive struct {
	ctx   context.Context
	files []*zip.File
	left  int // bytes that may still be unpacked
	limit int
}

// zipEntryMark begins each entry of a ZIP directory (APPNOTE 4.3.12).
const zipEntryMark = "PK\x01\x02"

// openZip returns the entries of a ZIP file. They are counted before the
// directory is read, which takes memory for each.
func openZip(data []byte) ([]*zip.File, error) {
	if bytes.Count(data, []byte(zipEntryMark)) > maxEntries {
		return nil, flaw(fmt.Sprintf("the archive has more than %d entries", maxEntries))
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	return r.File, nil
}

func openArchive(ctx context.Context, d document) (*archive, error) {
	files, err := openZip(d.data)
	if err != nil {
		return nil, err
	}
	return &archive{ctx: ctx, files: files, left: d.opt.MaxExpanded, limit: d.opt.MaxExpanded}, nil
}

// find returns the entries whose name has the prefix and the suffix, by name.
func (a *archive) find(prefix, suffix string) []*zip.File {
	var found []*zip.File
	for _, f := range a.files {
		if strings.HasPrefix(f.Name, prefix) && strings.HasSuffix(f.Name, suffix) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	return found
}

// contains reports whether an entry's content contains the words.
func (a *archive) contains(name, words string) bool {
	for _, f := range a.find(name, "") {
		r, err := a.open(f)
		if err != nil {
			return false
		}
		content, _ := io.ReadAll(r)
		r.Close()
		if bytes.Contains(content, []byte(words)) {
			return true
		}
	}
	return false
}

// open unpacks an entry within the limits of the archive.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, errEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, err)
	}
	return &part{archive: a, ReadCloser: r}, nil
}

// A part is an entry being unpacked: it counts what it unpacks and stops when
// the archive's share is used up or the time is over.
type part struct {
	archive *archive
	io.ReadCloser
}

// Read implements io.Reader.
func (p *part) Read(b []byte) (int, error) {
	if err := p.archive.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.ReadCloser.Read(b)
	if p.archive.left -= n; p.archive.left < 0 {
		return n, flaw("the archive expands beyond " + size(p.archive.limit))
	}
	return n, err
}

// A visitor is told the elements and the text of an XML part in order.
type visitor interface {
	start(xml.StartElement)
	end(xml.Name)
	text(string)
	full() bool // enough text was read
}

// walkXML reads one XML part to its end. Entities that the part declares are
// not expanded: encoding/xml does not know them and reports the part broken.
func (a *archive) walkXML(f *zip.File, v visitor) error {
	r, err := a.open(f)
	if err != nil {
		return err
	}
	defer r.Close()
	dec := xml.NewDecoder(r)
	dec.CharsetReader = charsetReader
	for depth := 0; ; {
		token, err := dec.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read %s: %w", f.Name, err)
		case v.full():
			return errTextFull
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return errTooDeep
			}
			v.start(t)
		case xml.EndElement:
			depth--
			v.end(t.Name)
		case xml.CharData:
			v.text(string(t))
		}
	}
}

func charsetReader(charset string, r io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil, fmt.Errorf("character set %q: %w", charset, err)
	}
	return enc.NewDecoder().Reader(r), nil
}

// attr returns an attribute by its local name, "" where it is missing.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
