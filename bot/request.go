package bot

import "context"

type requestKey struct{}

// WithRequest marks all that is done under a context as one request: what came in
// from outside, be it a mail or a click. Logs show its id, by which the steps of
// one request are found again.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestOf is the request that is worked on under a context; "" for none.
func RequestOf(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
