package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// columns is a stacked column chart.
type columns struct {
	names  []columnName
	layers []layer // from the bottom
}

type columnName struct {
	month string
	year  int
}

type layer struct {
	entry
	counts []int // by column
}

const (
	plotHeight   = 250
	scaleWidth   = 34 // space for the labels of the scale
	legendHeight = 17
	mostColumn   = 46 // maximum width
	mostNames    = 18 // maximum number of names below columns
	columnOfSum  = 24 // minimum width for a sum above a column
)

// said describes each column in words, with the sum of its parts.
func (c columns) said() (all []string) {
	for i, name := range c.names {
		sum := 0
		for _, l := range c.layers {
			sum += l.counts[i]
		}
		all = append(all, fmt.Sprintf("%s %d: %d", name.month, name.year, sum))
	}
	return all
}

func (c columns) draw(title, below string) ([]byte, error) {
	beside := c.besideEachOther()
	rows := vg.Length((len(c.layers) + beside - 1) / beside)
	out := newCanvas(headHeight + plotHeight + 52 + rows*legendHeight)
	out.head(title, below, nil)
	top := vg.Length(headHeight - 6)
	c.scale(out, top)
	c.stand(out, top)
	c.legend(out, top+plotHeight+46, beside)
	return out.png()
}

func (c columns) sum(at int) (sum int) {
	for _, l := range c.layers {
		sum += l.counts[at]
	}
	return sum
}

// steps are the interval of the scale and the number of intervals.
func (c columns) steps() (step, lines int) {
	highest := 1
	for at := range c.names {
		highest = max(highest, c.sum(at))
	}
	magnitude := math.Pow(10, math.Floor(math.Log10(float64(highest)/4)))
	for _, nice := range []float64{1, 2, 5, 10} {
		if step = max(1, int(nice*magnitude)); step*5 >= highest {
			break
		}
	}
	return step, (highest + step - 1) / step
}

func (c columns) scale(out *canvas, top vg.Length) {
	step, lines := c.steps()
	s := style(regular, smallSize, faded, text.XRight)
	for i := range lines + 1 {
		y := top + plotHeight - plotHeight*vg.Length(i)/vg.Length(lines)
		out.line(margin+scaleWidth, y, chartWidth-margin, y)
		out.write(s, margin+scaleWidth-8, y, strconv.Itoa(i*step))
	}
}

// stand draws the columns with the month below each, if there is room, and the year below the
// first column of each year.
func (c columns) stand(out *canvas, top vg.Length) {
	step, lines := c.steps()
	left := vg.Length(margin + scaleWidth)
	each := (chartWidth - margin - left) / vg.Length(len(c.names))
	width := min(each*0.68, mostColumn)
	month, year := style(regular, smallSize, ink, text.XCenter), style(bold, smallSize, ink, text.XCenter)
	every := (len(c.names) + mostNames - 1) / mostNames
	for at, name := range c.names {
		middle := left + each*(vg.Length(at)+0.5)
		y := top + plotHeight
		for _, l := range c.layers {
			height := plotHeight * vg.Length(l.counts[at]) / vg.Length(step*lines)
			y -= height
			out.bar(middle-width/2, y, width, height, l.fill)
		}
		if each > columnOfSum {
			out.write(month, middle, y-8, strconv.Itoa(c.sum(at)))
		}
		if every == 1 {
			out.write(month, middle, top+plotHeight+12, name.month)
		}
		if c.newYear(at) {
			out.write(year, middle, top+plotHeight+26, strconv.Itoa(name.year))
		}
	}
}

// newYear reports whether a column is the first of its year.
func (c columns) newYear(at int) bool {
	return at == 0 || c.names[at].year != c.names[at-1].year
}

// markRoom is the space for the colour in front of a name in the legend.
const markRoom = 14

// besideEachOther is the number of legend entries per line: two if all fit, else one.
func (c columns) besideEachOther() int {
	s, room := c.legendStyle(), vg.Length(chartWidth-2*margin)/2-markRoom-10
	if slices.ContainsFunc(c.layers, func(l layer) bool { return s.Width(l.name) > room }) {
		return 1
	}
	return 2
}

func (c columns) legendStyle() text.Style { return style(regular, smallSize+0.5, ink, text.XLeft) }

// legend draws the names of the layers, with the given number per line.
func (c columns) legend(out *canvas, top vg.Length, beside int) {
	s := c.legendStyle()
	each := vg.Length(chartWidth-2*margin) / vg.Length(beside)
	for i, l := range c.layers {
		x, y := margin+each*vg.Length(i%beside), top+legendHeight*vg.Length(i/beside)
		out.bar(x, y-4.5, 9, 9, l.fill)
		out.write(s, x+markRoom, y, shortened(s, l.name, each-markRoom-10))
	}
}
