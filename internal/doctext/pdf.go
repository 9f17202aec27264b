package doctext

import (
	"context"
	"errors"
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
	cache    wazero.CompilationCache // nil where nothing is kept on disk
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

// start compiles PDFium, or takes what was compiled before from the disk. Where
// that is damaged, or the disk is full, it does without.
func (p *pdfEngine) start() {
	defer close(p.ready)
	p.openCache()
	p.pool, p.err = p.newPool()
	if p.err != nil && p.cache != nil {
		p.log.Warn("the compiled PDF reader on disk is of no use", "cause", p.err)
		p.cache = nil
		p.pool, p.err = p.newPool()
	}
	if p.err != nil {
		p.log.Error("the PDF reader does not start", "cause", p.err)
		p.err = flaw("the PDF reader does not start on this machine")
	}
}

func (p *pdfEngine) openCache() {
	if p.cacheDir == "" {
		return
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(p.cacheDir, "wasm"))
	if err != nil {
		p.log.Warn("the compiled PDF reader is not kept", "cause", err)
		return
	}
	p.cache = cache
}

// newPool makes the pool of instances. Calls end when their instance is
// discarded, which costs a little speed.
func (p *pdfEngine) newPool() (pdfium.Pool, error) {
	c := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages).
		WithCloseOnContextDone(true)
	if p.cache != nil {
		c = c.WithCompilationCache(p.cache)
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal:      pdfInstances,
		RuntimeConfig: c,
		FSConfig:      wazero.NewFSConfig(), // without this the library mounts the root of the file system
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
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
	err := p.pool.Close()
	if p.cache != nil {
		err = errors.Join(err, p.cache.Close(context.Background()))
	}
	if err != nil {
		return fmt.Errorf("close the PDF reader: %w", err)
	}
	return nil
}
