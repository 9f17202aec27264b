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

// usedNumbers holds, by year, the highest reference number that this process has used in an
// outgoing action. It is kept in a file, so that it survives the loss of Redis data.
type usedNumbers struct {
	mu     sync.Mutex
	path   string // "" without a data folder: the marks then last as long as the process
	byYear map[string]int
}

func loadUsedNumbers(dataDir string) (*usedNumbers, error) {
	m := &usedNumbers{byYear: map[string]int{}}
	if dataDir == "" {
		return m, nil
	}
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	m.path = filepath.Join(dataDir, "numbers.json")
	if err := m.read(); err != nil {
		return nil, fmt.Errorf("read the numbers used in outgoing actions: %w", err)
	}
	return m, nil
}

// read merges the marks of the file.
func (m *usedNumbers) read() error {
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

func (m *usedNumbers) of(year int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.byYear[strconv.Itoa(year)]
}

func (m *usedNumbers) lists() (years, numbers []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for year, number := range m.byYear {
		years = append(years, year)
		numbers = append(numbers, strconv.Itoa(number))
	}
	return years, numbers
}

// raise records the numbers given; they are on disk before it returns.
func (m *usedNumbers) raise(highest map[int]int) error {
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
		return fmt.Errorf("store the numbers used in outgoing actions: %w", err)
	}
	return nil
}

// with returns the marks after adding the numbers given.
func (m *usedNumbers) with(highest map[int]int) map[string]int {
	next := maps.Clone(m.byYear)
	for year, number := range highest {
		key := strconv.Itoa(year)
		next[key] = max(next[key], number)
	}
	return next
}

// write adds the numbers given to the file, which another process with the same data folder
// may have changed meanwhile.
func (m *usedNumbers) write(highest map[int]int) error {
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

// replaceFile replaces a file atomically: after a crash, it is either the old or the new one.
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

// lockFile opens a file and locks it (flock(2)); closing it releases the lock.
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
