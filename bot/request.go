package bot

import "context"

type requestKey struct{}

// WithRequest marks everything done under a context as part of one request: the handling of
// one mail, click or other input. Its ID appears in all log messages of the request.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestOf returns the ID of the request handled under a context; "" for none.
func RequestOf(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
