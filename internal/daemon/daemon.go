// Package daemon keeps programs running, as an init system does, for tests and
// measurements: a program that ends is started again, one that is killed may be kept down
// for a while, and each writes a log.
package daemon

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

// rest is the pause before a program that has ended is started again.
const rest = 200 * time.Millisecond

// ServersRequired reports whether a test must fail, rather than be skipped, where a program
// that it needs is not installed (environment variable VERBALE_REQUIRE_SERVERS=1).
func ServersRequired() bool { return os.Getenv("VERBALE_REQUIRE_SERVERS") == "1" }

// A Daemon is a program that is started again whenever it ends.
type Daemon struct {
	name    string
	command func() *exec.Cmd
	log     *os.File // output of the program, with a line for each start and end

	stop context.CancelFunc
	done chan struct{}

	mu      sync.Mutex
	running *exec.Cmd
	until   time.Time // the program is not started before
	starts  int
}

// Keep starts a program and keeps it running until End. Its output goes to NAME.log in the
// folder. command is called for each start.
func Keep(name, folder string, command func() *exec.Cmd) (*Daemon, error) {
	log, err := os.OpenFile(filepath.Join(folder, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keep the log of %s: %w", name, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	d := &Daemon{name: name, command: command, log: log, stop: stop, done: make(chan struct{})}
	go d.run(ctx)
	return d, nil
}

func (d *Daemon) run(ctx context.Context) {
	defer close(d.done)
	defer d.log.Close()
	for ctx.Err() == nil {
		if d.due() {
			d.once(ctx)
		}
		select {
		case <-ctx.Done():
		case <-time.After(rest):
		}
	}
}

// due reports whether the program may be started.
func (d *Daemon) due() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !time.Now().Before(d.until)
}

// once runs the program from start to end.
func (d *Daemon) once(ctx context.Context) {
	cmd := d.command()
	cmd.Stdout, cmd.Stderr = d.log, d.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	d.mu.Lock()
	err := cmd.Start()
	if err == nil {
		d.running = cmd
		d.starts++
	}
	d.mu.Unlock()
	if err != nil {
		fmt.Fprintf(d.log, "--- %s cannot be started: %v\n", d.name, err)
		return
	}
	fmt.Fprintf(d.log, "--- %s: process %d\n", d.name, cmd.Process.Pid)
	ended := context.AfterFunc(ctx, func() { d.Kill() })
	defer ended()
	err = cmd.Wait()
	fmt.Fprintf(d.log, "--- process %d ended: %v\n", cmd.Process.Pid, err)
	d.mu.Lock()
	d.running = nil
	d.mu.Unlock()
}

// KillFor kills the program (SIGKILL), as a crash does, and starts it again not before a
// while has passed.
func (d *Daemon) KillFor(down time.Duration) {
	d.mu.Lock()
	d.until = time.Now().Add(down)
	d.mu.Unlock()
	d.Kill()
}

// Kill kills the program (SIGKILL), with all processes of its group. It is started again.
func (d *Daemon) Kill() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running != nil {
		_ = syscall.Kill(-d.running.Process.Pid, syscall.SIGKILL)
	}
}

// Pause stops the program (SIGSTOP) until it is killed. Its connections stay open, and
// nothing is answered on them.
func (d *Daemon) Pause() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running == nil {
		return fmt.Errorf("%s does not run", d.name)
	}
	if err := syscall.Kill(-d.running.Process.Pid, syscall.SIGSTOP); err != nil {
		return fmt.Errorf("pause %s: %w", d.name, err)
	}
	return nil
}

// Name is the name of the program, after which its log is called.
func (d *Daemon) Name() string { return d.name }

// Starts is how often the program has been started.
func (d *Daemon) Starts() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.starts
}

// Process is the id of the process that runs now; 0 while none does.
func (d *Daemon) Process() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running == nil {
		return 0
	}
	return d.running.Process.Pid
}

// End kills the program (SIGKILL), does not start it again, and returns when it has ended.
func (d *Daemon) End() {
	d.stop()
	<-d.done
}
