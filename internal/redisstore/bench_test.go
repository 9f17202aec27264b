package redisstore

import (
	"context"
	"testing"

	"verbale/internal/redisstore/storetest"
)

// BenchmarkCommit commits large records: record, letter, history and three mails.
func BenchmarkCommit(b *testing.B) {
	for name, start := range servers {
		b.Run(name, func(b *testing.B) {
			s := openAt(b, start(b), b.TempDir())
			n := 0
			for b.Loop() {
				n++
				if _, err := s.Commit(context.Background(), richChange(n)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLoad reads a large record.
func BenchmarkLoad(b *testing.B) {
	for name, start := range servers {
		b.Run(name, func(b *testing.B) {
			s := openAt(b, start(b), b.TempDir())
			if _, err := s.Commit(context.Background(), richChange(1)); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := s.Load(context.Background(), storetest.Reference(1)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
