package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"verbale/bot"
	"verbale/bot/forget"
	"verbale/bot/mailbox"
	"verbale/bot/mailout"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/internal/config"
	"verbale/internal/outbox"
	"verbale/internal/phrases"
	"verbale/internal/redisstore"
	"verbale/internal/telemetry"
)

// An Arrival is a mail that has its outcome.
type Arrival struct {
	Message   *intake.Message
	Kind      intake.Kind
	Committed bot.Committed
}

// A Server is an office with everything it works with.
type Server struct {
	// Observe, if set, is called for each mail that has its outcome, in the goroutine that
	// handled it. It must be set before Run.
	Observe func(Arrival)

	config  *config.Config
	timing  Timing
	office  *office
	store   *redisstore.Store
	sign    func(text string) string // signs with the office's key
	mails   *mailReader
	service *registry.Service
	forgets *forget.Forgetter
	sender  *mailout.Sender // nil if no SMTP server is configured
	slack   *slackDesk      // nil if Slack is not configured
	metrics *telemetry.Metrics
	folders *folderStates
	outbox  []*outbox.Outbox // one for each configured bot.Mouth
	log     *slog.Logger
	owner   string // identifies this process in leases
}

// A Timing is the clock of a Server and its time intervals; zero durations mean the defaults of
// the parts concerned.
type Timing struct {
	Now        func() time.Time
	Outbox     outbox.Policies
	OutboxPoll time.Duration // between two polls of the outbox without a nudge
	Attempt    time.Duration // time limit of one action; its lease lasts twice as long
	WakePoll   time.Duration // between two polls for due wake-ups
	WakeLease  time.Duration // of a record whose wake-up is due
	Canary     time.Duration // between two checks of the canary mail
	Round      time.Duration // between two daily rounds
	FolderPoll time.Duration // between two polls of a folder without a notification from the server
	Lease      time.Duration // of a folder
	Messages   time.Duration // between two Slack messages to a conversation, and between two updates
	Answer     time.Duration // before a Slack user is told that the answer takes longer; 0 means the default
	// Interaction is the time limit for what a Slack user does; 0 means the default.
	Interaction time.Duration
}

// DefaultTiming returns the timing of a production Server: the system clock and the default intervals.
func DefaultTiming() (Timing, error) {
	return timingOf(&config.Config{})
}

// timingOf returns the timing set in a configuration.
func timingOf(c *config.Config) (Timing, error) {
	policies, err := outbox.LoadPolicies(c.PolicyFiles())
	takeover := time.Duration(c.Pace.Takeover)
	return Timing{
		Now: time.Now, Outbox: policies, Messages: time.Duration(c.Pace.Messages),
		WakePoll: time.Duration(c.Pace.Poll), OutboxPoll: time.Duration(c.Pace.Poll), Attempt: takeover / 2, WakeLease: takeover, Lease: takeover,
	}, err
}

// Open loads the data and opens the store. It starts nothing else. The caller must close the
// Server.
func Open(ctx context.Context, c *config.Config, log *slog.Logger) (*Server, error) {
	timing, err := timingOf(c)
	if err != nil {
		return nil, err
	}
	return OpenWith(ctx, c, log, timing)
}

// OpenWith opens a Server with its own timing, for a test or a demo.
func OpenWith(ctx context.Context, c *config.Config, log *slog.Logger, timing Timing) (*Server, error) {
	s := &Server{config: c, timing: timing, log: slog.New(telemetry.Logs(log.Handler())), owner: processName()}
	s.metrics, s.mails = telemetry.New(), newMailReader(c.DataDir, s.log)
	var err error
	if s.office, err = loadOffice(c); err != nil {
		return nil, err
	}
	if s.store, err = openStore(ctx, c, log); err != nil {
		return nil, err
	}
	if s.sign, err = s.store.Signer(ctx); err == nil {
		err = s.build()
	}
	if err != nil {
		return nil, errors.Join(err, s.store.Close())
	}
	return s, nil
}

func openStore(ctx context.Context, c *config.Config, log *slog.Logger) (*redisstore.Store, error) {
	store, err := redisstore.Open(ctx, redisstore.Options{
		URL: c.Redis.Address(), Office: c.Office, Prefix: referencePrefix, DataDir: c.DataDir, Names: countryNames(c), Log: log,
	})
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	return store, nil
}

// countryNames returns a function for the names of a country in the supported languages. The
// vocabulary is loaded on the first call, since most commands do not need it. An invalid
// vocabulary is reported by the code that reads mail with it.
func countryNames(c *config.Config) func(id string) []string {
	vocabulary := sync.OnceValue(func() *lexicon.Vocabulary {
		v, err := loadVocabulary(c.Vocabulary)
		if err != nil {
			return nil
		}
		return v
	})
	return func(id string) []string {
		v := vocabulary()
		if v == nil {
			return nil
		}
		country, _ := v.Country(id)
		names := make([]string, len(phrases.Languages))
		for i, lang := range phrases.Languages {
			names[i] = country.Name.In(lang)
		}
		return names
	}
}

