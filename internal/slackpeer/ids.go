package slackpeer

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// newID makes the next id of a kind, such as V000000001. Ids are in order, so that
// two runs of a test give the same ones.
func (p *Peer) newID(kind string) string {
	p.ids++
	return fmt.Sprintf("%s%08s", kind, strings.ToUpper(strconv.FormatInt(int64(p.ids), 36)))
}

// A stamp is the last timestamp given: a second, and a count within it.
type stamp struct {
	second int64
	count  int
}

// String writes the timestamp as Slack does.
func (s stamp) String() string { return fmt.Sprintf("%d.%06d", s.second, s.count) }

// newTS makes the timestamp by which Slack knows a message: unique, and later than
// the one before even if the clock stands still (docs.slack.dev/messaging).
func (p *Peer) newTS() string {
	now := p.opt.Now().Unix()
	if now > p.stamp.second {
		p.stamp = stamp{second: now}
	}
	p.stamp.count++
	return p.stamp.String()
}

// timestamp writes a moment as a message's timestamp.
func timestamp(t time.Time) string { return fmt.Sprintf("%d.000000", t.Unix()) }
