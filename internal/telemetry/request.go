package telemetry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"

	"verbale/bot"
)

// RequestID names a request by a short hash of what names it outside, so that
// the same mail has the same id in every process and at every attempt, and nothing
// can be read from it.
func RequestID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:6])
}

// Logs adds the request to every line that is logged under its context.
func Logs(next slog.Handler) slog.Handler { return requestHandler{next} }

type requestHandler struct{ slog.Handler }

// Handle implements slog.Handler.
func (h requestHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := bot.RequestOf(ctx); id != "" {
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
