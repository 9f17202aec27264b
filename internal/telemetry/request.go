package telemetry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
)

type requestKey struct{}

// WithRequest marks all that is done under a context as one request: what came
// in from outside, be it a mail or a click. The id is a short hash of what names
// it, so that the same mail has the same id in every process and at every
// attempt, and nothing can be read from it.
func WithRequest(ctx context.Context, name string) context.Context {
	sum := sha256.Sum256([]byte(name))
	return context.WithValue(ctx, requestKey{}, hex.EncodeToString(sum[:6]))
}

// Logs adds the request to every line that is logged under its context.
func Logs(next slog.Handler) slog.Handler { return requestHandler{next} }

type requestHandler struct{ slog.Handler }

// Handle implements slog.Handler.
func (h requestHandler) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(requestKey{}).(string); ok {
		r.AddAttrs(slog.String("request", id))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (h requestHandler) WithGroup(name string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(name)}
}
