package chaos

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"verbale/internal/mailtest"
)

var (
	seeds    = flag.Int("seeds", 1, "how many runs")
	seed     = flag.Uint64("seed", 1, "of the first run; the next ones are counted up")
	prebuilt = flag.String("program", "", "the program to run; built if empty")
	within   = flag.Duration("time", 0, "runs until this time is over, however many")
	patience = flag.Duration("patience", 2*time.Minute, "until a house must have come to rest")
	length   = flag.Duration("length", 6*time.Second, "time in which things break, a run")
)

// A second of chaos has so many mails and deeds.
const (
	mailsASecond = 25
	deedsASecond = 4
)

func TestNothingIsLostNorDoneTwice(t *testing.T) {
	program := *prebuilt
	if program == "" {
		program = built(t)
	}
	begun := time.Now()
	for n := 0; n < *seeds || time.Since(begun) < *within; n++ {
		chaos(t, program, *seed+uint64(n))
	}
}

// chaos is one run. Its folder stays where it fails.
func chaos(t *testing.T, program string, seed uint64) {
	t.Helper()
	folder, err := os.MkdirTemp("", fmt.Sprintf("verbale-chaos-%d-", seed))
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	seconds := int(*length / time.Second)
	err = Run(t.Context(), Options{
		Program: program, Folder: folder, Seed: seed, Length: *length, Mails: mailsASecond * seconds, Deeds: deedsASecond * seconds,
		Bots: 2, Patience: *patience, Out: &said,
	})
	if errors.Is(err, ErrNoServer) && os.Getenv(mailtest.RequireServers) != "1" {
		t.Skip(err)
	}
	t.Logf("seed %d\n%s", seed, &said)
	if err != nil {
		t.Errorf("seed %d: %v\nlogs: %s\nagain: make chaos SEED=%d SEEDS=1 LENGTH=%s", seed, err, folder, seed, *length)
		return
	}
	if err := Clear(folder); err != nil {
		t.Error(err)
	}
}

// built is the program, as "make build" makes it.
func built(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "verbale")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-o", program, "verbale/cmd/verbale").CombinedOutput(); err != nil {
		t.Fatalf("build the program: %v\n%s", err, out)
	}
	return program
}
