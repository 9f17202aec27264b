package slackio_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"verbale/bot"
	"verbale/bot/slackio"
	"verbale/internal/slackpeer"
)

// attempt performs an action as the outbox does, with a retry after each temporary failure, and
// returns the number of attempts.
func (d *mouthFixture) attempt(t *testing.T, a bot.Action) int {
	t.Helper()
	for ; a.Attempts < 10; a.Attempts++ {
		_, err := d.mouth.Perform(within(t), a)
		if _, passes := bot.IsTemporary(err); !passes {
			if err != nil {
				t.Fatalf("attempt %d: %v", a.Attempts+1, err)
			}
			return a.Attempts + 1
		}
	}
	t.Fatal("no end of attempts")
	return 0
}

// If the response of Slack is lost, the message may have been posted. The retry must find it and
// not post it twice.
func TestALostAnswerPostsNothingTwice(t *testing.T) {
	for name, fault := range map[string]slackpeer.Fault{
		"cut":        {AfterEffect: true, Cut: true},
		"status 500": {AfterEffect: true, Status: 500},
		"an error":   {AfterEffect: true, Code: "internal_error"},
	} {
		t.Run(name, func(t *testing.T) {
			d := mouth(t, slackpeer.Options{})
			for i, a := range []bot.Action{card(1), note(bot.RoomDesk)} {
				d.Fail("chat.postMessage", 1, fault)
				if n := d.attempt(t, a); n != 2 {
					t.Errorf("%s took %d attempts", a.Key, n)
				}
				if got := d.Messages(deskRoom); len(got) != i+1 {
					t.Errorf("%d messages after %s", len(got), a.Key)
				}
			}
			summary := bot.Action{Key: "summary:1", Kind: bot.ActionSummary, Room: bot.RoomDesk, Records: []string{"TC-2026-00001"}}
			d.Fail("chat.postMessage", 1, fault)
			d.attempt(t, summary)
			if got := d.Messages(deskRoom); len(got) != 3 {
				t.Errorf("%d messages after the summary", len(got))
			}
		})
	}
}

// A failure is unsure if the message may have been posted all the same, and not if Slack has
// refused it.
func TestFailuresThatLeaveAPostOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		fault slackpeer.Fault
		open  bool
	}{
		"cut":                {slackpeer.Fault{Cut: true}, true},
		"status 503":         {slackpeer.Fault{Status: 503}, true},
		"an error halfway":   {slackpeer.Fault{Code: "fatal_error"}, true},
		"asked to wait":      {slackpeer.Fault{Status: 429, Code: "ratelimited", RetryAfter: 1}, false},
		"refused":            {slackpeer.Fault{Code: "not_in_channel"}, false},
		"refused for a time": {slackpeer.Fault{Code: "message_limit_exceeded"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := mouth(t, slackpeer.Options{})
			d.Fail("chat.postMessage", 1, tt.fault)
			if _, err := d.mouth.Perform(within(t), card(1)); err == nil || bot.IsUnsure(err) != tt.open {
				t.Errorf("%v: open %t, want %t", err, bot.IsUnsure(err), tt.open)
			}
		})
	}
}

func TestAPlaceThatCouldNotBeKeptIsFoundAgain(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.fault = bot.Temporary(errors.New("store is down"))
	if n := d.attempt(t, card(1)); n != 2 || len(d.Messages(deskRoom)) != 1 {
		t.Errorf("%d attempts, %d messages", n, len(d.Messages(deskRoom)))
	}
}

func TestWhatPassesIsToldFromWhatAPersonMends(t *testing.T) {
	for name, c := range map[string]struct {
		fault     slackpeer.Fault
		temporary bool
		says      string
	}{
		"limited":          {slackpeer.Fault{Status: 429, Code: "ratelimited", RetryAfter: 7}, true, "asks to wait"},
		"status 503":       {slackpeer.Fault{Status: 503}, true, "status 503"},
		"no answer":        {slackpeer.Fault{Cut: true}, true, "post to"},
		"Slack's fault":    {slackpeer.Fault{Code: "fatal_error"}, true, "fatal_error"},
		"not in channel":   {slackpeer.Fault{Code: "not_in_channel"}, false, "invite the app"},
		"token refused":    {slackpeer.Fault{Code: "invalid_auth"}, false, "slack.bot_token_file"},
		"scope missing":    {slackpeer.Fault{Code: "missing_scope"}, false, "verbale manifest"},
		"channel archived": {slackpeer.Fault{Code: "is_archived"}, false, "unarchive"},
	} {
		t.Run(name, func(t *testing.T) {
			d := mouth(t, slackpeer.Options{})
			d.Fail("chat.postMessage", 1, c.fault)
			_, err := d.mouth.Perform(within(t), card(1))
			after, temporary := bot.IsTemporary(err)
			if temporary != c.temporary || !strings.Contains(err.Error(), c.says) {
				t.Errorf("temporary %t: %v", temporary, err)
			}
			if want := time.Duration(c.fault.RetryAfter) * time.Second; after != want {
				t.Errorf("again after %s", after)
			}
		})
	}
}

// Many posts at once are sent at Slack's rate, so that Slack refuses none.
func TestABurstKeepsToSlacksRate(t *testing.T) {
	d := mouth(t, slackpeer.Options{})
	d.Limit("chat.postMessage", slackpeer.Rate{PerMinute: 60, Burst: 5})
	for i := range 7 {
		a := note(bot.RoomDesk)
		a.Key, a.Reference = a.Key+string(rune('a'+i)), ""
		d.perform(t, a)
	}
	for _, c := range d.Calls("chat.postMessage") {
		if c.Error != "" {
			t.Errorf("refused: %s", c.Error)
		}
	}
}

// When Slack asks to wait, all posts to the same channel wait.
func TestAllWaitWhenSlackAsksTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := slackio.NewPacer(time.Now)
		began := time.Now()
		p.Hold("post C1", 30*time.Second)
		for range 2 {
			if err := p.Turn(t.Context(), "post C1"); err != nil {
				t.Fatal(err)
			}
		}
		if waited := time.Since(began); waited < 30*time.Second || waited > 33*time.Second {
			t.Errorf("waited %s", waited)
		}
		if err := p.Turn(t.Context(), "post C2"); err != nil || time.Since(began) > 33*time.Second {
			t.Error("another channel waits as well")
		}
		p.Hold("post C1", time.Hour)
		err := p.Turn(t.Context(), "post C1")
		if after, passes := bot.IsTemporary(err); !passes || after < 59*time.Minute {
			t.Errorf("%v, again after %s", err, after)
		}
	})
}
