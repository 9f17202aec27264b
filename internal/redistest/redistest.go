// Package redistest runs Redis in the forms in which an office may have it: a single
// server, a master with replicas under Sentinel, a Cluster. All servers confirm a write
// when it is on disk, listen on loopback, and are started again when they end. A master
// can be killed while the others go on.
package redistest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"verbale/internal/daemon"
	"verbale/internal/wait"
)

// ErrNoServer is returned where redis-server or redis-cli is not on this machine.
var ErrNoServer = errors.New("redis-server and redis-cli are needed")

// A Form is how Redis is set up.
type Form string

const (
	Single   Form = "single"   // one server
	Sentinel Form = "sentinel" // a master, two replicas, three sentinels
	Cluster  Form = "cluster"  // three masters with a replica each
)

// lostAfter is how long a master may be silent before Redis takes it for lost.
const lostAfter = time.Second

// Servers are a Redis in one of its forms.
type Servers struct {
	Form Form
	URL  string // for redis.url

	folder  string
	nodes   []*node // that hold data
	watches []*node // the sentinels
}

// A node is one server, or one sentinel.
type node struct {
	*daemon.Daemon
	port string
}

// Start starts the servers of a form, with their data in folder, and returns when they
// serve.
func Start(ctx context.Context, form Form, folder string) (*Servers, error) {
	start, known := map[Form]func(*Servers, context.Context) error{
		Single: (*Servers).startSingle, Sentinel: (*Servers).startSentinel, Cluster: (*Servers).startCluster,
	}[form]
	if !known {
		return nil, fmt.Errorf("no form of Redis is %q", form)
	}
	for _, program := range []string{"redis-server", "redis-cli"} {
		if _, err := exec.LookPath(program); err != nil {
			return nil, errors.Join(ErrNoServer, err)
		}
	}
	s := &Servers{Form: form, folder: folder}
	if err := start(s, ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("start Redis, form %s: %w", form, err)
	}
	return s, nil
}

// Close ends all servers.
func (s *Servers) Close() {
	for _, n := range append(s.watches, s.nodes...) {
		n.End()
	}
}

// address is the host:port of a node.
func (n *node) address() string { return net.JoinHostPort("127.0.0.1", n.port) }

// ask sends a command to a node and returns what it answers.
func (n *node) ask(ctx context.Context, command ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "redis-cli", append([]string{"-h", "127.0.0.1", "-p", n.port}, command...)...).CombinedOutput()
	answer := strings.TrimSpace(string(out))
	if err != nil {
		return "", fmt.Errorf("ask %s for %s: %w: %s", n.Name(), command[0], err, answer)
	}
	return answer, nil
}

// says waits until the answer of a node to a command contains a text.
func (n *node) says(ctx context.Context, text string, command ...string) error {
	last := ""
	err := wait.Until(ctx, 20*time.Millisecond, func() (bool, error) {
		answer, err := n.ask(ctx, command...)
		if err != nil {
			answer = err.Error()
		}
		last = answer
		return strings.Contains(answer, text), nil
	})
	if err != nil {
		return fmt.Errorf("%s does not say %q: %w: %s", n.Name(), text, err, last)
	}
	return nil
}

// addNode starts a server, with settings besides those that all servers have, and waits
// until it answers.
func (s *Servers) addNode(ctx context.Context, settings ...string) (*node, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	n := &node{port: port}
	name := fmt.Sprintf("redis-%d", len(s.nodes)+1)
	folder := filepath.Join(s.folder, name)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	args := append([]string{
		"--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0",
	}, settings...)
	n.Daemon, err = daemon.Keep(name, s.folder, func() *exec.Cmd { return exec.Command("redis-server", args...) })
	if err != nil {
		return nil, err
	}
	s.nodes = append(s.nodes, n)
	return n, n.says(ctx, "PONG", "ping")
}

// freePort finds a free port. The port 10000 above it, which a cluster node uses for its
// bus, must be a valid one too.
func freePort() (string, error) {
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", err
		}
		port := l.Addr().(*net.TCPAddr).Port
		l.Close()
		if port < 1<<16-10000 {
			return strconv.Itoa(port), nil
		}
	}
}

func (s *Servers) startSingle(ctx context.Context) error {
	n, err := s.addNode(ctx)
	if err != nil {
		return err
	}
	s.URL = "redis://" + n.address()
	return nil
}

// Lose kills the master that holds a key and starts it again after down. With Sentinel or
// in a Cluster another server becomes master meanwhile, if down is long enough.
func (s *Servers) Lose(ctx context.Context, key string, down time.Duration) error {
	port, err := s.master(ctx, key)
	if err != nil {
		return fmt.Errorf("find the master: %w", err)
	}
	for _, n := range s.nodes {
		if n.port == port {
			n.KillFor(down)
			return nil
		}
	}
	return fmt.Errorf("no server listens at port %s, where the master is", port)
}

// Part pauses (SIGSTOP) all servers but the master that holds a key. For some seconds the
// master takes them to be there still, but what it writes from now on is nowhere else.
//
// The function that is returned kills all servers. The others start again at once, with
// the data that they had when they were paused, the master after down. It returns when
// another server has become master.
func (s *Servers) Part(ctx context.Context, key string) (lose func(ctx context.Context, down time.Duration) error, err error) {
	lost, err := s.master(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("find the master: %w", err)
	}
	for _, n := range s.nodes {
		if n.port != lost {
			err = errors.Join(err, n.Pause())
		}
	}
	return func(ctx context.Context, down time.Duration) error {
		for _, n := range s.nodes {
			if n.port == lost {
				n.KillFor(down)
			} else {
				n.Kill()
			}
		}
		return wait.Until(ctx, 20*time.Millisecond, func() (bool, error) {
			now, err := s.master(ctx, key)
			return err == nil && now != lost, nil
		})
	}, err
}

// master returns the port of the server that now holds a key.
func (s *Servers) master(ctx context.Context, key string) (string, error) {
	switch s.Form {
	case Sentinel:
		return s.masterOfSentinels(ctx)
	case Cluster:
		return s.masterOfSlot(ctx, key)
	}
	return s.nodes[0].port, nil
}
