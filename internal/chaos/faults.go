package chaos

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/emersion/go-smtp"

	"verbale/internal/mailtest"
	"verbale/internal/slackpeer"
)

// A fault is something that breaks, and is mended after a while.
type fault struct {
	at, lasts time.Duration // from the beginning of a run
	name      string
	of        string // what breaks; a second fault of the same thing is skipped while one lasts
	again     bool   // while it lasts, every attempt to send a mail may have to be repeated
	begin     func(*environment) error
	end       func(*environment)
}

// A kind of faults.
type kind struct {
	weight int // how often it is drawn, relative to the others
	draw   func(random *rand.Rand, bots int) fault
}

var kinds = []kind{
	{6, drawKilledBot}, {1, drawKilledBots}, {3, drawKilledRedis}, {2, drawKilledDovecot}, {2, drawStoppedSMTP},
	{8, drawNetworkFault}, {3, drawSlackNetworkFault}, {4, drawSlackAnswers}, {3, drawSMTPAnswers}, {2, drawDroppedSlack}, {2, drawTwice}, {2, drawFullDisk},
}

// schedule draws the faults of a run. They may overlap.
func schedule(random *rand.Rand, bots int, length time.Duration) (list []fault) {
	total := 0
	for _, k := range kinds {
		total += k.weight
	}
	for at := span(random, 500*time.Millisecond, time.Second); at < length; at += span(random, 100*time.Millisecond, 600*time.Millisecond) {
		n := random.IntN(total)
		for _, k := range kinds {
			if n -= k.weight; n < 0 {
				f := k.draw(random, bots)
				f.at = at
				list = append(list, f)
				break
			}
		}
	}
	return list
}

// span draws a duration between two others.
func span(random *rand.Rand, from, to time.Duration) time.Duration {
	return from + time.Duration(random.Int64N(int64(to-from))).Round(time.Millisecond)
}

func nothing(*environment) {}

func drawKilledBot(random *rand.Rand, bots int) fault {
	n, down := random.IntN(bots), span(random, 100*time.Millisecond, 2*time.Second)
	return fault{name: fmt.Sprintf("kill -9 bot %d, down for %s", n+1, down), of: fmt.Sprint("bot", n), lasts: down, end: nothing, begin: func(s *environment) error {
		s.bots[n].KillFor(down)
		return nil
	}}
}

func drawKilledBots(random *rand.Rand, _ int) fault {
	down := span(random, 100*time.Millisecond, time.Second)
	return fault{name: fmt.Sprintf("kill -9 all bots, down for %s", down), of: "bots", lasts: down, end: nothing, begin: func(s *environment) error {
		for _, b := range s.bots {
			b.KillFor(down)
		}
		return nil
	}}
}

func drawKilledRedis(random *rand.Rand, _ int) fault {
	down := span(random, 0, time.Second)
	return fault{name: fmt.Sprintf("kill -9 Redis, down for %s", down), of: "redis", lasts: down, end: nothing, begin: func(s *environment) error {
		s.redis.KillFor(down)
		return nil
	}}
}

func drawKilledDovecot(random *rand.Rand, _ int) fault {
	down := span(random, 0, time.Second)
	return fault{name: fmt.Sprintf("kill -9 Dovecot, down for %s", down), of: "dovecot", lasts: down,
		begin: func(s *environment) error {
			s.imap.Kill()
			return nil
		},
		end: func(s *environment) { s.mended(s.imap.Restart()) },
	}
}

func drawStoppedSMTP(random *rand.Rand, _ int) fault {
	down := span(random, 100*time.Millisecond, 2*time.Second)
	return fault{name: fmt.Sprintf("SMTP server ends, down for %s", down), of: "smtp", lasts: down,
		begin: func(s *environment) error {
			s.smtp.Stop()
			return nil
		},
		end: func(s *environment) { s.mended(s.smtp.Start()) },
	}
}

// drawNetworkFaultOn draws a network fault for a connection. What a half-open one held is
// carried on afterwards, or lost with all connections.
func drawNetworkFaultOn(name string, random *rand.Rand, proxy func(*environment) *Proxy) fault {
	w, broken := []NetworkState{Cut, Slow, HalfOpen}[random.IntN(3)], random.IntN(2) == 0
	f := fault{of: "line " + name, lasts: span(random, 100*time.Millisecond, 2500*time.Millisecond)}
	f.name = fmt.Sprintf("line %s is %s for %s", name, w, f.lasts)
	if w == HalfOpen && broken {
		f.name += ", then lost"
	}
	f.begin = func(s *environment) error {
		proxy(s).Set(w)
		return nil
	}
	f.end = func(s *environment) {
		if w == HalfOpen && broken {
			proxy(s).Set(Cut)
		}
		proxy(s).Set(Connected)
	}
	return f
}

