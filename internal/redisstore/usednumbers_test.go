package redisstore

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMarksSurviveAndOnlyRise(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	m := newMarks(t, dir)
	for _, step := range []struct {
		raise map[int]int
		want  string
	}{
		{map[int]int{2026: 5}, `{"2026":5}`},
		{map[int]int{2026: 3}, `{"2026":5}`},
		{map[int]int{2026: 6, 2027: 1}, `{"2026":6,"2027":1}`},
		{nil, `{"2026":6,"2027":1}`},
	} {
		if err := m.raise(step.raise); err != nil {
			t.Fatal(err)
		}
		expectMarks(t, dir, step.want)
	}
	if again := newMarks(t, dir); again.of(2026) != 6 || again.of(2027) != 1 || again.of(2028) != 0 {
		t.Errorf("read again: %v", again.byYear)
	}
}

func TestMarksOfTwoProcessesDoNotFall(t *testing.T) {
	dir := t.TempDir()
	a, b := newMarks(t, dir), newMarks(t, dir)
	if err := a.raise(map[int]int{2026: 42}); err != nil {
		t.Fatal(err)
	}
	if err := b.raise(map[int]int{2026: 41, 2025: 7}); err != nil {
		t.Fatal(err)
	}
	expectMarks(t, dir, `{"2025":7,"2026":42}`)
}

func TestBrokenMarksStopTheStart(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "numbers.json"), []byte(`{"2026":`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := loadUsedNumbers(dir); err == nil {
		t.Error("a broken file was taken for an empty one")
	}
}

func newMarks(t *testing.T, dir string) *usedNumbers {
	t.Helper()
	m, err := loadUsedNumbers(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func expectMarks(t *testing.T, dir, want string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "numbers.json"))
	if err != nil || string(text) != want+"\n" {
		t.Errorf("numbers.json holds %s, want %s, %v", text, want, err)
	}
}
