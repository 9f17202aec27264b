package eval

import "math"

// A Share is how many of all were right.
type Share struct{ Right, All int }

func (n *Share) add(right bool) {
	n.All++
	if right {
		n.Right++
	}
}

func (n Share) plus(m Share) Share { return Share{n.Right + m.Right, n.All + m.All} }

// Value is the share as a number from 0 to 1; 0 of nothing.
func (n Share) Value() float64 { return float64(n.Right) / float64(max(1, n.All)) }

// round keeps four digits.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
