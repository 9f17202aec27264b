package redisstore

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"verbale/internal/daemon"
	"verbale/internal/redisstore/storetest"
)

// servers has the kinds of server on which all tests of the stored keys run.
var servers = map[string]func(testing.TB) string{
	"miniredis": func(t testing.TB) string { return "redis://" + miniredis.RunT(t).Addr() },
	"redis":     startRedis,
	"cluster":   startCluster,
}

func TestStore(t *testing.T) {
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			url := start(t)
			storetest.Run(t, func(t *testing.T) storetest.Store { return openAt(t, url, t.TempDir()) })
		})
	}
}

// onServers runs a test with a new office on each kind of server.
func onServers(t *testing.T, test func(*testing.T, *Store)) {
	t.Parallel()
	for name, start := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, openAt(t, start(t), t.TempDir()))
		})
	}
}

// openAt opens a new office, so that tests can share a server.
func openAt(t testing.TB, url, dataDir string) *Store {
	t.Helper()
	return openOffice(t, url, dataDir, fmt.Sprintf("test-%08x", rand.Uint32()))
}

func openOffice(t testing.TB, url, dataDir, office string) *Store {
	t.Helper()
	s, err := Open(context.Background(), Options{URL: url, Office: office, Prefix: "TC", DataDir: dataDir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// needServer returns the path of the server program. It skips the test if there is none.
func needServer(t testing.TB) string {
	t.Helper()
	program, err := findServer()
	if err == nil {
		return program
	}
	if daemon.ServersRequired() {
		t.Fatal(err)
	}
	t.Skip(err)
	return ""
}

// startRedis starts a redis-server on a Unix socket.
func startRedis(t testing.TB) string {
	t.Helper()
	url, _ := startRedisIn(t, shortDir(t), "--save", "")
	return url
}

// shortDir returns a temporary folder with a path short enough for a Unix socket in it.
func shortDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rs")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func startRedisIn(t testing.TB, dir string, args ...string) (string, *exec.Cmd) {
	t.Helper()
	socket := filepath.Join(dir, "s.sock")
	os.Remove(socket)
	cmd := exec.Command(needServer(t), append([]string{"--port", "0", "--unixsocket", socket, "--dir", dir, "--loglevel", "warning"}, args...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: socket})
	defer c.Close()
	for deadline := time.Now().Add(patience); c.Ping(context.Background()).Err() != nil; {
		if time.Now().After(deadline) {
			t.Fatal("redis-server does not answer")
		}
		time.Sleep(5 * time.Millisecond)
	}
	return "unix://" + socket, cmd
}
