package telemetry

import (
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"verbale/bot"
	"verbale/bot/forget"
	"verbale/intake"
)

// A Part is another side that can fail.
type Part string

// The parts whose failures are counted.
const (
	PartIMAP  Part = "imap"
	PartSMTP  Part = "smtp"
	PartSlack Part = "slack"
	PartStore Part = "store"
)

// Values of the label outcome of mails that had an outcome before.
const (
	repeat = "repeat" // a further copy of a mail
	// again is the outcome of the same message in the mailbox, read once more: after a
	// restart of the store, or because the answer to its first commit was lost, so that it
	// was not counted then.
	again = "again"
)

// Metrics are the figures of one process. All methods may be called
// concurrently.
type Metrics struct {
	registry *prometheus.Registry

	arrivals *prometheus.CounterVec   // by outcome and kind
	actions  *prometheus.CounterVec   // by kind and result
	wakes    *prometheus.CounterVec   // by result
	reloads  *prometheus.CounterVec   // by result
	errors   *prometheus.CounterVec   // by part
	commits  *prometheus.HistogramVec // by result, in seconds
	reading  prometheus.Histogram     // in seconds
	current  prometheus.Gauge         // 1 if the last reload succeeded, else 0
	expired  *prometheus.CounterVec   // by what was forgotten
}

// New returns the figures of a process, all at zero.
func New() *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry()}
	m.arrivals = m.counters("verbale_arrivals_total", "Mails that have their outcome.", "outcome", "kind")
	m.actions = m.counters("verbale_actions_total", "Attempts at actions, by what came of them.", "kind", "result")
	m.wakes = m.counters("verbale_bells_total", "Records that were looked at when their time had come.", "result")
	m.reloads = m.counters("verbale_reloads_total", "Changed configurations that were read while running.", "result")
	m.errors = m.counters("verbale_errors_total", "Failures of another side, each attempt counted.", "part")
	m.expired = m.counters("verbale_expired_total", "What was forgotten because its retention period had ended.", "what")
	m.commits = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "verbale_commit_seconds", Help: "Time to commit one change to the store.",
		Buckets: prometheus.ExponentialBuckets(0.0005, 2, 14),
	}, []string{"result"})
	m.reading = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "verbale_reading_seconds", Help: "Time to read one mail, attachments included.",
		Buckets: prometheus.ExponentialBuckets(0.0005, 3, 12),
	})
	m.current = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "verbale_reload_successful", Help: "1 where the service goes by the configuration as it was last told to read it, else 0.",
	})
	m.current.Set(1)
	m.registry.MustRegister(m.commits, m.reading, m.current,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.begin()
	return m
}

// begin initialises the error counter of each part with zero, so that Prometheus sees the
// first error as an increase.
func (m *Metrics) begin() {
	for _, p := range []Part{PartIMAP, PartSMTP, PartSlack, PartStore} {
		m.errors.WithLabelValues(string(p))
	}
}

func (m *Metrics) counters(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	m.registry.MustRegister(c)
	return c
}

// Built adds a figure that tells which version of the program runs. It is called once.
func (m *Metrics) Built(version string) {
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "verbale_build_info", Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(build)
}

// Arrived counts a mail that has its outcome.
func (m *Metrics) Arrived(kind intake.Kind, c bot.Committed) {
	outcome := string(c.Outcome)
	switch {
	case c.Again:
		outcome = again
	case c.Seen:
		outcome = repeat
	}
	m.arrivals.WithLabelValues(outcome, string(kind)).Inc()
}

// Read notes how long it took to read one mail.
func (m *Metrics) Read(d time.Duration) { m.reading.Observe(d.Seconds()) }

// WakeHandled counts a due wake-up: its record was checked for what is due. err is how that
// ended.
func (m *Metrics) WakeHandled(err error) { m.wakes.WithLabelValues(result(err)).Inc() }

// Failed counts a failure of a part.
func (m *Metrics) Failed(p Part) { m.errors.WithLabelValues(string(p)).Inc() }

// Expired counts what was forgotten because its retention period had ended.
func (m *Metrics) Expired(n forget.Expired) {
	m.expired.WithLabelValues("record").Add(float64(n.Records))
	m.expired.WithLabelValues("set_aside").Add(float64(n.SetAside))
	m.expired.WithLabelValues("digest").Add(float64(n.Digests))
}

// Reloaded counts a reload of the configuration, which succeeded if err is nil.
func (m *Metrics) Reloaded(err error) {
	m.reloads.WithLabelValues(result(err)).Inc()
	if err != nil {
		m.current.Set(0)
		return
	}
	m.current.Set(1)
}

// Values of the label result.
const (
	done    = "done"
	failed  = "failed"
	skipped = "skipped"
)

func result(err error) string {
	if err != nil {
		return failed
	}
	return done
}
