package report

import (
	"cmp"
	"fmt"
	"image/color"
	"maps"
	"slices"
	"strings"

	"verbale/internal/phrases"
)

// A Chart is statistics drawn as a picture.
type Chart struct {
	Name  string // file name without extension
	Title string
	Alt   string // text alternative of the picture
	PNG   []byte
}

// longestAlt is the maximum length of a text alternative, in characters.
const longestAlt = 1000

// A drawing is a chart before it is drawn.
type drawing interface {
	draw(title, below string) ([]byte, error)
	said() []string // each name with its value
}

// countriesDrawn is how many countries a chart shows.
const countriesDrawn = 20

// Charts draws requests by month and division, the time to answer by division, and requests by
// country. A report without requests has no charts.
func Charts(r *Report, n Names) ([]Chart, error) {
	if len(r.Requests) == 0 {
		return nil, nil
	}
	drawn := []struct {
		name, title string
		drawing
	}{
		{"months", n.say("report.chart.months"), r.months(n)},
		{"times", n.say("report.chart.times"), r.answerTimes(n)},
		{"countries", n.say("report.chart.countries"), r.countries(n)},
	}
	below := n.period(r) + " · " + n.asOf(r)
	var charts []Chart
	for _, d := range drawn {
		png, err := d.draw(d.title, below)
		if err != nil {
			return nil, fmt.Errorf("draw chart %s: %w", d.name, err)
		}
		charts = append(charts, Chart{Name: d.name, Title: d.title, Alt: alternative(d.title, below, d.said()), PNG: png})
	}
	return charts, nil
}

// alternative is the text alternative of a chart.
func alternative(title, below string, said []string) string {
	text := []rune(title + " (" + below + "): " + strings.Join(said, "; "))
	if len(text) > longestAlt {
		return string(text[:longestAlt-1]) + "…"
	}
	return string(text)
}

// months shows each month as a column stacked by division. Divisions with few requests are
// combined.
func (r *Report) months(n Names) columns {
	months := r.Months()
	c := columns{}
	names := strings.Fields(n.say("report.months"))
	for _, m := range months {
		c.names = append(c.names, columnName{names[m.First.Month()-1], m.First.Year()})
	}
	often, rest := frequent(months)
	for i, id := range often {
		c.layers = append(c.layers, layerOf(months, entry{n.Of(ByDivision, id), palette[i]}, id))
	}
	if len(rest) > 0 {
		c.layers = append(c.layers, layerOf(months, entry{n.say("report.rest"), nothing}, rest...))
	}
	return c
}

// frequent returns the divisions that get their own colour, the most frequent first, and the
// rest, which includes the unknown division.
func frequent(months []Month) (often, rest []string) {
	total := map[string]int{}
	for _, m := range months {
		for division, count := range m.ByDivision {
			total[division] += count
		}
	}
	ids := slices.SortedFunc(maps.Keys(total), func(a, b string) int {
		return cmp.Or(cmp.Compare(order(ByDivision, a), order(ByDivision, b)), cmp.Compare(total[b], total[a]), cmp.Compare(a, b))
	})
	known := len(ids)
	if _, unknown := total[""]; unknown {
		known--
	}
	some := min(known, len(palette))
	return ids[:some], ids[some:]
}

func layerOf(months []Month, e entry, divisions ...string) layer {
	l := layer{entry: e, counts: make([]int, len(months))}
	for at, m := range months {
		for _, id := range divisions {
			l.counts[at] += m.ByDivision[id]
		}
	}
	return l
}

// answerTimes shows the median and the 90th percentile of each division.
func (r *Report) answerTimes(n Names) bars {
	b := bars{legend: []entry{{n.say("report.column.median"), strong}, {n.say("report.column.percentile_90"), light}}, empty: n.say("report.chart.none")}
	if r.Measure(Answer).Count > 0 {
		b.foot = n.say("report.chart.times_foot")
	}
	add := func(name string, m Measure) {
		if m.Count == 0 {
			return
		}
		median, high := r.days(m.Median), r.days(m.Percentile90)
		b.rows = append(b.rows, barRow{
			name:  name,
			parts: []barPart{{median, strong}, {high - median, light}},
			value: n.say("report.chart.times_value", phrases.Values{
				"median": n.number(median, 1), "percentile": n.number(high, 1), "number": n.number(float64(m.Count), 0),
			}),
		})
	}
	add(n.say("report.all"), r.Measure(Answer))
	for _, f := range r.Figures(ByDivision) {
		add(n.Of(ByDivision, f.ID), f.Answer)
	}
	return b
}

// countries shows the most frequent countries, with open requests in another colour.
func (r *Report) countries(n Names) bars {
	b := bars{legend: []entry{{n.say("report.chart.closed"), strong}, {n.say("report.column.open"), light}}, empty: n.say("report.chart.none")}
	figures := r.Figures(ByCountry)
	for _, f := range figures[:min(countriesDrawn, len(figures))] {
		fill, shade := color.Color(strong), color.Color(light)
		if f.ID == "" {
			fill, shade = nothing, hairs
		}
		b.rows = append(b.rows, barRow{
			name:  n.Of(ByCountry, f.ID),
			parts: []barPart{{float64(f.Requests - f.Open), fill}, {float64(f.Open), shade}},
			value: n.number(float64(f.Requests), 0),
		})
	}
	if left := len(figures) - len(b.rows); left > 0 {
		b.foot = n.say("report.short.more", phrases.Values{"count": left})
	}
	return b
}
