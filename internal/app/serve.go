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

// A House is an office with everything it works with.
type House struct {
	// Observe, if set, is called for each mail that has its outcome, in the goroutine that
	// handled it. It must be set before Run.
	Observe func(Arrival)

	config  *config.Config
	pace    Pace
	office  *office
	store   *redisstore.Store
	sign    func(text string) string // signs with the office's key
	mails   *mailReader
	service *registry.Service
	forgets *forget.Forgetter
	sender  *mailout.Sender // nil if no SMTP server is configured
	slack   *slackDesk      // nil if Slack is not configured
	metrics *telemetry.Metrics
	looks   *looks
	outbox  []*outbox.Outbox // one for each configured bot.Mouth
	log     *slog.Logger
	owner   string // identifies this process in leases
}

// A Pace is the clock of a House and its time intervals; zero durations mean the defaults of
// the parts concerned.
type Pace struct {
	Now        func() time.Time
	Outbox     outbox.Policies
	OutboxPoll time.Duration // between two polls of the outbox without a nudge
	Attempt    time.Duration // time limit of one action; its lease lasts twice as long
	Bell       time.Duration // between two polls for due wake-ups
	BellLease  time.Duration // of a record whose wake-up is due
	Canary     time.Duration // between two checks of the canary mail
	Round      time.Duration // between two daily rounds
	FolderPoll time.Duration // between two polls of a folder without a notification from the server
	Lease      time.Duration // of a folder
	Messages   time.Duration // between two Slack messages to a conversation, and between two updates
	Answer     time.Duration // before a Slack user is told that the answer takes longer; 0 means the default
}

// DefaultPace is the pace of a production House: the system clock and the default intervals.
func DefaultPace() (Pace, error) {
	return paceOf(&config.Config{})
}

// paceOf is the pace set in a configuration.
func paceOf(c *config.Config) (Pace, error) {
	policies, err := outbox.LoadPolicies(c.PolicyFiles())
	takeover := time.Duration(c.Pace.Takeover)
	return Pace{
		Now: time.Now, Outbox: policies, Messages: time.Duration(c.Pace.Messages),
		Bell: time.Duration(c.Pace.Poll), OutboxPoll: time.Duration(c.Pace.Poll), Attempt: takeover / 2, BellLease: takeover, Lease: takeover,
	}, err
}

// Open loads the data and opens the store. It starts nothing else. The caller must close the
// House.
func Open(ctx context.Context, c *config.Config, log *slog.Logger) (*House, error) {
	at, err := paceOf(c)
	if err != nil {
		return nil, err
	}
	return OpenAt(ctx, c, log, at)
}

