package redisstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/internal/wait"
)

// An embedded server is a private redis-server on a Unix socket in the data folder. It is a
// separate process that survives a crash of the bot; the next start finds it again. Several
// processes may share it: whichever finds it dead restarts it, and the last one to stop shuts
// it down.
//
// Whether a server is alive is known from a lock on server.lock, which the server inherits
// and holds as long as it runs. So two servers never write to the same append-only file,
// whichever process crashed.
type embedded struct {
	program string
	dir     string // of the append-only file, the socket and the log
	socket  string // path of the socket, short enough for the system's limit
	link    string // temporary folder to remove on stop; "" if none
	name    string // client name of our connections

	stopWatch context.CancelFunc
	watching  sync.WaitGroup
	log       *slog.Logger
}

// Time limits and intervals for the private server.
const (
	startWithin  = time.Minute            // until it answers, including the loading of its file
	stopWithin   = 10 * time.Second       // until it has ended
	watchEvery   = 250 * time.Millisecond // interval between checks that it is alive
	watchSeldom  = 30 * time.Second       // the longest interval if it keeps dying
	settledAfter = time.Minute            // after this uptime, the interval is reset
	pollEvery    = 10 * time.Millisecond
	startsAtOnce = 3 // how often it may be started before it has answered
)

// maxSocketPath is the longest path of a Unix socket that all systems take
// (sun_path has 104 bytes on BSD and macOS, 108 on Linux, the last one zero).
const maxSocketPath = 103

const socketName = "redis.sock"

// findServer returns the path of the server program.
func findServer() (string, error) {
	for _, name := range []string{"redis-server", "valkey-server"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no redis-server or valkey-server on this machine: install redis-server, or set redis.url")
}

// startEmbedded finds the running server of the data folder or starts one, and waits until it
// answers.
func startEmbedded(ctx context.Context, dataDir string, log *slog.Logger) (*embedded, error) {
	if dataDir == "" {
		return nil, errors.New("redis.url is embedded: data_dir must be set")
	}
	program, err := findServer()
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(filepath.Join(dataDir, "redis"))
	if err != nil {
		return nil, fmt.Errorf("find the folder of the private Redis server: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the private Redis server: %w", err)
	}
	e := &embedded{program: program, dir: dir, log: log, name: fmt.Sprintf("verbale-%d-%08x", os.Getpid(), rand.Uint32())}
	if err := e.shorten(); err != nil {
		return nil, err
	}
	if err := e.await(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start the private Redis server: %w", err), e.removeLink())
	}
	watch, stop := context.WithCancel(context.WithoutCancel(ctx))
	e.stopWatch = stop
	e.watching.Go(func() { e.watch(watch) })
	return e, nil
}

// shorten reaches the socket through a symbolic link if its path is too long.
func (e *embedded) shorten() error {
	e.socket = filepath.Join(e.dir, socketName)
	if len(e.socket) <= maxSocketPath {
		return nil
	}
	link, err := os.MkdirTemp("", "verbale-")
	if err != nil {
		return fmt.Errorf("make a short way to the socket: %w", err)
	}
	e.link = link
	if err := os.Symlink(e.dir, filepath.Join(link, "d")); err != nil {
		return errors.Join(fmt.Errorf("make a short way to the socket: %w", err), e.removeLink())
	}
	e.socket = filepath.Join(link, "d", socketName)
	return nil
}

func (e *embedded) removeLink() error {
	if e.link == "" {
		return nil
	}
	return os.RemoveAll(e.link)
}

// url returns the URL of the server for dial.
func (e *embedded) url() string {
	u := url.URL{Scheme: "unix", Path: e.socket, RawQuery: url.Values{"client_name": {e.name}}.Encode()}
	return u.String()
}

// await makes sure that a server is running and waits until it answers.
func (e *embedded) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	quiet()
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: e.socket, MaxRetries: noRetry, DialerRetries: 1})
	defer client.Close()
	for starts := 0; ; {
		started, err := e.ensure()
		if err != nil {
			return err
		}
		if started {
			starts++
		}
		if starts > startsAtOnce {
			return fmt.Errorf("it ends at once; last line of its log: %s", e.lastWords())
		}
		if err = client.Ping(ctx).Err(); err == nil {
			return nil
		}
		if wait.For(ctx, pollEvery) != nil {
			return fmt.Errorf("it does not answer: %w", err)
		}
	}
}

