package bench

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Figures are what one run measured.
type Figures struct {
	Mails       int           `json:"mails"`
	Drained     time.Duration `json:"drained_ns"`    // from the start of the bot until all mails were committed
	Answered    time.Duration `json:"answered_ns"`   // from the start until the SMTP server had the last acknowledgement
	Sent        int           `json:"sent"`          // mails that the SMTP server accepted
	Deferred    int           `json:"deferred"`      // mails to colleagues that are held, to be combined
	Latencies   int           `json:"latencies"`     // mails measured one by one
	P50         time.Duration `json:"p50_ns"`        // from arrival to commit
	P99         time.Duration `json:"p99_ns"`        // likewise
	PeakMemory  int64         `json:"peak_memory"`   // bytes resident at the most, of this process
	RedisMemory int64         `json:"redis_memory"`  // bytes used by the data in Redis
	RecordBytes int64         `json:"record_memory"` // bytes in Redis a message, letters' text left out
	EachMail    ProcessorTime `json:"each_mail"`     // of the backlog, with all mail sent
}

// MailsPerSecond is the rate at which the backlog was drained, with
// acknowledgements.
func (f Figures) MailsPerSecond() float64 {
	if f.Answered == 0 {
		return 0
	}
	return float64(f.Mails) / f.Answered.Seconds()
}

// String writes the figures for people, over several lines.
func (f Figures) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "backlog of %d mails: %.1f s to commit, %.1f s with all %d mails sent, %d deferred: %.0f mails/s\n",
		f.Mails, f.Drained.Seconds(), f.Answered.Seconds(), f.Sent, f.Deferred, f.MailsPerSecond())
	fmt.Fprintf(&b, "processor time a mail: %s\n", f.EachMail)
	fmt.Fprintf(&b, "arrival to commit, %d mails one by one: p50 %s, p99 %s\n",
		f.Latencies, f.P50.Round(10*time.Microsecond), f.P99.Round(10*time.Microsecond))
	fmt.Fprintf(&b, "peak memory of the bot: %.1f MB resident\n", float64(f.PeakMemory)/1e6)
	fmt.Fprintf(&b, "Redis: %.1f MB, %.2f KB a message without the letter's text\n",
		float64(f.RedisMemory)/1e6, float64(f.RecordBytes)/1e3)
	return b.String()
}

// percentile returns the pth percentile of values by nearest rank; 0 of no values.
func percentile(values []time.Duration, p int) time.Duration {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	rank := (len(sorted)*p + 99) / 100
	return sorted[max(rank, 1)-1]
}

// peakMemory returns the most memory that this process had resident, in bytes
// (VmHWM of proc(5)); 0 where the system does not tell.
func peakMemory() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if value, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 10, 64)
			return kb << 10
		}
	}
	return 0
}
