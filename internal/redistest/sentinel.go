package redistest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"verbale/internal/daemon"
)

const (
	replicas  = 2
	sentinels = 3
	watched   = "verbale" // the name that sentinels know the master by
)

// startSentinel starts a master, its replicas and the sentinels. The master accepts writes
// only while a replica follows it (min-replicas-to-write), so that one that is cut off
// from the others soon confirms nothing any more that would be lost.
func (s *Servers) startSentinel(ctx context.Context) error {
	guarded := []string{"--min-replicas-to-write", "1", "--min-replicas-max-lag", "10"}
	master, err := s.addNode(ctx, guarded...)
	if err != nil {
		return err
	}
	for range replicas {
		if _, err := s.addNode(ctx, append(guarded, "--replicaof", "127.0.0.1 "+master.port)...); err != nil {
			return err
		}
	}
	for n := range replicas {
		if err := master.says(ctx, fmt.Sprintf("slave%d:ip=127.0.0.1,port=", n), "info", "replication"); err != nil {
			return err
		}
	}
	if err := master.says(ctx, fmt.Sprintf("min_slaves_good_slaves:%d", replicas), "info", "replication"); err != nil {
		return err
	}
	for range sentinels {
		if err := s.addSentinel(master); err != nil {
			return err
		}
	}
	var addresses []string
	for _, n := range s.watches {
		addresses = append(addresses, "addr="+n.address())
		for _, known := range []string{fmt.Sprintf("slaves=%d,sentinels=%d", replicas, sentinels), "status=ok"} {
			if err := n.says(ctx, known, "info", "sentinel"); err != nil {
				return err
			}
		}
	}
	s.URL = fmt.Sprintf("redis-sentinel://%s?master_name=%s&%s", s.watches[0].address(), watched, strings.Join(addresses[1:], "&"))
	return nil
}

// addSentinel starts a sentinel. It writes what it learns into its configuration file.
func (s *Servers) addSentinel(master *node) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	name := fmt.Sprintf("sentinel-%d", len(s.watches)+1)
	file := filepath.Join(s.folder, name+".conf")
	text := fmt.Sprintf("port %s\nbind 127.0.0.1\nsentinel monitor %s 127.0.0.1 %s %d\nsentinel down-after-milliseconds %s %d\nsentinel failover-timeout %s %d\n",
		port, watched, master.port, sentinels/2+1, watched, lostAfter.Milliseconds(), watched, 5*lostAfter.Milliseconds())
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return err
	}
	n := &node{port: port}
	n.Daemon, err = daemon.Keep(name, s.folder, func() *exec.Cmd { return exec.Command("redis-server", file, "--sentinel") })
	if err == nil {
		s.watches = append(s.watches, n)
	}
	return err
}

// masterOfSentinels returns the port of the master, as told by the first sentinel.
func (s *Servers) masterOfSentinels(ctx context.Context) (string, error) {
	answer, err := s.watches[0].ask(ctx, "sentinel", "get-master-addr-by-name", watched)
	if err != nil {
		return "", err
	}
	_, port, _ := strings.Cut(answer, "\n")
	return port, nil
}
