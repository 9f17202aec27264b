package report

import (
	"image/color"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// bars is a horizontal bar chart: rows with a name, a bar of several parts, and a value.
type bars struct {
	legend []entry
	rows   []barRow
	foot   string
	empty  string // text shown if there are no rows
}

type barRow struct {
	name  string
	parts []barPart
	value string
}

type barPart struct {
	length float64
	fill   color.Color
}

func (b barRow) length() float64 {
	sum := 0.0
	for _, p := range b.parts {
		sum += p.length
	}
	return sum
}

const (
	rowHeight = 22
	barHeight = 13
	mostName  = 310 // space for names
	barGap    = 10  // between names, bars and values
)

// said describes each bar in words, or says that there are none.
func (b bars) said() (all []string) {
	for _, row := range b.rows {
		all = append(all, row.name+" "+row.value)
	}
	if len(all) == 0 {
		return []string{b.empty}
	}
	return all
}

func (b bars) draw(title, below string) ([]byte, error) {
	c := newCanvas(headHeight + vg.Length(max(1, len(b.rows)))*rowHeight + footHeight + 16)
	c.head(title, below, b.legend)
	names := style(regular, textSize, ink, text.XRight)
	values := style(regular, textSize, ink, text.XLeft)
	if len(b.rows) == 0 {
		c.write(style(regular, textSize, faded, text.XLeft), margin, headHeight+rowHeight/2+8, b.empty)
	}
	left, right := b.room(names, values)
	longest := b.longest()
	for i, row := range b.rows {
		y := headHeight + 8 + vg.Length(i)*rowHeight + rowHeight/2
		c.beside(names, left-barGap, y, row.name, left-barGap-margin)
		x := left
		for _, p := range row.parts {
			width := vg.Length(p.length/longest) * (right - left)
			c.bar(x, y-barHeight/2, width, barHeight, p.fill)
			x += width
		}
		c.write(values, x+6, y, row.value)
	}
	c.write(style(regular, smallSize, faded, text.XLeft), left, c.height-footHeight/2-4, b.foot)
	return c.png()
}

// room is where the longest bar begins and ends.
func (b bars) room(names, values text.Style) (left, right vg.Length) {
	var name, value vg.Length
	for _, row := range b.rows {
		name, value = max(name, names.Width(row.name)), max(value, values.Width(row.value))
	}
	return margin + min(name, mostName) + barGap, chartWidth - margin - value - 6
}

// longest is the length of the longest bar, or 1 if all are 0.
func (b bars) longest() float64 {
	longest := 0.0
	for _, row := range b.rows {
		longest = max(longest, row.length())
	}
	if longest == 0 {
		return 1
	}
	return longest
}
