package doctext

import (
	"crypto/aes"
	"crypto/cipher"
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

// An ocrCache keeps the text of scans by the content of the file, so that a scan is
// recognised once, however often it comes. Recognition takes seconds. Losing the cache
// costs nothing but time, so its failures are not reported.
//
// On disk a text is encrypted with a key made from the scan: only who has the scan can
// read it. So the words of a letter that is forgotten everywhere else cannot be read here
// either.
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
		c.dropUnsealed()
		c.prune()
	}
	return c
}

// key identifies the result for a page of a file read with the given languages. It is also
// what the result is encrypted with, so it is not stored on disk.
func (c *ocrCache) key(file []byte, page int, languages string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d\x00", languages, page)
	h.Write(file)
	return hex.EncodeToString(h.Sum(nil))
}

// sealedSuffix ends the names of files whose text is sealed.
const sealedSuffix = ".sealed"

// fileOf returns the path of a result. The key cannot be told from it.
func (c *ocrCache) fileOf(key string) string {
	sum := sha256.Sum256([]byte("name " + key))
	return filepath.Join(c.dir, hex.EncodeToString(sum[:])+sealedSuffix)
}

// sealOf returns the cipher of a result.
func sealOf(key string) (cipher.AEAD, error) {
	sum := sha256.Sum256([]byte("seal " + key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// get returns a result and whether there is one.
func (c *ocrCache) get(key string) (string, bool) {
	c.mu.Lock()
	text, ok := c.recent[key]
	c.mu.Unlock()
	if ok || c.dir == "" {
		return text, ok
	}
	seal, err := sealOf(key)
	if err != nil {
		return "", false
	}
	sealed, err := os.ReadFile(c.fileOf(key))
	if err != nil {
		return "", false
	}
	content, err := seal.Open(nil, nil, sealed, nil)
	if err != nil {
		return "", false
	}
	c.remember(key, string(content))
	return string(content), true
}

// put keeps a result, in memory and on disk.
func (c *ocrCache) put(key, text string) {
	if len(text) > maxCached {
		return
	}
	c.remember(key, text)
	seal, err := sealOf(key)
	if c.dir == "" || err != nil {
		return
	}
	// Another process may read the folder: a result appears whole or not at all.
	f, err := os.CreateTemp(c.dir, ".new-*")
	if err != nil {
		return
	}
	_, err = f.Write(seal.Seal(nil, nil, []byte(text), nil))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil || os.Rename(f.Name(), c.fileOf(key)) != nil {
		_ = os.Remove(f.Name())
		return
	}
	if c.pruningDue() {
		c.prune()
	}
}

// remember keeps a result in memory.
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

// pruningDue counts a file written. It returns true only now and then, since some files
// over the limit do no harm.
func (c *ocrCache) pruningDue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.written++; c.written <= c.files/8 {
		return false
	}
	c.written = 0
	return true
}

// dropUnsealed removes the files of older versions, which were not encrypted.
func (c *ocrCache) dropUnsealed() {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if len(e.Name()) == hex.EncodedLen(sha256.Size) {
			_ = os.Remove(filepath.Join(c.dir, e.Name()))
		}
	}
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
