package report

import (
	"bytes"
	"fmt"
	"image/color"
	"strings"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// gonum/plot was chosen as the chart library: it is maintained, needs no cgo, brings fonts
// with Cyrillic letters (Liberation), and has a drawing layer that can be used alone. Bars
// with long names beside them need their own layout, which go-chart, whose last release is
// older, does not allow.

// Dimensions of a chart, in points (1/72 inch).
const (
	chartWidth = 720
	margin     = 24
	dotsAnInch = 144
	titleSize  = 17
	textSize   = 10.5
	smallSize  = 9
	headHeight = 76 // title, period and cut-off, legend
	footHeight = 20
)

var (
	ink     = color.RGBA{0x22, 0x2b, 0x36, 0xff}
	faded   = color.RGBA{0x6b, 0x75, 0x82, 0xff}
	hairs   = color.RGBA{0xe3, 0xe7, 0xec, 0xff}
	strong  = color.RGBA{0x1f, 0x5c, 0x99, 0xff}
	light   = color.RGBA{0x9f, 0xc5, 0xe8, 0xff}
	nothing = color.RGBA{0xb4, 0xba, 0xc2, 0xff} // unknown values, and the rest
)

// palette is distinguishable for colour-blind people (Okabe and Ito, 2008).
var palette = []color.RGBA{
	{0x00, 0x72, 0xb2, 0xff}, {0xe6, 0x9f, 0x00, 0xff}, {0x00, 0x9e, 0x73, 0xff}, {0xcc, 0x79, 0xa7, 0xff},
	{0x56, 0xb4, 0xe9, 0xff}, {0xd5, 0x5e, 0x00, 0xff}, {0x8c, 0x6d, 0x31, 0xff},
}

var (
	regular = font.Font{Typeface: "Liberation", Variant: "Sans"}
	bold    = font.Font{Typeface: "Liberation", Variant: "Sans", Weight: stdfont.WeightBold}
	typeset = text.Plain{Fonts: font.NewCache(liberation.Collection())}
)

// A canvas is drawn on with the origin at the top left, in points.
type canvas struct {
	image  *vgimg.Canvas
	draw   draw.Canvas
	height vg.Length
}

func newCanvas(height vg.Length) *canvas {
	image := vgimg.NewWith(vgimg.UseWH(chartWidth, height), vgimg.UseDPI(dotsAnInch), vgimg.UseBackgroundColor(color.White))
	return &canvas{image: image, draw: draw.New(image), height: height}
}

func (c *canvas) bar(x, y, width, height vg.Length, fill color.Color) {
	if width <= 0 || height <= 0 {
		return
	}
	top, bottom := c.height-y, c.height-y-height
	c.draw.FillPolygon(fill, []vg.Point{{X: x, Y: bottom}, {X: x, Y: top}, {X: x + width, Y: top}, {X: x + width, Y: bottom}})
}

// line draws a thin background line.
func (c *canvas) line(x0, y0, x1, y1 vg.Length) {
	c.draw.StrokeLine2(draw.LineStyle{Color: hairs, Width: 0.8}, x0, c.height-y0, x1, c.height-y1)
}

func style(f font.Font, size vg.Length, ink color.Color, align text.XAlignment) text.Style {
	f.Size = size
	return text.Style{Color: ink, Font: f, XAlign: align, YAlign: text.YCenter, Handler: typeset}
}

// write draws a text, vertically centred at y.
func (c *canvas) write(s text.Style, x, y vg.Length, words string) {
	c.draw.FillText(s, vg.Point{X: x, Y: c.height - y}, words)
}

// beside draws a name beside its bar, vertically centred at y. If it does not fit, it is drawn
// smaller, and on two lines if necessary.
func (c *canvas) beside(s text.Style, x, y vg.Length, name string, width vg.Length) {
	if s.Width(name) > width {
		s.Font.Size = smallSize
	}
	first, rest := halves(s, name, width)
	if rest == "" {
		c.write(s, x, y, shortened(s, name, width))
		return
	}
	c.write(s, x, y-smallSize*0.6, shortened(s, first, width))
	c.write(s, x, y+smallSize*0.6, shortened(s, rest, width))
}

// halves splits a text after as many words as fit.
func halves(s text.Style, words string, width vg.Length) (first, rest string) {
	first, rest, _ = strings.Cut(words, " ")
	for rest != "" {
		word, after, _ := strings.Cut(rest, " ")
		if s.Width(first+" "+word) > width {
			break
		}
		first, rest = first+" "+word, after
	}
	return first, rest
}

// shortened cuts a text to a width.
func shortened(s text.Style, words string, width vg.Length) string {
	if s.Width(words) <= width {
		return words
	}
	runes := []rune(words)
	for len(runes) > 1 && s.Width(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// An entry is one item of a legend.
type entry struct {
	name string
	fill color.Color
}

// head draws title, period and cut-off, and the legend.
func (c *canvas) head(title, below string, legend []entry) {
	c.write(style(bold, titleSize, ink, text.XLeft), margin, 28, title)
	c.write(style(regular, smallSize+0.5, faded, text.XLeft), margin, 47, below)
	s := style(regular, smallSize+0.5, ink, text.XLeft)
	x := vg.Length(margin)
	for _, e := range legend {
		c.bar(x, 61, 9, 9, e.fill)
		c.write(s, x+13, 65.5, e.name)
		x += 13 + s.Width(e.name) + 16
	}
}

func (c *canvas) png() ([]byte, error) {
	var out bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: c.image}).WriteTo(&out); err != nil {
		return nil, fmt.Errorf("write chart: %w", err)
	}
	return out.Bytes(), nil
}
