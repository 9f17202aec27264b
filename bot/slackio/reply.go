package slackio

import (
	"fmt"
	"runtime"
	"sync"
)

// A reply is the acknowledgement of an envelope. It can be sent once, with or without a
// payload.
type reply struct {
	once sync.Once
	send func(payload any)
}

// with acknowledges, unless that was done before; it reports whether it did.
func (r *reply) with(payload any) (first bool) {
	r.once.Do(func() {
		first = true
		r.send(payload)
	})
	return first
}

// typeOf describes a panic value by its type, without its content, except for runtime errors.
func typeOf(p any) string {
	if err, ok := p.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a value of type %T", p)
}
