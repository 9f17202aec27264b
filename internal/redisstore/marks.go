package redisstore

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
)

// marks remembers, by year, the highest number that this process let out of
// the house. They are kept in a file, so that they survive the loss of Redis.
type marks struct {
	mu     sync.Mutex
	path   string // "" where there is no data folder: then they live as long as the process
	byYear map[string]int
}

func loadMarks(dataDir string) (*marks, error) {
	m := &marks{byYear: map[string]int{}}
	if dataDir == "" {
		return m, nil
	}
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	m.path = filepath.Join(dataDir, "numbers.json")
	if err := m.read(); err != nil {
		return nil, fmt.Errorf("read the numbers let out: %w", err)
	}
	return m, nil
}

// read adds what the file knows and this process does not.
func (m *marks) read() error {
	text, err := os.ReadFile(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var kept map[string]int
	if err := json.Unmarshal(text, &kept); err != nil {
		return fmt.Errorf("%s: %w", m.path, err)
	}
	for year, number := range kept {
		m.byYear[year] = max(m.byYear[year], number)
	}
	return nil
}

func (m *marks) of(year int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.byYear[strconv.Itoa(year)]
}

func (m *marks) lists() (years, numbers []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for year, number := range m.byYear {
		years = append(years, year)
		numbers = append(numbers, strconv.Itoa(number))
	}
	return years, numbers
}

// raise remembers the numbers given, on disk before it returns.
func (m *marks) raise(highest map[int]int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := m.with(highest)
	if maps.Equal(next, m.byYear) {
		return nil
	}
	if m.path == "" {
		m.byYear = next
		return nil
	}
	if err := m.write(highest); err != nil {
		return fmt.Errorf("remember the numbers let out: %w", err)
	}
	return nil
}

// with is what is remembered once the numbers given are.
func (m *marks) with(highest map[int]int) map[string]int {
	next := maps.Clone(m.byYear)
	for year, number := range highest {
		key := strconv.Itoa(year)
		next[key] = max(next[key], number)
	}
	return next
}

// write adds the numbers given to the file, in which another process on the
// same folder may have written meanwhile.
func (m *marks) write(highest map[int]int) error {
	lock, err := lockFile(m.path+".lock", syscall.LOCK_EX)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := m.read(); err != nil {
		return err
	}
	next := m.with(highest)
	text, err := json.Marshal(next)
	if err != nil {
		return err
	}
	if err := replaceFile(m.path, append(text, '\n')); err != nil {
		return err
	}
	m.byYear = next
	return nil
}

// replaceFile puts a new file in the place of the old one: a crash leaves the
// one or the other, as a whole.
func replaceFile(path string, text []byte) error {
	next := path + ".next"
	if err := writeSynced(next, text); err != nil {
		return err
	}
	if err := os.Rename(next, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func writeSynced(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// lockFile opens a file and locks it (flock(2)); closing it gives the lock up.
func lockFile(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), how); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return f, nil
}
