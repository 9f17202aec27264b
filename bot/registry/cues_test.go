package registry_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// Cues in further mails of the requester are shown. They do not change the record.
func TestWhatTheRequesterWritesIsHeard(t *testing.T) {
	tests := []struct{ name, text, what string }{
		{"withdrawal", "We hereby withdraw our request. Thank you.", "withdraws"},
		{"withdrawal, no longer needed", "Your assistance is no longer needed, since a law was passed.", "withdraws"},
		{"withdrawal in French", "Madame, nous retirons notre demande.", "withdraws"},
		{"withdrawal, a wish in French", "Le Ministère souhaite retirer sa demande.", "withdraws"},
		{"withdrawal in Russian", "Просим отозвать наш запрос от 3 марта.", "withdraws"},
		{"withdrawal, a need that is gone, in Russian", "Сообщаем, что необходимость отпала.", "withdraws"},
		{"chaser", "Dear colleagues, is there any news?", "chaser"},
		{"chaser that complains", "We have not received a reply to date.", "chaser"},
		{"chaser in French", "Où en est notre demande ?", "chaser"},
		{"chaser that complains in French", "Nous n’avons pas reçu de réponse à ce jour.", "chaser"},
		{"chaser in Russian", "Есть ли новости по нашему обращению?", "chaser"},
		{"chaser that complains in Russian", "До сих пор не получили ответа.", "chaser"},
		{"new dates", "We must postpone the mission to 10-14 May 2027.", "new_dates"},
		{"new dates in French", "Nous proposons de nouvelles dates : du 10 au 14 mai 2027.", "new_dates"},
		{"new dates in Russian", "Просим перенести миссию на 10–14 мая 2027 г.", "new_dates"},
		{"a correction of the days", "Please note a correction: the training should take place from 19 to 21 April, not from 12 to 14 April.", "new_dates"},
		{"a correction of the days in French", "Rectificatif : la formation aura lieu du 19 au 21 avril et non du 12 au 14 avril.", "new_dates"},
		{"a correction of the days in Russian", "Уточняем: обучение пройдёт с 19 по 21 апреля, а не с 12 по 14 апреля.", "new_dates"},
		{"a correction of something else", "Please note a correction: our letter was dated 3 March 2027, not 13 March 2027.", ""},
		{"no withdrawal", "We do not withdraw our request.", ""},
		{"a condition", "If we withdraw the request, who pays?", ""},
		{"no withdrawal in French", "Nous ne souhaitons pas retirer notre demande.", ""},
		{"no withdrawal in Russian", "Мы не отзываем запрос.", ""},
		{"somebody else's withdrawal", "The decree of 2019 was withdrawn by parliament.", ""},
		{"no days", "The workshop was postponed once before.", ""},
		{"an addition", "Please find attached the programme of the visit on 10 May 2027.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.arrives(letter("b@water.gov.kg", saying(tt.text)), quoting(first))
			want := []string{"recorded", "mail_in"}
			if tt.what != "" {
				want = append(want, tt.what)
			}
			o.wantHistory(first, want...)
			if rec := o.record(first); rec.Status != intake.StatusAccepted || rec.Request.ProposedStart != (intake.Date{}) {
				t.Errorf("%s, from %s", rec.Status, rec.Request.ProposedStart)
			}
		})
	}
}

func doubtOn(rec intake.Record, field intake.Field) []string {
	for _, d := range rec.Doubts {
		if d.Field == field {
			return d.Candidates
		}
	}
	return nil
}

func TestNewDatesAreOffered(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg", saying("We have to reschedule: please come from 10 to 14 May 2027.")), quoting(first))
	rec := o.record(first)
	if days := doubtOn(rec, intake.FieldDates); !slices.Equal(days, []string{"2027-05-10/2027-05-14"}) || len(rec.Doubts) != 1 {
		t.Errorf("offered are %v of %+v", days, rec.Doubts)
	}
}

func TestACorrectionOfDatesIsOffered(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg", saying("Please note a correction: the training should take place from 19 to 21 April, not from 12 to 14 April.")), quoting(first))
	rec := o.record(first)
	if days := doubtOn(rec, intake.FieldDates); !slices.Equal(days, []string{"2027-04-19/2027-04-21"}) || len(rec.Doubts) != 1 {
		t.Errorf("offered are %v of %+v", days, rec.Doubts)
	}
}

// Dates that the record already has are not proposed as new ones.
func TestDaysThatStandAreNotAskedAbout(t *testing.T) {
	o := opened(t)
	rec := o.store.Records[first]
	rec.Request.ProposedStart, rec.Request.ProposedEnd = intake.Date{Year: 2027, Month: 4, Day: 19}, intake.Date{Year: 2027, Month: 4, Day: 21}
	o.arrives(letter("b@water.gov.kg", saying("We confirm that the mission takes place from 19 to 21 April 2027, not from 12 to 14 April.")), quoting(first))
	o.wantHistory(first, "recorded", "mail_in")
}

