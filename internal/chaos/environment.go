package chaos

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"text/template"
	"time"

	"verbale/internal/daemon"
	"verbale/internal/mailtest"
	"verbale/internal/slackpeer"
	"verbale/routing"
)

// ErrNoServer is returned where a server program is not on this machine.
var ErrNoServer = errors.New("a server program is missing")

// An environment is the bots and everything around them: real servers for Redis and IMAP, peers
// for SMTP and Slack, and a disk. All write their logs into its folder.
type environment struct {
	folder  string
	program string // path of the verbale program
	disk    *disk
	noDisk  error // why no file system could be mounted for the disk; nil if one was

	redis      *daemon.Daemon
	redisAt    string
	fileLimit  atomic.Int64 // size of Redis' files at most, in blocks of 512 bytes; 0 for no limit
	imap       *mailtest.Dovecot
	smtp       *mailtest.SMTPServer
	slack      *slackpeer.Peer
	slackProxy *Proxy
	imapProxy  *Proxy // shared by all bots: they tell mailboxes apart by the server's address
	bots       []*process

	mu      sync.Mutex
	trouble []error // what could not be mended after a fault
}

// A process is a bot with Lines of its own to Redis and SMTP.
type process struct {
	*daemon.Daemon
	config      string // path of its configuration
	redis, smtp *Proxy
}

// openEnvironment starts all servers, and no bot yet.
func openEnvironment(folder, program string) (s *environment, err error) {
	s = &environment{folder: folder, program: program}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	if s.disk, s.noDisk = openDisk(filepath.Join(folder, "disk")); s.disk == nil {
		return s, fmt.Errorf("make the disk: %w", s.noDisk)
	}
	if err := s.startRedis(); err != nil {
		return s, err
	}
	if s.imap, err = mailtest.StartDovecot(); err != nil {
		return s, errors.Join(ErrNoServer, err)
	}
	if s.imapProxy, err = OpenProxy(); err != nil {
		return s, err
	}
	s.imapProxy.SetTarget(s.imap.Address)
	if s.smtp, err = mailtest.StartSMTP(mailtest.SMTPOptions{}); err != nil {
		return s, fmt.Errorf("start the SMTP server: %w", err)
	}
	return s, s.openWorkspace()
}

// close ends all bots and servers that were started.
func (s *environment) close() {
	for _, b := range s.bots {
		b.End()
		b.redis.Close()
		b.smtp.Close()
	}
	if s.redis != nil {
		s.redis.End()
	}
	if s.imap != nil {
		s.imap.Close()
	}
	if s.imapProxy != nil {
		s.imapProxy.Close()
	}
	if s.smtp != nil {
		s.smtp.Close()
	}
	if s.slack != nil {
		s.slack.Close()
		s.slackProxy.Close()
	}
	if s.disk != nil {
		s.disk.close()
	}
}

// startRedis runs a Redis that confirms a write when it is on disk.
func (s *environment) startRedis() error {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return errors.Join(ErrNoServer, err)
	}
	if s.redisAt, err = freeAddress(); err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(s.redisAt)
	folder := filepath.Join(s.disk.folder, "redis")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	s.redis, err = daemon.Keep("redis", s.folder, func() *exec.Cmd {
		args := []string{program, "--bind", "127.0.0.1", "--port", port, "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always"}
		limit := s.fileLimit.Load()
		if limit == 0 {
			return exec.Command(args[0], args[1:]...)
		}
		limited := fmt.Sprintf(`ulimit -f %d; exec "$@"`, limit)
		return exec.Command("/bin/sh", append([]string{"-c", limited, "sh"}, args...)...)
	})
	return err
}

// freeAddress is a loopback address at which nobody listens now.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// An office is what differs between the configurations of bots.
type office struct {
	name     string
	user     string // of its mailbox
	slack    bool   // whether the desk works in Slack
	takeover time.Duration
	policy   string // embedded folder of policy files that replace the default ones; "" for none
}

// The desk, in mail and in Slack.
const (
	deskAddress = "tc@desk.unece.example"
	deskRoom    = "C0000DESK"
)

