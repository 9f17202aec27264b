package slackio

import (
	"fmt"
	"runtime"
	"sync"
)

// A reply is the acknowledgement of an envelope, which can be given once, with or
// without an answer.
type reply struct {
	once sync.Once
	send func(payload any)
}

// with acknowledges, unless that was done before; it reports whether this was first.
func (r *reply) with(payload any) (first bool) {
	r.once.Do(func() {
		first = true
		r.send(payload)
	})
	return first
}

// typeOf says what a panic was about without saying what it held, unless the
// runtime said it.
func typeOf(p any) string {
	if err, ok := p.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a value of type %T", p)
}
