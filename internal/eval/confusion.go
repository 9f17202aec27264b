package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Nothing stands in a Confusion for a value that is open, as the division of a
// request that was not read as one.
const Nothing = "nothing"

// A Confusion counts how often each value was read where each was wanted:
// wanted, then read.
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

// values lists all that was wanted or read, in order, with Nothing last.
func (c Confusion) values() []string {
	all := map[string]bool{}
	for want, row := range c {
		all[want] = true
		for got := range row {
			all[got] = true
		}
	}
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		if (a == Nothing) != (b == Nothing) {
			return map[bool]int{true: 1, false: -1}[a == Nothing]
		}
		return strings.Compare(a, b)
	})
}

// String is a table: a row for each value wanted, a column for each value read,
// headed by the letters before the rows.
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

// column names the columns a to z, then by number.
func column(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return fmt.Sprint(i + 1)
}

func count(n int) string {
	if n == 0 {
		return "·"
	}
	return fmt.Sprint(n)
}
