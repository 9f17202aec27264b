package registry_test

import (
	"slices"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// Assigning a request settles the question about its main theme. It used to stay open.
func TestAnAssignmentSettlesTheQuestionOfTheTheme(t *testing.T) {
	for name, tt := range map[string]struct {
		owner string
		theme string // main theme afterwards
	}{
		"to whose theme was read":           {"ra-environment", "water"},
		"to whose theme is a candidate":     {"ra-energy", "energy-efficiency"},
		"to whom none of the themes belong": {"ra-trade", "water"},
	} {
		t.Run(name, func(t *testing.T) {
			o := slackOffice(t)
			o.route = unsure()
			r := request("en")
			r.Request.Themes = []string{"water"}
			r.Doubts = []intake.Doubt{{Field: intake.FieldThemes, Reason: intake.Remark{ID: "doubt.other_theme"}, Candidates: []string{"water", "energy-efficiency"}}}
			ref := o.arrives(letter("a@water.gov.kg"), r).Reference
			o.must(triage, ref, bot.Advance{Verb: intake.VerbAssign, Owner: tt.owner})
			rec := o.record(ref)
			if doubtOn(rec, intake.FieldThemes) != nil || rec.Request.Themes[0] != tt.theme || rec.Owner != tt.owner {
				t.Errorf("with %s; themes %v, doubts %+v", rec.Owner, rec.Request.Themes, rec.Doubts)
			}
			what := bot.WhatSettled
			if tt.theme != "water" {
				what = bot.WhatCorrected
			}
			if got := o.happened(ref); !slices.Contains(got, what) {
				t.Errorf("the history tells of %v", got)
			}
		})
	}
}

func TestASplitSettlesWhetherMoreIsAsked(t *testing.T) {
	o := slackOffice(t)
	ref := o.arrives(letter("a@water.gov.kg"), request("en")).Reference
	o.change(ref, func(r *intake.Record) {
		r.Doubts = []intake.Doubt{{Field: intake.FieldSummary, Reason: intake.Remark{ID: "doubt.asks_more"}, Candidates: []string{}}}
	})
	o.must(triage, ref, bot.Split{Parts: twoParts})
	if rec := o.record(ref); len(rec.Doubts) > 0 {
		t.Errorf("still asked: %+v", rec.Doubts)
	}
}
