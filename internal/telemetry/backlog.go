package telemetry

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"verbale/bot"
)

// A Backlog is what waits at one moment.
type Backlog struct {
	// Outbox is what is due, by who performs it.
	Outbox map[bot.Mouth]bot.Queued
	// Lined counts the actions that wait for an earlier one of their lane, InHand those
	// that a process is performing.
	Lined, InHand int
	// Parked counts the actions that were given up until a person decides.
	Parked int
	// Wakes counts the records about which something is due now.
	Wakes bot.Queued
	// Mail is when the oldest mail without an outcome was received; zero if there is none.
	Mail time.Time
	// Looked is when each folder had been looked at, which is the last look at the one that
	// waits longest; zero if a folder never was, or none is watched by this process.
	Looked time.Time
	Canary Canary
}

// A Canary is the letter that is sent regularly to test the whole path. A time is zero if
// the event has not happened.
type Canary struct {
	Sent, Arrived time.Time // of the latest letter
	Late          bool      // one should have arrived by now
}

// Watch adds the figures of the backlog, which look is asked for at each scrape. It is
// called once. An error of look counts as a failure of the store, and the figures are
// left out of that scrape.
func (m *Metrics) Watch(now func() time.Time, look func(context.Context) (Backlog, error)) {
	m.registry.MustRegister(&backlogCollector{metrics: m, now: now, look: look})
}

// lookWithin bounds the time that look may take at a scrape.
const lookWithin = 5 * time.Second

type backlogCollector struct {
	metrics *Metrics
	now     func() time.Time
	look    func(context.Context) (Backlog, error)
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	descMail    = describe("verbale_oldest_unprocessed_mail_seconds", "Age of the oldest mail without an outcome; 0 where all have theirs.")
	descLooked  = describe("verbale_folder_looked_seconds", "Time since the last look into the folder that was looked at longest ago.")
	descDepth   = describe("verbale_outbox_depth", "Actions that wait for nothing but their turn, by who performs them.", "mouth")
	descOldest  = describe("verbale_outbox_oldest_seconds", "How long the oldest action is overdue; 0 where none is.", "mouth")
	descLined   = describe("verbale_outbox_lined", "Actions that wait for an earlier one about the same matter.")
	descInHand  = describe("verbale_outbox_in_hand", "Actions that a process is performing.")
	descParked  = describe("verbale_parked_actions", "Actions that were given up until a person decides.")
	descDue     = describe("verbale_reminders_due", "Records about which something is due to be said now.")
	descLate    = describe("verbale_reminders_late_seconds", "How long the oldest of them has been due.")
	descSent    = describe("verbale_canary_sent_timestamp_seconds", "When the latest canary letter was sent.")
	descArrived = describe("verbale_canary_arrived_timestamp_seconds", "When a canary letter last arrived.")
	descMissing = describe("verbale_canary_late", "1 where a canary letter should have arrived and has not, else 0.")
)

// Describe implements prometheus.Collector.
func (c *backlogCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{descMail, descLooked, descDepth, descOldest, descLined, descInHand, descParked, descDue, descLate, descSent, descArrived, descMissing} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (c *backlogCollector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin)
	defer cancel()
	b, err := c.look(ctx)
	if err != nil {
		c.metrics.Failed(PartStore)
		return
	}
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	gauge(descMail, c.age(b.Mail))
	if !b.Looked.IsZero() {
		gauge(descLooked, c.age(b.Looked))
	}
	for mouth, q := range b.Outbox {
		gauge(descDepth, float64(q.Count), string(mouth))
		gauge(descOldest, c.age(q.Oldest), string(mouth))
	}
	gauge(descLined, float64(b.Lined))
	gauge(descInHand, float64(b.InHand))
	gauge(descParked, float64(b.Parked))
	gauge(descDue, float64(b.Wakes.Count))
	gauge(descLate, c.age(b.Wakes.Oldest))
	b.Canary.collect(gauge)
}

func (c Canary) collect(gauge func(*prometheus.Desc, float64, ...string)) {
	if c.Sent.IsZero() {
		return
	}
	gauge(descSent, float64(c.Sent.Unix()))
	if !c.Arrived.IsZero() {
		gauge(descArrived, float64(c.Arrived.Unix()))
	}
	late := 0.0
	if c.Late {
		late = 1
	}
	gauge(descMissing, late)
}

// age is how long ago a moment was, in seconds; 0 for the zero time and the future.
func (c *backlogCollector) age(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return max(c.now().Sub(t).Seconds(), 0)
}
