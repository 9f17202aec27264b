package outbox

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"verbale/bot"
)

// lost is what a relay leaves behind that took a mail and cut the line before its
// answer; refused is an answer.
var (
	lost    = bot.Unsure(bot.Temporary(errors.New("EOF")))
	refused = bot.Temporary(errors.New("451 not now"))
)

// A relay takes what it is given, and its first answer is another one.
type relay struct {
	post
	first error
}

func (r *relay) Perform(ctx context.Context, a bot.Action) (string, error) {
	err := r.first
	r.first = nil
	if err != nil && !bot.IsUnsure(err) {
		return "", err
	}
	id, _ := r.post.Perform(ctx, a)
	return id, err
}

// undue is a Obsolete by which actions stop being due after a second.
func undue(keys ...string) func(*Options) {
	from := time.Now().Add(time.Second)
	return func(o *Options) {
		o.Obsolete = func(_ context.Context, a bot.Action) (string, error) {
			if slices.Contains(keys, a.Key) && time.Now().After(from) {
				return "answered meanwhile", nil
			}
			return "", nil
		}
	}
}

// deferredMails are some that go out together.
func deferredMails(n int) *memory {
	q := newMemory()
	for i := range n {
		a := grouped(i)
		a.Deferred = true
		q.add(a)
	}
	return q
}

// A reminder that the relay took, whose answer was lost, was looked at anew, found to be
// due no longer, and noted as skipped though it had gone out.
func TestWhatMayBeOutIsRepeatedThoughItIsDueNoLonger(t *testing.T) {
	tests := []struct {
		name  string
		queue func() *memory
		first error
		sent  []string
		state bot.ActionState // of the one that is due no longer
	}{
		{"its answer was lost", func() *memory { return newMemory(mail(1)) }, lost, []string{"m1", "m1"}, bot.ActionDone},
		{"it was refused", func() *memory { return newMemory(mail(1)) }, refused, nil, bot.ActionSkipped},
		{"the answer to several was lost", func() *memory { return deferredMails(3) }, lost, []string{"m0+m1+m2", "m0+m1+m2"}, bot.ActionDone},
		{"several were refused", func() *memory { return deferredMails(3) }, refused, []string{"m0+m2"}, bot.ActionSkipped},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, r := tt.queue(), &relay{first: tt.first}
				_, stop := running(t, q, r, undue("acknowledge:1"))
				defer stop()
				time.Sleep(time.Hour)
				if got := r.ids(); !slices.Equal(got, tt.sent) {
					t.Errorf("sent %v, want %v", got, tt.sent)
				}
				if a := q.get("acknowledge:1"); a.State != tt.state {
					t.Errorf("it is %s, want %s", a.State, tt.state)
				}
			})
		})
	}
}

// The process ends after the relay took a mail, and before that is noted; meanwhile a
// step of it stops being due, and another mail for the same address comes.
func TestWhatAProcessLeftIsRepeatedAsItWas(t *testing.T) {
	for name, tt := range map[string]struct {
		queue func() *memory
		sent  []string
	}{
		"one":     {func() *memory { return newMemory(mail(1)) }, []string{"m1", "m3", "m1"}},
		"several": {func() *memory { return deferredMails(3) }, []string{"m0+m1+m2", "m3", "m0+m1+m2"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q, p, down := tt.queue(), &post{}, true
				q.fault = func(call, _ string) error {
					if down && (call == "Complete" || call == "CompleteAll") {
						return errDown
					}
					return nil
				}
				_, stop := running(t, q, p)
				time.Sleep(time.Second)
				stop()
				down = false
				late := grouped(3)
				late.Deferred = true
				q.add(late)
				_, stop = running(t, q, p, undue("acknowledge:1"), func(o *Options) { o.Owner = "b" })
				defer stop()
				time.Sleep(time.Hour)
				if got := p.ids(); !slices.Equal(got, tt.sent) {
					t.Errorf("sent %v, want %v", got, tt.sent)
				}
			})
		})
	}
}

// A part of what went out together is in the hands of another process, which ends: what
// is left waits for it, since a mail of fewer would be another one under the same name.
func TestPartsOfWhatWentOutTogetherWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, p := deferredMails(3), &post{}
		keys := []string{"acknowledge:0", "acknowledge:1", "acknowledge:2"}
		if claimed, err := q.Claim(t.Context(), bot.MouthMail, "ended", time.Now(), time.Second, 3); err != nil || len(claimed) != 3 {
			t.Fatal(claimed, err)
		}
		if err := q.Bind(t.Context(), "ended", keys, "m0+m1+m2"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		if _, err := q.Recover(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := q.Claim(t.Context(), bot.MouthMail, "other", time.Now(), 5*time.Minute, 1); err != nil {
			t.Fatal(err)
		}
		_, stop := running(t, q, p)
		defer stop()
		time.Sleep(time.Hour)
		if got := p.ids(); !slices.Equal(got, []string{"m0+m1+m2"}) {
			t.Errorf("sent %v", got)
		}
	})
}

// What went out together became due again while its notes were still being made, and the
// first of it went out without the rest.
func TestWhatGoesOutTogetherIsDueAgainWhenAllIsNoted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, r := deferredMails(3), &relay{first: refused}
		q.fault = func(call, _ string) error {
			if call == "Retry" {
				time.Sleep(time.Second) // a slow store
			}
			return nil
		}
		_, stop := running(t, q, r, func(o *Options) { o.Policy.Retry.First, o.Poll = time.Second, 100*time.Millisecond })
		defer stop()
		time.Sleep(time.Hour)
		if got := r.ids(); !slices.Equal(got, []string{"m0+m1+m2"}) {
			t.Errorf("sent %v", got)
		}
		for n := range 3 {
			if a := q.get(grouped(n).Key); a.Attempts != 1 {
				t.Errorf("%s failed %d times", a.Key, a.Attempts)
			}
		}
	})
}

// One that was due, and not deferred, went out with those that were; its answer lost, it
// was repeated by itself, and the others waited for it for ever.
func TestWhatWentOutWithDeferredOnesStaysWithThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, r := newMemory(), &relay{first: lost}
		for n := range 3 { // all are due when the outbox looks, one minute on
			a := grouped(n)
			a.Deferred, a.Due = n > 0, time.Now().Add(time.Minute-time.Duration(n)*time.Second)
			q.add(a)
		}
		_, stop := running(t, q, r, func(o *Options) { o.Workers = 1 })
		defer stop()
		time.Sleep(time.Hour)
		if got := r.ids(); !slices.Equal(got, []string{"m0+m1+m2", "m0+m1+m2"}) {
			t.Errorf("sent %v", got)
		}
	})
}
