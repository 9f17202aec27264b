package bench

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"verbale/internal/daemon"
	"verbale/internal/redisstore"
)

// letter is a typical request of a ministry.
const letter = `From: Aigul Model <a.model@stat.gov.kg>
To: tc@desk.unece.example
Subject: Training on road safety statistics
Date: Mon, 2 Mar 2026 09:00:00 +0600
Message-ID: <1@stat.gov.kg>

Dear colleagues,

The National Statistical Committee of the Kyrgyz Republic kindly requests UNECE to
organise a training on road safety statistics for twenty specialists in Bishkek.

Yours sincerely,
Aigul Model
Head of Department
`

// Each operation is measured at each size, and the store has the requested number of records.
func TestAnOfficeIsMeasuredAsItGrows(t *testing.T) {
	if _, err := exec.LookPath("redis-server"); err != nil {
		if daemon.ServersRequired() {
			t.Fatal(err)
		}
		t.Skip("redis-server is not installed")
	}
	mails := t.TempDir()
	if err := os.WriteFile(filepath.Join(mails, "1.eml"), []byte(letter), 0o600); err != nil {
		t.Fatal(err)
	}
	steps, err := RunScale(context.Background(), ScaleOptions{
		Sizes: []int{20, 60}, Mails: mails, Redis: redisstore.URLEmbedded, Progress: io.Discard, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(steps) != 2 || steps[0].Records != 20 || steps[1].Records != 60 || steps[1].Memory == 0 || len(steps[0].Took) != len(steps[1].Took) {
		t.Errorf("measured %+v", steps)
	}
	if shown := steps.String(); !strings.Contains(shown, "a home tab") || strings.Count(shown, "\n") != 2+len(steps[0].Took) {
		t.Errorf("shown as\n%s", shown)
	}
}

func TestSizesThatDoNotGrowAreRefused(t *testing.T) {
	for _, sizes := range [][]int{nil, {0}, {1000, 100}} {
		if _, err := RunScale(t.Context(), ScaleOptions{Sizes: sizes}); err == nil || !strings.Contains(err.Error(), "ascending") {
			t.Errorf("sizes %v: %v", sizes, err)
		}
	}
}

// References must be those the store assigns: numbers restart each year.
func TestReferencesOfManyYears(t *testing.T) {
	firstOf2024 := 365 * 24 * 30
	for n, want := range map[int]string{1: "TC-2023-00001", firstOf2024 - 1: "TC-2023-262799", firstOf2024: "TC-2024-00001", firstOf2024 + 1: "TC-2024-00002"} {
		if got := reference(n); got != want {
			t.Errorf("record %d is %s, want %s", n, got, want)
		}
	}
}
