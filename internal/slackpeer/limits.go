package slackpeer

import (
	"math"
	"time"
)

// A tier is how often a method may be called
// (docs.slack.dev/apis/web-api/rate-limits).
type tier int

const (
	tierSpecial tier = iota // hundreds a minute; not limited here
	tier1
	tier2
	tier3
	tier4
	tierPosting // chat.postMessage: one a second to a channel
)

// A Rate is how often something may happen.
type Rate struct {
	PerMinute float64
	Burst     int // how many may come at once
}

// tierRates are the documented rates. Slack tolerates bursts and does not say how
// many; here a method may use up its minute at once, and five messages may be
// posted to a channel in one second.
var tierRates = map[tier]Rate{
	tier1: {1, 1}, tier2: {20, 20}, tier3: {50, 50}, tier4: {100, 100}, tierPosting: {60, 5},
}

// limits count calls. A bucket stands for a method, or for posting to a channel.
type limits struct {
	buckets map[string]*bucket
	rates   map[string]Rate // instead of a method's tier
}

// A bucket has a token for each call that may still come.
type bucket struct {
	tokens float64
	at     time.Time
}

// Limit gives a method a rate of its own, in place of its tier, even if the
// workspace is unlimited. For chat.postMessage it holds for each channel.
func (p *Peer) Limit(method string, r Rate) {
	p.locked(func() { p.limits.rates[method] = r })
}

// tooOften refuses a call with 429 and Retry-After when it comes too soon.
func (p *Peer) tooOften(c *call, t tier) error {
	rate, own := p.limits.rates[c.method]
	if !own {
		rate = tierRates[t]
	}
	if rate.PerMinute == 0 || p.opt.Unlimited && !own {
		return nil
	}
	key := c.method
	if t == tierPosting {
		ref := c.str("channel")
		if channel, err := p.channel(ref); err == nil {
			ref = channel.ID
		}
		key += " " + ref
	}
	if wait := p.limits.take(key, rate, p.opt.Now()); wait > 0 {
		return &refusal{code: "ratelimited", retryAfter: int(math.Ceil(wait.Seconds()))}
	}
	return nil
}

// take takes a token, or says how long it is to the next.
func (l *limits) take(key string, r Rate, now time.Time) time.Duration {
	b := l.buckets[key]
	if b == nil {
		b = &bucket{tokens: float64(r.Burst), at: now}
		l.buckets[key] = b
	}
	b.tokens = min(float64(r.Burst), b.tokens+now.Sub(b.at).Minutes()*r.PerMinute)
	b.at = now
	if b.tokens >= 1 {
		b.tokens--
		return 0
	}
	return time.Duration((1 - b.tokens) / r.PerMinute * float64(time.Minute))
}
