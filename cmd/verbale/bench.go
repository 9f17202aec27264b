package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/pprof"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"verbale/internal/bench"
)

// A benchmark is what the flags of bench say.
type benchmark struct {
	bench.Options
	globals   *globals
	mails     string // what all others are made from
	sizes     []int  // of an office, where that is measured
	processes int    // that share the work, where that is measured
	profile   string
	json      bool
}

func newBench(g *globals) *cobra.Command {
	b := &benchmark{globals: g}
	cmd := &cobra.Command{
		Use:   "bench --mails DIR [--count N [--processes N] | --scale N,N…]",
		Short: "Measure the whole path of a mail, several processes, or an office of many records",
		Long:  benchLong,
		Example: "  verbale bench --mails letters --count 10000\n" +
			"  verbale bench --mails letters --scale 1000,100000,1000000\n" +
			"  verbale bench --mails letters --count 3000 --processes 3 --redis cluster",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return b.run(cmd) },
	}
	f := cmd.Flags()
	f.StringVar(&b.mails, "mails", "", "`folder`, mbox or Maildir of mails to make others from")
	f.IntVar(&b.Count, "count", 10_000, "mails that lie in the mailbox at the start")
	f.IntVar(&b.Latencies, "single", 200, "mails that then arrive one by one")
	f.DurationVar(&b.Gap, "gap", 20*time.Millisecond, "wait this long between two of those")
	f.StringVar(&b.Redis, "redis", "embedded", "`URL` of an empty Redis; embedded runs a private one. With --processes: single, sentinel or cluster")
	f.IntVar(&b.processes, "processes", 0, "let so many `processes` share the work, and lose one")
	f.StringVar(&b.profile, "cpuprofile", "", "write a CPU profile of the bot to this `file`, for go tool pprof")
	f.IntSliceVar(&b.sizes, "scale", nil, "measure an office of so many records, `N`,N…")
	f.BoolVar(&b.json, "json", false, "print one JSON object")
	return cmd
}

const benchLong = "Bench puts N mails, made from those in DIR with another sender each, into the mailbox of a mail\n" +
	"server in a process of its own, and measures how fast the service drains them with all mail\n" +
	"sent; then it lets single mails arrive and measures the time from arrival to commit. The\n" +
	"mail servers and Redis run in processes of their own, so the memory it reports is the bot's.\n\n" +
	"With --scale it keeps so many records instead, made from the requests among those mails, and\n" +
	"measures at each size what colleagues, mails and the service itself ask: lists, words, a request,\n" +
	"a home tab, reminders that are due, a day's report, the plan of all open records, and memory.\n\n" +
	"With --processes several of them share the mails of one mailbox and one Redis: single, sentinel (a\n" +
	"master, two replicas, three sentinels) or cluster (three masters, three replicas), which it starts.\n" +
	"A third of the way it ends the process that reads with kill -9; then the master of Redis, if another\n" +
	"can take its place: with cluster at two thirds, with sentinel in the end, when it has outcomes of\n" +
	"mails that no replica has. It proves that every mail has one outcome, and every request one\n" +
	"acknowledgement. Where that is not so, it says what is wrong, and ends with status 1."

// run measures what the flags ask for.
func (b *benchmark) run(cmd *cobra.Command) error {
	if b.mails == "" {
		return usagef(cmd, "--mails DIR is needed: the mails that all others are made from")
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	b.Peers = []string{self, "bench-peers", b.mails, strconv.Itoa(b.Count)}
	b.Progress, b.Log = progress(cmd), b.globals.quietLogger(cmd)
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

// progress is where a person who waits is told how far it is.
func progress(cmd *cobra.Command) io.Writer {
	if isTerminal(cmd.ErrOrStderr()) {
		return cmd.ErrOrStderr()
	}
	return io.Discard
}

// print writes what was measured.
func (b *benchmark) print(cmd *cobra.Command, figures any) error {
	if b.json {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(figures)
	}
	_, err := fmt.Fprint(cmd.OutOrStdout(), figures)
	return err
}

// runScale prints the steps that were made, also where one failed.
func (b *benchmark) runScale(cmd *cobra.Command) error {
	steps, err := bench.RunScale(cmd.Context(), bench.ScaleOptions{
		Sizes: b.sizes, Mails: b.mails, Redis: b.Redis, Progress: b.Progress, Log: b.Log,
	})
	return errors.Join(b.print(cmd, steps), err)
}

// takeover of processes that share the work: soon enough for a short run.
const takeover = 5 * time.Second

// runShare prints what was measured, also where something was wrong.
func (b *benchmark) runShare(cmd *cobra.Command, self string) error {
	form := bench.Form(b.Redis)
	if b.Redis == "embedded" {
		form = bench.Single
	}
	figures, err := bench.RunShare(cmd.Context(), bench.ShareOptions{
		Mails: b.Count, Processes: b.processes, Redis: form, Peers: b.Peers, Takeover: takeover, Patience: time.Hour, Progress: b.Progress,
		Serve: func(config string) *exec.Cmd { return exec.Command(self, "serve", "-c", config) },
	})
	return errors.Join(b.print(cmd, figures), err)
}

// profiled writes a CPU profile of work where a file is named.
func profiled(file string, work func() (bench.Figures, error)) (bench.Figures, error) {
	if file == "" {
		return work()
	}
	f, err := os.Create(file)
	if err != nil {
		return bench.Figures{}, err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return bench.Figures{}, err
	}
	defer pprof.StopCPUProfile()
	return work()
}

// newBenchPeers is the process that bench starts for its mail servers.
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
