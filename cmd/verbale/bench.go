package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/pprof"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"verbale/internal/bench"
)

// A benchmark holds the flags of bench.
type benchmark struct {
	bench.Options
	globals   *globals
	mails     string // path of the mails that all others are made from
	sizes     []int  // --scale; none where the whole path of mails is measured
	processes int    // --processes; 0 where one process is measured
	profile   string // file of the CPU profile; "" for none
	json      bool
}

func newBench(g *globals) *cobra.Command {
	b := &benchmark{globals: g}
	cmd := &cobra.Command{
		Use:   "bench --mails DIR [--count N [--processes N] | --scale N,N…]",
		Short: "Measure throughput, several processes, or an office with many records",
		Long:  benchLong,
		Example: "  verbale bench --mails letters --count 10000\n" +
			"  verbale bench --mails letters --scale 1000,100000,1000000\n" +
			"  verbale bench --mails letters --count 3000 --processes 3 --redis cluster",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return b.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&b.mails, "mails", "", "`folder`, mbox or Maildir with the mails to make others from")
	f.IntVar(&b.Count, "count", 10_000, "number of mails in the mailbox at the start")
	f.IntVar(&b.Latencies, "single", 200, "number of mails that then arrive one at a time")
	f.DurationVar(&b.Gap, "gap", 20*time.Millisecond, "time between two of these mails")
	f.StringVar(&b.Redis, "redis", bench.Embedded, "`URL` of an empty Redis; embedded runs a private one. With --processes: single, sentinel or cluster")
	f.IntVar(&b.processes, "processes", 0, "measure this `number` of processes that share the work instead, and end one of them")
	f.StringVar(&b.profile, "cpuprofile", "", "write a CPU profile of the service to this `file`, for go tool pprof")
	f.IntSliceVar(&b.sizes, "scale", nil, "measure an office with this many records instead: `N`,N…, ascending")
	f.BoolVar(&b.json, "json", false, "print one JSON object")
	return cmd
}

const benchLong = "Bench makes N mails from those in DIR, each with a different sender, and puts them into the mailbox\n" +
	"of a mail server. It measures how fast the service processes them, including all outgoing mail.\n" +
	"Then mails arrive one at a time, and it measures the time from arrival to commit. The mail servers\n" +
	"and Redis are separate processes, so the reported memory is that of the service.\n\n" +
	"With --scale it stores this many records instead, made from the requests among those mails, and\n" +
	"measures at each size the queries of colleagues, mails and the service: lists, word searches, a\n" +
	"request, a home tab, due reminders, the report of a day, the plan of all open records, and memory.\n\n" +
	"With --processes several processes share one mailbox and one Redis, which bench starts: single,\n" +
	"sentinel (a master, two replicas, three sentinels) or cluster (three masters, three replicas).\n" +
	"After a third of the mails it ends the process that reads the mailbox with kill -9. It then ends\n" +
	"the master of Redis, if a replica can take over: with cluster after two thirds of the mails, with\n" +
	"sentinel at the end, when it has outcomes of mails that no replica has. It verifies that every mail\n" +
	"has one outcome, and every request one acknowledgement. If not, it reports what is wrong, and the\n" +
	"exit status is 1."

// check refuses flags that ask for nothing that can be measured.
func (b *benchmark) check(cmd *cobra.Command) error {
	forms := []string{string(bench.Single), string(bench.Sentinel), string(bench.Cluster)}
	switch {
	case b.mails == "":
		return usagef(cmd, "--mails DIR is required: the mails that others are made from")
	case len(b.sizes) > 0 && b.processes != 0:
		return usagef(cmd, "--scale and --processes are different measurements: give only one")
	case len(b.sizes) > 0 && (!slices.IsSorted(b.sizes) || b.sizes[0] < 1):
		return usagef(cmd, "--scale needs ascending numbers of records, such as 1000,100000")
	case b.Count < 1:
		return usagef(cmd, "--count %d: must be 1 or more", b.Count)
	case b.Latencies < 0:
		return usagef(cmd, "--single %d: must be 0 or more", b.Latencies)
	case b.processes < 0 || b.processes == 1:
		return usagef(cmd, "--processes %d: must be 2 or more, since one is ended", b.processes)
	case b.processes > 0 && b.Redis != bench.Embedded:
		return oneOf(cmd, "--redis", b.Redis, forms...)
	}
	return nil
}

