package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/internal/daemon"
	"verbale/internal/redisstore"
	"verbale/internal/redistest"
	"verbale/internal/wait"
)

// A Form is how Redis is set up.
type Form = redistest.Form

// The forms of Redis that a run can start.
const (
	Single   = redistest.Single
	Sentinel = redistest.Sentinel
	Cluster  = redistest.Cluster
)

// ShareOptions of a run in which several processes share the work and some of them are
// lost during it.
type ShareOptions struct {
	Mails     int                           // in the mailbox when the processes start
	Processes int                           // two or more
	Redis     Form                          // with Sentinel and Cluster, a master is lost too
	Peers     []string                      // the command that runs ServePeers with the same number of mails
	Serve     func(config string) *exec.Cmd // a process of the bot
	Takeover  time.Duration                 // pace.takeover of the processes
	Patience  time.Duration                 // bounds the whole run
	Progress  io.Writer
}

// A fleet is several processes at work on one mailbox and one Redis.
type fleet struct {
	ShareOptions
	folder  string
	peers   *peers
	servers *redistest.Servers
	store   *redisstore.Store
	bots    []*daemon.Daemon
	count   series
	further int       // mails that came later, whose outcomes were lost with the master
	lost    time.Time // when the master was lost
}

// redisDown is how long a lost master stays down.
const redisDown = 20 * time.Second

// unreplicated is how many outcomes no server but the master has when it is lost.
const unreplicated = 20

// RunShare lets several processes share the mails of one mailbox and ends some of them
// with kill -9:
//
//   - when a third of the mails have their outcome, the process that reads the mailbox;
//   - in a Cluster, at two thirds, a master of Redis;
//   - with Sentinel, in the end, the master together with the outcomes of further mails
//     that no replica has.
//
// It then waits until all is done, and proves that every mail has one outcome and every
// request one acknowledgement. Its error says what does not agree, and where the logs
// are, which are removed otherwise.
func RunShare(ctx context.Context, o ShareOptions) (f ShareFigures, err error) {
	if o.Processes < 2 {
		return f, errors.New("one of the processes is lost: two or more are needed")
	}
	ctx, cancel := context.WithTimeout(ctx, o.Patience)
	defer cancel()
	c := &fleet{ShareOptions: o}
	if c.folder, err = os.MkdirTemp("", "verbale-share-"); err != nil {
		return f, err
	}
	defer func() {
		c.close()
		if err == nil {
			err = os.RemoveAll(c.folder)
			return
		}
		err = fmt.Errorf("%w\nlogs: %s", err, c.folder)
	}()
	if err := c.open(ctx); err != nil {
		return f, err
	}
	return c.run(ctx)
}

// open starts the mail servers, Redis and the processes.
func (c *fleet) open(ctx context.Context) (err error) {
	if c.peers, err = startPeers(ctx, c.Peers); err != nil {
		return err
	}
	if c.servers, err = redistest.Start(ctx, c.Redis, c.folder); err != nil {
		return err
	}
	c.store, err = redisstore.Open(ctx, redisstore.Options{
		URL: c.servers.URL, Office: officeName, Prefix: "TC", DataDir: filepath.Join(c.folder, "looker"), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	for n := range c.Processes {
		if err := c.addBot(fmt.Sprintf("bot-%d", n+1)); err != nil {
			return err
		}
	}
	return nil
}

func (c *fleet) close() {
	for _, b := range c.bots {
		b.End()
	}
	if c.store != nil {
		c.store.Close()
	}
	if c.servers != nil {
		c.servers.Close()
	}
	if c.peers != nil {
		c.peers.stop()
	}
}

// officeName names the keys in Redis.
const officeName = "bench"

// config is the path of the configuration of a process.
func (c *fleet) config(bot string) string { return filepath.Join(c.folder, bot+".yaml") }

// addBot configures a process and keeps it running.
func (c *fleet) addBot(name string) error {
	secret := filepath.Join(c.folder, "imap.secret")
	text := fmt.Sprintf(`data_dir: %q
office: %s
redis: {url: %q}
mailbox: [{address: %q, tls: none, user: %q, password_file: %q, since: 2000-01-01}]
smtp: {address: %q, tls: none}
desk: {address: %q}
send: on
pace: {takeover: %s, poll: 500ms}
`, filepath.Join(c.folder, name), officeName, c.servers.URL, c.peers.IMAP, c.peers.User, secret, c.peers.SMTP, deskAddress, c.Takeover)
	for file, content := range map[string]string{secret: c.peers.Password, c.config(name): text} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			return err
		}
	}
	b, err := daemon.Keep(name, c.folder, func() *exec.Cmd { return c.Serve(c.config(name)) })
	if err == nil {
		c.bots = append(c.bots, b)
	}
	return err
}

