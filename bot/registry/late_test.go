package registry_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"verbale/bot"
)

// Reminders delayed by an outage are combined into one message for each room.
func TestWhatAnOutageHeldUpBecomesOneMessage(t *testing.T) {
	c := clockedOffice(t)
	var records []string
	for n := range 5 {
		records = append(records, c.arrived(fmt.Sprintf("a%d@water.gov.kg", n)))
	}
	*c.now = tuesday.AddDate(0, 0, 13)
	for _, ref := range records {
		if _, err := c.Wake(context.Background(), ref); err != nil {
			t.Fatal(err)
		}
	}
	rooms := map[string][]bot.Action{}
	for _, a := range c.store.Written {
		if a.Kind == bot.ActionPost && a.Post.Reminder != "" {
			if !a.Deferred || a.RateGroup == "" || !a.Due.After(*c.now) {
				t.Errorf("%s is not gathered: %+v", a.Key, a)
			}
			rooms[a.RateGroup] = append(rooms[a.RateGroup], a)
		}
	}
	if len(rooms) == 0 {
		t.Fatal("nobody is reminded")
	}
	for group, said := range rooms {
		one := c.Combine(said)
		slices.Sort(one.Records)
		if one.Kind != bot.ActionSummary || one.Post.Reminder != bot.LateReminders || one.Room != said[0].Room || !slices.Equal(one.Records, records) {
			t.Errorf("%s: %d reminders become %+v", group, len(said), one)
		}
	}
}
