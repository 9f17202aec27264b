package registry_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/internal/golden"
)

// shown draws a mail as a reader sees it, with the headers that matter.
func shown(a bot.Action) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Key: %s\nMessage-ID: <%s>\n", a.Key, a.Mail.MessageID)
	for _, to := range a.Mail.To {
		fmt.Fprintf(&b, "To: %s <%s>\n", to.Name, to.Address)
	}
	fmt.Fprintf(&b, "Subject: %s\nContent-Language: %s\n", a.Mail.Subject, a.Mail.Language)
	if a.Mail.InReplyTo != "" {
		fmt.Fprintf(&b, "In-Reply-To: <%s>\n", a.Mail.InReplyTo)
	}
	if len(a.Mail.References) > 0 {
		fmt.Fprintf(&b, "References: <%s>\n", strings.Join(a.Mail.References, "> <"))
	}
	fmt.Fprintf(&b, "Automatic: %t\n\n%s\n", a.Mail.Automatic, a.Mail.Text)
	return b.String()
}

func wantGolden(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", "mail", name+".txt"), got)
}

// fullRequest fills all fields that an assignment mail can show.
func fullRequest(language string) intake.Reading {
	r := request(language)
	r.Request.Countries = []string{"KG", "TJ"}
	r.Request.Services = []intake.Service{intake.ServiceAdvisory, intake.ServiceCapacityBuilding}
	r.Request.Instruments = []string{"water-convention"}
	r.Request.Partners = []string{"undp"}
	r.Request.OfficialRef = "01-12/3456"
	r.Request.Urgency = intake.UrgencyUrgent
	r.Request.ReplyBy = intake.Date{Year: 2026, Month: 12, Day: 1}
	r.Request.ProposedStart = intake.Date{Year: 2027, Month: 2, Day: 1}
	r.Request.ProposedEnd = intake.Date{Year: 2027, Month: 2, Day: 28}
	r.Doubts = []intake.Doubt{
		{Field: intake.FieldProposedStart, Reason: intake.Remark{ID: "doubt.two_times"}, Candidates: []string{"2027-02-01", "2027-04-01"}},
		{Field: intake.FieldPartners, Reason: intake.Plain("two organisations share this short name"), Candidates: []string{"undp", "unep"}},
	}
	return r
}

func speaking(lang string) func(*registry.Options) {
	return func(o *registry.Options) {
		for i := range o.Directory.Posts {
			o.Directory.Posts[i].Languages = []string{lang}
		}
	}
}

var subjects = map[string]string{
	"en": "RE: FW: Request for assistance", "fr": "TR : Demande d’assistance", "ru": "Ответ: Запрос о содействии",
}

func TestMailsInEveryLanguage(t *testing.T) {
	for lang, subject := range subjects {
		o := open(t, speaking(lang))
		o.route.Support = []string{"ra-energy"}
		written := func(m *intake.Message) {
			m.Subject = subject
			m.References = []string{"earlier@water.gov.kg"}
		}
		o.arrives(letter("a@water.gov.kg", written), fullRequest(lang))
		wantGolden(t, "acknowledge."+lang, shown(o.action(ackFirst)))
		wantGolden(t, "assign."+lang, shown(o.action(assigned)))
		wantGolden(t, "inform."+lang, shown(o.action("inform:TC-2026-00042:1:ra-energy")))

		unreadable := reading(intake.KindOther, intake.ReasonUnreadable)
		unreadable.Language = lang
		o.arrives(letter("b@water.gov.kg", written), unreadable)
		wantGolden(t, "unreadable."+lang, shown(o.action("acknowledge:TC-2026-00043:unreadable")))

		o.arrives(letter("c@water.gov.kg", written), fullRequest(lang))
		both := o.Combine([]bot.Action{
			o.action("acknowledge:TC-2026-00044"), o.action("acknowledge:TC-2026-00043:unreadable"), o.action(ackFirst),
		})
		wantGolden(t, "combined."+lang, shown(both))
	}
}

func TestMailsToForwarders(t *testing.T) {
	for lang, subject := range subjects {
		for name, author := range map[string]string{
			"confirmed": "energy@unece.example", "unconfirmed": "minister@water.gov.kg", "unknown": "",
		} {
			o := open(t, speaking(lang))
			o.arrives(letter("a@unece.example", forwarding(author), from(adviser), func(m *intake.Message) {
				m.Subject = subject
			}), request(lang))
			wantGolden(t, "forwarder-"+name+"."+lang, shown(o.action(toldForwarder)))
		}
	}
}

func TestRussianBesideEnglish(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("ky"))
	wantGolden(t, "acknowledge.en-ru", shown(o.action(ackFirst)))
}

func TestBareRequest(t *testing.T) {
	o := open(t)
	r := intake.Reading{Kind: intake.KindRequest, Language: "en", Request: &intake.Request{}}
	o.arrives(letter("a@water.gov.kg", func(m *intake.Message) { m.Subject, m.MessageID = "", "" }), r)
	wantGolden(t, "assign-bare", shown(o.action(assigned)))
	wantGolden(t, "acknowledge-bare", shown(o.action(ackFirst)))
}

func TestDatesOfAnActivity(t *testing.T) {
	day := func(d int) intake.Date { return intake.Date{Year: 2027, Month: 2, Day: d} }
	for name, tt := range map[string]struct {
		start, end intake.Date
		want       string
	}{
		"one day":    {day(1), day(1), "Proposed dates: 1 February 2027\n"},
		"open end":   {day(1), intake.Date{}, "Proposed dates: from 1 February 2027\n"},
		"open start": {intake.Date{}, day(28), "Proposed dates: until 28 February 2027\n"},
	} {
		o := open(t)
		r := request("en")
		r.Request.ProposedStart, r.Request.ProposedEnd = tt.start, tt.end
		o.arrives(letter("a@water.gov.kg"), r)
		if text := o.action(assigned).Mail.Text; !strings.Contains(text, tt.want) {
			t.Errorf("%s: no %q in\n%s", name, tt.want, text)
		}
	}
}
