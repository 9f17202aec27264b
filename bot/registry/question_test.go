package registry_test

import (
	"slices"
	"testing"

	"verbale/intake"
)

func TestQuestionAboutWhatIsMissing(t *testing.T) {
	for lang := range subjects {
		o := open(t)
		r := intake.Reading{Kind: intake.KindRequest, Language: lang, Request: &intake.Request{Countries: []string{"KG"}}}
		o.arrives(letter("a@water.gov.kg", func(m *intake.Message) { m.Subject = subjects[lang] }), r)
		before := o.keys()
		rec := o.record(first)
		subject, text := o.QuestionDraft(&rec)
		wantGolden(t, "question."+lang, subject+"\n\n"+text+"\n")
		o.wantActions(before...) // it is only a draft
	}
}

func TestNothingMissingAsksNothing(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), fullRequest("en"))
	rec := o.record(first)
	if subject, text := o.QuestionDraft(&rec); subject != "" || text != "" {
		t.Errorf("%s\n%s", subject, text)
	}
}

// The requester's answer does not fill empty fields. They get a proposal.
func TestAnswerProposesWhatWasMissing(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) {
		r.Status, r.Before, r.Request.Institution, r.Request.Summary = intake.StatusWaiting, intake.StatusAccepted, "", "We request help."
	})
	r := request("en")
	r.Reference = first
	r.Request.Institution, r.Request.ProposedStart = "Agency for Water", intake.Date{Year: 2027, Month: 5, Day: 10}
	r.Evidence = []intake.Evidence{
		{Field: intake.FieldInstitution, Quote: "Agency for Water", Source: "body", Start: 40},
		{Field: intake.FieldProposedStart, Quote: "10 May 2027", Source: "body", Start: 3}, // within the summary that is put before the answer for reading
	}
	o.arrives(letter("b@water.gov.kg", saying("It is the Agency for Water.")), r)
	rec := o.record(first)
	if got := doubtOn(rec, intake.FieldInstitution); !slices.Equal(got, []string{"Agency for Water"}) || rec.Request.Institution != "" {
		t.Errorf("proposed %v, set %q", got, rec.Request.Institution)
	}
	if got := doubtOn(rec, intake.FieldProposedStart); got != nil {
		t.Errorf("proposed %v, which the answer does not say", got)
	}
	if rec.Status != intake.StatusAccepted {
		t.Errorf("%s", rec.Status)
	}
}

// A short answer that contains only what was asked for is understood by the real reader.
func TestPlainAnswersAreRead(t *testing.T) {
	for lang, text := range map[string]string{
		"en": "The mission could take place from 10 to 14 May 2027.",
		"fr": "La mission pourrait avoir lieu du 10 au 14 mai 2027.",
		"ru": "Миссия могла бы состояться с 10 по 14 мая 2027 г.",
	} {
		o := realOffice(t)
		o.arrivesFrom("1-request")
		o.change(first, func(r *intake.Record) {
			r.Status, r.Before = intake.StatusWaiting, intake.StatusAssigned
			r.Request.ProposedStart, r.Request.ProposedEnd = intake.Date{}, intake.Date{}
		})
		m := letter("b@water.gov.kg", saying(text), inReplyTo(o.action(ackFirst).Mail.MessageID))
		o.hears(m)
		rec := o.record(first)
		if days := doubtOn(rec, intake.FieldDates); !slices.Equal(days, []string{"2027-05-10/2027-05-14"}) || len(rec.Doubts) != 1 {
			t.Errorf("%s: proposed %v; %+v", lang, days, rec.Doubts)
		}
	}
}
