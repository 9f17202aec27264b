package chaos

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// rest is how long a keeper waits before it starts again what ended.
const rest = 200 * time.Millisecond

// A keeper runs a program and starts it again whenever it ends, as an init system
// does.
type keeper struct {
	name    string
	command func() *exec.Cmd
	log     *os.File // what the program says, and when it was started

	stop context.CancelFunc
	done chan struct{}

	mu      sync.Mutex
	running *exec.Cmd
	until   time.Time // not started before
	starts  int
}

// keep starts a program and keeps it running until end.
func keep(name, folder string, command func() *exec.Cmd) (*keeper, error) {
	log, err := os.OpenFile(filepath.Join(folder, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keep the log of %s: %w", name, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	k := &keeper{name: name, command: command, log: log, stop: stop, done: make(chan struct{})}
	go k.run(ctx)
	return k, nil
}

func (k *keeper) run(ctx context.Context) {
	defer close(k.done)
	defer k.log.Close()
	for ctx.Err() == nil {
		if k.due() {
			k.once(ctx)
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}

func (k *keeper) due() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return !time.Now().Before(k.until)
}

// once runs the program from start to end.
func (k *keeper) once(ctx context.Context) {
	cmd := k.command()
	cmd.Stdout, cmd.Stderr = k.log, k.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	k.mu.Lock()
	err := cmd.Start()
	if err == nil {
		k.running = cmd
		k.starts++
	}
	k.mu.Unlock()
	if err != nil {
		fmt.Fprintf(k.log, "--- %s cannot be started: %v\n", k.name, err)
		return
	}
	fmt.Fprintf(k.log, "--- %s: process %d\n", k.name, cmd.Process.Pid)
	ended := context.AfterFunc(ctx, func() { k.kill() })
	defer ended()
	err = cmd.Wait()
	fmt.Fprintf(k.log, "--- process %d ended: %v\n", cmd.Process.Pid, err)
	k.mu.Lock()
	k.running = nil
	k.mu.Unlock()
}

// killFor ends the program at once, as a crash does, and lets it be down for a
// while.
func (k *keeper) killFor(d time.Duration) {
	k.mu.Lock()
	k.until = time.Now().Add(d)
	k.mu.Unlock()
	k.kill()
}

func (k *keeper) kill() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running != nil {
		_ = syscall.Kill(-k.running.Process.Pid, syscall.SIGKILL)
	}
}

// end ends the program for good.
func (k *keeper) end() {
	k.stop()
	<-k.done
}
