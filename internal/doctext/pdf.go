package doctext

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	// pdfInstances is how many PDF documents are open at a time.
	pdfInstances = 2
	// pdfMemoryPages bounds the memory of one instance, in WebAssembly pages of
	// 64 kB: 512 MB.
	pdfMemoryPages = 512 << 20 >> 16
)

// A pdfEngine hands out sandboxed instances of PDFium. Compiling it takes
// seconds, so that is done with the first PDF, and once.
type pdfEngine struct {
	cacheDir string
	log      *slog.Logger
	once     sync.Once
	ready    chan struct{} // closed when pool or err is set
	pool     pdfium.Pool
	err      error
}

func newPDFEngine(cacheDir string, log *slog.Logger) *pdfEngine {
	return &pdfEngine{cacheDir: cacheDir, log: log, ready: make(chan struct{})}
}

// open waits for an instance that nobody used before. The function returned
// discards it, whatever it is doing then, and may be called more than once: what
// a broken document left in its memory is never seen by another document.
func (p *pdfEngine) open(ctx context.Context) (pdfium.Pdfium, func(), error) {
	// The start is not tied to ctx: the next document needs the engine too.
	p.once.Do(func() { go p.start() })
	select {
	case <-p.ready:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	if p.err != nil {
		return nil, nil, p.err
	}
	instance, err := p.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("get a PDF instance: %w", err)
	}
	var once sync.Once
	discard := func() {
		once.Do(func() {
			if err := instance.Kill(); err != nil {
				p.log.Warn("a PDF instance could not be discarded", "cause", err)
			}
		})
	}
	return instance, discard, nil
}

func (p *pdfEngine) start() {
	defer close(p.ready)
	p.pool, p.err = webassembly.Init(webassembly.Config{
		MaxTotal:      pdfInstances,
		RuntimeConfig: p.runtimeConfig(),
		FSConfig:      wazero.NewFSConfig(), // without this the library mounts the root of the file system
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if p.err != nil {
		p.log.Error("the PDF reader does not start", "cause", p.err)
		p.err = flaw("the PDF reader does not start on this machine")
	}
}

// runtimeConfig makes calls end when their instance is discarded, which costs a
// little speed, and lets the compiled code be kept on disk.
func (p *pdfEngine) runtimeConfig() wazero.RuntimeConfig {
	c := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages).
		WithCloseOnContextDone(true)
	if p.cacheDir == "" {
		return c
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(p.cacheDir, "wasm"))
	if err != nil {
		p.log.Warn("the compiled PDF reader is not kept", "cause", err)
		return c
	}
	return c.WithCompilationCache(cache)
}

// close ends the engine where it was started. Later calls of open fail.
func (p *pdfEngine) close() error {
	p.once.Do(func() {
		p.err = flaw("the PDF reader was closed")
		close(p.ready)
	})
	<-p.ready
	if p.pool == nil {
		return nil
	}
	if err := p.pool.Close(); err != nil {
		return fmt.Errorf("close the PDF reader: %w", err)
	}
	return nil
}