func (s *Server) build() error {
	var err error
	if s.service, err = s.office.service(s.metrics.Store(s.store), s.timing.Now, s.log, s.live); err != nil {
		return err
	}
	s.forgets = forget.New(s.service, s.store)
	s.folders = newFolderStates(s.config.Mailbox, s.timing.Now)
	return s.openMouths()
}

// openMouths makes an outbox for each configured external service and for internal actions.
// Actions for a service that is not configured wait.
func (s *Server) openMouths() (err error) {
	if s.config.SMTP != nil {
		if s.sender, err = newSender(s.config, s.office, s.timing.Now, s.log, s.missed); err != nil {
			return err
		}
		if err = s.openMouth(bot.MouthMail, s.sender, nil); err != nil {
			return err
		}
	}
	if s.config.HasSlack() {
		if s.slack, err = s.newSlack(); err != nil {
			return err
		}
		if err = s.openMouth(bot.MouthSlack, s.slack.mouth, nil); err != nil {
			return err
		}
	}
	return s.openMouth(bot.MouthInternal, s.service, map[bot.ActionKind]outbox.Performer{bot.ActionForget: s.forgets})
}

// live sets the options of the service that only a running Server has.
func (s *Server) live(o *registry.Options) {
	o.Office.Send = s.config.Send == config.On
	o.Office.Slack = s.config.HasSlack()
	o.Nudge = s.nudge
	o.Zones, o.Languages = s.zone, s.language
	o.Digests = s.store
	o.Sign = s.sign
}

// openMouth makes the outbox of a mouth. others has performers for particular kinds of action.
func (s *Server) openMouth(mouth bot.Mouth, performer outbox.Performer, others map[bot.ActionKind]outbox.Performer) error {
	performers := map[bot.ActionKind]outbox.Performer{}
	for _, kind := range mouth.Kinds() {
		performers[kind] = s.metrics.Performer(cmp.Or(others[kind], performer), parts[mouth])
	}
	o, err := outbox.New(outbox.Options{
		Queue: s.store, Mouth: mouth, Performers: performers, Combine: s.service.Combine, Obsolete: s.metrics.Obsolete(s.service.Obsolete), Parked: s.parked,
		Policy: s.timing.Outbox[mouth], Poll: s.timing.OutboxPoll, Timeout: s.timing.Attempt, Lease: 2 * s.timing.Attempt,
		Now: s.timing.Now, Owner: s.owner, Log: s.log.With("mouth", mouth),
	})
	s.outbox = append(s.outbox, o)
	return err
}

// parked tells the desk about an action that was given up. The store has it already; if the
// desk cannot be told, it is logged.
func (s *Server) parked(ctx context.Context, a bot.Action) {
	if _, err := s.service.Handle(ctx, bot.Parked{Action: a}); err != nil {
		s.log.Error("the desk could not be notified about a parked action", "action", a.Key, "error", err)
	}
}

// nudge wakes the outboxes after a commit that added actions.
func (s *Server) nudge() {
	for _, o := range s.outbox {
		o.Nudge()
	}
}

// missed tells the desk and the owner which recipients a mail did not reach; if they cannot be
// told, it is logged.
func (s *Server) missed(ctx context.Context, e bot.Missed) {
	if _, err := s.service.Handle(ctx, e); err != nil {
		s.log.Error("the desk could not be notified about recipients that a mail did not reach", "action", e.Action.Key, "error", err)
	}
}

func newSender(c *config.Config, o *office, now func() time.Time, log *slog.Logger, missed func(context.Context, bot.Missed)) (*mailout.Sender, error) {
	own := make([]string, len(c.Mailbox))
	for i, m := range c.Mailbox {
		own[i] = m.User
	}
	return mailout.New(mailout.Options{
		Server: c.SMTP.Server(), Login: c.SMTP.Login(),
		From: o.desk(), Own: own, Loop: c.Office + "/" + o.directory.Desk.Address, Now: now, Log: log, Missed: missed,
	})
}

// Run runs all parts until ctx ends or one of them fails permanently.
func (s *Server) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, o := range s.outbox {
		group.Go(func() error { return o.Run(ctx) })
	}
	group.Go(func() error { return s.handleWakes(ctx) })
	group.Go(func() error { return s.runDaily(ctx) })
	group.Go(func() error { return s.enqueueDigests(ctx) })
	if s.slack != nil {
		group.Go(func() error { return s.slack.run(ctx) })
	}
	if s.config.Canary != nil {
		group.Go(func() error { return s.runCanary(ctx) })
	}
	for i, m := range s.config.Mailbox {
		watcher := mailbox.New(s.watch(i, m))
		group.Go(func() error { return watcher.Run(ctx) })
	}
	if err := group.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (s *Server) watch(nth int, m config.Mailbox) mailbox.Options {
	return mailbox.Options{
		Account: mailAccount(m), Folders: m.Folders, Since: m.Since.In(s.office.policy.Calendar().Zone()),
		After: mailbox.After(m.After), MoveTo: m.MoveTo,
		Prepare: s.prepare, Handler: s.fetched, Batch: s.fetchedBatch, OnState: s.looked(nth), Cursors: s.store, Leases: s.store, Owner: s.owner, Restarted: s.store.Restarts(),
		Poll: s.timing.FolderPoll, LeaseTTL: s.timing.Lease, Now: s.timing.Now, Log: s.log,
	}
}

