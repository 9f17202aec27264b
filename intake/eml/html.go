package eml

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlToText renders HTML as the plain text that a reader would see, and returns the content
// IDs of the pictures shown in it. It works on tokens rather than on a tree, since the tree of
// hostile HTML can be hundreds of times as large as its source.
func htmlToText(source string) (text string, cids []string) {
	r := renderer{tokens: html.NewTokenizer(strings.NewReader(source))}
	for {
		switch r.tokens.Next() {
		case html.ErrorToken:
			return strings.TrimRight(r.out.String(), "\n"), r.cids
		case html.TextToken:
			r.text(r.tokens.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(r.tokens.Token())
		case html.EndTagToken:
			name, _ := r.tokens.TagName()
			r.end(atom.Lookup(name))
		}
	}
}

type renderer struct {
	tokens *html.Tokenizer
	out    lineWriter
	cids   []string

	hidden      atom.Atom // the element whose content is hidden; 0 if none
	hiddenDepth int       // open elements of that name
	pre         int
	quotes      []bool // open blockquotes: whether each holds a quotation
	lists       []int  // open lists: next number, or 0 for bullets
}

func (r *renderer) text(b []byte) {
	if r.hidden == 0 {
		r.out.write(string(b), r.pre > 0)
	}
}

func (r *renderer) start(t html.Token) {
	if r.skips(t) {
		return
	}
	switch t.DataAtom {
	case atom.Br:
		r.out.newline()
	case atom.P:
		r.paragraph(t)
	case atom.Li:
		r.item()
	case atom.Td, atom.Th:
		r.out.cell()
	case atom.Ul, atom.Ol:
		r.out.blankLine()
		r.lists = append(r.lists, boolInt(t.DataAtom == atom.Ol))
	case atom.Pre:
		r.pre++
		r.out.blankLine()
	case atom.Blockquote:
		r.openQuote(t)
	case atom.Img:
		if id, ok := strings.CutPrefix(attribute(t, "src"), "cid:"); ok {
			r.cids = append(r.cids, id)
		}
	default:
		r.block(t.DataAtom)
	}
}

// skips reports whether a start tag is inside a hidden element or begins one.
func (r *renderer) skips(t html.Token) bool {
	if r.hidden != 0 && closesImplicitly(r.hidden, t.DataAtom) {
		r.hidden = 0
	}
	if r.hidden != 0 {
		if t.DataAtom == r.hidden && t.Type == html.StartTagToken {
			r.hiddenDepth++
		}
		return true
	}
	if isVoid(t.DataAtom) || t.DataAtom == 0 || !(neverShown(t.DataAtom) || styledAway(t)) {
		return false
	}
	if t.Type == html.StartTagToken {
		r.hidden, r.hiddenDepth = t.DataAtom, 1
	}
	return true
}

func (r *renderer) end(a atom.Atom) {
	if r.hidden != 0 {
		if a == r.hidden {
			r.hiddenDepth--
		}
		if r.hiddenDepth == 0 || a == atom.Body || a == atom.Html {
			r.hidden = 0
		}
		return
	}
	switch a {
	case atom.P:
		r.out.endBlock()
	case atom.Blockquote:
		r.closeQuote()
	case atom.Ul, atom.Ol:
		r.lists = r.lists[:max(0, len(r.lists)-1)]
		r.out.blankLine()
	case atom.Pre:
		r.pre = max(0, r.pre-1)
		r.out.blankLine()
	default:
		r.block(a)
	}
}

func (r *renderer) block(a atom.Atom) {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Hr, atom.Dl:
		r.out.blankLine()
	case atom.Div, atom.Tr, atom.Li, atom.Dt, atom.Dd, atom.Body, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Address, atom.Center, atom.Form, atom.Caption, atom.Main:
		r.out.endLine()
	}
}

// paragraph starts a paragraph. Word processors write each line of a letter as a paragraph
// without margins, and an empty one between paragraphs; these are treated as lines.
func (r *renderer) paragraph(t html.Token) {
	style := squeeze(attribute(t, "style"))
	if strings.HasPrefix(attribute(t, "class"), "Mso") || strings.Contains(style, "margin:0") ||
		strings.Contains(style, "margin-top:0") || strings.Contains(style, "margin-bottom:0") {
		r.out.endLine()
		r.out.tight = true
		return
	}
	r.out.blankLine()
	r.out.tight = false
}

func (r *renderer) item() {
	r.out.endLine()
	if len(r.lists) == 0 || r.lists[len(r.lists)-1] == 0 {
		r.out.write("- ", true)
		return
	}
	n := &r.lists[len(r.lists)-1]
	r.out.write(itoa(*n)+". ", true)
	*n++
}

// maxQuotes is the maximum depth of quotation that is marked.
const maxQuotes = 20

// openQuote distinguishes a quotation, which gets "> " marks, from a blockquote that an editor
// uses for indentation.
func (r *renderer) openQuote(t html.Token) {
	quoted := attribute(t, "type") == "cite" || attribute(t, "cite") != "" ||
		strings.Contains(strings.ToLower(attribute(t, "class")), "quote") ||
		strings.Contains(attribute(t, "style"), "border-left") ||
		strings.HasSuffix(strings.TrimRight(r.out.lastLine, " "), ":")
	if quoted {
		r.out.endLine()
	} else {
		r.out.blankLine()
	}
	r.quotes = append(r.quotes, quoted)
	if quoted {
		r.out.depth++
	}
}

func (r *renderer) closeQuote() {
	r.out.endLine()
	if len(r.quotes) == 0 {
		return
	}
	if r.quotes[len(r.quotes)-1] {
		r.out.depth--
	}
	r.quotes = r.quotes[:len(r.quotes)-1]
	r.out.blankLine()
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func squeeze(style string) string {
	return strings.ToLower(strings.Join(strings.Fields(style), ""))
}

// styledAway reports whether an element is styled so that it is not seen, as preheaders and
// tracking texts are.
func styledAway(t html.Token) bool {
	for _, a := range t.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if hidesContent(squeeze(a.Val)) {
				return true
			}
		}
	}
	return false
}

func hidesContent(style string) bool {
	for _, mark := range []string{"display:none", "visibility:hidden", "mso-hide:all", "font-size:0;", "font-size:0px", "max-height:0;", "max-height:0px"} {
		if strings.Contains(style, mark) {
			return true
		}
	}
	return false
}

func neverShown(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Style, atom.Script, atom.Title, atom.Noscript, atom.Template, atom.Object, atom.Svg, atom.Iframe, atom.Select:
		return true
	}
	return false
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Br, atom.Img, atom.Hr, atom.Input, atom.Meta, atom.Link, atom.Col, atom.Area, atom.Base, atom.Wbr, atom.Embed, atom.Source, atom.Param:
		return true
	}
	return false
}

// closesImplicitly reports whether a start tag ends an open element whose end
// tag may be left out (HTML, "optional tags").
func closesImplicitly(open, started atom.Atom) bool {
	switch open {
	case atom.Head:
		return started == atom.Body
	case atom.P:
		return started == atom.P || started == atom.Div || started == atom.Table || started == atom.Ul || started == atom.Ol || started == atom.Blockquote
	case atom.Td, atom.Th:
		return started == atom.Tr || started == atom.Td || started == atom.Th
	case atom.Tr, atom.Li:
		return started == open
	}
	return false
}