func TestDeskClosesWhatWasWithdrawnOrLetsItStand(t *testing.T) {
	for value, status := range map[string]intake.Status{"withdrawn": intake.StatusClosed, "open": intake.StatusAccepted} {
		o := opened(t)
		o.arrives(letter("b@water.gov.kg", saying("We wish to withdraw our request.")), quoting(first))
		if candidates := doubtOn(o.record(first), intake.FieldStatus); !slices.Contains(candidates, value) {
			t.Fatalf("%v", candidates)
		}
		order := bot.Order{ID: value, By: triage, Reference: first, Do: bot.Settle{Field: intake.FieldStatus, Value: value}}
		if _, err := o.Handle(context.Background(), order); err != nil {
			t.Fatal(err)
		}
		if rec := o.record(first); rec.Status != status || doubtOn(rec, intake.FieldStatus) != nil {
			t.Errorf("%s: %s, %+v", value, rec.Status, rec.Doubts)
		}
	}
}

// The owner is told of a chaser at once, even if another mail was reported a moment before.
func TestChaserIsHeardAtOnce(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	o.Options.Now = func() time.Time { return noon.Add(time.Minute) }
	o.arrives(letter("c@water.gov.kg", saying("Any news?")), quoting(first))
	o.action(told("c@water.gov.kg"))
}

func TestReplyThatAsksForSomethingElse(t *testing.T) {
	seminar := func(theme string, service intake.Service) intake.Reading {
		r := request("en")
		r.Reference = first
		r.Request.Themes, r.Request.Services, r.Request.Summary = []string{theme}, []intake.Service{service}, "A seminar, please."
		return r
	}
	tests := []struct {
		name    string
		status  intake.Status
		reading intake.Reading
		new     bool
	}{
		{"another theme", intake.StatusAccepted, seminar("road-safety", intake.ServiceAdvisory), true},
		{"another kind of help", intake.StatusAccepted, seminar("water", intake.ServiceCapacityBuilding), true},
		{"the same once more", intake.StatusAccepted, seminar("water", intake.ServiceAdvisory), false},
		{"another theme in an answer to our question", intake.StatusWaiting, seminar("road-safety", intake.ServiceAdvisory), true},
		{"the kind of help, in an answer to our question", intake.StatusWaiting, seminar("water", intake.ServiceCapacityBuilding), false},
		{"no request", intake.StatusAccepted, quoting(first), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.change(first, func(r *intake.Record) { r.Status, r.Before = tt.status, intake.StatusAccepted })
			o.arrives(letter("b@water.gov.kg", saying("Could you also hold a seminar?")), tt.reading)
			if got := slices.Contains(o.happened(first), "new_ask"); got != tt.new {
				t.Errorf("shown as new: %t in %v", got, o.happened(first))
			}
			if len(o.store.Records) != 1 {
				t.Error("a record of its own was opened")
			}
		})
	}
}

// A mail may consist of cues only, in one endless sentence. With quadratic work, this test would
// not finish.
func TestAMailFullOfCuesIsHeard(t *testing.T) {
	for _, words := range []string{"our letter ", "any news ", "new dates ", "not any news ", "our letter, our letter No. 1 ", "until back in "} {
		text := saying(strings.Repeat(words, 32<<10/len(words)))
		o := opened(t)
		if done := o.arrives(letter("b@water.gov.kg", text), quoting(first)); done.Outcome != bot.ArrivalJoined {
			t.Errorf("%s: %s", words, done.Outcome)
		}
		o.arrives(letter("c@other.example", from("office@other.example"), text), reading(intake.KindFollowUp, "another matter"))
		o.arrives(letter("d@water.gov.kg", text), reading(intake.KindAutoReply, "an absence"))
	}
}

// One answer sets both dates or keeps both. Correcting one of them settles the question too.
func TestOtherDaysAreSettledByOneAnswer(t *testing.T) {
	day := func(d int) intake.Date { return intake.Date{Year: 2027, Month: time.May, Day: d} }
	for name, tt := range map[string]struct {
		do          bot.Operation
		first, last intake.Date
	}{
		"the days apply":  {bot.Settle{Field: intake.FieldDates, Value: "2027-05-10/2027-05-14"}, day(10), day(14)},
		"the days stay":   {bot.Settle{Field: intake.FieldDates}, day(3), day(5)},
		"one is set here": {bot.Correct{Set: map[intake.Field][]string{intake.FieldProposedEnd: {"2027-05-07"}}}, day(3), day(7)},
	} {
		t.Run(name, func(t *testing.T) {
			o := opened(t)
			rec := o.store.Records[first]
			rec.Request.ProposedStart, rec.Request.ProposedEnd = day(3), day(5)
			o.arrives(letter("b@water.gov.kg", saying("We have to reschedule: please come from 10 to 14 May 2027.")), quoting(first))
			o.must(triage, first, tt.do)
			if rec := o.record(first); rec.Request.ProposedStart != tt.first || rec.Request.ProposedEnd != tt.last || len(rec.Doubts) > 0 {
				t.Errorf("from %s to %s, asking %+v", rec.Request.ProposedStart, rec.Request.ProposedEnd, rec.Doubts)
			}
		})
	}
}

func TestOtherDaysThatAreNoneAreRefused(t *testing.T) {
	o := opened(t)
	_, err := o.order(triage, first, bot.Settle{Field: intake.FieldDates, Value: "2027-05-10"})
	o.wantRefused(err, "refused.value")
}
