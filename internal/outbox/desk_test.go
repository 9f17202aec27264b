package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"verbale/bot"
)

// recordingPerformer is a performer that records the keys of its actions in order.
type recordingPerformer struct {
	mu    sync.Mutex
	drawn []string
}

func (r *recordingPerformer) Perform(_ context.Context, a bot.Action) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drawn = append(r.drawn, a.Key)
	return "", nil
}

// card returns the card of the nth record at a revision. Only the first card of a record counts
// against the rate limit of the room.
func card(n, revision int) bot.Action {
	a := bot.Action{
		Key: fmt.Sprintf("card:%d:desk:%d", n, revision), Kind: bot.ActionCard, Due: time.Now(),
		Lane: fmt.Sprintf("slack:%d:desk", n), Revision: int64(revision),
	}
	if revision == 1 {
		a.RateGroup = "cards:desk"
	}
	return a
}

// summary combines cards into a summary.
func summary(actions []bot.Action) bot.Action {
	return bot.Action{Key: fmt.Sprintf("summary of %d", len(actions)), Kind: bot.ActionSummary}
}

// inSlack sets the options of an outbox to those for Slack.
func inSlack(t *testing.T, r Performer) func(*Options) {
	return func(o *Options) {
		o.Mouth, o.Policy, o.Combine = bot.MouthSlack, policyOf(t, bot.MouthSlack), summary
		o.Performers = map[bot.ActionKind]Performer{bot.ActionCard: r}
	}
}

func TestManyCardsAtOnceBecomeOneSummary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, r := newMemory(), &recordingPerformer{}
		for n := range 300 {
			q.add(card(n, 1))
			q.add(card(n, 2))
		}
		_, stop := running(t, q, nil, inSlack(t, r), func(o *Options) { o.Workers = 1 })
		defer stop()
		time.Sleep(time.Second)
		if got := len(r.drawn); got != 40 { // the first cards of twenty records, and a new revision of each
			t.Fatalf("%d drawn at once, want 40", got)
		}
		time.Sleep(time.Minute)
		summaries := slices.DeleteFunc(slices.Clone(r.drawn), func(key string) bool { return strings.HasPrefix(key, "card:") })
		if !slices.Equal(summaries, []string{"summary of 280"}) || len(r.drawn) != 40+1+280 {
			t.Errorf("%d drawn, of them %v", len(r.drawn), summaries)
		}
	})
}

// Actions that wait for Slack must not block mail.
func TestMouthsDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p, slow := newMemory(mail(1)), &post{}, hangingPerformer{}
		for n := range 20 {
			q.add(card(n, 1))
		}
		_, stopSlack := running(t, q, nil, inSlack(t, slow))
		defer stopSlack()
		synctest.Wait()
		_, stopMail := running(t, q, p)
		defer stopMail()
		synctest.Wait()
		if got := p.ids(); !slices.Equal(got, []string{"m1"}) {
			t.Errorf("sent %v while Slack hangs", got)
		}
	})
}

// hangingPerformer is a performer whose server does not answer.
type hangingPerformer struct{}

func (hangingPerformer) Perform(ctx context.Context, _ bot.Action) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func TestWhatIsNotCalledForIsSkippedWithItsReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(mail(1), mail(2)), &post{}
		still := func(_ context.Context, a bot.Action) (string, error) {
			if a.Key == "acknowledge:1" {
				return "merged meanwhile", nil
			}
			return "", nil
		}
		_, stop := running(t, q, p, func(o *Options) { o.Obsolete = still })
		defer stop()
		synctest.Wait()
		if a := q.get("acknowledge:1"); a.State != bot.ActionSkipped || a.Result != "merged meanwhile" {
			t.Errorf("got %+v", a)
		}
		if got := p.ids(); !slices.Equal(got, []string{"m2"}) {
			t.Errorf("sent %v", got)
		}
	})
}

// An obsolete action does not count against the rate limit and is not part of a combined mail.
func TestWhatIsNotCalledForTakesNoShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, c := grouped(1), grouped(2), grouped(3)
		a.Deferred, b.Deferred, c.Deferred = true, true, true
		q, p := newMemory(a, b, c), &post{}
		still := func(_ context.Context, a bot.Action) (string, error) {
			if a.Key == b.Key {
				return "answered meanwhile", nil
			}
			return "", nil
		}
		_, stop := running(t, q, p, func(o *Options) { o.Obsolete = still })
		defer stop()
		synctest.Wait()
		if got := p.ids(); !slices.Equal(got, []string{"m1+m3"}) || len(q.taken[a.RateGroup]) != 1 {
			t.Errorf("sent %v with %d shares", got, len(q.taken[a.RateGroup]))
		}
	})
}

func TestWhatCannotBeAskedIsAskedAgain(t *testing.T) {
	for name, fail := range map[string]func() error{
		"failure": func() error { return errors.New("connection refused") },
		"panic":   func() error { panic("a secret") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, p, asked := newMemory(mail(1)), &post{}, 0
				still := func(context.Context, bot.Action) (string, error) {
					if asked++; asked < 3 {
						return "", fail()
					}
					return "", nil
				}
				_, stop := running(t, q, p, func(o *Options) { o.Obsolete = still })
				defer stop()
				synctest.Wait()
				if a := q.get("acknowledge:1"); a.State != bot.ActionPending || strings.Contains(a.LastError, "secret") {
					t.Errorf("got %+v", a)
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				if got := p.ids(); !slices.Equal(got, []string{"m1"}) {
					t.Errorf("sent %v", got)
				}
			})
		})
	}
}

func TestPerformerWithNothingToDoHasSkipped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &post{perform: func(context.Context, bot.Action) error {
			return fmt.Errorf("draw the card: %w", bot.NothingToDo{Reason: "revision 7 is drawn already"})
		}}
		q := newMemory(mail(1))
		_, stop := running(t, q, p)
		defer stop()
		synctest.Wait()
		if a := q.get("acknowledge:1"); a.State != bot.ActionSkipped || a.Result != "revision 7 is drawn already" || a.Attempts != 0 {
			t.Errorf("got %+v", a)
		}
	})
}

// The cards of one record are drawn in order, even if attempts fail in between.
func TestLaneKeepsItsOrderThroughFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, r, failures := newMemory(card(1, 1), card(1, 2), card(1, 3)), &recordingPerformer{}, 2
		shaky := performerFunc(func(ctx context.Context, a bot.Action) (string, error) {
			if failures--; failures >= 0 {
				return "", bot.TemporaryAfter(errors.New("ratelimited"), 30*time.Second)
			}
			return r.Perform(ctx, a)
		})
		_, stop := running(t, q, nil, inSlack(t, shaky))
		defer stop()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if want := []string{"card:1:desk:1", "card:1:desk:2", "card:1:desk:3"}; !slices.Equal(r.drawn, want) {
			t.Errorf("drawn %v", r.drawn)
		}
	})
}

func TestLaneGoesOnBeforeTheNextPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, r := newMemory(), &recordingPerformer{}
		for n := range 5 {
			q.add(card(1, n+2))
		}
		_, stop := running(t, q, nil, inSlack(t, r), func(o *Options) { o.Poll = time.Hour })
		defer stop()
		time.Sleep(time.Second)
		synctest.Wait()
		if len(r.drawn) != 5 {
			t.Errorf("%d drawn after a second", len(r.drawn))
		}
	})
}

type performerFunc func(context.Context, bot.Action) (string, error)

func (f performerFunc) Perform(ctx context.Context, a bot.Action) (string, error) { return f(ctx, a) }
