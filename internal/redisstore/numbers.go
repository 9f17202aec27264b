package redisstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"

	"verbale/intake"
)

// NextReference implements bot.Store.
func (s *Store) NextReference(ctx context.Context, year int) (string, error) {
	last, err := s.client.HGet(ctx, s.keys.numbers(), strconv.Itoa(year)).Int()
	if err != nil && !errors.Is(err, redis.Nil) {
		return "", fmt.Errorf("read last number of %d: %w", year, failure(err))
	}
	return intake.FormatReference(s.prefix, year, max(last, s.marks.of(year))+1), nil
}

// parseReference parts a reference of this office into year and number.
func (s *Store) parseReference(reference string) (year, number int, err error) {
	rest, ours := strings.CutPrefix(reference, s.prefix+"-")
	y, n, parted := strings.Cut(rest, "-")
	year, errYear := strconv.Atoi(y)
	number, errNumber := strconv.Atoi(n)
	if !ours || !parted || errYear != nil || errNumber != nil || intake.FormatReference(s.prefix, year, number) != reference {
		return 0, 0, fmt.Errorf("%q is not a reference of the form %s", reference, intake.FormatReference(s.prefix, 2026, 1))
	}
	return year, number, nil
}

// scriptRaise lifts the last number given.
//
//	KEYS  1 numbers
//	ARGV  list of years, list of their numbers
//	gives {"ok"}
var scriptRaise = newScript(`
local years, numbers = list(), list()
for i, year in ipairs(years) do
  local last = tonumber(redis.call("HGET", KEYS[1], year) or "0")
  if last < tonumber(numbers[i]) then redis.call("HSET", KEYS[1], year, numbers[i]) end
end
return {"ok"}
`)

// raiseNumbers makes Redis remember every number that was let out of the
// house, should a failover have made it forget some.
func (s *Store) raiseNumbers(ctx context.Context) error {
	years, numbers := s.marks.lists()
	if len(years) == 0 {
		return nil
	}
	var args arguments
	args.list(years)
	args.list(numbers)
	if _, err := run(ctx, s.client, scriptRaise, []string{s.keys.numbers()}, args); err != nil {
		return fmt.Errorf("raise the last numbers given: %w", err)
	}
	return nil
}

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
	m.path = filepath.Join(dataDir, "numbers.json")
	text, err := os.ReadFile(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the numbers let out: %w", err)
	}
	if err := json.Unmarshal(text, &m.byYear); err != nil {
		return nil, fmt.Errorf("read the numbers let out from %s: %w", m.path, err)
	}
	return m, nil
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
	raised := false
	next := map[string]int{}
	for year, number := range m.byYear {
		next[year] = number
	}
	for year, number := range highest {
		key := strconv.Itoa(year)
		if number > next[key] {
			next[key], raised = number, true
		}
	}
	if !raised {
		return nil
	}
	if err := m.write(next); err != nil {
		return fmt.Errorf("remember the numbers let out: %w", err)
	}
	m.byYear = next
	return nil
}

// write replaces the file as a whole: a crash leaves the old one or the new.
func (m *marks) write(byYear map[string]int) error {
	if m.path == "" {
		return nil
	}
	text, err := json.Marshal(byYear)
	if err != nil {
		return err
	}
	next := m.path + ".next"
	if err := writeSynced(next, append(text, '\n')); err != nil {
		return err
	}
	if err := os.Rename(next, m.path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(m.path))
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
