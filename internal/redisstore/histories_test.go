package redisstore

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbale/internal/redisstore/storetest"
)

func TestHistoriesOfSeveralRecordsAreThoseOfEach(t *testing.T) {
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			s := openAt(t, start(t), t.TempDir())
			for n := 1; n <= 2; n++ {
				if _, err := s.Commit(ctx, richChange(n)); err != nil {
					t.Fatal(err)
				}
			}
			references := []string{storetest.Reference(2), storetest.Reference(9), storetest.Reference(1)}
			several, err := s.Histories(ctx, references...)
			if err != nil {
				t.Fatal(err)
			}
			if len(several[0]) == 0 || len(several[1]) != 0 {
				t.Fatalf("a record has %d entries and one that does not exist has %d", len(several[0]), len(several[1]))
			}
			for i, reference := range references {
				one, err := s.History(ctx, reference)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(one, several[i]); diff != "" {
					t.Errorf("%s: (-alone +among several)\n%s", reference, diff)
				}
			}
		})
	}
}
