package redistest

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// clusterNodes is how many servers a Cluster has. Half of them are masters.
const clusterNodes = 6

// startCluster starts the servers, joins them, and waits until every master has a replica.
func (s *Servers) startCluster(ctx context.Context) error {
	var addresses []string
	for range clusterNodes {
		n, err := s.addNode(ctx, "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
			"--cluster-node-timeout", strconv.FormatInt(lostAfter.Milliseconds(), 10), "--cluster-announce-ip", "127.0.0.1")
		if err != nil {
			return err
		}
		addresses = append(addresses, n.address())
	}
	create := append([]string{"--cluster", "create"}, addresses...)
	create = append(create, "--cluster-replicas", "1", "--cluster-yes")
	if out, err := exec.CommandContext(ctx, "redis-cli", create...).CombinedOutput(); err != nil {
		return fmt.Errorf("create a cluster: %w: %s", err, out)
	}
	for _, n := range s.nodes {
		if err := n.says(ctx, "cluster_state:ok", "cluster", "info"); err != nil {
			return err
		}
		answer, err := n.ask(ctx, "role")
		if err != nil {
			return err
		}
		followed := "state=online" // what a master says of its replica
		if !strings.HasPrefix(answer, "master") {
			followed = "master_link_status:up"
		}
		if err := n.says(ctx, followed, "info", "replication"); err != nil {
			return err
		}
	}
	s.URL = "redis-cluster://" + addresses[0] + "?addr=" + strings.Join(addresses[1:], "&addr=")
	return nil
}

// masterOfSlot returns the port of the master that holds a key, as told by the first node
// that answers (CLUSTER NODES).
func (s *Servers) masterOfSlot(ctx context.Context, key string) (port string, err error) {
	for _, n := range s.nodes {
		var slot, nodes string
		if slot, err = n.ask(ctx, "cluster", "keyslot", key); err != nil {
			continue
		}
		if nodes, err = n.ask(ctx, "cluster", "nodes"); err != nil {
			continue
		}
		wanted, _ := strconv.Atoi(slot)
		if port, found := masterIn(nodes, wanted); found {
			return port, nil
		}
		err = fmt.Errorf("%s knows no master of slot %s", n.Name(), slot)
	}
	return "", err
}

// masterIn reads the port of the master of a slot out of an answer to CLUSTER NODES.
func masterIn(nodes string, slot int) (port string, found bool) {
	for line := range strings.Lines(nodes) {
		fields := strings.Fields(line)
		if len(fields) < 9 || !strings.Contains(fields[2], "master") || strings.Contains(fields[2], "fail") {
			continue
		}
		for _, held := range fields[8:] {
			from, to, isRange := strings.Cut(held, "-")
			if !isRange {
				to = from
			}
			low, err := strconv.Atoi(from)
			high, err2 := strconv.Atoi(to)
			if err == nil && err2 == nil && low <= slot && slot <= high {
				address, _, _ := strings.Cut(fields[1], "@")
				return address[strings.LastIndexByte(address, ':')+1:], true
			}
		}
	}
	return "", false
}
