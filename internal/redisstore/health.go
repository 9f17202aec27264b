package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// oldestVersion is the first major version with all the script features and commands that we
// use.
const oldestVersion = 7

// Health holds the server's settings and state that the safety of records depends on.
type Health struct {
	Version    string // as reported by the server; "" for an in-memory one
	AppendOnly bool   // each write is appended to a file (appendonly yes)
	Fsync      string // "always", "everysec" or "no"; "" if not reported
	Eviction   string // maxmemory-policy; "noeviction" keeps everything
	MaxMemory  int64  // bytes; 0 is no limit
	UsedMemory int64  // bytes
	// Replicas is the number of connected replicas, ReplicasNeeded how many the server
	// requires to accept writes.
	Replicas, ReplicasNeeded int
	// Replaceable is set if another server takes over when one is lost (Sentinel, Cluster).
	Replaceable bool
	// ClockAhead is how far the clock of this machine is ahead of the server's; 0 if the
	// server does not report its time.
	ClockAhead time.Duration
}

// maxClockAhead is the largest acceptable clock difference. Leases last minutes by the clock
// of the claiming process: a process whose clock is ahead would take another's lease for
// expired and send a mail a second time.
const maxClockAhead = time.Minute

// A Weakness is a setting under which records could be lost, and how to fix it.
type Weakness struct {
	Text string
	Mend string
}

// Health asks the server for its settings. It needs the command INFO, and uses CONFIG GET
// where that is allowed.
func (s *Store) Health(ctx context.Context) (Health, error) {
	node, err := s.node(ctx)
	if err != nil {
		return Health{}, err
	}
	var h Health
	var appendOnly, maxMemory, usedMemory, replicas string
	for _, f := range []struct {
		section, field string
		into           *string
	}{
		{"server", "redis_version", &h.Version},
		{"persistence", "aof_enabled", &appendOnly},
		{"memory", "maxmemory_policy", &h.Eviction},
		{"memory", "maxmemory", &maxMemory},
		{"memory", "used_memory", &usedMemory},
		{"replication", "connected_slaves", &replicas},
	} {
		if *f.into, err = info(ctx, node, f.section, f.field); err != nil {
			return Health{}, err
		}
	}
	h.AppendOnly = appendOnly == "1"
	h.MaxMemory, _ = strconv.ParseInt(maxMemory, 10, 64)
	h.UsedMemory, _ = strconv.ParseInt(usedMemory, 10, 64)
	h.Replicas, _ = strconv.Atoi(replicas)
	h.Replaceable = s.replaceable
	// Managed services refuse CONFIG; the settings then stay unknown, and replicas are the
	// provider's responsibility.
	h.ReplicasNeeded = h.Replicas
	if settings, err := node.ConfigGet(ctx, "appendfsync").Result(); err == nil {
		h.Fsync = settings["appendfsync"]
	}
	if settings, err := node.ConfigGet(ctx, "min-replicas-to-write").Result(); err == nil {
		h.ReplicasNeeded, _ = strconv.Atoi(settings["min-replicas-to-write"])
	}
	if now, err := node.Time(ctx).Result(); err == nil {
		h.ClockAhead = time.Since(now)
	}
	return h, nil
}

func (h Health) String() string {
	if h.Version == "" {
		return "a server in memory"
	}
	kept := "without an append-only file"
	if h.AppendOnly {
		kept = "with an append-only file, fsync " + orUnknown(h.Fsync)
	}
	return fmt.Sprintf("version %s, %s, %.1f MB used", h.Version, kept, float64(h.UsedMemory)/1e6)
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

// Weaknesses lists the settings under which records could be lost.
func (h Health) Weaknesses() []Weakness {
	var found []Weakness
	major, _, _ := strings.Cut(h.Version, ".")
	if n, err := strconv.Atoi(major); err == nil && n < oldestVersion {
		found = append(found, Weakness{fmt.Sprintf("version %s is older than %d", h.Version, oldestVersion), "upgrade the server"})
	}
	switch {
	case h.Version != "" && !h.AppendOnly:
		found = append(found, Weakness{"no append-only file: a restart loses records", "set appendonly yes and appendfsync always"})
	case h.Fsync == "everysec" || h.Fsync == "no":
		found = append(found, Weakness{"appendfsync " + h.Fsync + ": a crash loses the last moments", "set appendfsync always, or keep replicas"})
	}
	if h.Eviction != "" && h.Eviction != "noeviction" {
		found = append(found, Weakness{"maxmemory-policy " + h.Eviction + " may throw records away", "set maxmemory-policy noeviction"})
	}
	switch {
	case h.Replaceable && h.Replicas == 0:
		found = append(found, Weakness{"no replica follows the server: nothing can take its place", "add replicas; two of them, so that one may be lost"})
	case h.Replicas > 0 && h.ReplicasNeeded == 0:
		found = append(found, Weakness{
			"min-replicas-to-write 0: a server that is cut off from its replicas goes on, and what it takes is lost when one of them takes its place",
			"set min-replicas-to-write 1 and min-replicas-max-lag 10; with two replicas, one may be lost",
		})
	}
	if h.ClockAhead.Abs() > maxClockAhead {
		found = append(found, Weakness{
			fmt.Sprintf("the clock of this machine and that of the server lie %s apart: with several processes, mail could go out twice", h.ClockAhead.Abs().Round(time.Second)),
			"set both clocks by NTP",
		})
	}
	return found
}
