package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/alicebob/miniredis/v2"

	"verbale/internal/app"
	"verbale/internal/config"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
	"verbale/internal/secret"
	"verbale/internal/slackpeer"
)

// The desk of the demo. Its account at the post office has no secrets to keep.
const (
	deskAddress  = "tc@desk.unece.example"
	deskPassword = "demo"
)

// A stage is everything around the service in the demo.
type stage struct {
	redis *miniredis.Miniredis
	post  *mailtest.PostOffice
	slack *slackpeer.Peer
	cast  []Member
	data  string // folder
	now   func() time.Time
}

func openStage(now func() time.Time) (s *stage, err error) {
	s = &stage{now: now}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.data, err = os.MkdirTemp("", "verbale-demo-"); err != nil {
		return s, err
	}
	if s.redis, err = miniredis.Run(); err != nil {
		return s, fmt.Errorf("start the store in memory: %w", err)
	}
	if s.post, err = mailtest.OpenPostOffice(deskAddress, deskPassword); err != nil {
		return s, fmt.Errorf("start the post office: %w", err)
	}
	s.post.Now = now
	return s, s.openSlack()
}

// openSlack opens the workspace with its members, and writes the directory that names them.
func (s *stage) openSlack() (err error) {
	if s.cast, err = Cast(); err != nil {
		return err
	}
	directory, err := directoryOf(s.cast)
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.directory(), []byte(directory), 0o600); err != nil {
		return fmt.Errorf("write the demo's directory: %w", err)
	}
	if s.slack, err = slackpeer.Start(slackpeer.Options{Now: s.now, Unlimited: true, AckWithin: busy, TriggerLife: busy}); err != nil {
		return err
	}
	seat(s.slack, s.cast)
	return nil
}

func (s *stage) directory() string { return filepath.Join(s.data, "directory.yaml") }

// close ends what was opened.
func (s *stage) close() error {
	if s.slack != nil {
		s.slack.Close()
	}
	if s.post != nil {
		s.post.Close()
	}
	if s.redis != nil {
		s.redis.Close()
	}
	return os.RemoveAll(s.data)
}

// config is the configuration with which the service runs on the stage.
func (s *stage) config() *config.Config {
	return &config.Config{
		DataDir: s.data,
		Office:  "demo",
		Redis:   config.Redis{URL: "redis://" + s.redis.Addr()},
		Mailbox: []config.Mailbox{{
			Address: s.post.IMAP.Address(), TLS: mailauth.NoTLS,
			User: deskAddress, Password: secret.New(deskPassword),
			Folders: []string{"INBOX"}, After: config.AfterFlag,
		}},
		SMTP: &config.SMTP{Address: s.post.SMTP.Address(), TLS: mailauth.NoTLS},
		Slack: &config.Slack{
			Mode: config.SlackSocket, APIURL: s.slack.URL(),
			BotToken: secret.New(slackpeer.BotToken), AppToken: secret.New(slackpeer.AppToken),
		},
		Desk:      config.Desk{Address: deskAddress, Channel: deskChannel},
		Directory: s.directory(),
		Send:      config.On,
	}
}

// openServer opens the service on the stage. It need not pause between messages, since the
// workspace has no rate limits.
func (s *stage) openServer(ctx context.Context, log *slog.Logger) (*app.Server, error) {
	timing, err := app.DefaultTiming()
	if err != nil {
		return nil, err
	}
	timing.Now, timing.Messages, timing.WakePoll = s.now, time.Millisecond, wakePoll
	return app.OpenWith(ctx, s.config(), log, timing)
}

// send sends a mail to the desk by SMTP. from is the envelope sender.
func (s *stage) send(from string, raw []byte) error {
	return mailtest.Send(s.post.SMTP.Address(), from, []string{deskAddress}, raw)
}

// wakePoll is the interval between two polls for due wake-ups. It is short, since somebody who
// has moved the clock waits for the effect.
const wakePoll = 200 * time.Millisecond

// busy is how long Slack waits for an answer in the demo, where one machine does everything.
const busy = time.Minute

// lookEvery is the pause between two looks whether all that a letter leads to is done.
const lookEvery = 20 * time.Millisecond
