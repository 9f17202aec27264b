package bot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

var twoParts = []bot.Part{
	{Summary: "Water", Themes: []string{"water"}, Services: []intake.Service{intake.ServiceAdvisory}},
	{Summary: "Roads", Themes: []string{"road-safety"}, Services: []intake.Service{intake.ServiceProject}, Owner: "ra-transport"},
}

func (o *office) opensPart(reference string, n int) string {
	o.t.Helper()
	child, err := o.Perform(context.Background(), o.action(fmt.Sprintf("open_part:%s:%d", reference, n)))
	if err != nil {
		o.t.Fatal(err)
	}
	return child
}

// The router would give the part to the adviser for the environment, and the desk
// gave it to another: the first hears nothing of it.
func TestAPartGoesToNobodyButWhomTheDeskNamed(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	o.opensPart(ref, 1)
	part := o.opensPart(ref, 2)
	rec := o.record(part)
	if rec.Owner != "ra-transport" || slices.Contains(rec.Rooms, "ra-environment") {
		t.Errorf("the part of %s is shown in %v", rec.Owner, rec.Rooms)
	}
	if _, known := rec.Tokens["ra-environment"]; known {
		t.Error("a token was made for who has nothing to do with it")
	}
	for _, key := range o.keys() {
		if strings.Contains(key, part) && strings.Contains(key, "ra-environment") {
			t.Errorf("action %s", key)
		}
	}
}

func TestARequestIsSplitOnce(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.must(triage, ref, bot.Split{Parts: twoParts})
	_, err := o.order(triage, ref, bot.Split{Parts: append(slices.Clone(twoParts), bot.Part{Summary: "Forests", Themes: []string{"forests"}})})
	o.wantRefused(err, "refused.split")
}
