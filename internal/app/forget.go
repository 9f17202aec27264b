package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/user"
	"strings"

	"verbale/bot/forget"
	"verbale/internal/config"
)

// ForgetOptions say what to erase: a request, or a person.
type ForgetOptions struct {
	Config    string
	Reference string // of the request, in any form accepted in Slack; "" to erase a person
	Person    string // e-mail address
	Reason    string
	Open      bool // also if a request is still open
	DryRun    bool // show what would be erased, without changing anything
	Yes       bool // do not ask for confirmation
	In        io.Reader
	Out       io.Writer
	Log       *slog.Logger
}

// ErrNotConfirmed means that the operator did not confirm.
var ErrNotConfirmed = errors.New("nothing was erased: no confirmation was given")

// Forget erases personal data of a request or a person, after the operator has seen what is
// erased and confirmed it. A running service redraws the cards, and removes Slack messages.
func Forget(ctx context.Context, o ForgetOptions) error {
	c, err := config.Load(o.Config, os.LookupEnv)
	if err != nil {
		return err
	}
	s, err := Open(ctx, c, o.Log)
	if err != nil {
		return err
	}
	return errors.Join(s.forget(ctx, o), s.Close())
}

func (s *Server) forget(ctx context.Context, o ForgetOptions) error {
	traces, err := s.traces(ctx, o)
	if err != nil {
		return err
	}
	printTraces(o.Out, traces)
	if open := traces.Open(); len(open) > 0 && !o.Open {
		return fmt.Errorf("%s: %w; close it first, or add --open with a --reason", strings.Join(open, ", "), forget.ErrOpen)
	}
	if o.DryRun || traces.Empty() {
		return nil
	}
	if !o.Yes && !confirmed(o.In, o.Out) {
		return ErrNotConfirmed
	}
	f := forget.Forgetting{Actor: operator(), Reason: o.Reason, Open: o.Open}
	err = s.forgets.ForgetTraces(ctx, traces, f, func(what string, done bool) {
		if done {
			fmt.Fprintf(o.Out, "%s was erased\n", what)
		} else {
			fmt.Fprintf(o.Out, "%s was already erased\n", what)
		}
	})
	return errors.Join(err, s.store.Compact(ctx))
}

func (s *Server) traces(ctx context.Context, o ForgetOptions) (*forget.Traces, error) {
	if o.Person != "" {
		return s.forgets.TracesOfPerson(ctx, o.Person)
	}
	rec, err := findRecord(ctx, s.store, s.timing.Now().In(s.office.policy.Calendar().Zone()), o.Reference)
	if err != nil {
		return nil, err
	}
	return s.forgets.TracesOfRecord(ctx, rec.Reference)
}

// printTraces says what is erased and what is kept.
func printTraces(w io.Writer, t *forget.Traces) {
	if t.Empty() {
		fmt.Fprintln(w, "nothing is stored")
		return
	}
	for _, rec := range t.Whole {
		fmt.Fprintf(w, "%s  %-13s all personal data is erased: letter, names, addresses, subject, summary, notes, mails\n", rec.Reference, rec.Status)
	}
	for _, rec := range t.Struck {
		fmt.Fprintf(w, "%s  %-13s belongs to someone else: only the person's address and name are erased\n", rec.Reference, rec.Status)
	}
	if n := len(t.SetAside); n > 0 {
		fmt.Fprintf(w, "%d messages set aside are deleted\n", n)
	}
	fmt.Fprintln(w, "References, status, countries, themes, services, dates, outcomes, who did what when, and all figures are kept.\n"+
		"Mails on the mail server, and copies made by colleagues, must be deleted by hand.")
}

// confirmed asks the operator for confirmation.
func confirmed(in io.Reader, out io.Writer) bool {
	fmt.Fprint(out, "This cannot be undone. Type yes to continue: ")
	answer := bufio.NewScanner(in)
	return answer.Scan() && strings.EqualFold(strings.TrimSpace(answer.Text()), "yes")
}

// operator is the user who runs a command, as named in histories.
func operator() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return "operator " + u.Username
	}
	return "operator"
}
