package doctext

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// readHTML reads a web page saved as a file: its text, with block elements on
// lines of their own.
func readHTML(ctx context.Context, d document) (string, error) {
	label := d.charset
	if _, name, certain := charset.DetermineEncoding(d.data, "text/html; charset="+d.charset); certain {
		label = name
	}
	page := &htmlReader{layout: newLayout(d.opt.MaxText)}
	tokens := html.NewTokenizer(strings.NewReader(decodeText(d.data, label)))
	tokens.SetMaxBuf(d.opt.MaxBytes)
	for ctx.Err() == nil && !page.full() {
		if tokens.Next() == html.ErrorToken {
			if err := tokens.Err(); !errors.Is(err, io.EOF) {
				return page.String(), fmt.Errorf("read HTML: %w", err)
			}
			return page.String(), nil
		}
		page.token(tokens.Token())
	}
	if page.full() {
		return page.String(), errTextFull
	}
	return page.String(), ctx.Err()
}

var htmlDropped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Title: true, atom.Template: true, atom.Noscript: true,
}

var htmlBlocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Tr: true, atom.Table: true, atom.Ul: true, atom.Ol: true, atom.Blockquote: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Section: true, atom.Header: true, atom.Footer: true,
}

// An htmlReader follows the tokens of a page. It builds no tree, so depth costs
// nothing.
type htmlReader struct {
	*layout
	dropping atom.Atom // the element whose content is dropped, 0 if none
}

func (h *htmlReader) token(t html.Token) {
	switch t.Type {
	case html.TextToken:
		if h.dropping == 0 {
			h.write(collapseSpace(t.Data))
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		if h.dropping == 0 && t.Type == html.StartTagToken && htmlDropped[t.DataAtom] {
			h.dropping = t.DataAtom
		}
		h.separate(t.DataAtom)
	case html.EndTagToken:
		if t.DataAtom == h.dropping {
			h.dropping = 0
		}
		if t.DataAtom != atom.Td && t.DataAtom != atom.Th {
			h.separate(t.DataAtom)
		}
	}
}

func (h *htmlReader) separate(tag atom.Atom) {
	switch {
	case tag == atom.Td || tag == atom.Th:
		h.write("\t")
	case htmlBlocks[tag]:
		h.write("\n")
	}
}
