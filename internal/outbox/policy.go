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

// A Policy says how often and how soon one mouth tries again, and how much of
// one rate group it lets out.
type Policy struct {
	Retry Retry `yaml:"retry"`
	Rate  Rate  `yaml:"rate"` // zero: all of a group goes out at once
}

// A Retry says how often and how soon is tried again.
type Retry struct {
	Attempts int           `yaml:"attempts"` // the last one parks
	First    time.Duration `yaml:"first"`
	Longest  time.Duration `yaml:"longest"`
	Jitter   float64       `yaml:"jitter"` // 0 to 1
}

// A Rate is the share of one group; what is beyond it is deferred and combined.
type Rate struct {
	Limit   int           `yaml:"limit"`
	Window  time.Duration `yaml:"window"`
	Combine int           `yaml:"combine"` // most actions in a combined one
}

// Policies are those of all mouths.
type Policies map[bot.Mouth]Policy

// DefaultPolicies are those of data/policy.yaml.
func DefaultPolicies() (Policies, error) { return ReadPolicies(defaultPolicies) }

// PolicyFile is the name of the policies in an office's own policy folder.
const PolicyFile = "outbox.yaml"

// LoadPolicies reads the policies of a folder, or the default ones where it has
// none. A nil folder has none.
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

// ReadPolicies reads a policy file. An unknown key or mouth, a missing or an
// impossible value is an error.
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

// delay is how long to wait after so many failed attempts: the first delay,
// doubled with each further one up to the longest, and lengthened by a share
// of the jitter. Share lies between 0 and 1.
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

// A verdict says what becomes of an action after a failed attempt.
type verdict struct {
	park  bool
	after time.Duration // until the next attempt
}

// judge decides after the given attempt, counted from 1, failed with err: what
// may pass is tried again, no sooner than the other side asked for; what may
// not, and what failed too often, is parked.
func (p Policy) judge(attempt int, err error, share float64) verdict {
	asked, temporary := bot.IsTemporary(err)
	if !temporary || attempt >= p.Retry.Attempts {
		return verdict{park: true}
	}
	return verdict{after: max(asked, p.delay(attempt, share))}
}