// drawNetworkFault draws a network fault between one bot and Redis or SMTP, or on the connection that
// all bots have to IMAP.
func drawNetworkFault(random *rand.Rand, bots int) fault {
	n := random.IntN(bots)
	switch random.IntN(3) {
	case 0:
		return drawNetworkFaultOn(fmt.Sprintf("from bot %d to Redis", n+1), random, func(s *environment) *Proxy { return s.bots[n].redis })
	case 1:
		f := drawNetworkFaultOn(fmt.Sprintf("from bot %d to SMTP", n+1), random, func(s *environment) *Proxy { return s.bots[n].smtp })
		f.again = true
		return f
	}
	return drawNetworkFaultOn("to IMAP", random, func(s *environment) *Proxy { return s.imapProxy })
}

func drawSlackNetworkFault(random *rand.Rand, _ int) fault {
	return drawNetworkFaultOn("to Slack", random, func(s *environment) *Proxy { return s.slackProxy })
}

// slackAnswers are failures of Slack's Web API. "But does" means that the call has its
// effect though its answer is lost.
var slackAnswers = map[string]slackpeer.Fault{
	"429":                 {Status: 429, Code: "ratelimited", RetryAfter: 1},
	"500":                 {Status: 500},
	"nothing, but does":   {Cut: true, AfterEffect: true},
	"503, but does":       {Status: 503, AfterEffect: true},
	"slowly":              {Delay: time.Second},
	"an error for itself": {Code: "fatal_error"},
}

func drawSlackAnswers(random *rand.Rand, _ int) fault {
	what := pick(random, sortedKeys(slackAnswers))
	method := pick(random, []string{"chat.postMessage", "chat.update", "conversations.history", "conversations.open", "response_url", "views.open"})
	n := 1 + random.IntN(6)
	return fault{name: fmt.Sprintf("Slack answers %d times %s with %s", n, method, what), of: method, lasts: 2 * time.Second, end: nothing, begin: func(s *environment) error {
		s.slack.Fail(method, n, slackAnswers[what])
		return nil
	}}
}

func drawDroppedSlack(random *rand.Rand, _ int) fault {
	how := pick(random, []string{"drops", "warning", "refresh_requested"})
	return fault{name: "Slack ends its lines: " + how, of: "lines", end: nothing, begin: func(s *environment) error {
		if how == "drops" {
			s.slack.DropConnections()
		} else {
			s.slack.Disconnect(how)
		}
		return nil
	}}
}

func drawTwice(random *rand.Rand, _ int) fault {
	n := 1 + random.IntN(5)
	return fault{name: fmt.Sprintf("Slack delivers %d times twice", n), of: "deliveries", end: nothing, begin: func(s *environment) error {
		s.slack.Duplicate(n)
		return nil
	}}
}

var notNow = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "not now"}

// smtpAnswers are failures of the SMTP server.
var smtpAnswers = map[string]mailtest.Fault{
	"refuses senders":               {Mail: func(string) error { return notNow }},
	"refuses recipients":            {Rcpt: func(string) error { return notNow }},
	"refuses mails":                 {Data: func(mailtest.Received) error { return notNow }},
	"hangs up after it took a mail": {DropAfterData: true},
}

func drawSMTPAnswers(random *rand.Rand, _ int) fault {
	what, lasts := pick(random, sortedKeys(smtpAnswers)), span(random, 100*time.Millisecond, 1500*time.Millisecond)
	return fault{name: fmt.Sprintf("SMTP server %s for %s", what, lasts), of: "smtp answers", again: true, lasts: lasts,
		begin: func(s *environment) error {
			s.smtp.Fail(smtpAnswers[what])
			return nil
		},
		end: func(s *environment) { s.smtp.Fail(mailtest.Fault{}) },
	}
}

func drawFullDisk(random *rand.Rand, _ int) fault {
	lasts := span(random, 200*time.Millisecond, 2*time.Second)
	return fault{name: fmt.Sprintf("disk is full for %s", lasts), of: "disk", lasts: lasts, begin: (*environment).fillDisk, end: (*environment).freeDisk}
}
