package app

import (
	"fmt"
	"io"
	"time"
)

// A progress displays the progress of work.
type progress struct {
	out   io.Writer // nil for none
	drawn time.Time
}

// draw displays the progress, at most ten times per second. The last call ends the line.
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
