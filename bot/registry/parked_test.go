package registry_test

import (
	"context"
	"testing"

	"verbale/bot"
)

// parkedOffice returns an office with one record, whose adviser uses Slack.
func parkedOffice(t *testing.T) (clocked, string) {
	c := clockedOffice(t)
	return c, c.arrived("a@water.gov.kg")
}

// parks handles a parked action and returns how often the desk was told.
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

// An adviser who gets no direct messages got no mail either, so that the desk is told. This
// changes the record and causes another card, which fails too: the desk must not be told again.
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
	*c.now = tuesday.AddDate(0, 0, 2) // after another attempt
	if told := c.parks(mail); told != 1 {
		t.Errorf("told %d times two days later, want once", told)
	}
}
