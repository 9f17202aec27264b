package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"verbale/internal/telemetry"
)

// servePages serves metrics and health checks until ctx ends, if the configuration contains an
// address.
func (v *supervisor) servePages(ctx context.Context) error {
	settings := v.server().config.HTTP
	if settings.Listen == "" {
		return nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", settings.Listen)
	if err != nil {
		return fmt.Errorf("listen for metrics and health checks: %w", err)
	}
	pages := telemetry.Pages{
		Metrics: v.server().metrics, Token: settings.Token,
		Ready: func(ctx context.Context) []telemetry.Condition { return v.server().Ready(ctx) },
	}
	v.Log.Info("metrics and health are served", "address", listener.Addr())
	return serveHTTP(ctx, listener, pages.Handler())
}

// Limits for HTTP requests, and for completing them at shutdown.
const (
	headerTimeout  = 5 * time.Second
	requestTimeout = 30 * time.Second
	shutdownGrace  = 5 * time.Second
)

// serveHTTP serves until ctx ends, and then lets running requests finish within the farewell.
func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout}
	stopped := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
		defer cancel()
		_ = server.Shutdown(last)
	})
	defer stopped()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	}
	return nil
}
