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
//   - take and list read ARGV in order; a list is its length, then its items.
//   - split parts a line at its tabs.
//   - head parts a value into the fields of its header line and the rest,
//     which begins with the line feed.
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

// arguments builds the ARGV that take and list read.
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

// run executes a script that answers with a list of strings, in one round
// trip once the server knows it.
func run(ctx context.Context, c redis.Scripter, s *redis.Script, keys []string, args arguments) ([]string, error) {
	return lines(s.Run(ctx, c, keys, args...))
}

// run executes a script as the function run does, together with those of others.
func (s *Store) run(ctx context.Context, script *redis.Script, keys []string, args arguments) ([]string, error) {
	return s.runIn(ctx, s.writes, script, keys, args)
}

// ask executes a script that changes nothing, together with what others ask.
func (s *Store) ask(ctx context.Context, script *redis.Script, keys []string, args arguments) ([]string, error) {
	return s.runIn(ctx, s.reads, script, keys, args)
}

func (s *Store) runIn(ctx context.Context, g *gathering, script *redis.Script, keys []string, args arguments) ([]string, error) {
	reply, err := gathered(ctx, g, func(ctx context.Context, c redis.Cmdable) *redis.Cmd {
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

// lines reads the list of strings that a script answers with.
func lines(answer *redis.Cmd) ([]string, error) {
	reply, err := answer.StringSlice()
	if err != nil {
		return nil, failure(err)
	}
	if len(reply) == 0 {
		return nil, fmt.Errorf("script gave no answer")
	}
	return reply, nil
}

// A scriptCall is a script with what it is to work on.
type scriptCall struct {
	script *redis.Script
	keys   []string
	args   arguments
}
