package app

import (
	"fmt"
	"io"
	"time"
)

// A progress shows how far long work has come.
type progress struct {
	out   io.Writer // nil for none
	drawn time.Time
}

// draw shows a state, ten times a second at the most; the last one ends the line.
func (p *progress) draw(done, total int, last bool) {
	if p.out == nil || !last && time.Since(p.drawn) < 100*time.Millisecond {
		return
	}
	p.drawn = time.Now()
	fmt.Fprintf(p.out, "\r%d of %d", done, total)
	if last {
		fmt.Fprintln(p.out)
	}
}
