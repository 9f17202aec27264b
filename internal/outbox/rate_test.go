package outbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbale/bot"
)

func TestAutomaticMailBeyondTheShareIsCombined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p, began := newMemory(), &post{}, time.Now()
		for n := range 25 {
			q.add(grouped(n))
		}
		_, stop := running(t, q, p, func(o *Options) { o.Workers = 1 })
		defer stop()
		time.Sleep(time.Second)
		if got := len(p.ids()); got != 10 {
			t.Fatalf("%d sent at once, want 10", got)
		}
		if a := q.get("acknowledge:24"); !a.Deferred || a.Attempts != 0 || !a.Due.Equal(began.Add(3*time.Hour)) {
			t.Errorf("the last is %+v", a)
		}
		time.Sleep(3*time.Hour + time.Minute)
		sent := p.ids()
		if len(sent) != 11 || len(strings.Split(sent[10], "+")) != 15 {
			t.Fatalf("sent %v", sent)
		}
		for n := range 25 {
			if a := q.get(grouped(n).Key); a.State != bot.ActionDone {
				t.Errorf("%s is %s", a.Key, a.State)
			}
		}
	})
}

func TestWhatIsDeferredIsCombinedOnceWhateverTheWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(), &post{}
		for n := range 40 {
			a := grouped(n)
			a.Deferred = true
			q.add(a)
		}
		_, stop := running(t, q, p)
		defer stop()
		synctest.Wait()
		if sent := p.ids(); len(sent) != 1 || len(strings.Split(sent[0], "+")) != 40 {
			t.Errorf("sent %v, want one mail", sent)
		}
	})
}

func TestOneThatIsGivenUpParksNoneOfItsGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tired, fresh := grouped(1), grouped(2)
		tired.Deferred, tired.Attempts, fresh.Deferred = true, 10, true
		q, p := newMemory(tired, fresh), &post{}
		_, stop := running(t, q, p)
		defer stop()
		synctest.Wait()
		if a, b := q.get(tired.Key).State, q.get(fresh.Key).State; a != bot.ActionParked || b != bot.ActionDone {
			t.Errorf("one is %s, the other %s", a, b)
		}
	})
}

func TestMailWithoutGroupHasNoShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(), &post{}
		for n := range 25 {
			q.add(mail(n))
		}
		_, stop := running(t, q, p)
		defer stop()
		synctest.Wait()
		if got := len(p.ids()); got != 25 {
			t.Errorf("%d sent", got)
		}
	})
}

func TestFurtherAttemptsTakeNoFurtherShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fails := 5
		p := &post{perform: func(context.Context, bot.Action) error {
			if fails--; fails >= 0 {
				return bot.Temporary(errors.New("451"))
			}
			return nil
		}}
		q := newMemory(grouped(1))
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := len(q.taken["aida@stat.example"]); got != 1 || len(p.ids()) != 1 {
			t.Errorf("%d shares taken for %d mails", got, len(p.ids()))
		}
	})
}

func TestCombinedMailThatFailsStaysTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, failed := newMemory(), false
		p := &post{perform: func(_ context.Context, a bot.Action) error {
			if strings.Contains(a.Mail.MessageID, "+") && !failed {
				failed = true
				return bot.Temporary(errors.New("451"))
			}
			return nil
		}}
		for n := range 13 {
			q.add(grouped(n))
		}
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(4 * time.Hour)
		sent := p.ids()
		if len(sent) != 11 || len(strings.Split(sent[10], "+")) != 3 {
			t.Errorf("sent %v", sent)
		}
	})
}

// A deferred mail was sent on its own, and that was not recorded. It must be repeated on its own,
// not combined with another mail that was deferred later.
func TestDeferredThatMayBeOutJoinsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, down := newMemory(), true
		alone, late := grouped(1), grouped(2)
		alone.Deferred, late.Deferred = true, true
		q.add(alone)
		q.fault = func(call, _ string) error {
			if call == "Complete" && down {
				return errDown
			}
			return nil
		}
		p := &post{}
		_, stop := running(t, q, p)
		time.Sleep(time.Second)
		stop()
		down = false
		q.add(late)
		_, stop = running(t, q, p, func(o *Options) { o.Owner = "b" })
		defer stop()
		time.Sleep(time.Hour)
		if got := p.ids(); !slices.Equal(got, []string{"m1", "m2", "m1"}) {
			t.Errorf("sent %v", got)
		}
	})
}

func TestDeferredOfAnotherKindGoByThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b, c := grouped(1), grouped(2), grouped(3)
		a.Deferred, b.Deferred, c.Deferred = true, true, true
		b.Kind = bot.ActionInform
		b.Due, c.Due = b.Due.Add(time.Hour), c.Due.Add(time.Hour)
		q, p := newMemory(a, b, c), &post{}
		_, stop := running(t, q, p, func(o *Options) { o.Performers[bot.ActionInform] = p })
		defer stop()
		synctest.Wait()
		time.Sleep(time.Minute)
		if got := p.ids(); !slices.Equal(got, []string{"m1+m3", "m2"}) {
			t.Errorf("sent %v", got)
		}
	})
}

func TestWithoutCombiningEachWaitsForItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := newMemory(), &post{}
		for n := range 25 {
			q.add(grouped(n))
		}
		_, stop := running(t, q, p, func(o *Options) { o.Combine = nil })
		defer stop()
		time.Sleep(3*time.Hour + time.Minute)
		if got := len(p.ids()); got != 20 {
			t.Errorf("%d sent in the second window, want 20", got)
		}
		time.Sleep(3 * time.Hour)
		if got := len(p.ids()); got != 25 {
			t.Errorf("%d sent in the third, want 25", got)
		}
	})
}

func TestCombiningThatPanicsIsAFailedAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := grouped(1), grouped(2)
		a.Deferred, b.Deferred = true, true
		q, p := newMemory(a, b), &post{}
		_, stop := running(t, q, p, func(o *Options) { o.Combine = func([]bot.Action) bot.Action { panic("no mail") } })
		defer stop()
		synctest.Wait()
		for _, key := range []string{a.Key, b.Key} {
			if got := q.get(key); got.State != bot.ActionPending || got.Attempts != 1 || !got.Deferred {
				t.Errorf("got %+v", got)
			}
		}
	})
}
