package registry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/intake"
)

var statusToday = statusTo("office@water.gov.kg", "2026-11-25")

// statusTo returns the key of the mail that tells an address the status of the first request on
// a day.
func statusTo(address, day string) string {
	return "status:TC-2026-00042:" + day + ":" + bot.ShortHash(address)
}

func TestWhoAsksWhereARequestStandsIsTold(t *testing.T) {
	for name, mail := range map[string]func(*intake.Message){
		"in the first line":         saying("STATUS\n\nKind regards,\nA. Official"),
		"in small letters":          saying("status?"),
		"in French":                 saying("ÉTAT"),
		"in Russian":                saying("СТАТУС"),
		"in the subject":            func(m *intake.Message) { m.Subject, m.Text.Content = "STATUS [TC-2026-00042]", "" },
		"in the subject of a reply": func(m *intake.Message) { m.Subject, m.Text.Content = "Re: статус [TC-2026-00042]", "" },
	} {
		o := opened(t)
		o.arrives(letter("b@water.gov.kg", mail), quoting(first))
		o.wantHistory(first, "recorded", "mail_in", "status_asked")
		o.wantActions(ackFirst, assigned, informed, statusToday)
		if a := o.action(statusToday); a.Mail.To[0].Address != "office@water.gov.kg" || !a.Mail.Automatic || a.RateGroup == "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestWhoIsNotToldWhereARequestStands(t *testing.T) {
	for name, change := range map[string]func(*intake.Message){
		"a stranger":               from("someone@other.example"),
		"another ministry":         from("office@energy.gov.kg"),
		"a forger":                 verdict("mx.unece.example; dmarc=fail"),
		"a stranger by Reply-To":   replyTo("someone@other.example"),
		"a machine":                func(m *intake.Message) { m.Signs.AutoReply = true },
		"a list":                   func(m *intake.Message) { m.Signs.ListID = "list.example" },
		"who wrote something else": saying("The status of women has improved."),
		"a colleague":              from("energy@unece.example"),
		"who answered as well":     saying("STATUS of the dams"),
	} {
		o := opened(t)
		o.arrives(letter("b@water.gov.kg", saying("STATUS"), change), quoting(first))
		if slices.ContainsFunc(o.keys(), func(key string) bool { return strings.HasPrefix(key, "status:") }) {
			t.Errorf("%s is told", name)
		}
	}
}

// People whom the requester copied may ask for the status, unless the request is confidential.
func TestStatusOfAConfidentialRequestIsForTheRequestersHouse(t *testing.T) {
	for _, secret := range []bool{false, true} {
		for address, house := range map[string]bool{"office@water.gov.kg": true, "minister@water.gov.kg": true, "partner@bank.example": false} {
			o := open(t)
			o.arrives(letter("a@water.gov.kg", func(m *intake.Message) { m.Cc = []intake.Address{{Address: "partner@bank.example"}} }), request("en"))
			o.change(first, func(r *intake.Record) { r.Confidential = secret })
			o.arrives(letter("b@water.gov.kg", from(address), saying("STATUS")), quoting(first))
			if told := slices.Contains(o.keys(), statusTo(address, "2026-11-25")); told != (house || !secret) {
				t.Errorf("confidential: %t, %s is told: %t", secret, address, told)
			}
		}
	}
}

func TestStatusIsToldOnceADay(t *testing.T) {
	o := opened(t)
	for _, id := range []string{"b@water.gov.kg", "c@water.gov.kg", "d@water.gov.kg"} {
		o.arrives(letter(id, saying("STATUS")), quoting(first))
	}
	o.wantActions(ackFirst, assigned, informed, statusToday)
	o.Options.Now = func() time.Time { return noon.AddDate(0, 0, 1) }
	o.arrives(letter("e@water.gov.kg", saying("STATUS")), quoting(first))
	o.wantActions(ackFirst, assigned, informed, statusToday, statusTo("office@water.gov.kg", "2026-11-26"))
}

// Each person of an institution who asks for the status is told. The second who asked on the
// same day used to get no answer.
func TestEachOfAHouseIsToldTheStatus(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg", saying("STATUS")), quoting(first))
	o.arrives(letter("c@water.gov.kg", saying("STATUS"), from("minister@water.gov.kg")), quoting(first))
	for _, address := range []string{"office@water.gov.kg", "minister@water.gov.kg"} {
		if to := o.action(statusTo(address, "2026-11-25")).Mail.To[0].Address; to != address {
			t.Errorf("%s hears what is for %s", to, address)
		}
	}
}

// A status enquiry is no answer to our question. Additional text in it is.
func TestStatusMovesNothing(t *testing.T) {
	for text, status := range map[string]intake.Status{
		"STATUS": intake.StatusWaiting,
		"STATUS\n\nAs to your question: the delegation will have twelve members, of whom four speak French and eight speak Russian, and all will stay for the whole week in Osh.": intake.StatusAccepted,
	} {
		o := opened(t)
		o.change(first, func(r *intake.Record) { r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted })
		o.arrives(letter("b@water.gov.kg", saying(text)), quoting(first))
		if rec := o.record(first); rec.Status != status {
			t.Errorf("%.10s: %s, want %s", text, rec.Status, status)
		}
	}
}

func TestStatusMails(t *testing.T) {
	for lang := range subjects {
		var all strings.Builder
		for _, status := range []intake.Status{
			intake.StatusNeedsReading, intake.StatusNeedsTriage, intake.StatusAssigned, intake.StatusAccepted,
			intake.StatusWaiting, intake.StatusAnswered, intake.StatusClosed,
		} {
			o := open(t)
			o.arrives(letter("a@water.gov.kg"), request(lang))
			o.change(first, func(r *intake.Record) {
				r.Status, r.Before = status, intake.StatusAccepted
				if status == intake.StatusNeedsTriage || status == intake.StatusNeedsReading {
					r.Owner = intake.ToDesk
				}
			})
			o.arrives(letter("b@water.gov.kg", saying("STATUS")), quoting(first))
			all.WriteString(shown(o.action(statusToday)) + "\n")
		}
		wantGolden(t, "status."+lang, all.String())
	}
}

func TestStatusIsWithheldWhileSendingIsOff(t *testing.T) {
	o := opened(t)
	o.Office.Send = false
	o.arrives(letter("b@water.gov.kg", saying("STATUS")), quoting(first))
	if a := o.action(statusToday); a.State != bot.ActionWithheld {
		t.Errorf("%s", a.State)
	}
}
