package doctext

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfMemoryPages bounds the memory of an open document, in WebAssembly pages of
// 64 kB: 512 MB.
const pdfMemoryPages = 512 << 20 >> 16

// newPDFPool compiles PDFium, which takes seconds, or takes what was compiled
// before from the cache folder ("" for none). Where that cannot be used, it does
// without; warning then says why.
func newPDFPool(cacheDir string) (pool pdfium.Pool, warning string, err error) {
	if cacheDir == "" {
		pool, err = compilePDFium(nil)
		return pool, "", err
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(cacheDir, "wasm"))
	if err == nil {
		if pool, err = compilePDFium(cache); err == nil {
			return pool, "", nil
		}
	}
	warning = err.Error()
	pool, err = compilePDFium(nil)
	return pool, warning, err
}

// compilePDFium returns a pool of one sandbox. Its calls cannot be interrupted:
// the checks for it would take three quarters of the time. Whoever calls must be
// a process that can be killed.
func compilePDFium(cache wazero.CompilationCache) (pdfium.Pool, error) {
	c := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(pdfMemoryPages)
	if cache != nil {
		c = c.WithCompilationCache(cache)
	}
	ctx := experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(mapMemory))
	pool, err := webassembly.Init(webassembly.Config{
		Context:       experimental.WithCompilationWorkers(ctx, runtime.NumCPU()),
		MaxTotal:      1,
		RuntimeConfig: c,
		FSConfig:      wazero.NewFSConfig(), // without this the library mounts the root of the file system
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("compile PDFium: %w", err)
	}
	return pool, nil
}
