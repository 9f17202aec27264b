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

// A disk holds the data folders. Where a file system can be mounted it is a small one, so
// that it can be filled.
type disk struct {
	folder  string
	mounted bool

	mu     sync.Mutex
	filler string // path of the file that takes up all space
}

// openDisk makes a disk at a folder. If no file system can be mounted, the disk is an
// ordinary folder and why gives the reason. If not even that can be made, d is nil.
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

// fill takes up all free space.
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

// free undoes fill.
func (d *disk) free() {
	d.mu.Lock()
	defer d.mu.Unlock()
	_ = os.Remove(d.filler) // it may not exist
}

// close unmounts the file system.
func (d *disk) close() {
	if d.mounted {
		_ = exec.Command("umount", "-l", d.folder).Run()
	}
}

// zeros is an endless reader of zero bytes.
type zeros struct{}

// Read implements io.Reader.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// room is how many bytes Redis may still write where no file system was mounted and the
// size of its files is limited instead.
const room = 8 << 10

// fillDisk makes Redis run out of space.
func (s *environment) fillDisk() error {
	if s.disk.mounted {
		return s.disk.fill()
	}
	s.fileLimit.Store((s.longestFile() + room) / 512)
	s.redis.Kill() // the limit holds from its next start
	return nil
}

// freeDisk undoes fillDisk. Redis, which ends when it cannot write, is started again by
// its daemon.
func (s *environment) freeDisk() {
	s.disk.free()
	if s.fileLimit.Swap(0) != 0 {
		s.redis.Kill()
	}
}

// longestFile is the size of the largest file of Redis, in bytes.
func (s *environment) longestFile() (longest int64) {
	_ = filepath.Walk(filepath.Join(s.disk.folder, "redis"), func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			longest = max(longest, info.Size())
		}
		return nil
	})
	return longest
}
