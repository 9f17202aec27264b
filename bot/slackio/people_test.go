package slackio_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/slackio"
	"verbale/internal/slackpeer"
	"verbale/routing"
)

func TestAColleagueIsWhomTheDirectoryMakesOfAUser(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.AddUser(slackpeer.User{ID: "U0NOMAIL", Name: "nomail", RealName: "No Mail"})
	for user, want := range map[string]bot.Colleague{
		alice:      {ID: "alice@desk.example", Name: "Alice Arnaud", Address: "alice@desk.example", Roles: []routing.Role{routing.RoleTriage}},
		boris:      {ID: "boris@desk.example", Name: "Boris Brandt", Address: "boris@desk.example", Roles: []routing.Role{routing.RoleAdviser}, Posts: []string{boss}},
		"U0NOMAIL": {ID: "U0NOMAIL", Name: "No Mail"},
	} {
		got, err := h.people.Colleague(within(t), user)
		if err != nil {
			t.Fatalf("%s: %v", user, err)
		}
		if got.ID != want.ID || got.Name != want.Name || got.Address != want.Address ||
			!slices.Equal(got.Roles, want.Roles) || !slices.Equal(got.Posts, want.Posts) {
			t.Errorf("%s is %+v", user, got)
		}
	}
}

func TestWhoIsNoMemberIsRefused(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.AddUser(slackpeer.User{ID: "U000GONE", Name: "gone", Deleted: true})
	for _, user := range []string{stranger, "U000GONE", "U0UNKNOWN", slackpeer.BotUser} {
		_, err := h.people.Colleague(within(t), user)
		if refused, ok := errors.AsType[*bot.Refusal](err); !ok || refused.Phrase != "refused.stranger" {
			t.Errorf("%s: %v", user, err)
		}
	}
}

func TestAFailureOfSlackIsNoRefusal(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.Fail("users.info", 1, slackpeer.Fault{Status: 503})
	if _, err := h.people.Colleague(within(t), alice); err == nil {
		t.Error("no failure")
	} else if _, passes := bot.IsTemporary(err); !passes {
		t.Error(err)
	}
	if _, err := h.people.Colleague(within(t), alice); err != nil {
		t.Errorf("the failure was kept: %v", err)
	}
}

func TestAGroupThatDoesNotExistLocksNobodyOut(t *testing.T) {
	h := open(t, slackpeer.Options{})
	d := directory()
	d.Staff = append(d.Staff, routing.Staff{Role: routing.RoleViewer, Groups: []string{"S00UNKNOWN"}})
	got, err := slackio.NewPeople(h.workspace, d, time.Now).Colleague(within(t), alice)
	if err != nil || !got.Has(routing.RoleTriage) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSlackIsAskedOnceForAWhile(t *testing.T) {
	h := open(t, slackpeer.Options{})
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	people := slackio.NewPeople(h.workspace, directory(), func() time.Time { return now })
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := people.Colleague(within(t), alice); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, method := range []string{"users.info", "usergroups.users.list", "auth.test"} {
		if n := len(h.Calls(method)); n != 1 {
			t.Errorf("%s was called %d times", method, n)
		}
	}
	now = now.Add(6 * time.Minute)
	if _, err := people.Colleague(within(t), alice); err != nil {
		t.Fatal(err)
	}
	if n := len(h.Calls("users.info")); n != 2 {
		t.Errorf("users.info was called %d times", n)
	}
}

func TestActorsOfHistoriesAreCalledByName(t *testing.T) {
	h := open(t, slackpeer.Options{})
	for id, want := range map[string]string{
		alice: "Alice Arnaud", "Boris@desk.example": "Boris Brandt", "bot": "bot",
		"nobody@desk.example": "nobody@desk.example", "U0UNKNOWN": "U0UNKNOWN",
	} {
		if got := h.people.Name(within(t), id); got != want {
			t.Errorf("%s is called %q", id, got)
		}
	}
}

// Addresses from outside are never sent to Slack.
func TestAddressesOfRequestersStayInTheHouse(t *testing.T) {
	h := open(t, slackpeer.Options{})
	for _, id := range []string{"minister@water.gov.kg", "boris@desk.example.org"} {
		if got := h.people.Name(within(t), id); got != id {
			t.Errorf("%s is called %q", id, got)
		}
	}
	if asked := h.Calls("users.lookupByEmail"); len(asked) > 0 {
		t.Errorf("Slack was asked about %v", asked)
	}
}

// The time zone and the language of a post come from the profile of its holder, once that was
// loaded. Asking for them makes no call.
func TestZonesAndLanguagesAreLearnedFromProfiles(t *testing.T) {
	h := open(t, slackpeer.Options{})
	h.AddUser(slackpeer.User{ID: boris, Name: "boris", RealName: "Boris Brandt", Email: "boris@desk.example", TZ: "Asia/Bishkek", Locale: "ru-RU"})
	if zone := h.people.Zone(boss); zone != nil || len(h.Calls("users.info")) > 0 {
		t.Errorf("before anything was learned it is %v", zone)
	}
	ctx, stop := context.WithCancel(within(t))
	ended := make(chan error)
	go func() { ended <- h.people.LearnProfiles(ctx) }()
	h.until(t, "a time zone", func() bool { return len(h.Calls("users.info")) > 0 })
	for h.people.Zone(boss) == nil && ctx.Err() == nil {
		runtime.Gosched()
	}
	stop()
	if err := <-ended; err != nil || h.people.Zone(boss).String() != "Asia/Bishkek" || h.people.Zone("nobody") != nil {
		t.Errorf("%v, the zone is %v", err, h.people.Zone(boss))
	}
	if post, nobody := h.people.Language(boss), h.people.Language("nobody"); post != "ru" || nobody != "" {
		t.Errorf("the post uses Slack in %q, and nobody in %q", post, nobody)
	}
}

// After somebody changed their language, the one of their latest visit is used, by Slack ID, by
// address and by post.
func TestALanguageIsThatOfTheLatestVisit(t *testing.T) {
	h := open(t, slackpeer.Options{})
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	people := slackio.NewPeople(h.workspace, directory(), func() time.Time { return now })
	for locale, want := range map[string]string{"fr-FR": "fr", "ru-RU": "ru"} {
		h.AddUser(slackpeer.User{ID: boris, Name: "boris", RealName: "Boris Brandt", Email: "Boris@desk.example", Locale: locale})
		now = now.Add(6 * time.Minute) // longer than profiles are cached
		if _, err := people.Colleague(within(t), boris); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{boris, "boris@desk.example", boss} {
			if got := people.Language(id); got != want {
				t.Errorf("with %s, %s uses Slack in %q", locale, id, got)
			}
		}
	}
}
