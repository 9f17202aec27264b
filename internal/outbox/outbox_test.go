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

// post is a performer that records what it sent and when.
type post struct {
	mu   sync.Mutex
	sent []sending
	// perform, if set, returns the result of an attempt.
	perform func(ctx context.Context, a bot.Action) error
}

type sending struct {
	id string
	at time.Time
}

func (p *post) Perform(ctx context.Context, a bot.Action) (string, error) {
	if p.perform != nil {
		if err := p.perform(ctx, a); err != nil {
			return "", err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, sending{a.Mail.MessageID, time.Now()})
	return a.Mail.MessageID, nil
}

func (p *post) ids() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var ids []string
	for _, s := range p.sent {
		ids = append(ids, s.id)
	}
	return ids
}

func mail(n int) bot.Action {
	return bot.Action{
		Key: fmt.Sprintf("acknowledge:%d", n), Kind: bot.ActionAcknowledge, Due: time.Now(),
		Mail: &bot.Mail{MessageID: fmt.Sprintf("m%d", n)},
	}
}

func grouped(n int) bot.Action {
	a := mail(n)
	a.RateGroup = "aida@stat.example"
	return a
}

// join combines actions into a mail whose Message-ID contains those of all.
func join(actions []bot.Action) bot.Action {
	var ids []string
	for _, a := range actions {
		ids = append(ids, a.Mail.MessageID)
	}
	slices.Sort(ids)
	joined := actions[0]
	joined.Mail = &bot.Mail{MessageID: strings.Join(ids, "+")}
	return joined
}

// running starts an outbox in the synctest bubble of the test and returns a function that stops
// it.
func running(t *testing.T, q bot.Queue, p Performer, change ...func(*Options)) (o *Outbox, stop func()) {
	t.Helper()
	options := Options{
		Queue: q, Mouth: bot.MouthMail, Performers: map[bot.ActionKind]Performer{bot.ActionAcknowledge: p}, Combine: join,
		Policy: standard(t), Owner: "a", Random: func() float64 { return 0 },
	}
	for _, c := range change {
		c(&options)
	}
	o, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- o.Run(ctx) }()
	return o, func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestActionsAreDoneAtOnceAfterANudge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(), &post{}
		o, stop := running(t, q, p, func(o *Options) { o.Poll = time.Hour })
		defer stop()
		time.Sleep(time.Minute)
		began := time.Now()
		for n := range 20 {
			q.add(mail(n))
		}
		o.Nudge()
		synctest.Wait()
		if len(p.ids()) != 20 || time.Since(began) != 0 {
			t.Errorf("%d sent after %s", len(p.ids()), time.Since(began))
		}
		if a := q.get("acknowledge:3"); a.State != bot.ActionDone || a.Result != "m3" {
			t.Errorf("got %+v", a)
		}
	})
}

func TestDueActionsAreFoundByPolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		later := mail(1)
		later.Due = time.Now().Add(time.Hour)
		q, p := newMemory(later), &post{}
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(time.Hour - time.Second)
		if len(p.ids()) != 0 {
			t.Fatal("sent before it was due")
		}
		time.Sleep(time.Second + 5*time.Second)
		synctest.Wait()
		if len(p.ids()) != 1 {
			t.Error("not sent when it was due")
		}
	})
}

func TestOneBadActionDoesNotStopTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(mail(1), mail(2), mail(3), mail(4), mail(5)), &post{}
		var list []string
		p.perform = func(ctx context.Context, a bot.Action) error {
			switch a.Mail.MessageID {
			case "m1":
				return errors.New("550 no such user")
			case "m2":
				panic("a secret")
			case "m3":
				<-ctx.Done() // hangs
				return ctx.Err()
			case "m4":
				_ = list[len(list)+3] // a bug that panics
			}
			return nil
		}
		_, stop := running(t, q, p, func(o *Options) { o.Workers = 2 })
		defer stop()
		time.Sleep(time.Minute + 50*time.Second)
		synctest.Wait()
		if got := p.ids(); !slices.Equal(got, []string{"m5"}) {
			t.Fatalf("sent %v", got)
		}
		time.Sleep(15 * time.Second) // the hanging attempt times out
		synctest.Wait()
		for key, want := range map[string]bot.ActionState{
			"acknowledge:1": bot.ActionParked, "acknowledge:2": bot.ActionPending, "acknowledge:3": bot.ActionPending,
			"acknowledge:4": bot.ActionPending, "acknowledge:5": bot.ActionDone,
		} {
			if a := q.get(key); a.State != want {
				t.Errorf("%s is %s, want %s (%s)", key, a.State, want, a.LastError)
			}
		}
		if a := q.get("acknowledge:2"); strings.Contains(a.LastError, "secret") || a.Attempts == 0 {
			t.Errorf("the panic is noted as %q after %d attempts", a.LastError, a.Attempts)
		}
	})
}

func TestFailuresThatMayPassAreTriedAgainAndParkedAtLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var attempts []time.Time
		p := &post{perform: func(context.Context, bot.Action) error {
			attempts = append(attempts, time.Now())
			return bot.Temporary(errors.New("451 try later"))
		}}
		q, began := newMemory(mail(1)), time.Now()
		_, stop := running(t, q, p, func(o *Options) { o.Poll = time.Second })
		defer stop()
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if a := q.get("acknowledge:1"); a.State != bot.ActionParked || a.Attempts != 10 || a.LastError != "451 try later" {
			t.Errorf("got %+v", a)
		}
		if len(attempts) != 10 || attempts[1].Sub(began) != 30*time.Second || attempts[2].Sub(began) != 90*time.Second {
			t.Errorf("attempts at %v", attempts)
		}
	})
}

func TestKindsThatNobodyPerformsArePark(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := mail(1)
		a.Kind = "telegram"
		q := newMemory(a)
		_, stop := running(t, q, &post{})
		defer stop()
		synctest.Wait()
		if got := q.get(a.Key); got.State != bot.ActionParked || !strings.Contains(got.LastError, "telegram") {
			t.Errorf("got %+v", got)
		}
	})
}

func TestStopFinishesWhatIsInHand(t *testing.T) {
	for _, c := range []struct {
		name  string
		takes time.Duration
		want  bot.ActionState
	}{
		{"within the grace", 10 * time.Second, bot.ActionDone},
		{"beyond the grace", time.Minute, bot.ActionPending},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := &post{perform: func(ctx context.Context, _ bot.Action) error {
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(c.takes):
						return nil
					}
				}}
				q := newMemory(mail(1))
				_, stop := running(t, q, p)
				synctest.Wait()
				q.add(mail(2)) // must not be claimed any more
				began := time.Now()
				stop()
				if took := time.Since(began); took > 20*time.Second {
					t.Errorf("stopping took %s", took)
				}
				if a := q.get("acknowledge:1"); a.State != c.want {
					t.Errorf("the action in hand is %s, want %s", a.State, c.want)
				}
				if a := q.get("acknowledge:2"); a.State != bot.ActionPending {
					t.Errorf("a further action is %s", a.State)
				}
			})
		})
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	good := func() Options {
		return Options{Queue: newMemory(), Mouth: bot.MouthMail, Owner: "a", Policy: standard(t)}
	}
	if _, err := New(good()); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"no queue":      func(o *Options) { o.Queue = nil },
		"no mouth":      func(o *Options) { o.Mouth = "" },
		"no owner":      func(o *Options) { o.Owner = "" },
		"a short lease": func(o *Options) { o.Lease = time.Minute },
		"no policy":     func(o *Options) { o.Policy = Policy{} },
	} {
		o := good()
		spoil(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
