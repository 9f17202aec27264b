package chaos

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// diskSize is enough for the records of a run.
const diskSize = "96m"

// A disk holds the data folders. Where this machine lets us, it is a small file
// system of its own, which can be full.
type disk struct {
	folder  string
	mounted bool

	mu     sync.Mutex
	filler string
}

// openDisk makes a disk at a folder; where none can be mounted it is an ordinary
// folder, and why says why.
func openDisk(folder string) (d *disk, why error) {
	d = &disk{folder: folder, filler: filepath.Join(folder, "filler")}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	if os.Getuid() != 0 {
		return d, errors.New("only root mounts a file system")
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "mode=0755,size="+diskSize, "verbale-chaos", folder).CombinedOutput(); err != nil {
		return d, fmt.Errorf("mount a file system of its own: %w: %s", err, out)
	}
	d.mounted = true
	return d, nil
}

// fill leaves no byte free.
func (d *disk) fill() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := os.Create(d.filler)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, zeros{})
	if err == nil {
		return errors.New("the disk does not fill")
	}
	return nil
}

// free gives the room back.
func (d *disk) free() {
	d.mu.Lock()
	defer d.mu.Unlock()
	_ = os.Remove(d.filler) // which may not be there
}

func (d *disk) close() {
	if d.mounted {
		_ = exec.Command("umount", "-l", d.folder).Run()
	}
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// room is how much Redis may still write where its file alone is limited.
const room = 8 << 10

// fillDisk leaves no room where records are kept.
func (s *site) fillDisk() error {
	if s.disk.mounted {
		return s.disk.fill()
	}
	s.fileLimit.Store((s.longestFile() + room) / 512)
	s.redis.Kill()
	return nil
}

// freeDisk gives the room back. Redis ends by itself when it cannot write.
func (s *site) freeDisk() {
	s.disk.free()
	if s.fileLimit.Swap(0) != 0 {
		s.redis.Kill()
	}
}

// longestFile is the size of the largest file of Redis, in bytes.
func (s *site) longestFile() (longest int64) {
	_ = filepath.Walk(filepath.Join(s.disk.folder, "redis"), func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			longest = max(longest, info.Size())
		}
		return nil
	})
	return longest
}
