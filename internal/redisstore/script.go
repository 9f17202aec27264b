package redisstore

import (
	"context"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// preamble precedes every script.
//
//   - key reads KEYS in order.
//   - take and list read ARGV in order; a list is its length followed by its items.
//   - split splits a line at its tabs.
//   - head splits a value into the fields of its header line and the rest, which begins with
//     the line feed.
const preamble = `
local named, taken = 0, 0
local function key() named = named + 1; return KEYS[named] end
local function take() taken = taken + 1; return ARGV[taken] end
local function list()
  local items = {}
  for i = 1, tonumber(take()) do items[i] = take() end
  return items
end
local function split(line)
  local fields = {}
  for field in string.gmatch(line .. "\t", "([^\t]*)\t") do fields[#fields + 1] = field end
  return fields
end
local function head(value)
  local stop = string.find(value, "\n", 1, true)
  return split(string.sub(value, 1, stop - 1)), string.sub(value, stop)
end
`

func newScript(text string) *redis.Script { return redis.NewScript(preamble + text) }

// arguments builds the ARGV that the Lua functions take and list read.
type arguments []any

func (a *arguments) add(values ...string) {
	for _, v := range values {
		*a = append(*a, v)
	}
}

func (a *arguments) bytes(b []byte) { *a = append(*a, b) }

func (a *arguments) list(values []string) {
	a.add(strconv.Itoa(len(values)))
	a.add(values...)
}

func (a *arguments) blobs(values [][]byte) {
	a.add(strconv.Itoa(len(values)))
	for _, v := range values {
		a.bytes(v)
	}
}

// run executes a script whose reply is a list of strings, in one round trip if the server has
// the script cached.
func run(ctx context.Context, c redis.Scripter, s *redis.Script, keys []string, args arguments) ([]string, error) {
	return lines(s.Run(ctx, c, keys, args...))
}

// run executes a script like the function run, batched with those of other callers.
func (s *Store) run(ctx context.Context, script *redis.Script, keys []string, args arguments) ([]string, error) {
	return s.runIn(ctx, s.writes, script, keys, args)
}

// ask executes a read-only script, batched with the reads of other callers.
func (s *Store) ask(ctx context.Context, script *redis.Script, keys []string, args arguments) ([]string, error) {
	return s.runIn(ctx, s.reads, script, keys, args)
}

func (s *Store) runIn(ctx context.Context, g *batcher, script *redis.Script, keys []string, args arguments) ([]string, error) {
	reply, err := batched(ctx, g, func(ctx context.Context, c redis.Cmdable) *redis.Cmd {
		return script.EvalSha(ctx, c, keys, args...)
	})
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		return run(ctx, s.client, script, keys, args)
	}
	if err != nil {
		return nil, failure(err)
	}
	return lines(reply)
}

// lines returns a script's reply, a list of strings.
func lines(answer *redis.Cmd) ([]string, error) {
	reply, err := answer.StringSlice()
	if err != nil {
		return nil, failure(err)
	}
	if len(reply) == 0 {
		return nil, fmt.Errorf("script returned no answer")
	}
	return reply, nil
}

// A scriptCall is a script with its keys and arguments.
type scriptCall struct {
	script *redis.Script
	keys   []string
	args   arguments
}
