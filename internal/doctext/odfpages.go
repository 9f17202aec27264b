package doctext

import (
	"encoding/xml"
	"strings"
)

// A pageReader reads the heads and the feet of pages from the master pages of
// styles.xml. Nothing else there is text of the document.
type pageReader struct {
	heads, feet *layout
	in          *odfReader // of the head or foot being read
}

func (p *pageReader) start(e xml.StartElement) {
	if p.in != nil {
		p.in.start(e)
		return
	}
	switch {
	case strings.HasPrefix(e.Name.Local, "header") && inStyles(e.Name):
		p.in = &odfReader{layout: p.heads}
	case strings.HasPrefix(e.Name.Local, "footer") && inStyles(e.Name):
		p.in = &odfReader{layout: p.feet}
	}
}

// inStyles keeps style:header apart from the elements that only describe one:
// style:header-style holds properties and no paragraphs.
func inStyles(n xml.Name) bool {
	return strings.Contains(n.Space, "style") && !strings.HasSuffix(n.Local, "-style")
}

func (p *pageReader) end(name xml.Name) {
	if p.in == nil {
		return
	}
	if inStyles(name) && (strings.HasPrefix(name.Local, "header") || strings.HasPrefix(name.Local, "footer")) {
		p.in = nil
		return
	}
	p.in.end(name)
}

func (p *pageReader) text(s string) {
	if p.in != nil {
		p.in.text(s)
	}
}

func (p *pageReader) full() bool { return p.heads.full() || p.feet.full() }
