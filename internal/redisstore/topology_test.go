package redisstore

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
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"verbale/bot"
	"verbale/internal/daemon"
	"verbale/internal/redisstore/storetest"
	"verbale/internal/redistest"
)

// freePort returns an unused port on the loopback address, low enough for the Redis Cluster bus
// port, which is 10000 higher.
func freePort(t testing.TB) string {
	t.Helper()
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		l.Close()
		if port < 55000 {
			return strconv.Itoa(port)
		}
	}
}

// With a replica, an action is released only after it has been replicated.
func TestActionWaitsForTheReplica(t *testing.T) {
	port := freePort(t)
	url, _ := startRedisIn(t, shortDir(t), "--save", "", "--port", port, "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0")
	_, replica := startRedisIn(t, shortDir(t), "--save", "", "--replicaof", "127.0.0.1 "+port)
	s := openAt(t, url, t.TempDir())
	awaitReplica(t, s)
	commitOne(t, s, 1)
	if err := replica.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1)
	if _, temporary := bot.IsTemporary(err); len(claimed) != 0 || !temporary {
		t.Fatalf("claimed %d while the replica sleeps, %v", len(claimed), err)
	}
	if err := replica.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the action is released", func() bool {
		claimed, err = s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1)
		return err == nil && len(claimed) == 1
	})
	if claimed[0].Attempts != 0 {
		t.Errorf("waiting counted %d attempts", claimed[0].Attempts)
	}
}

// With a replica, an order of a person is confirmed only after it has been replicated. If it is
// repeated, it must still be performed once.
func TestOrderWaitsForTheReplica(t *testing.T) {
	port := freePort(t)
	url, _ := startRedisIn(t, shortDir(t), "--save", "", "--port", port, "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0")
	_, replica := startRedisIn(t, shortDir(t), "--save", "", "--replicaof", "127.0.0.1 "+port)
	s := openAt(t, url, t.TempDir())
	awaitReplica(t, s)
	commitOne(t, s, 1)
	record, err := s.Load(t.Context(), storetest.Reference(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := replica.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	order := bot.Change{Record: record, Once: "click-1"}
	for range 2 { // the second time it was already seen, but is still not replicated
		if _, err := s.Commit(t.Context(), order); !isTemporary(err) {
			t.Fatalf("told to be done while the replica sleeps: %v", err)
		}
	}
	if err := replica.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is told to be done", func() bool {
		done, err := s.Commit(t.Context(), order)
		if err == nil && (!done.Seen || done.Revision != 2) {
			t.Errorf("done as %+v", done)
		}
		return err == nil
	})
}

func isTemporary(err error) bool {
	_, temporary := bot.IsTemporary(err)
	return temporary
}

// startCluster starts a cluster with one node that has all slots. It refuses everything that is
// not allowed in a cluster.
func startCluster(t testing.TB) string {
	t.Helper()
	port := freePort(t)
	url, _ := startRedisIn(t, shortDir(t), "--save", "", "--port", port, "--bind", "127.0.0.1", "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1")
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(options)
	defer c.Close()
	ctx := context.Background()
	if err := c.ClusterAddSlotsRange(ctx, 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if text, err := c.ClusterInfo(ctx).Result(); err == nil && strings.Contains(text, "cluster_state:ok") {
			return fmt.Sprintf("redis-cluster://127.0.0.1:%s", port)
		}
		if time.Now().After(deadline) {
			t.Fatal("the cluster does not form")
		}
	}
}

func awaitReplica(t *testing.T, s *Store) {
	t.Helper()
	eventually(t, "the replica is connected", func() bool {
		node, err := s.node(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		state, err := info(t.Context(), node, "replication", "slave0")
		return err == nil && strings.Contains(state, "state=online")
	})
}

// startSentinel starts a Sentinel that monitors the master at the given port.
func startSentinel(t *testing.T, master string) string {
	t.Helper()
	port, conf := freePort(t), filepath.Join(shortDir(t), "sentinel.conf")
	text := fmt.Sprintf("port %s\nbind 127.0.0.1\nsentinel monitor tc 127.0.0.1 %s 1\n"+
		"sentinel down-after-milliseconds tc 200\nsentinel failover-timeout tc 2000\n", port, master)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(needServer(t), conf, "--sentinel")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	c := redis.NewSentinelClient(&redis.Options{Addr: "127.0.0.1:" + port})
	defer c.Close()
	eventually(t, "the sentinel knows the replica", func() bool {
		replicas, err := c.Replicas(context.Background(), "tc").Result()
		return err == nil && len(replicas) == 1
	})
	return "redis-sentinel://127.0.0.1:" + port + "?master_name=tc"
}

// After a failover the store must find the new master and report that the most recent writes may
// be lost.
func TestFailoverIsNoticed(t *testing.T) {
	port := freePort(t)
	url, master := startRedisIn(t, shortDir(t), "--save", "", "--port", port, "--bind", "127.0.0.1", "--repl-diskless-sync-delay", "0")
	startRedisIn(t, shortDir(t), "--save", "", "--port", freePort(t), "--bind", "127.0.0.1", "--replicaof", "127.0.0.1 "+port)
	awaitReplica(t, openAt(t, url, ""))
	s := openOffice(t, startSentinel(t, port), t.TempDir(), "test")
	restarted := s.Restarts()
	if yes, err := restarted(t.Context()); err != nil || !yes {
		t.Fatalf("first question: %v, %v", yes, err)
	}
	commitOne(t, s, 1)
	if claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1); err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	if err := master.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the new master takes a record", func() bool {
		_, err := s.Commit(t.Context(), storetest.NewChange(2))
		if _, temporary := bot.IsTemporary(err); err != nil && !temporary {
			t.Fatalf("the failure is not marked as one that may pass: %v", err)
		}
		return err == nil
	})
	if yes, err := restarted(t.Context()); err != nil || !yes {
		t.Errorf("after the failover: %v, %v", yes, err)
	}
	if _, err := s.Load(t.Context(), storetest.Reference(1)); err != nil {
		t.Errorf("what was released before the failover is lost: %v", err)
	}
}

// A master of a Redis Cluster that is lost and does not come back cannot redirect to its
// successor. The store must find the successor without it.
func TestFailoverOfAClusterIsFollowed(t *testing.T) {
	t.Parallel()
	servers, err := redistest.Start(t.Context(), redistest.Cluster, t.TempDir())
	if errors.Is(err, redistest.ErrNoServer) && !daemon.ServersRequired() {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(servers.Close)
	s := openOffice(t, servers.URL, t.TempDir(), "test")
	if h, err := s.Health(t.Context()); err != nil || !h.Replaceable || h.Replicas != 1 || h.ReplicasNeeded != 0 {
		t.Errorf("the cluster is seen as %+v, %v", h, err)
	}
	commitOne(t, s, 1)
	if claimed, err := s.Claim(t.Context(), bot.MouthMail, "a", storetest.Start, time.Minute, 1); err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	if err := servers.Lose(t.Context(), SomeKey("test"), time.Hour); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the new master takes a record", func() bool {
		_, err := s.Commit(t.Context(), storetest.NewChange(2))
		if _, temporary := bot.IsTemporary(err); err != nil && !temporary {
			t.Fatalf("the failure is not marked as one that may pass: %v", err)
		}
		return err == nil
	})
	if _, err := s.Load(t.Context(), storetest.Reference(1)); err != nil {
		t.Errorf("what was released before is lost: %v", err)
	}
}
