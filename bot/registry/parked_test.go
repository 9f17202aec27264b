package registry_test

import (
	"context"
	"testing"

	"verbale/bot"
)

// parkedOffice has a record with an adviser on Slack.
func parkedOffice(t *testing.T) (clocked, string) {
	c := clockedOffice(t)
	return c, c.arrived("a@water.gov.kg")
}

// parks gives an action up, and counts what the desk is told of it.
func (c clocked) parks(a bot.Action) (told int) {
	c.t.Helper()
	before := c.keys()
	if _, err := c.Handle(context.Background(), bot.Parked{Action: a}); err != nil {
		c.t.Fatal(err)
	}
	for _, key := range c.keys() {
		if p := c.action(key); p.Kind == bot.ActionPost && p.Post.What == bot.WhatParked {
			told++
		}
	}
	for _, key := range before {
		if p := c.action(key); p.Kind == bot.ActionPost && p.Post.What == bot.WhatParked {
			told--
		}
	}
	return told
}

// An adviser whose direct messages do not arrive has got no mail either: the desk
// must know. That it does calls for a further card which does not arrive.
func TestTheDeskHearsOfALostDirectMessageOnce(t *testing.T) {
	c, ref := parkedOffice(t)
	if told := c.parks(c.action("card:" + ref + ":ra-environment:1")); told != 1 {
		t.Errorf("told %d times, want once", told)
	}
	if told := c.parks(c.action("card:" + ref + ":ra-environment:2")); told != 0 {
		t.Errorf("told %d times more", told)
	}
}

func TestTheDeskIsNotToldInALostChannel(t *testing.T) {
	c, ref := parkedOffice(t)
	if told := c.parks(c.action("card:" + ref + ":desk:1")); told != 0 {
		t.Errorf("told %d times", told)
	}
}

func TestWhatIsParkedAgainIsToldAgain(t *testing.T) {
	c, ref := parkedOffice(t)
	mail := c.action("acknowledge:" + ref)
	if told := c.parks(mail); told != 1 {
		t.Errorf("told %d times, want once", told)
	}
	if told := c.parks(mail); told != 0 {
		t.Errorf("told %d times more on the same day", told)
	}
	*c.now = tuesday.AddDate(0, 0, 2) // somebody tried it again
	if told := c.parks(mail); told != 1 {
		t.Errorf("told %d times two days later, want once", told)
	}
}