// OpenAt opens a House with its own pace, for a test or a demo.
func OpenAt(ctx context.Context, c *config.Config, log *slog.Logger, at Pace) (*House, error) {
	h := &House{config: c, pace: at, log: slog.New(telemetry.Logs(log.Handler())), owner: processName()}
	h.metrics, h.mails = telemetry.New(), newMailReader(c.DataDir, h.log)
	var err error
	if h.office, err = loadOffice(c); err != nil {
		return nil, err
	}
	if h.store, err = openStore(ctx, c, log); err != nil {
		return nil, err
	}
	if h.sign, err = h.store.Signer(ctx); err == nil {
		err = h.equip()
	}
	if err != nil {
		return nil, errors.Join(err, h.store.Close())
	}
	return h, nil
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

func (h *House) equip() error {
	var err error
	if h.service, err = h.office.service(h.metrics.Store(h.store), h.pace.Now, h.log, h.live); err != nil {
		return err
	}
	h.forgets = forget.New(h.service, h.store)
	h.looks = newLooks(h.config.Mailbox, h.pace.Now)
	return h.openMouths()
}

// openMouths makes an outbox for each configured external service and for internal actions.
// Actions for a service that is not configured wait.
func (h *House) openMouths() (err error) {
	if h.config.SMTP != nil {
		if h.sender, err = newSender(h.config, h.office, h.pace.Now, h.log, h.missed); err != nil {
			return err
		}
		if err = h.openMouth(bot.MouthMail, h.sender, nil); err != nil {
			return err
		}
	}
	if h.config.HasSlack() {
		if h.slack, err = h.newSlack(); err != nil {
			return err
		}
		if err = h.openMouth(bot.MouthSlack, h.slack.mouth, nil); err != nil {
			return err
		}
	}
	return h.openMouth(bot.MouthHouse, h.service, map[bot.ActionKind]outbox.Performer{bot.ActionForget: h.forgets})
}

// live sets the options of the service that only a running House has.
func (h *House) live(o *registry.Options) {
	o.Office.Send = h.config.Send == config.On
	o.Office.Slack = h.config.HasSlack()
	o.Nudge = h.nudge
	o.Zones = h.zone
	o.Digests = h.store
	o.Sign = h.sign
}

// openMouth makes the outbox of a mouth. others has performers for particular kinds of action.
func (h *House) openMouth(mouth bot.Mouth, performer outbox.Performer, others map[bot.ActionKind]outbox.Performer) error {
	performers := map[bot.ActionKind]outbox.Performer{}
	for _, kind := range mouth.Kinds() {
		performers[kind] = h.metrics.Performer(cmp.Or(others[kind], performer), parts[mouth])
	}
	o, err := outbox.New(outbox.Options{
		Queue: h.store, Mouth: mouth, Performers: performers, Combine: h.service.Combine, Still: h.metrics.Still(h.service.Still), Parked: h.parked,
		Policy: h.pace.Outbox[mouth], Poll: h.pace.OutboxPoll, Timeout: h.pace.Attempt, Lease: 2 * h.pace.Attempt,
		Now: h.pace.Now, Owner: h.owner, Log: h.log.With("mouth", mouth),
	})
	h.outbox = append(h.outbox, o)
	return err
}

// parked tells the desk about an action that was given up. The store has it already; if the
// desk cannot be told, it is logged.
func (h *House) parked(ctx context.Context, a bot.Action) {
	if _, err := h.service.Handle(ctx, bot.Parked{Action: a}); err != nil {
		h.log.Error("the desk could not be told about a parked action", "action", a.Key, "error", err)
	}
}

// nudge wakes the outboxes after a commit that added actions.
func (h *House) nudge() {
	for _, o := range h.outbox {
		o.Nudge()
	}
}

// missed tells the desk and the owner which recipients a mail did not reach; if they cannot be
// told, it is logged.
func (h *House) missed(ctx context.Context, e bot.Missed) {
	if _, err := h.service.Handle(ctx, e); err != nil {
		h.log.Error("the desk could not be told which recipients a mail did not reach", "action", e.Action.Key, "error", err)
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
func (h *House) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, o := range h.outbox {
		group.Go(func() error { return o.Run(ctx) })
	}
	group.Go(func() error { return h.ringBells(ctx) })
	group.Go(func() error { return h.daily(ctx) })
	group.Go(func() error { return h.tick(ctx) })
	if h.slack != nil {
		group.Go(func() error { return h.slack.run(ctx) })
	}
	if h.config.Canary != nil {
		group.Go(func() error { return h.tendCanary(ctx) })
	}
	for i, m := range h.config.Mailbox {
		watcher := mailbox.New(h.watch(i, m))
		group.Go(func() error { return watcher.Run(ctx) })
	}
	if err := group.Wait(); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

func (h *House) watch(nth int, m config.Mailbox) mailbox.Options {
	return mailbox.Options{
		Account: mailAccount(m), Folders: m.Folders, Since: m.Since.In(h.office.policy.Calendar().Zone()),
		After: mailbox.After(m.After), MoveTo: m.MoveTo,
		Prepare: h.prepare, Handler: h.fetched, Together: h.fetchedTogether, Looked: h.looked(nth), Cursors: h.store, Leases: h.store, Owner: h.owner, Restarted: h.store.Restarts(),
		Poll: h.pace.FolderPoll, LeaseTTL: h.pace.Lease, Now: h.pace.Now, Log: h.log,
	}
}

// A readAhead is a mail that was read before its turn.
type readAhead struct {
	message *intake.Message
	reading intake.Reading
}

// prepare reads a mail of a watched folder.
func (h *House) prepare(ctx context.Context, f mailbox.Fetched) any {
	return h.read(requestOf(ctx, f.Place), f.Raw, f.TooBig)
}

// requestOf adds the request ID of the mail at a place to ctx.
func requestOf(ctx context.Context, p intake.Place) context.Context {
	return bot.WithRequest(ctx, telemetry.RequestID(fmt.Sprintf("%s/%s/%d/%d", p.Mailbox, p.Folder, p.UIDValidity, p.UID)))
}

// read reads a mail. If raw is truncated, whole is its size; else 0.
func (h *House) read(ctx context.Context, raw []byte, whole int) readAhead {
	began := time.Now()
	defer func() { h.metrics.Read(time.Since(began)) }()
	m := h.mails.message(ctx, raw, whole)
	return guarded(h.log, m, func(m *intake.Message) readAhead { return readAhead{m, h.service.Read(m)} })
}

// fetched handles one mail of a watched folder.
func (h *House) fetched(ctx context.Context, f mailbox.Fetched) error {
	ctx = requestOf(ctx, f.Place)
	mail, ok := f.Prepared.(readAhead)
	if !ok {
		mail = h.read(ctx, f.Raw, f.TooBig)
	}
	_, err := h.handle(ctx, mail, arrivedAt(f))
	return err
}

// arrivedAt is what the folder says about a mail.
func arrivedAt(f mailbox.Fetched) bot.MailArrived {
	return bot.MailArrived{Place: f.Place, ReceivedAt: f.InternalDate, Backfilled: f.Backfilled, Acknowledge: !f.Backfilled}
}

// fetchedTogether handles the first of several mails of a watched folder together.
func (h *House) fetchedTogether(ctx context.Context, mails []mailbox.Fetched) (int, error) {
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
	done, err := h.service.HandleTogether(ctx, events)
	for i, committed := range done {
		h.arrived(bot.WithRequest(ctx, events[i].Request), events[i].Message, events[i].Reading.Kind, committed)
	}
	return len(done), err
}

// handle commits what a mail means.
func (h *House) handle(ctx context.Context, mail readAhead, event bot.MailArrived) (bot.Committed, error) {
	type result struct {
		committed bot.Committed
		err       error
	}
	done := guarded(h.log, mail.message, func(m *intake.Message) result {
		if event.Message, event.Reading = m, &mail.reading; m != mail.message {
			event.Reading = nil // it panicked with the reading
		}
		committed, err := h.service.Handle(ctx, event)
		return result{committed, err}
	})
	if done.err == nil {
		h.arrived(ctx, mail.message, mail.reading.Kind, done.committed)
	}
	return done.committed, done.err
}

// arrived reports to metrics, canary check and observer that a mail has its outcome.
func (h *House) arrived(ctx context.Context, m *intake.Message, kind intake.Kind, done bot.Committed) {
	h.metrics.Arrived(kind, done)
	h.greetCanary(ctx, m)
	if h.Observe != nil {
		h.Observe(Arrival{m, kind, done})
	}
}

// Close closes what Open opened. It must be called once, after Run has returned.
func (h *House) Close() error {
	if h.sender != nil {
		h.sender.Close()
	}
	return errors.Join(h.mails.Close(), h.store.Close())
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
func (h *House) Store() *redisstore.Store { return h.store }

// Assess says what a mail would result in, as "explain" does.
func (h *House) Assess(m *intake.Message, now time.Time) registry.Assessment {
	return guarded(h.log, m, func(m *intake.Message) registry.Assessment { return h.service.Assess(m, now) })
}

// Folder is the place of a folder of the nth mailbox, as used in cursors.
func (h *House) Folder(n int, name string) intake.Place {
	return intake.Place{Mailbox: mailAccount(h.config.Mailbox[n]).Name(), Folder: name}
}
