package registry_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// The owner can send the results of a request by mail once they were asked for.
func TestResultsAreToldByMail(t *testing.T) {
	for name, c := range map[string]struct {
		text, echo string
		results    bool
		sender     string
		owed       bool
	}{
		"told":             {"Two workshops were held, and 40 people trained.", "kept as the results", true, "", true},
		"told in French":   {"Deux ateliers ont eu lieu à Chisinau.", "kept as the results", true, "", true},
		"not yet":          {"Not yet.", "too short", false, "", true},
		"not asked for":    {"Two workshops were held, and 40 people trained.", "", false, "", false},
		"by somebody else": {"Two workshops were held, and 40 people trained.", "", false, "colleague@unece.example", true},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
			owner, token := o.record(ref).Owner, o.record(ref).Tokens[o.record(ref).Owner]
			o.change(ref, func(rec *intake.Record) {
				rec.Status, rec.Outcome, rec.Plan = intake.StatusClosed, intake.OutcomeDelivered, nil
				if c.owed {
					rec.Plan = []intake.PlanStep{{At: noon, Step: intake.StepResults, To: owner}}
				}
			})
			contact, _ := o.Directory.Contact(owner)
			sender := contact.Address
			if c.sender != "" {
				sender = c.sender
			}
			m := letter("b@unece.example", from(sender), saying(c.text), inReplyTo(strings.ToLower("assign."+ref+"."+token+"@desk.unece.example")))
			o.arrives(m, quoting(ref))
			rec := o.record(ref)
			if (rec.Results != nil) != c.results {
				t.Fatalf("results %+v", rec.Results)
			}
			if c.results && (!strings.Contains(rec.Results.Outputs, strings.Fields(c.text)[1]) || rec.Results.By == "" || !strings.Contains(strings.Join(o.happened(ref), " "), bot.WhatResults)) {
				t.Errorf("%+v, %v", rec.Results, o.happened(ref))
			}
			echo := o.echoed()
			if (echo != nil) != (c.echo != "") || echo != nil && !strings.Contains(echo.Mail.Text, c.echo) {
				t.Errorf("said back: %+v", echo)
			}
		})
	}
}
