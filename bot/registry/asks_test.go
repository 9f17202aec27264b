package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
)

// Questions about mail from strangers are shown in the channel. They have a rate group of their
// own, and many of them are combined into one message.
func TestManyMailsToBeConfirmedBecomeOneMessage(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	for n := range 3 {
		o.arrives(letter(fmt.Sprintf("b%d@elsewhere.example", n), from("stranger@elsewhere.example")), quoting(ref))
	}
	var asking []bot.Action
	for _, a := range o.store.Written {
		if a.Post != nil && a.Post.Identity != "" {
			asking = append(asking, a)
		}
	}
	if len(asking) != 3 || asking[0].RateGroup == "" || asking[0].RateGroup != asking[2].RateGroup || asking[0].Deferred || asking[0].Lane == asking[1].Lane {
		t.Fatalf("the desk is asked by %+v", asking)
	}
	one := o.Combine(asking)
	if one.Kind != bot.ActionSummary || one.Post.Identity != bot.AsidesToConfirm || len(strings.Fields(one.Post.Detail)) != 3 || one.Room != bot.RoomDesk || !slices.Equal(one.Records, []string{ref}) {
		t.Errorf("%d questions become %+v", len(asking), one)
	}
}