// addProcess starts a bot for an office.
func (s *environment) addProcess(o office) (*process, error) {
	b := &process{}
	name := fmt.Sprintf("bot-%s-%d", o.name, len(s.bots)+1)
	folder := filepath.Join(s.folder, name)
	for _, l := range []struct {
		line   **Proxy
		target string
	}{{&b.redis, s.redisAt}, {&b.smtp, s.smtp.Address()}} {
		var err error
		if *l.line, err = OpenProxy(); err != nil {
			return nil, err
		}
		(*l.line).SetTarget(l.target)
	}
	if err := s.configure(folder, name, o, b); err != nil {
		return nil, fmt.Errorf("configure %s: %w", name, err)
	}
	b.config = filepath.Join(folder, "verbale.yaml")
	var err error
	b.Daemon, err = daemon.Keep(name, s.folder, func() *exec.Cmd { return exec.Command(s.program, "serve", "-c", b.config) })
	s.bots = append(s.bots, b)
	return b, err
}

//go:embed office
var offices embed.FS

var configuration = template.Must(template.ParseFS(offices, "office/verbale.yaml.tmpl"))

// configure writes the configuration of a bot, and all files that it names.
func (s *environment) configure(folder, name string, o office, b *process) error {
	if err := writePolicy(filepath.Join(folder, "policy"), o.policy); err != nil {
		return err
	}
	values := map[string]any{
		"DataDir": filepath.Join(s.disk.folder, name), "Office": o.name, "User": o.user, "Takeover": o.takeover,
		"Redis": b.redis.Address(), "IMAP": s.imapProxy.Address(), "SMTP": b.smtp.Address(),
	}
	if o.slack {
		values["Slack"] = s.slack.URL()
	}
	var text strings.Builder
	if err := configuration.Execute(&text, values); err != nil {
		return err
	}
	for file, content := range map[string]string{
		"verbale.yaml": text.String(), "directory.yaml": staffed(), "imap.secret": s.imap.Password,
		"bot.secret": slackpeer.BotToken, "app.secret": slackpeer.AppToken,
	} {
		if err := os.WriteFile(filepath.Join(folder, file), []byte(content), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// writePolicy writes the policy files that all offices here share, and then those that an
// office has of its own.
func writePolicy(folder, own string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, source := range []string{"office/policy", own} {
		if source == "" {
			continue
		}
		files, err := fs.Glob(offices, source+"/*.yaml")
		if err != nil {
			return err
		}
		for _, file := range files {
			text, err := offices.ReadFile(file)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(folder, filepath.Base(file)), text, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// Colleagues in the workspace.
const (
	ana  = "U00000ANA" // runs the desk
	omar = "U0000OMAR" // holds the post ra-environment
	vera = "U0000VERA" // holds the post ra-transport
)

// staffed is the embedded directory with two posts in Slack. All other posts are written
// to by mail.
func staffed() string {
	text := routing.DirectoryFile()
	for post, user := range map[string]string{"ra-environment": omar, "ra-transport": vera} {
		line := "    address: " + post + "@unece.example\n"
		text = strings.Replace(text, line, line+"    slack: "+user+"\n", 1)
	}
	text = strings.Replace(text, "\ndesk:\n", "\ndesk:\n  channel: \"#tc-desk\"\n", 1)
	return text + "\nstaff:\n  - {role: triage, users: [" + ana + "]}\n"
}

// openWorkspace starts a Slack behind a Proxy of its own. It delivers again after pauses
// much shorter than Slack's.
func (s *environment) openWorkspace() (err error) {
	if s.slackProxy, err = OpenProxy(); err != nil {
		return err
	}
	s.slack, err = slackpeer.Start(slackpeer.Options{
		Unlimited: true, RetryPauses: []time.Duration{0, time.Second, 5 * time.Second}, Front: s.slackProxy.Address(),
	})
	if err != nil {
		s.slackProxy.Close()
		return err
	}
	s.slackProxy.SetTarget(s.slack.Addr())
	members := []string{slackpeer.BotUser, ana, omar, vera}
	for _, id := range members[1:] {
		s.slack.AddUser(slackpeer.User{ID: id, Name: strings.ToLower(id), RealName: id, Email: strings.ToLower(id) + "@unece.example"})
	}
	s.slack.AddChannel(slackpeer.Channel{ID: deskRoom, Name: "tc-desk", Members: members})
	return nil
}

// mended keeps the error of mending something, if there is one.
func (s *environment) mended(err error) {
	if err == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = append(s.trouble, err)
}
