package config

import (
	"fmt"
	"time"

	"verbale/bot"
	"verbale/internal/mailauth"
	"verbale/internal/strictyaml"
)

// pages makes sure that strangers cannot read the metrics: a token is required unless only
// this machine can connect.
func (k *checker) pages(at strictyaml.Path) {
	file := at.Key("token_file")
	known := k.refused(file) || k.secret(file, &k.HTTP.TokenFile, &k.HTTP.Token) && k.stated(file, k.HTTP.TokenFile)
	if k.HTTP.Listen == "" {
		if k.HTTP.TokenFile != "" {
			k.doc.Report(file, "token_file has no effect without listen", "add “listen: 127.0.0.1:9464”, or remove it")
		}
		return
	}
	host, ok := k.hostPort(at.Key("listen"), k.HTTP.Listen)
	if ok && !known && !mailauth.OnThisMachine(host) {
		k.doc.Report(at.Key("listen"), "anyone who can reach this address could read the metrics",
			fmt.Sprintf("use a loopback address, like 127.0.0.1:9464, or name a file with a token: token_file (or set %s)", Variable(file)))
	}
}

// stated reports whether a secret is given by a file or a variable, even if secrets are not
// read.
func (k *checker) stated(key strictyaml.Path, file string) bool {
	return len(k.secrets.set(key)) > 0 || file != ""
}

// canary checks that the canary letter can be sent and received.
func (k *checker) canary(at strictyaml.Path) {
	switch {
	case k.Canary == nil:
	case time.Duration(k.Canary.Every) < 2*bot.CanaryWithin:
		k.doc.Report(at.Key("every"), fmt.Sprintf("the interval is too short, since a letter may take %s to arrive", spoken(bot.CanaryWithin)),
			fmt.Sprintf("write %s or more, like 24h", spoken(2*bot.CanaryWithin)))
	case k.SMTP == nil || len(k.Mailbox) == 0:
		k.doc.Report(at, "canary letters need a mailbox to receive them and an SMTP server to send them", "add both, or remove canary")
	case k.Send == Off:
		k.doc.Report(at, "with send: off no canary letters are sent", "write send: on, or remove canary")
	}
}

// spoken formats a duration of whole hours.
func spoken(d time.Duration) string { return fmt.Sprintf("%dh", d/time.Hour) }

// soonestTakeover is the shortest lease that still leaves a running process time to renew it.
const soonestTakeover = 2 * time.Second

// pace checks that no work is taken away from a running process, and that intervals are
// positive.
func (k *checker) pace(at strictyaml.Path) {
	if takeover := at.Key("takeover"); k.doc.Has(takeover) && time.Duration(k.Pace.Takeover) < soonestTakeover {
		k.doc.Report(takeover, "work would be taken over from a process that is still working on it", "write 2s or more, like 5m")
	}
	if poll := at.Key("poll"); k.doc.Has(poll) && k.Pace.Poll <= 0 {
		k.doc.Report(poll, "the time between two checks must be positive", "write it like 5s, or remove it")
	}
	if messages := at.Key("messages"); k.doc.Has(messages) && k.Pace.Messages <= 0 {
		k.doc.Report(messages, "the time between two messages must be positive", "write it like 1s, or remove it")
	}
}
