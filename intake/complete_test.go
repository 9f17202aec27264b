package intake_test

import (
	"slices"
	"testing"

	"verbale/intake"
)

func TestWhatAFormalRequestLacks(t *testing.T) {
	whole := func() *intake.Record {
		return &intake.Record{
			Origin: intake.Origin{AnswerTo: intake.Address{Address: "office@water.gov.kg"}},
			Request: &intake.Request{
				Institution: "Ministry of Water", Requester: intake.Requester{Name: "A. Official", Title: "Deputy Minister"},
				Summary: "Help with a law.", Countries: []string{"KG"}, Services: []intake.Service{intake.ServiceAdvisory},
				ProposedStart: intake.Date{Year: 2027, Month: 3, Day: 1},
			},
		}
	}
	for name, tt := range map[string]struct {
		change func(*intake.Record)
		want   []intake.Element
	}{
		"nothing":              {func(*intake.Record) {}, nil},
		"institution":          {func(r *intake.Record) { r.Request.Institution = "" }, []intake.Element{intake.ElementInstitution}},
		"name of who signs":    {func(r *intake.Record) { r.Request.Requester.Name = "" }, []intake.Element{intake.ElementAuthority}},
		"post of who signs":    {func(r *intake.Record) { r.Request.Requester.Title = "" }, []intake.Element{intake.ElementAuthority}},
		"objective":            {func(r *intake.Record) { r.Request.Summary = "" }, []intake.Element{intake.ElementObjective}},
		"objective by a theme": {func(r *intake.Record) { r.Request.Summary, r.Request.Themes = "", []string{"water"} }, nil},
		"country":              {func(r *intake.Record) { r.Request.Countries = nil }, []intake.Element{intake.ElementBeneficiaries}},
		"kind of help":         {func(r *intake.Record) { r.Request.Services = nil }, []intake.Element{intake.ElementSupport}},
		"time":                 {func(r *intake.Record) { r.Request.ProposedStart = intake.Date{} }, []intake.Element{intake.ElementTimeFrame}},
		"time by its end": {func(r *intake.Record) {
			r.Request.ProposedStart, r.Request.ProposedEnd = intake.Date{}, intake.Date{Year: 2027, Month: 3, Day: 1}
		}, nil},
		"address": {func(r *intake.Record) { r.Origin.AnswerTo = intake.Address{} }, []intake.Element{intake.ElementContact}},
		"address in the text": {func(r *intake.Record) {
			r.Origin.AnswerTo, r.Request.Requester.Email = intake.Address{}, "office@water.gov.kg"
		}, nil},
		"all, of what could not be read": {func(r *intake.Record) { r.Request, r.Origin = nil, intake.Origin{} }, []intake.Element{
			intake.ElementInstitution, intake.ElementAuthority, intake.ElementObjective, intake.ElementBeneficiaries,
			intake.ElementSupport, intake.ElementTimeFrame, intake.ElementContact,
		}},
	} {
		rec := whole()
		tt.change(rec)
		if got := rec.Missing(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: missing %v, want %v", name, got, tt.want)
		}
	}
}
