package blockkit

import "strings"

func (p *picture) blocks(all []Block) {
	for _, b := range all {
		p.block(b)
	}
}

func (p *picture) block(b Block) {
	switch b.Type {
	case "header":
		p.header(b)
	case "section":
		p.section(b)
	case "context":
		p.flowing("░ ", p.parts(b.Elements))
	case "actions", "context_actions":
		p.flowing("▸ ", p.parts(b.Elements))
		p.questions(b.Elements)
	case "divider":
		p.line(p.ruled(""))
	case "input":
		p.input(b)
	case "rich_text":
		p.richText(b.Elements)
	case "markdown":
		p.wrapped("", textOf(b.Text))
	case "table":
		p.table(b.Rows)
	default:
		p.media(b)
	}
}

func (p *picture) header(b Block) {
	lines := wrap(oneLine(b.Text), p.columns-len("== "))
	for i, line := range lines {
		line = "══ " + line
		if i == len(lines)-1 {
			line += " "
			line += strings.Repeat("═", max(0, p.columns-width(line)))
		}
		p.line(line)
	}
}

func (p *picture) section(b Block) {
	if b.Text != nil {
		p.wrapped("", textOf(b.Text))
	}
	for i := 0; i < len(b.Fields); i += 2 {
		p.twoColumns(b.Fields[i:min(i+2, len(b.Fields))])
	}
	if b.Accessory != nil {
		beside := []Element{*b.Accessory}
		p.flowing("  ↳ ", p.parts(beside))
		p.questions(beside)
	}
}

// twoColumns draws one or two fields side by side.
func (p *picture) twoColumns(pair []Text) {
	const between = "  "
	each := (p.columns - len(between)) / 2
	left, right := wrap(textOf(&pair[0]), each), []string(nil)
	if len(pair) > 1 {
		right = wrap(textOf(&pair[1]), each)
	}
	for i := range max(len(left), len(right)) {
		p.line(pad(lineAt(left, i), each) + between + lineAt(right, i))
	}
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func (p *picture) input(b Block) {
	label := oneLine(b.Label)
	if b.Optional {
		label += " (optional)"
	}
	p.wrapped("", label)
	if b.Element != nil {
		p.held(*b.Element)
	}
	if b.Hint != nil {
		p.wrapped("  ░ ", oneLine(b.Hint))
	}
}

func (p *picture) table(rows [][]Block) {
	for _, row := range rows {
		var cells []string
		for _, cell := range row {
			inside := picture{columns: p.columns}
			if cell.Type == "rich_text" {
				inside.richText(cell.Elements)
			} else {
				inside.line(textOf(cell.Text))
			}
			cells = append(cells, strings.Join(inside.lines, " "))
		}
		p.wrapped("", "| "+strings.Join(cells, " | ")+" |")
	}
}

func (p *picture) media(b Block) {
	switch b.Type {
	case "image":
		if b.Title != nil {
			p.wrapped("", oneLine(b.Title))
		}
		p.wrapped("", "▣ "+visible(b.AltText)+address(b.ImageURL))
	case "video":
		p.wrapped("", "▶ "+oneLine(b.Title)+address(b.VideoURL))
	case "file":
		p.wrapped("", "▣ file "+visible(b.ExternalID))
	default:
		p.wrapped("", "⁇ "+visible(b.Type))
	}
}

// address is what something opens, after it.
func address(url string) string {
	if url == "" {
		return ""
	}
	return " ⟨" + visible(url) + "⟩"
}
