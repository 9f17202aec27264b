package page

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"verbale/bot"
	"verbale/internal/redisstore"
	"verbale/internal/redisstore/storetest"
)

// pushed requests that the clock be advanced by a day and returns how far ahead it is then.
func pushed(ctx context.Context, p *Page) (ahead time.Duration, err error) {
	_, err = p.pushClock(httptest.NewRequest("POST", "/clock", strings.NewReader(`{"to": "day"}`)).WithContext(ctx))
	return time.Duration(p.Clock.ahead.Load()), err
}

// The clock must not be advanced while a mail is being sent: its lease would end, and it would be
// sent twice.
func TestTheClockStandsWhileAMailIsInHand(t *testing.T) {
	store, err := redisstore.Open(t.Context(), redisstore.Options{URL: "redis://" + miniredis.RunT(t).Addr(), Office: "page", Prefix: "TC"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	p := &Page{Options: Options{Store: store, Clock: &Clock{}}}
	if _, err := store.Commit(t.Context(), storetest.NewChange(1)); err != nil {
		t.Fatal(err)
	}
	inHand, err := store.Claim(t.Context(), bot.MouthMail, "a", p.Clock.Now(), time.Minute, 1)
	if err != nil || len(inHand) != 1 {
		t.Fatalf("%d claimed, %v", len(inHand), err)
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if ahead, err := pushed(impatient, p); err == nil || ahead != 0 {
		t.Errorf("with a mail in hand the clock is %s ahead, %v", ahead, err)
	}
	if err := store.Complete(t.Context(), "a", inHand[0].Key, "m1", p.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	if ahead, err := pushed(t.Context(), p); err != nil || ahead != 24*time.Hour {
		t.Errorf("with nothing in hand it is %s ahead, %v", ahead, err)
	}
}
