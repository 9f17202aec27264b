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

// lost is the error if the relay accepts a mail and the connection ends before its reply.
// refused is a temporary failure reply (RFC 5321).
var (
	lost    = bot.Unsure(bot.Temporary(errors.New("EOF")))
	refused = bot.Temporary(errors.New("451 not now"))
)

// A relay accepts all mails. Its first attempt returns the error first; unless that is an unsure
// one, the mail of that attempt is not accepted.
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

// undue sets an Obsolete function that makes the actions obsolete after a second.
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

// deferredMails returns a queue with n deferred mails that are sent as one.
func deferredMails(n int) *memory {
	q := newMemory()
	for i := range n {
		a := grouped(i)
		a.Deferred = true
		q.add(a)
	}
	return q
}

// Guards against a defect: the relay accepted a reminder, but its reply was lost. On the next
// attempt the reminder was obsolete, and it was recorded as skipped although it had been sent.
func TestWhatMayBeOutIsRepeatedThoughItIsDueNoLonger(t *testing.T) {
	tests := []struct {
		name  string
		queue func() *memory
		first error
		sent  []string
		state bot.ActionState // of the obsolete action
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

// The process ends after the relay accepted a mail and before that is recorded. Meanwhile an
// action in it becomes obsolete, and another mail to the same address is added. The first mail
// must be repeated unchanged.
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

// One action of a combined mail is claimed by another process, which ends. The other actions must
// wait for it, since a mail without it would have other content under the same Message-ID.
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

// Guards against a defect: after a combined mail was refused, its first action became due again
// before the failure was recorded for all actions, and was sent without the others.
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

// Guards against a defect: an action that was not deferred was combined with deferred ones. The
// reply was lost, it was repeated on its own, and the others waited for it forever.
func TestWhatWentOutWithDeferredOnesStaysWithThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, r := newMemory(), &relay{first: lost}
		for n := range 3 { // all are due at the next poll after one minute
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
