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

func newBench(g *globals) *cobra.Command {
	var mails, profile string
	var asJSON bool
	var sizes []int
	var processes int
	o := bench.Options{}
	cmd := &cobra.Command{
		Use:   "bench --mails DIR [--count N [--processes N] | --scale N,N…]",
		Short: "Measure the whole path of a mail, several processes, or an office of many records",
		Long: "Bench puts N mails, made from those in DIR with another sender each, into the mailbox of a mail\n" +
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
			"acknowledgement. Where that is not so, it says what is wrong, and ends with status 1.",
		Example: "  verbale bench --mails letters --count 10000\n" +
			"  verbale bench --mails letters --scale 1000,100000,1000000\n" +
			"  verbale bench --mails letters --count 3000 --processes 3 --redis cluster",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if mails == "" {
				return usagef(cmd, "--mails DIR is needed: the mails that all others are made from")
			}
			self, err := os.Executable()
			if err != nil {
				return err
			}
			if len(sizes) > 0 {
				return runScale(cmd, g, bench.ScaleOptions{Sizes: sizes, Mails: mails, Redis: o.Redis}, asJSON)
			}
			o.Peers = []string{self, "bench-peers", mails, strconv.Itoa(o.Count)}
			if processes > 0 {
				return runShare(cmd, self, processes, o, asJSON)
			}
			o.Progress, o.Log = io.Discard, g.quietLogger(cmd)
			if isTerminal(cmd.ErrOrStderr()) {
				o.Progress = cmd.ErrOrStderr()
			}
			figures, err := profiled(profile, func() (bench.Figures, error) { return bench.Run(cmd.Context(), o) })
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(figures)
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), figures)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&mails, "mails", "", "`folder`, mbox or Maildir of mails to make others from")
	f.IntVar(&o.Count, "count", 10_000, "mails that lie in the mailbox at the start")
	f.IntVar(&o.Latencies, "single", 200, "mails that then arrive one by one")
	f.DurationVar(&o.Gap, "gap", 20*time.Millisecond, "wait this long between two of those")
	f.StringVar(&o.Redis, "redis", "embedded", "`URL` of an empty Redis; embedded runs a private one. With --processes: single, sentinel or cluster")
	f.IntVar(&processes, "processes", 0, "let so many `processes` share the work, and lose one")
	f.StringVar(&profile, "cpuprofile", "", "write a CPU profile of the bot to this `file`, for go tool pprof")
	f.IntSliceVar(&sizes, "scale", nil, "measure an office of so many records, `N`,N…")
	f.BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func runScale(cmd *cobra.Command, g *globals, o bench.ScaleOptions, asJSON bool) error {
	o.Progress, o.Log = io.Discard, g.quietLogger(cmd)
	if isTerminal(cmd.ErrOrStderr()) {
		o.Progress = cmd.ErrOrStderr()
	}
	steps, err := bench.RunScale(cmd.Context(), o) // the steps that were made, also where one failed
	if asJSON {
		return errors.Join(json.NewEncoder(cmd.OutOrStdout()).Encode(steps), err)
	}
	_, printed := fmt.Fprint(cmd.OutOrStdout(), steps)
	return errors.Join(err, printed)
}

// takeover of processes that share the work: soon enough for a short run.
const takeover = 5 * time.Second

func runShare(cmd *cobra.Command, self string, processes int, o bench.Options, asJSON bool) error {
	form := bench.Form(o.Redis)
	if o.Redis == "embedded" {
		form = bench.Single
	}
	share := bench.ShareOptions{
		Mails: o.Count, Processes: processes, Redis: form, Peers: o.Peers, Takeover: takeover, Patience: time.Hour, Progress: io.Discard,
		Serve: func(config string) *exec.Cmd { return exec.Command(self, "serve", "-c", config) },
	}
	if isTerminal(cmd.ErrOrStderr()) {
		share.Progress = cmd.ErrOrStderr()
	}
	figures, err := bench.RunShare(cmd.Context(), share)
	if asJSON {
		return errors.Join(json.NewEncoder(cmd.OutOrStdout()).Encode(figures), err)
	}
	_, printed := fmt.Fprint(cmd.OutOrStdout(), figures)
	return errors.Join(err, printed)
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
