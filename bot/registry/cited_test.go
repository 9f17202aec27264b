package registry_test

import (
	"slices"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// numberedOffice returns an office with one accepted record, of a ministry's letter No.
// 01-12/345.
func numberedOffice(t *testing.T) *office {
	o := open(t)
	r := request("en")
	r.Request.OfficialRef = "01-12/345"
	o.arrives(letter("a@water.gov.kg"), r)
	o.change(first, func(rec *intake.Record) { rec.Status = intake.StatusAccepted })
	return o
}

func saying(text string) func(*intake.Message) {
	return func(m *intake.Message) { m.Text = intake.Text{Content: text} }
}

// A mail without our reference and outside the thread joins the record if it cites the sender's
// own number of the earlier letter.
func TestLetterIsFoundByItsOwnNumber(t *testing.T) {
	tests := []struct {
		name, text string
		found      bool
	}{
		{"in English", "We refer to our letter No. 01-12/345 of 3 March 2026 and send the programme.", true},
		{"in French", "Nous nous référons à notre lettre n° 01-12/345 du 3 mars 2026.", true},
		{"in Russian", "В дополнение к нашему письму исх. № 01-12/345 от 03.03.2026 г. направляем программу.", true},
		{"in Russian, to our letter", "На наше письмо исх. № 01-12/345 просим учесть следующее.", true},
		{"the date before the number", "Our letter of 3 March 2026, No. 01-12/345, is supplemented as follows.", true},
		{"a note verbale", "Reference is made to our note verbale No 01-12/345.", true},
		{"written otherwise", "Our letter No. 01–12/345 remains valid.", true},
		{"another number", "We refer to our letter No. 01-12/346 of 3 March 2026.", false},
		{"the beginning of a number", "We refer to our letter No. 01-12 of 3 March 2026.", false},
		{"a date alone", "We refer to our letter of 03.03.2026.", false},
		{"the number of somebody else's letter", "We received your letter No. 01-12/345.", false},
		{"far behind", "Our letter was sent in spring, as the Ministry had decided when it met with the Agency and all regions; decree No. 01-12/345.", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := numberedOffice(t)
			done := o.arrives(letter("b@water.gov.kg", saying(tt.text)), reading(intake.KindOther, "thanks"))
			if joined := done.Outcome == bot.ArrivalJoined && done.Reference == first; joined != tt.found {
				t.Fatalf("%s %q, want joined: %t", done.Outcome, done.Reference, tt.found)
			}
			if tt.found && !strings.Contains(o.store.Histories[first][1].Reason, "01") {
				t.Errorf("history does not say how it was found: %+v", o.store.Histories[first][1])
			}
		})
	}
}

func TestChaserThatCitesTheNumberAloneAlertsTheOwner(t *testing.T) {
	for name, text := range map[string]string{
		"en": "Our letter No. 01-12/345 of 3 March remains unanswered. We again ask for an expert.",
		"fr": "Notre lettre n° 01-12/345 du 3 mars est restée sans réponse. Nous vous prions à nouveau d’organiser une formation.",
		"ru": "Повторно обращаемся к вам: на наше письмо № 01-12/345 ответа не поступило. Просим направить эксперта.",
	} {
		o := numberedOffice(t)
		done := o.arrives(letter("b@water.gov.kg", saying(text)), request(name))
		if done.Outcome != bot.ArrivalJoined || done.Reference != first {
			t.Errorf("%s: %s %q", name, done.Outcome, done.Reference)
			continue
		}
		if o.action(told("b@water.gov.kg")).Mail.To[0].Address != adviser || !slices.Contains(o.happened(first), "chaser") {
			t.Errorf("%s: %v, %v", name, o.keys(), o.happened(first))
		}
	}
}

// A new request that cites an earlier letter gets a record of its own, which lists the earlier
// one as similar.
func TestNewRequestThatCitesAnEarlierOne(t *testing.T) {
	o := numberedOffice(t)
	r := request("en")
	r.Request.Themes = nil
	done := o.arrives(letter("b@water.gov.kg", saying("Further to our letter No. 01-12/345 we now ask for a seminar on statistics.")), r)
	if done.Outcome != bot.ArrivalRecorded || done.Reference == first {
		t.Fatalf("%s %q", done.Outcome, done.Reference)
	}
	if like := o.record(done.Reference).Similar; len(like) != 1 || like[0].Reference != first {
		t.Errorf("%+v", like)
	}
}

func TestNumberKnownToAStrangerJoinsNothing(t *testing.T) {
	const text = "Any news about our letter No. 01-12/345?"
	for _, tt := range []struct {
		name, from string
		asked      bool // whether the desk is asked about the record
	}{
		{"another ministry of the country", "office@energy.gov.kg", true},
		{"a private address", "someone@gmail.com", false},
	} {
		o := numberedOffice(t)
		aside := o.wantAside(o.arrives(letter("b@mail.example", from(tt.from), saying(text)), reading(intake.KindOther, "asks for news")))
		if asked := aside.Reference == first; asked != tt.asked {
			t.Errorf("%s: set aside with %q", tt.name, aside.Reference)
		}
		o.wantHistory(first, "recorded")
		o.wantActions(ackFirst, assigned, informed)
	}
}

func TestForgedCitationJoinsNothing(t *testing.T) {
	o := numberedOffice(t)
	o.wantAside(o.arrives(letter("b@evil.example", saying("Our letter No. 01-12/345 is withdrawn."), verdict("mx.unece.example; dmarc=fail")), reading(intake.KindOther, "")))
	o.wantHistory(first, "recorded")
}

// The same number in a mail from another country means another letter, which may not have
// arrived.
func TestNumberOfAnotherCountrysLetter(t *testing.T) {
	o := numberedOffice(t)
	done := o.arrives(letter("b@water.gov.kz", from("office@water.gov.kz"), saying("Any news about our letter No. 01-12/345?")), reading(intake.KindOther, "asks for news"))
	if done.Reference == first || doubtOn(o.record(done.Reference), intake.FieldKind) == nil {
		t.Errorf("%s %q", done.Outcome, done.Reference)
	}
	o.wantHistory(first, "recorded")
}