func (c *fleet) run(ctx context.Context) (f ShareFigures, err error) {
	f = ShareFigures{Mails: c.Mails, Processes: c.Processes, Redis: c.Redis}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	go c.count.follow(watching, c.store, c.Progress)
	if err := c.reached(ctx, c.Mails/3); err != nil {
		return f, err
	}
	f.Before = c.count.rate()
	for _, loss := range c.losses() {
		began, err := loss.happen(ctx)
		if err != nil {
			return f, fmt.Errorf("lose %s: %w", loss.what, err)
		}
		if err := c.reached(ctx, loss.until+c.further); err != nil {
			return f, err
		}
		f.Losses = append(f.Losses, Loss{What: loss.what, Pause: c.count.pause(began)})
	}
	if err := c.done(ctx); err != nil {
		return f, err
	}
	f.Mails, f.Done = c.Mails+c.further, c.count.lasted()
	return f, c.verify(ctx, &f)
}

// A loss is a process or server to be ended during the run.
type loss struct {
	what   string
	happen func(context.Context) (time.Time, error) // ends it, and returns when
	until  int                                      // how many mails must have their outcome before its effect is measured
}

// losses lists what is lost, in order.
func (c *fleet) losses() []loss {
	all := []loss{{"the process that reads", c.loseReader, 2 * c.Mails / 3}}
	switch c.Redis {
	case redistest.Sentinel:
		all = append(all, loss{"the master of Redis", c.loseUnreplicated, c.Mails})
	case redistest.Cluster:
		all = append(all, loss{"the master of Redis", func(ctx context.Context) (time.Time, error) {
			return time.Now(), c.servers.Lose(ctx, redisstore.SomeKey(officeName), redisDown)
		}, c.Mails})
	}
	return all
}

// loseUnreplicated waits until all is done, cuts the master off from its replicas, lets
// further mails have their outcome on the master alone, and ends it.
func (c *fleet) loseUnreplicated(ctx context.Context) (time.Time, error) {
	if err := c.done(ctx); err != nil {
		return time.Time{}, err
	}
	lose, err := c.servers.Part(ctx, redisstore.SomeKey(officeName))
	if err != nil {
		return time.Time{}, err
	}
	for range unreplicated {
		if _, err := c.peers.ask(fmt.Sprintf("post %d", c.Mails+c.further)); err != nil {
			return time.Time{}, err
		}
		c.further++
	}
	if err := c.reached(ctx, c.Mails+c.further); err != nil {
		return time.Time{}, err
	}
	if err := c.tried(ctx); err != nil {
		return time.Time{}, err
	}
	c.lost = time.Now()
	if err := lose(ctx, redisDown); err != nil {
		return c.lost, fmt.Errorf("wait for another master: %w", err)
	}
	c.count.forget()
	return c.lost, nil
}

// tried waits until the answer to one of the further mails was sent, or was held back
// because no replica has the record of that mail.
func (c *fleet) tried(ctx context.Context) error {
	err := wait.Until(ctx, sampleEvery, func() (bool, error) {
		for n := range c.further {
			reference, err := c.store.ByMessageID(ctx, MessageID(c.Mails+n))
			if err != nil {
				return false, err
			}
			actions, err := c.store.Actions(ctx, reference)
			if err != nil || slices.ContainsFunc(actions, func(a bot.Action) bool { return a.State == bot.ActionDone || a.LastError != "" }) {
				return true, err
			}
		}
		return false, nil
	})
	return wrapped("wait for an attempt to answer a mail", err)
}

// loseReader ends the process that holds the lease of the folder, for good.
func (c *fleet) loseReader(ctx context.Context) (time.Time, error) {
	holders, err := c.store.Holders(ctx)
	if err != nil {
		return time.Time{}, err
	}
	for _, b := range c.bots {
		for _, holder := range holders {
			if strings.Contains(holder, fmt.Sprintf("-%d-", b.Process())) {
				b.KillFor(c.Patience)
				return time.Now(), nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("none of the processes holds a lease: %v", holders)
}

// reached waits until a number of mails have their outcome.
func (c *fleet) reached(ctx context.Context, mails int) error {
	err := wait.Until(ctx, sampleEvery, func() (bool, error) { return c.count.last() >= mails, c.failing() })
	return wrapped(fmt.Sprintf("wait for the outcome of %d mails, of %d now", mails, c.count.last()), err)
}

// startsAtMost is how often a process may be started before it counts as broken.
const startsAtMost = 5

// failing returns an error that names a process that keeps ending.
func (c *fleet) failing() error {
	for _, b := range c.bots {
		if b.Starts() > startsAtMost {
			return fmt.Errorf("%s ends whenever it is started: see its log", b.Name())
		}
	}
	return nil
}

// done waits until every mail has its outcome and all that is due has gone out.
func (c *fleet) done(ctx context.Context) error {
	if err := c.reached(ctx, c.Mails+c.further); err != nil {
		return err
	}
	left := 0
	err := wait.Until(ctx, 5*sampleEvery, func() (bool, error) {
		var err error
		left, err = c.store.WaitingBy(ctx, time.Now().Add(soon))
		return err == nil && left == 0, nil // a server that is just lost is asked again
	})
	return wrapped(fmt.Sprintf("wait for what is due, %d of it left", left), err)
}
