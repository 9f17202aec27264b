package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbale/internal/app"
	"verbale/internal/daemon"
	"verbale/internal/redistest"
)

// Environment variables that make the test binary run as another process.
const (
	asPeers = "VERBALE_BENCH_PEERS" // run the mail servers; the value is a folder of mails and the number of mails
	asBot   = "VERBALE_BENCH_BOT"   // run the service; the value is a configuration file
)

func TestMain(m *testing.M) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	var err error
	switch folder, count, _ := strings.Cut(os.Getenv(asPeers), ":"); {
	case folder != "":
		var n int
		if n, err = strconv.Atoi(count); err == nil {
			err = ServePeers(ctx, folder, n, os.Stdin, os.Stdout)
		}
	case os.Getenv(asBot) != "":
		err = app.Serve(ctx, app.ServeOptions{Config: os.Getenv(asBot), Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	default:
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// shared has three processes share some mails. They and the mail servers run the test binary.
func shared(t *testing.T, form Form, mails int) (ShareFigures, error) {
	t.Helper()
	folder, self := t.TempDir(), must(os.Executable())
	if err := os.WriteFile(filepath.Join(folder, "1.eml"), []byte(letter), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := RunShare(t.Context(), ShareOptions{
		Mails: mails, Processes: 3, Redis: form, Takeover: 2 * time.Second, Patience: 2 * time.Minute, Progress: io.Discard,
		Peers: []string{"env", asPeers + "=" + folder + ":" + strconv.Itoa(mails), self},
		Serve: func(config string) *exec.Cmd {
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), asBot+"="+config)
			return cmd
		},
	})
	if errors.Is(err, redistest.ErrNoServer) && !daemon.ServersRequired() {
		t.Skip(err)
	}
	return f, err
}

// The error must be the output of the mail servers' process.
func TestPeersThatDoNotStartSayWhy(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "gone")
	_, err := startPeers(t.Context(), []string{"env", asPeers + "=" + gone + ":1", must(os.Executable())})
	want := "start the mail servers' process: open archive: stat " + gone + ": no such file or directory"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func must(text string, err error) string {
	if err != nil {
		panic(err)
	}
	return text
}

// Three processes share the work. The one that reads the mailbox is killed, and later the Redis
// master with outcomes that were not replicated. The mails of these outcomes must be read again.
// Every mail must have an outcome and one acknowledgement.
func TestNothingIsLostWithAProcessAndAMaster(t *testing.T) {
	const mails = 150
	f, err := shared(t, redistest.Sentinel, mails)
	if err != nil {
		t.Fatalf("%v\n%s", err, f)
	}
	if all := mails + unreplicated; f.Acknowledged != all || len(f.Losses) != 2 || f.Balance.Recorded != all {
		t.Fatalf("counted %+v", f)
	}
	if f.Remade != unreplicated {
		t.Errorf("%d outcomes were lost with the master, want the %d of which no replica had heard", f.Remade, unreplicated)
	}
	for _, l := range f.Losses {
		if l.Pause == 0 {
			t.Errorf("%s was lost when all was done", l.What)
		}
	}
	t.Log(f)
}

func TestOneProcessHasNobodyToTakeOver(t *testing.T) {
	if _, err := RunShare(t.Context(), ShareOptions{Processes: 1}); err == nil {
		t.Error("it was lost all the same")
	}
}

// A pause is the longest time without growth. The count may also decrease when another server
// replaces one that was lost.
func TestPauseBetweenOutcomes(t *testing.T) {
	begun := time.Now()
	var s series
	for second, mails := range []int{0, 1, 5, 5, 9, 8, 9} {
		s.add(sample{begun.Add(time.Duration(second) * time.Second), mails})
	}
	if got := s.pause(begun.Add(1500 * time.Millisecond)); got != 2*time.Second {
		t.Errorf("paused for %s", got)
	}
	if s.last() != 9 || s.lasted() != 5*time.Second || s.rate() != 8.0/5 {
		t.Errorf("%d mails in %s, %.1f a second", s.last(), s.lasted(), s.rate())
	}
	if s.forget(); s.last() != 0 {
		t.Errorf("%d mails, of which the next server may know nothing", s.last())
	}
}
