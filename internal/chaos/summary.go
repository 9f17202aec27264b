package chaos

import (
	"fmt"
	"text/tabwriter"
	"time"

	"verbale/intake"
)

// summary writes figures of the run to Out, and all findings.
func (r *run) summary(b *observations, found []error) {
	r.speak.Lock()
	defer r.speak.Unlock()
	out := tabwriter.NewWriter(r.Out, 0, 0, 2, ' ', 0)
	for _, row := range r.rows(b) {
		fmt.Fprintf(out, "  %s\t%s\n", row[0], row[1])
	}
	out.Flush()
	for _, err := range found {
		fmt.Fprintf(r.Out, "  FAILED: %v\n", err)
	}
}

// rows are the lines of the summary.
func (r *run) rows(b *observations) [][2]string {
	repeats, done, open := r.repeats(b), 0, 0
	for _, d := range r.userActions.all {
		if b.effectsOf(d) > 0 {
			done++
		} else if d.acked && !d.answered && !refused(b, d) {
			open++
		}
	}
	sent, left := reminders(b)
	starts := 0
	for _, p := range r.env.bots {
		starts += p.Starts()
	}
	return [][2]string{
		{"seed", fmt.Sprint(r.Seed)},
		{"time", fmt.Sprintf("%s of faults, at rest %s after the beginning", r.Length, time.Since(r.begun).Round(100*time.Millisecond))},
		{"faults", fmt.Sprintf("%d; bots were started %d times, Redis %d", len(r.journal.events), starts, r.env.redis.Starts())},
		{"mails in", b.balance.String()},
		{"records", fmt.Sprint(len(b.records))},
		{"mails out", fmt.Sprintf("%d, of them %d repeats with the same Message-ID", len(b.mails), repeats)},
		{"Slack", fmt.Sprintf("%d messages in %d conversations", countAll(b.messages), len(b.messages))},
		{"user actions", fmt.Sprintf("%d, of them %d done, %d acknowledged and then lost with their process", len(r.userActions.all), done, open)},
		{"reminders", fmt.Sprintf("%d sent, %d left out with a reason", sent, left)},
	}
}

// repeats counts the further copies of mails.
func (r *run) repeats(b *observations) (n int) {
	for _, copies := range copiesOf(b.mails) {
		n += len(copies) - 1
	}
	return n
}

// reminders counts the reminders that were sent and those left out.
func reminders(b *observations) (sent, left int) {
	for _, e := range b.records {
		for _, line := range e.FollowUp.Ledger {
			if line.State == intake.ReminderSent {
				sent++
			} else {
				left++
			}
		}
	}
	return sent, left
}

func countAll[K comparable, V any](m map[K][]V) (n int) {
	for _, list := range m {
		n += len(list)
	}
	return n
}
