package outbox

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"verbale/bot"
)

//go:embed data/policy.yaml
var defaultPolicies []byte

// A Policy sets how often and how soon one mouth retries, and the rate limit of its groups.
type Policy struct {
	Retry Retry `yaml:"retry"`
	Rate  Rate  `yaml:"rate"` // zero: no rate limit
}

// A Retry sets the number of attempts and the delays between them.
type Retry struct {
	Attempts int           `yaml:"attempts"` // after the last one, the action is parked
	First    time.Duration `yaml:"first"`
	Longest  time.Duration `yaml:"longest"`
	Jitter   float64       `yaml:"jitter"` // 0 to 1
}

// A Rate is the rate limit of one group; actions beyond it are deferred and combined.
type Rate struct {
	Limit   int           `yaml:"limit"`
	Window  time.Duration `yaml:"window"`
	Combine int           `yaml:"combine"` // maximum number of actions combined into one
}

// Policies maps each mouth to its policy.
type Policies map[bot.Mouth]Policy

// DefaultPolicies returns the policies of data/policy.yaml.
func DefaultPolicies() (Policies, error) { return ReadPolicies(defaultPolicies) }

// PolicyFile is the name of the file in an office's own policy folder.
const PolicyFile = "outbox.yaml"

// LoadPolicies reads the policies from a folder, or returns the default ones if the folder is
// nil or does not contain the file.
func LoadPolicies(folder fs.FS) (Policies, error) {
	if folder == nil {
		return DefaultPolicies()
	}
	text, err := fs.ReadFile(folder, PolicyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return DefaultPolicies()
	}
	if err != nil {
		return nil, fmt.Errorf("read the policy of the outbox: %w", err)
	}
	return ReadPolicies(text)
}

// ReadPolicies parses a policy file. Unknown keys or mouths and missing or invalid values are
// errors.
func ReadPolicies(text []byte) (Policies, error) {
	var p Policies
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the policy of the outbox: %w", err)
	}
	var problems []error
	for _, m := range bot.Mouths() {
		if err := p[m].check(); err != nil {
			problems = append(problems, fmt.Errorf("read the policy of the outbox for %s: %w", m, err))
		}
	}
	for m := range p {
		if !slices.Contains(bot.Mouths(), m) {
			problems = append(problems, fmt.Errorf("read the policy of the outbox: there is no mouth %q", m))
		}
	}
	return p, errors.Join(problems...)
}

func (p Policy) check() error {
	var problems []error
	limited := p.Rate != Rate{}
	for _, c := range []struct {
		wrong bool
		what  string
	}{
		{p.Retry.Attempts < 1, "retry.attempts must be 1 or more"},
		{p.Retry.First <= 0, "retry.first must be longer than nothing"},
		{p.Retry.Longest < p.Retry.First, "retry.longest must not be shorter than retry.first"},
		{p.Retry.Jitter < 0 || p.Retry.Jitter > 1, "retry.jitter must lie between 0 and 1"},
		{limited && p.Rate.Limit < 1, "rate.limit must be 1 or more"},
		{limited && p.Rate.Window <= 0, "rate.window must be longer than nothing"},
		{limited && p.Rate.Combine < 1, "rate.combine must be 1 or more"},
	} {
		if c.wrong {
			problems = append(problems, errors.New(c.what))
		}
	}
	return errors.Join(problems...)
}

// delay returns how long to wait after a number of failed attempts: the first delay, doubled
// with each further attempt up to the longest, plus a random share of the jitter. Share lies
// between 0 and 1.
func (p Policy) delay(attempts int, share float64) time.Duration {
	delay := p.Retry.First
	for range attempts - 1 {
		if delay *= 2; delay >= p.Retry.Longest {
			delay = p.Retry.Longest
			break
		}
	}
	return delay + time.Duration(float64(delay)*p.Retry.Jitter*share)
}

// A verdict is the decision after a failed attempt.
type verdict struct {
	park  bool
	after time.Duration // until the next attempt
}

// judge decides what follows after the given attempt, counted from 1, failed with err. A
// transient failure is retried, no sooner than the other side asked for; any other failure,
// and that of the last attempt, parks the action.
func (p Policy) judge(attempt int, err error, share float64) verdict {
	asked, temporary := bot.IsTemporary(err)
	if !temporary || attempt >= p.Retry.Attempts {
		return verdict{park: true}
	}
	return verdict{after: max(asked, p.delay(attempt, share))}
}
