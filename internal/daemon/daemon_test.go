package daemon

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbale/internal/wait"
)

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	if err := wait.Until(t.Context(), 5*time.Millisecond, func() (bool, error) { return so(), nil }); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestWhatIsKilledIsStartedAgain(t *testing.T) {
	folder := t.TempDir()
	d, err := Keep("sleeper", folder, func() *exec.Cmd { return exec.Command("sleep", "1000") })
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "it runs", func() bool { return d.Process() != 0 })
	first := d.Process()
	d.Kill()
	eventually(t, "it runs again", func() bool { return d.Process() != 0 && d.Process() != first })
	d.KillFor(time.Hour)
	eventually(t, "it is down", func() bool { return d.Process() == 0 })
	d.End()
	if d.Starts() != 2 {
		t.Errorf("it was started %d times", d.Starts())
	}
	log, err := os.ReadFile(filepath.Join(folder, "sleeper.log"))
	if err != nil || strings.Count(string(log), "signal: killed") != 2 {
		t.Errorf("the log says %q, %v", log, err)
	}
}

func TestWhatCannotBeStartedIsLogged(t *testing.T) {
	folder := t.TempDir()
	d, err := Keep("nothing", folder, func() *exec.Cmd { return exec.Command(filepath.Join(folder, "nothing")) })
	if err != nil {
		t.Fatal(err)
	}
	defer d.End()
	eventually(t, "the log says so", func() bool {
		log, err := os.ReadFile(filepath.Join(folder, "nothing.log"))
		return err == nil && strings.Contains(string(log), "nothing cannot be started")
	})
	if _, err := Keep("x", filepath.Join(folder, "none"), nil); err == nil {
		t.Error("a log in no folder")
	}
}