// A readAhead is a mail that was read before its turn.
type readAhead struct {
	message *intake.Message
	reading intake.Reading
}

// prepare reads a mail of a watched folder.
func (s *Server) prepare(ctx context.Context, f mailbox.Fetched) any {
	return s.read(requestOf(ctx, f.Place), f.Raw, f.TooBig)
}

// requestOf adds the request ID of the mail at a place to ctx.
func requestOf(ctx context.Context, p intake.Place) context.Context {
	return bot.WithRequest(ctx, telemetry.RequestID(fmt.Sprintf("%s/%s/%d/%d", p.Mailbox, p.Folder, p.UIDValidity, p.UID)))
}

// read reads a mail. If raw is truncated, whole is its size; else 0.
func (s *Server) read(ctx context.Context, raw []byte, whole int) readAhead {
	began := time.Now()
	defer func() { s.metrics.Read(time.Since(began)) }()
	m := s.mails.message(ctx, raw, whole)
	return guarded(s.log, m, func(m *intake.Message) readAhead { return readAhead{m, s.service.Read(m)} })
}

// fetched handles one mail of a watched folder.
func (s *Server) fetched(ctx context.Context, f mailbox.Fetched) error {
	ctx = requestOf(ctx, f.Place)
	mail, ok := f.Prepared.(readAhead)
	if !ok {
		mail = s.read(ctx, f.Raw, f.TooBig)
	}
	_, err := s.handle(ctx, mail, arrivedAt(f))
	return err
}

// arrivedAt is what the folder says about a mail.
func arrivedAt(f mailbox.Fetched) bot.MailArrived {
	return bot.MailArrived{Place: f.Place, ReceivedAt: f.InternalDate, Backfilled: f.Backfilled, Acknowledge: !f.Backfilled}
}

// fetchedBatch handles the first of several mails of a watched folder together.
func (s *Server) fetchedBatch(ctx context.Context, mails []mailbox.Fetched) (int, error) {
	var events []bot.MailArrived
	for _, f := range mails {
		mail, ok := f.Prepared.(readAhead)
		if !ok {
			break
		}
		event := arrivedAt(f)
		event.Message, event.Reading, event.Request = mail.message, &mail.reading, bot.RequestOf(requestOf(ctx, f.Place))
		events = append(events, event)
	}
	done, err := s.service.HandleBatch(ctx, events)
	for i, committed := range done {
		s.arrived(bot.WithRequest(ctx, events[i].Request), events[i].Message, events[i].Reading.Kind, committed)
	}
	return len(done), err
}

// handle commits what a mail means.
func (s *Server) handle(ctx context.Context, mail readAhead, event bot.MailArrived) (bot.Committed, error) {
	type result struct {
		committed bot.Committed
		err       error
	}
	done := guarded(s.log, mail.message, func(m *intake.Message) result {
		if event.Message, event.Reading = m, &mail.reading; m != mail.message {
			event.Reading = nil // it panicked with the reading
		}
		committed, err := s.service.Handle(ctx, event)
		return result{committed, err}
	})
	if done.err == nil {
		s.arrived(ctx, mail.message, mail.reading.Kind, done.committed)
	}
	return done.committed, done.err
}

// arrived reports to metrics, canary check and observer that a mail has its outcome.
func (s *Server) arrived(ctx context.Context, m *intake.Message, kind intake.Kind, done bot.Committed) {
	s.metrics.Arrived(kind, done)
	s.noteCanary(ctx, m)
	if s.Observe != nil {
		s.Observe(Arrival{m, kind, done})
	}
}

// Close closes what Open opened. It must be called once, after Run has returned.
func (s *Server) Close() error {
	if s.sender != nil {
		s.sender.Close()
	}
	return errors.Join(s.mails.Close(), s.store.Close())
}

// processName is unique among all processes that share a store.
func processName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%d", host, os.Getpid(), time.Now().UnixNano())
}

// Store is the store of the records.
func (s *Server) Store() *redisstore.Store { return s.store }

// Assess says what a mail would result in, as "explain" does.
func (s *Server) Assess(m *intake.Message, now time.Time) registry.Assessment {
	return guarded(s.log, m, func(m *intake.Message) registry.Assessment { return s.service.Assess(m, now) })
}

// Folder is the place of a folder of the nth mailbox, as used in cursors.
func (s *Server) Folder(n int, name string) intake.Place {
	return intake.Place{Mailbox: mailAccount(s.config.Mailbox[n]).Name(), Folder: name}
}