// ensure starts a server unless one is running.
func (e *embedded) ensure() (started bool, err error) {
	lock, err := e.tryLock()
	if err != nil || lock == nil {
		return false, err
	}
	defer lock.Close() // the server keeps its own copy
	cmd := exec.Command(e.program,
		"--port", "0", "--unixsocket", socketName, "--unixsocketperm", "700",
		"--dir", e.dir, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
		"--daemonize", "no", "--loglevel", "warning", "--logfile", "redis.log")
	cmd.Dir = e.dir
	cmd.ExtraFiles = []*os.File{lock}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a Ctrl-C in the terminal should reach only the bot
	if err := cmd.Start(); err != nil {
		return false, fmt.Errorf("run %s: %w", e.program, err)
	}
	go cmd.Wait() // it may outlive us; the lock shows when it has ended
	return true, nil
}

// tryLock locks the file that a running server holds locked; it returns nil if one is
// running.
func (e *embedded) tryLock() (*os.File, error) {
	lock, err := lockFile(filepath.Join(e.dir, "server.lock"), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return lock, wrapped("check whether the private Redis server is running", err)
}

// lastWords returns the last line of the server's log, for error messages.
func (e *embedded) lastWords() string {
	text, err := os.ReadFile(filepath.Join(e.dir, "redis.log"))
	if err != nil {
		return "nothing"
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}

// watch restarts the server when it has died.
func (e *embedded) watch(ctx context.Context) {
	pause, began := watchEvery, time.Now()
	for wait.For(ctx, pause) == nil {
		started, err := e.ensure()
		lived := time.Since(began)
		if started || err != nil {
			began = time.Now()
			e.log.Warn("private Redis server has exited and is restarted", "uptime", lived.Round(time.Second), "log", e.lastWords(), "error", err)
		}
		pause = nextPause(pause, lived, started || err != nil)
	}
}

// nextPause returns the interval before the next check of the server. It grows for a server
// that keeps dying, for example because of a full disk.
func nextPause(pause, lived time.Duration, ended bool) time.Duration {
	switch {
	case lived > settledAfter:
		return watchEvery
	case ended:
		return min(2*pause, watchSeldom)
	}
	return pause
}

// stop shuts the server down unless another process uses it. It does nothing on a nil
// receiver.
func (e *embedded) stop() error {
	if e == nil {
		return nil
	}
	e.stopWatch()
	e.watching.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	client := redis.NewClient(&redis.Options{Network: "unix", Addr: e.socket, MaxRetries: noRetry, ClientName: e.name})
	defer client.Close()
	clients, err := client.ClientList(ctx).Result()
	if err != nil {
		return errors.Join(fmt.Errorf("list the clients of the private Redis server: %w", err), e.removeLink())
	}
	if othersIn(clients, e.name) {
		return e.removeLink()
	}
	if err := client.ShutdownNoSave(ctx).Err(); err != nil { // everything is in the append-only file
		return errors.Join(fmt.Errorf("stop the private Redis server: %w", err), e.removeLink())
	}
	return errors.Join(e.awaitEnd(ctx), e.removeLink())
}

// othersIn reports whether the output of CLIENT LIST contains connections with another name.
func othersIn(clients, name string) bool {
	for line := range strings.Lines(clients) {
		if !strings.Contains(line, " name="+name+" ") {
			return true
		}
	}
	return false
}

func (e *embedded) awaitEnd(ctx context.Context) error {
	err := wait.Until(ctx, pollEvery, func() (bool, error) {
		lock, err := e.tryLock()
		if lock == nil {
			return false, err
		}
		return true, lock.Close()
	})
	if ctx.Err() != nil {
		return errors.New("private Redis server was told to stop and has not ended")
	}
	return err
}
