package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Nothing stands in a Confusion for a missing value, such as the division of a request that
// was not recognised as a request.
const Nothing = "nothing"

// A Confusion counts how often which value was read for which. Its keys are the value
// wanted, then the value read.
type Confusion map[string]map[string]int

func (c *Confusion) add(want, got string) {
	if got == "" {
		got = Nothing
	}
	if *c == nil {
		*c = Confusion{}
	}
	if (*c)[want] == nil {
		(*c)[want] = map[string]int{}
	}
	(*c)[want][got]++
}

// values lists all values wanted or read, sorted, with Nothing last.
func (c Confusion) values() []string {
	all := map[string]bool{}
	for want, row := range c {
		all[want] = true
		for got := range row {
			all[got] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		switch {
		case a == b:
			return 0
		case a == Nothing:
			return 1
		case b == Nothing:
			return -1
		}
		return strings.Compare(a, b)
	})
}

// String writes a table with a row for each value wanted and a column for each value read.
// Columns are headed by the letter that stands before the row of the value.
func (c Confusion) String() string {
	values := c.values()
	width := 0
	for _, v := range values {
		width = max(width, len(v))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  %*s", width+3, "")
	for i := range values {
		fmt.Fprintf(&b, "%5s", column(i))
	}
	for i, want := range values {
		fmt.Fprintf(&b, "\n  %2s %-*s", column(i), width, want)
		for _, got := range values {
			fmt.Fprintf(&b, "%5s", count(c[want][got]))
		}
	}
	return b.String() + "\n"
}

// column names the first columns a to z, the others by number.
func column(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return fmt.Sprint(i + 1)
}

// count writes a number, so that zeros do not catch the eye.
func count(n int) string {
	if n == 0 {
		return "·"
	}
	return fmt.Sprint(n)
}