// run measures what the flags ask for.
func (b *benchmark) run(cmd *cobra.Command) error {
	if err := b.check(cmd); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program, to run the mail servers: %w", err)
	}
	b.Peers = []string{self, "bench-peers", b.mails, strconv.Itoa(b.Count)}
	b.Log = b.globals.quietLogger(cmd)
	if b.Progress = progress(cmd); b.Progress == nil {
		b.Progress = io.Discard
	}
	switch {
	case len(b.sizes) > 0:
		return b.runScale(cmd)
	case b.processes > 0:
		return b.runShare(cmd, self)
	}
	figures, err := profiled(b.profile, func() (bench.Figures, error) { return bench.Run(cmd.Context(), b.Options) })
	if err != nil {
		return err
	}
	return b.print(cmd, figures)
}

// print writes what was measured.
func (b *benchmark) print(cmd *cobra.Command, figures any) error {
	if b.json {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(figures)
	}
	_, err := fmt.Fprint(cmd.OutOrStdout(), figures)
	return err
}

// runScale prints the steps that were measured, also if a later one failed.
func (b *benchmark) runScale(cmd *cobra.Command) error {
	steps, err := bench.RunScale(cmd.Context(), bench.ScaleOptions{
		Sizes: b.sizes, Mails: b.mails, Redis: b.Redis, Progress: b.Progress, Log: b.Log,
	})
	if len(steps) == 0 {
		return err
	}
	return errors.Join(b.print(cmd, steps), err)
}

// takeover is how long a process of runShare may be silent before another one takes its
// work over (pace.takeover). It is short, as the run is.
const takeover = 5 * time.Second

// patience bounds a run of several processes.
const patience = time.Hour

// runShare prints what was measured, also if the proof failed.
func (b *benchmark) runShare(cmd *cobra.Command, self string) error {
	form := bench.Form(b.Redis)
	if b.Redis == bench.Embedded {
		form = bench.Single
	}
	figures, err := bench.RunShare(cmd.Context(), bench.ShareOptions{
		Mails: b.Count, Processes: b.processes, Redis: form, Peers: b.Peers, Takeover: takeover, Patience: patience, Progress: b.Progress,
		Serve: func(config string) *exec.Cmd { return exec.Command(self, "serve", "-c", config) },
	})
	if figures.Mails == 0 { // it failed before anything was measured
		return err
	}
	return errors.Join(b.print(cmd, figures), err)
}

// profiled runs work and writes a CPU profile of it to file; "" writes none.
func profiled(file string, work func() (bench.Figures, error)) (figures bench.Figures, err error) {
	if file == "" {
		return work()
	}
	f, err := os.Create(file)
	if err != nil {
		return figures, fmt.Errorf("create the CPU profile: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := pprof.StartCPUProfile(f); err != nil {
		return figures, fmt.Errorf("start the CPU profile: %w", err)
	}
	defer pprof.StopCPUProfile() // before the file is closed
	return work()
}

// newBenchPeers is the command that bench starts as a process of its own, to run the
// mail servers.
func newBenchPeers() *cobra.Command {
	return &cobra.Command{
		Use:    "bench-peers DIR COUNT",
		Short:  "Run the mail servers of bench",
		Hidden: true,
		Args:   cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			count, err := strconv.Atoi(args[1])
			if err != nil {
				return usagef(cmd, "COUNT: %v", err)
			}
			return bench.ServePeers(cmd.Context(), args[0], count, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}
