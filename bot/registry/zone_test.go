package registry_test

import (
	"testing"
	"time"

	"verbale/bot/registry"
	"verbale/routing"
)

// Reminders are sent in the working hours of the recipient. The zone comes from the directory,
// else from Options.Zones, else from the office.
func TestRemindersFallIntoTheRecipientsOwnHours(t *testing.T) {
	east := time.FixedZone("east", 6*3600)
	far := time.FixedZone("far", -8*3600)
	for name, c := range map[string]struct {
		directory, learned, want *time.Location
	}{
		"by the directory": {far, east, far},
		"as learned":       {nil, east, east},
		"of the office":    {nil, nil, geneva},
	} {
		o := clockedOffice(t, func(o *registry.Options) {
			for i := range o.Directory.Posts {
				if o.Directory.Posts[i].ID == "ra-environment" {
					o.Directory.Posts[i].Zone = routing.Zone{Location: c.directory}
				}
			}
			o.Zones = func(id string) *time.Location {
				if id != "ra-environment" {
					return nil
				}
				return c.learned
			}
		})
		ref := o.arrived("a@water.gov.kg")
		for _, r := range o.Planned(new(o.record(ref))) {
			if at := r.At.In(c.want); r.To == "ra-environment" && (at.Hour() < 9 || at.Hour() >= 18) {
				t.Errorf("%s: reminded at %s", name, at)
			}
		}
	}
}
