package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Usage holds how much memory an office uses in Redis.
type Usage struct {
	Total    int64 // bytes used by the whole server
	Letters  int64 // bytes of all letters, estimated from a sample
	Messages int   // messages with an outcome
}

// PerMessage returns the memory used per message, without letters, in bytes.
func (u Usage) PerMessage() int64 {
	if u.Messages == 0 {
		return 0
	}
	return (u.Total - u.Letters) / int64(u.Messages)
}

// lettersSampled is the size of the sample of letters.
const lettersSampled = 500

// Usage measures the memory of a server that is used by this office alone.
func (s *Store) Usage(ctx context.Context) (Usage, error) {
	health, err := s.Health(ctx)
	if err != nil {
		return Usage{}, err
	}
	totals, err := s.Totals(ctx)
	if err != nil {
		return Usage{}, err
	}
	u := Usage{Total: health.UsedMemory, Messages: totals.Recorded + totals.Joined + totals.SetAside}
	sampled, bytes, err := s.sampleLetters(ctx)
	if err != nil {
		return Usage{}, fmt.Errorf("measure letters: %w", failure(err))
	}
	if sampled > 0 {
		u.Letters = bytes * int64(totals.Recorded) / int64(sampled)
	}
	return u, nil
}

// A Load holds the server's CPU time and commands since it started.
type Load struct {
	Processor time.Duration
	Commands  int64 // including those called by scripts
}

// ServerLoad returns the server's load; values that it does not report are zero.
func (s *Store) ServerLoad(ctx context.Context) (Load, error) {
	node, err := s.node(ctx)
	if err != nil {
		return Load{}, err
	}
	var texts [3]string
	for i, f := range [...]struct{ section, field string }{
		{"cpu", "used_cpu_user"}, {"cpu", "used_cpu_sys"}, {"stats", "total_commands_processed"},
	} {
		if texts[i], err = info(ctx, node, f.section, f.field); err != nil {
			return Load{}, err
		}
	}
	user, _ := strconv.ParseFloat(texts[0], 64)
	system, _ := strconv.ParseFloat(texts[1], 64)
	commands, _ := strconv.ParseInt(texts[2], 10, 64)
	return Load{time.Duration((user + system) * float64(time.Second)), commands}, nil
}

func (s *Store) sampleLetters(ctx context.Context) (sampled int, bytes int64, err error) {
	prefix := s.keys.letter("")
	keys := s.client.Scan(ctx, 0, escapeGlob(prefix)+"*", lettersSampled).Iterator()
	for sampled < lettersSampled && keys.Next(ctx) {
		n, err := s.client.MemoryUsage(ctx, keys.Val()).Result()
		if err != nil {
			return 0, 0, err
		}
		sampled, bytes = sampled+1, bytes+n
	}
	return sampled, bytes, keys.Err()
}

func escapeGlob(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`, "]", `\]`).Replace(s)
}
