package doctext

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// readODF reads an OpenDocument text or spreadsheet (ISO/IEC 26300): the heads
// and feet of pages from its styles, the rest from its content.
func readODF(ctx context.Context, d document) (string, error) {
	a, err := openArchive(ctx, d)
	if err != nil {
		return "", err
	}
	if a.contains("META-INF/manifest.xml", "encryption-data") {
		return "", errEncrypted
	}
	pages := &pageReader{heads: newLayout(d.opt.MaxText), feet: newLayout(d.opt.MaxText)}
	for _, f := range a.find("styles.xml", "") {
		// A letter without letterhead is better than none: what is wrong with
		// the styles is not worth a problem.
		_ = a.walkXML(f, pages)
	}
	content, err := a.joinParts(a.find("content.xml", ""), d.opt.MaxText, func(l *layout) visitor { return &odfReader{layout: l} })
	return strings.Join([]string{pages.heads.String(), content, pages.feet.String()}, "\n"), err
}

// odfDropped are elements whose content is not part of the text: what tracked
// changes removed, comments, hidden text, numbers of notes, descriptions.
var odfDropped = map[string]bool{
	"tracked-changes": true, "annotation": true, "hidden-text": true, "hidden-paragraph": true, "note-citation": true, "title": true, "desc": true,
	"forms": true, "automatic-styles": true,
}

// maxSpaces bounds what a text:s element may repeat.
const maxSpaces = 200

// An odfReader follows the elements of content.xml.
type odfReader struct {
	*layout
	dropped    int // depth within dropped elements
	paragraphs int // depth within paragraphs
}

func (o *odfReader) start(e xml.StartElement) {
	if o.dropped > 0 || odfDropped[e.Name.Local] {
		o.dropped++
		return
	}
	switch e.Name.Local {
	case "p", "h":
		o.paragraphs++
	case "s":
		n, err := strconv.Atoi(attr(e, "c"))
		if err != nil {
			n = 1
		}
		o.write(strings.Repeat(" ", min(max(n, 1), maxSpaces)))
	case "tab":
		o.write("\t")
	case "line-break":
		o.write("\n")
	case "table-row":
		o.openRow()
	case "table-cell":
		o.openCell()
	case "text-box", "note-body":
		o.openAside()
	}
}

func (o *odfReader) end(name xml.Name) {
	if o.dropped > 0 {
		o.dropped--
		return
	}
	switch name.Local {
	case "p", "h":
		o.paragraphs--
		o.endParagraph()
	case "table-row":
		o.closeRow()
	case "table-cell":
		o.closeCell()
	case "text-box", "note-body":
		o.closeAside()
	}
}

// text writes what stands in paragraphs, white space collapsed as in HTML: more
// than one space is said with text:s.
func (o *odfReader) text(s string) {
	if o.paragraphs > 0 && o.dropped == 0 {
		o.write(collapseSpace(s))
	}
}

func collapseSpace(s string) string {
	words := strings.Join(strings.Fields(s), " ")
	switch {
	case words == "" && s != "":
		return " "
	case words == "":
		return ""
	}
	if strings.ContainsAny(s[:1], " \t\r\n") {
		words = " " + words
	}
	if strings.ContainsAny(s[len(s)-1:], " \t\r\n") {
		words += " "
	}
	return words
}
