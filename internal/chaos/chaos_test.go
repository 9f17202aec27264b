package chaos

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"verbale/internal/daemon"
)

var (
	seeds    = flag.Int("seeds", 1, "how many runs")
	seed     = flag.Uint64("seed", 1, "seed of the first run; each further run adds one")
	prebuilt = flag.String("program", "", "path of the program to run; built if empty")
	within   = flag.Duration("time", 0, "start further runs until this time is over")
	patience = flag.Duration("patience", 2*time.Minute, "time within which a run must come to rest once nothing breaks any more")
	length   = flag.Duration("length", 6*time.Second, "time in which things break, in each run")
)

// Load of a run.
const (
	mailsASecond   = 20
	actionsASecond = 4
)

func TestNothingIsLostNorDoneTwice(t *testing.T) {
	t.Parallel()
	program := theProgram(t)
	begun := time.Now()
	for n := 0; n < *seeds || time.Since(begun) < *within; n++ {
		chaos(t, program, *seed+uint64(n))
	}
}

// chaos executes one run. Its folder is kept if it fails.
func chaos(t *testing.T, program string, seed uint64) {
	t.Helper()
	folder, err := os.MkdirTemp("", fmt.Sprintf("verbale-chaos-%d-", seed))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(t.Output(), "seed %d\n", seed)
	seconds := int(*length / time.Second)
	err = Run(t.Context(), Options{
		Program: program, Folder: folder, Seed: seed, Length: *length, Mails: mailsASecond * seconds, UserActions: actionsASecond * seconds,
		Bots: 2, Patience: *patience, Out: t.Output(),
	})
	if errors.Is(err, ErrNoServer) && !daemon.ServersRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Errorf("seed %d: %v\nlogs: %s\nagain: make chaos SEED=%d SEEDS=1 LENGTH=%s", seed, err, folder, seed, *length)
		return
	}
	if err := Clear(folder); err != nil {
		t.Error(err)
	}
}

// theProgram returns the path of the program, which is built once for all tests unless
// -program names one.
func theProgram(t *testing.T) string {
	t.Helper()
	if *prebuilt != "" {
		return *prebuilt
	}
	program, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

var build = sync.OnceValues(func() (string, error) {
	program := filepath.Join(workshop, "verbale")
	out, err := exec.Command("go", "build", "-trimpath", "-o", program, "verbale/cmd/verbale").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return program, nil
})

// workshop is the folder the program is built in.
var workshop string

func TestMain(m *testing.M) {
	var err error
	if workshop, err = os.MkdirTemp("", "verbale-chaos-program-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(workshop)
	os.Exit(code)
}
