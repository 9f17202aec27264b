package demo

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/alicebob/miniredis/v2"

	"verbale/internal/config"
	"verbale/internal/mailauth"
	"verbale/internal/mailtest"
	"verbale/internal/secret"
)

// The desk of the demo. Its account at the post office has no secrets to keep.
const (
	deskAddress  = "tc@desk.unece.example"
	deskPassword = "demo"
)

// A stage is what the program stands on in the demo.
type stage struct {
	redis *miniredis.Miniredis
	post  *mailtest.PostOffice
	data  string // folder
}

func openStage() (*stage, error) {
	data, err := os.MkdirTemp("", "verbale-demo-")
	if err != nil {
		return nil, err
	}
	redis, err := miniredis.Run()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the store in memory: %w", err), os.RemoveAll(data))
	}
	post, err := mailtest.OpenPostOffice(deskAddress, deskPassword)
	if err != nil {
		redis.Close()
		return nil, errors.Join(fmt.Errorf("start the post office: %w", err), os.RemoveAll(data))
	}
	return &stage{redis: redis, post: post, data: data}, nil
}

func (s *stage) close() error {
	s.post.Close()
	s.redis.Close()
	return os.RemoveAll(s.data)
}

// config is the configuration by which the program uses the stage.
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
		Desk: config.Desk{Address: deskAddress},
		Send: config.On,
	}
}

// send hands in a mail by SMTP, as its sender's own server would.
func (s *stage) send(from string, raw []byte) error {
	return mailtest.Send(s.post.SMTP.Address(), from, []string{deskAddress}, raw)
}

// lookEvery is the pause between two looks at what a letter has led to.
const lookEvery = 20 * time.Millisecond
