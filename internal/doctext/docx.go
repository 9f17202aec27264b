package doctext

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"slices"
	"strings"
)

// readDOCX reads a WordprocessingML package (ECMA-376, part 1): letterhead
// first, then the letter, its notes, and the foot of the page.
func readDOCX(ctx context.Context, d document) (string, error) {
	a, err := openArchive(ctx, d)
	if err != nil {
		return "", err
	}
	body := a.find("word/document", ".xml")
	if len(body) == 0 {
		return "", errBroken
	}
	parts := slices.Concat(
		a.find("word/header", ".xml"),
		body[:1],
		a.find("word/footnotes", ".xml"),
		a.find("word/endnotes", ".xml"),
		a.find("word/footer", ".xml"),
	)
	return a.joinParts(parts, d.opt.MaxText, func(l *layout) visitor { return &wordReader{layout: l} })
}

// joinParts reads the parts in order, each text once: first-page and even-page
// headers mostly repeat one another. It goes on after a part that is broken.
func (a *archive) joinParts(parts []*zip.File, limit int, newVisitor func(*layout) visitor) (string, error) {
	var all strings.Builder
	var problem error
	seen := map[string]bool{}
	for _, f := range parts {
		l := newLayout(limit - all.Len())
		err := a.walkXML(f, newVisitor(l))
		problem = errors.Join(problem, err)
		text := strings.TrimSpace(l.String())
		if text != "" && !seen[text] {
			seen[text] = true
			all.WriteString(text + "\n")
		}
		if l.full() {
			break
		}
	}
	return all.String(), problem
}

// wordDropped are elements whose content is not part of the text: what tracked
// changes removed or moved away, field codes, the second form of content that
// is given twice, definitions of tab stops.
var wordDropped = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "instrText": true, "delInstrText": true, "Fallback": true, "tabs": true,
}

// A wordReader follows the elements of a WordprocessingML part. Elements are
// known by local name, since the transitional and the strict form of the
// standard differ in the name space alone.
type wordReader struct {
	*layout
	dropped int  // depth within dropped elements
	inText  bool // within w:t
	hidden  bool // the run has the property w:vanish
}

func (w *wordReader) start(e xml.StartElement) {
	if w.dropped > 0 || wordDropped[e.Name.Local] {
		w.dropped++
		return
	}
	switch e.Name.Local {
	case "t":
		w.inText = true
	case "r":
		w.hidden = false
	case "vanish":
		w.hidden = !slices.Contains([]string{"0", "false", "off"}, attr(e, "val"))
	case "tab", "ptab":
		w.write("\t")
	case "br", "cr":
		w.write("\n")
	case "noBreakHyphen":
		w.write("-")
	case "tr":
		w.openRow()
	case "tc":
		w.openCell()
	case "txbxContent":
		w.openAside()
	}
}

func (w *wordReader) end(name xml.Name) {
	if w.dropped > 0 {
		w.dropped--
		return
	}
	switch name.Local {
	case "t":
		w.inText = false
	case "r":
		w.hidden = false
	case "p":
		w.endParagraph()
	case "tr":
		w.closeRow()
	case "tc":
		w.closeCell()
	case "txbxContent":
		w.closeAside()
	}
}

func (w *wordReader) text(s string) {
	if w.inText && !w.hidden && w.dropped == 0 {
		w.write(s)
	}
}
