package outbox

import (
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"

	"verbale/bot"
)

//go:embed data/policy.yaml
var defaultPolicy []byte

// A Policy says how often and how soon is tried again, and how much automatic
// mail one address gets.
type Policy struct {
	Retry struct {
		Attempts int           `yaml:"attempts"` // the last one parks
		First    time.Duration `yaml:"first"`
		Longest  time.Duration `yaml:"longest"`
		Jitter   float64       `yaml:"jitter"` // 0 to 1
	} `yaml:"retry"`
	Rate struct {
		Limit   int           `yaml:"limit"`
		Window  time.Duration `yaml:"window"`
		Combine int           `yaml:"combine"` // most actions in one combined mail
	} `yaml:"rate"`
}

// DefaultPolicy is the policy of data/policy.yaml.
func DefaultPolicy() (Policy, error) { return ReadPolicy(defaultPolicy) }

// ReadPolicy reads a policy file. An unknown key, a missing or an impossible
// value is an error.
func ReadPolicy(text []byte) (Policy, error) {
	var p Policy
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		return Policy{}, fmt.Errorf("read the policy of the outbox: %w", err)
	}
	if err := p.check(); err != nil {
		return Policy{}, fmt.Errorf("read the policy of the outbox: %w", err)
	}
	return p, nil
}

func (p Policy) check() error {
	var problems []error
	for _, c := range []struct {
		wrong bool
		what  string
	}{
		{p.Retry.Attempts < 1, "retry.attempts must be 1 or more"},
		{p.Retry.First <= 0, "retry.first must be longer than nothing"},
		{p.Retry.Longest < p.Retry.First, "retry.longest must not be shorter than retry.first"},
		{p.Retry.Jitter < 0 || p.Retry.Jitter > 1, "retry.jitter must lie between 0 and 1"},
		{p.Rate.Limit < 1, "rate.limit must be 1 or more"},
		{p.Rate.Window <= 0, "rate.window must be longer than nothing"},
		{p.Rate.Combine < 1, "rate.combine must be 1 or more"},
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
