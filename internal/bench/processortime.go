package bench

import (
	"context"
	"fmt"
	"syscall"
	"time"
)

// A ProcessorTime is the processor time that a stretch of work took, by process: all of them
// share the machine.
type ProcessorTime struct {
	Bot      time.Duration `json:"bot_ns"`
	Redis    time.Duration `json:"redis_ns"`
	Peers    time.Duration `json:"peers_ns"` // the mail servers on the other side
	Commands int64         `json:"redis_commands"`
}

// sub returns what was used since an earlier reading.
func (e ProcessorTime) sub(before ProcessorTime) ProcessorTime {
	return ProcessorTime{e.Bot - before.Bot, e.Redis - before.Redis, e.Peers - before.Peers, e.Commands - before.Commands}
}

// each divides the effort by n mails.
func (e ProcessorTime) each(n int) ProcessorTime {
	if n == 0 {
		return ProcessorTime{}
	}
	return ProcessorTime{e.Bot / time.Duration(n), e.Redis / time.Duration(n), e.Peers / time.Duration(n), e.Commands / int64(n)}
}

// String writes the times in milliseconds.
func (e ProcessorTime) String() string {
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	return fmt.Sprintf("bot %.2f ms, Redis %.2f ms in %d commands, the mail servers opposite %.2f ms", ms(e.Bot), ms(e.Redis), e.Commands, ms(e.Peers))
}

// processorTime reads what all processes have used so far.
func (m *meter) processorTime(ctx context.Context) (e ProcessorTime, err error) {
	if e.Bot, err = ownProcessorTime(); err != nil {
		return e, err
	}
	microseconds, err := m.peers.ask("effort")
	if err != nil {
		return e, err
	}
	e.Peers = time.Duration(microseconds) * time.Microsecond
	load, err := m.server.Store().ServerLoad(ctx)
	e.Redis, e.Commands = load.Processor, load.Commands
	return e, err
}

// ownProcessorTime is the processor time of this process (getrusage(2)).
func ownProcessorTime() (time.Duration, error) {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0, fmt.Errorf("read own processor time: %w", err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), nil
}
