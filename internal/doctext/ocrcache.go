package doctext

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

const (
	cacheMemory = 256      // results kept in memory
	cacheFiles  = 4000     // results kept on disk
	maxCached   = 64 << 10 // bytes of one result; a page of text has a tenth
)

// An ocrCache keeps what was recognised by the content of the file, so that
// the same scan costs its seconds once. Reading mail again, or the copy that
// the ministry sent too, is then quick. Losing it costs time alone, so that its
// failures are not reported.
type ocrCache struct {
	dir   string // "" keeps nothing on disk
	files int    // kept on disk

	mu      sync.Mutex
	recent  map[string]string
	order   []string // keys of recent, oldest first
	written int      // files since the last pruning
}

func newOCRCache(dir string) *ocrCache {
	c := &ocrCache{files: cacheFiles, recent: map[string]string{}}
	if dir == "" {
		return c
	}
	if os.MkdirAll(dir, 0o700) == nil {
		c.dir = dir
		c.prune()
	}
	return c
}

// key names the result for a page of a file read with the given languages.
func (c *ocrCache) key(file []byte, page int, languages string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d\x00", languages, page)
	h.Write(file)
	return hex.EncodeToString(h.Sum(nil))
}

func (c *ocrCache) get(key string) (string, bool) {
	c.mu.Lock()
	text, ok := c.recent[key]
	c.mu.Unlock()
	if ok || c.dir == "" {
		return text, ok
	}
	content, err := os.ReadFile(filepath.Join(c.dir, key))
	if err != nil {
		return "", false
	}
	c.remember(key, string(content))
	return string(content), true
}

func (c *ocrCache) put(key, text string) {
	if len(text) > maxCached {
		return
	}
	c.remember(key, text)
	if c.dir == "" {
		return
	}
	// Another process may read the folder: a result appears whole or not at all.
	f, err := os.CreateTemp(c.dir, ".new-*")
	if err != nil {
		return
	}
	_, err = f.WriteString(text)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil || os.Rename(f.Name(), filepath.Join(c.dir, key)) != nil {
		_ = os.Remove(f.Name())
		return
	}
	if c.pruningDue() {
		c.prune()
	}
}

func (c *ocrCache) remember(key, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.recent[key]; !known {
		c.order = append(c.order, key)
	}
	c.recent[key] = text
	if len(c.order) > cacheMemory {
		delete(c.recent, c.order[0])
		c.order = c.order[1:]
	}
}

// pruningDue counts a file written: some over the limit do no harm.
func (c *ocrCache) pruningDue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.written++; c.written <= c.files/8 {
		return false
	}
	c.written = 0
	return true
}

// prune keeps the newest results on disk.
func (c *ocrCache) prune() {
	entries, err := os.ReadDir(c.dir)
	if err != nil || len(entries) <= c.files {
		return
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return modified(a).Compare(modified(b)) })
	for _, old := range entries[:len(entries)-c.files] {
		_ = os.Remove(filepath.Join(c.dir, old.Name()))
	}
}

// modified returns when an entry was written, the zero time where it is gone.
func modified(e os.DirEntry) time.Time {
	info, err := e.Info()
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}
