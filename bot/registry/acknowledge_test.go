package registry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
	"verbale/routing/followup"
)

func TestLanguagesOfAnAcknowledgement(t *testing.T) {
	tests := []struct {
		name      string
		language  string
		countries []string
		from      string
		want      string
	}{
		{"French", "fr", []string{"KZ"}, "a@gov.kz", "fr"},
		{"Kyrgyz", "ky", []string{"KG"}, "a@gov.kg", "en, ru"},
		{"Serbian", "sr", []string{"RS"}, "a@gov.rs", "en"},
		{"Romanian, from Moldova", "ro", []string{"MD"}, "a@gov.md", "en, ru"},
		{"Romanian, from Romania", "ro", []string{"RO"}, "a@gov.ro", "en"},
		{"no country read, domain of one", "uz", nil, "a@gov.uz", "en, ru"},
		{"no country read, domain of none", "uz", nil, "someone@gmail.com", "en, ru"},
		{"language not read, domain of an EECCA country", "", nil, "a@gov.tj", "en, ru"},
		{"nothing known", "", nil, "someone@gmail.com", "en"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			r := request(tt.language)
			r.Request.Countries = tt.countries
			o.arrives(letter("a@mail.example", from(tt.from)), r)
			if got := o.action(ackFirst).Mail.Language; got != tt.want {
				t.Errorf("written in %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAcknowledgementQuotesNothingOfTheLetter(t *testing.T) {
	for _, lang := range []string{"en", "fr", "ru", "ky"} {
		o := open(t)
		m, r := letter("a@water.gov.kg"), fullRequest(lang)
		o.arrives(m, r)
		text := o.action(ackFirst).Mail.Text
		for _, secret := range []string{
			m.Text.Content, r.Request.Summary, r.Request.Institution, r.Request.Requester.Name, "2027",
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s: the acknowledgement says %q", lang, secret)
			}
		}
	}
}

func TestAcknowledgementWithoutADateAhead(t *testing.T) {
	o := open(t, func(opt *registry.Options) { opt.Policy = nothingDue{policy()} })
	o.arrives(letter("a@water.gov.kg"), request("en"))
	if text := o.action(ackFirst).Mail.Text; strings.Contains(text, "{") || !strings.Contains(text, "as soon as") {
		t.Errorf("%s", text)
	}
}

// The acknowledgement of a letter that was not processed for a long time must not name a date in
// the past.
func TestAcknowledgementOfALetterThatLayLong(t *testing.T) {
	o := open(t, func(opt *registry.Options) { opt.Policy = overdue{policy()} })
	o.arrives(letter("a@water.gov.kg"), request("en"))
	if text := o.action(ackFirst).Mail.Text; !strings.Contains(text, "as soon as") {
		t.Errorf("%s", text)
	}
}

type overdue struct{ *followup.Policy }

func (overdue) Plan(*intake.Record) []intake.PlanStep {
	now := noon
	return []intake.PlanStep{{At: now.Add(-time.Hour), Step: intake.StepAnswer, To: "ra-environment"}}
}

type nothingDue struct{ *followup.Policy }

func (nothingDue) Plan(*intake.Record) []intake.PlanStep { return nil }

func TestSubjectOfAnAnswer(t *testing.T) {
	tests := []struct{ name, subject, want string }{
		{"plain", "Request", "Re: Request [TC-2026-00042]"},
		{"marks of mail programs", "RE: Fwd: Отв: Request", "Re: Request [TC-2026-00042]"},
		{"a mark with a space", "TR : Demande", "Re: Demande [TC-2026-00042]"},
		{"a colon that is no mark", "Water: request", "Re: Water: request [TC-2026-00042]"},
		{"line breaks", "Request\r\nBcc: victim@other.example", "Re: Request Bcc: victim@other.example [TC-2026-00042]"},
		{"empty", "  Re: ", "Re: no subject [TC-2026-00042]"},
		{"endless", strings.Repeat("я", 400), "Re: " + strings.Repeat("я", 149) + "… [TC-2026-00042]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			o.arrives(letter("a@water.gov.kg", func(m *intake.Message) { m.Subject = tt.subject }), request("en"))
			if got := o.action(ackFirst).Mail.Subject; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestCombinedAcknowledgementDependsOnTheSetAlone(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	o.arrives(letter("b@water.gov.kg"), request("en"))
	a, b := o.action(ackFirst), o.action("acknowledge:TC-2026-00043")
	one, other := o.Combine([]bot.Action{a, b}), o.Combine([]bot.Action{b, a})
	if shown(one) != shown(other) {
		t.Errorf("order matters:\n%s\n%s", shown(one), shown(other))
	}
	if one.Mail.MessageID == a.Mail.MessageID || one.RateGroup != a.RateGroup || one.Key == a.Key {
		t.Errorf("not a mail of its own to the same sender: %s", shown(one))
	}
	if a.Mail.InReplyTo == "" || b.Mail.Text == "" {
		t.Error("combining changed what it was given")
	}
	if none := o.Combine(nil); none.Mail != nil {
		t.Errorf("nothing combined to %+v", none)
	}
}

// The name of a combined mail or summary is derived from the whole set. A part of the set needs
// another name, because nothing else can be sent under a name that was used.
func TestWhatIsCombinedIsNamedByTheWholeSet(t *testing.T) {
	o := open(t)
	for _, from := range []string{"a@water.gov.kg", "b@water.gov.kg", "c@water.gov.kg"} {
		o.arrives(letter(from), request("en"))
	}
	a, b, c := o.action(ackFirst), o.action("acknowledge:TC-2026-00043"), o.action("acknowledge:TC-2026-00044")
	whole := o.Combine([]bot.Action{a, b, c}).Mail.MessageID
	for _, each := range []*bot.Action{&a, &b, &c} {
		each.Result = whole
	}
	if again := o.Combine([]bot.Action{c, b, a}).Mail.MessageID; again != whole {
		t.Errorf("%s is repeated as %s", whole, again)
	}
	if part := o.Combine([]bot.Action{b, c}).Mail.MessageID; part == whole {
		t.Errorf("a part of %s goes out under its name", whole)
	}
	card := func(n string) bot.Action {
		return bot.Action{Key: "card:" + n + ":desk:1", Reference: n, Kind: bot.ActionCard, Room: bot.RoomDesk, Attempts: 1, Result: "summary:desk:abc"}
	}
	one, two := o.Combine([]bot.Action{card("1"), card("2")}), o.Combine([]bot.Action{card("2")})
	if one.Key == two.Key || one.Attempts != 1 {
		t.Errorf("a part of %s is said as %s, attempt %d", one.Key, two.Key, one.Attempts)
	}
}

func TestCombinedMailToAForwarderSaysAll(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@staff.example", forwarding("minister@water.gov.kg")), request("en"))
	o.arrives(letter("b@staff.example", forwarding("minister@energy.gov.kg")), request("en"))
	one, two := o.action(toldForwarder), o.action("inform:TC-2026-00043:forwarder")
	both := o.Combine([]bot.Action{two, one})
	if !strings.Contains(both.Mail.Text, one.Mail.Text) || !strings.Contains(both.Mail.Text, two.Mail.Text) {
		t.Errorf("something was left out:\n%s", both.Mail.Text)
	}
	if both.Kind != bot.ActionInform || both.Mail.Subject != one.Mail.Subject {
		t.Errorf("%s", shown(both))
	}
}

func TestEveryColleagueHasATokenOfHisOwn(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg"), request("en"))
	tokens := o.record(first).Tokens
	if len(tokens) != 2 || tokens["ra-environment"] == tokens["environment"] {
		t.Fatalf("tokens %v", tokens)
	}
	for key, id := range map[string]string{assigned: "ra-environment", informed: "environment"} {
		m := o.action(key).Mail
		if !strings.Contains(m.Text, tokens[id]) || !strings.Contains(m.MessageID, tokens[id]) {
			t.Errorf("%s carries its token neither in footer nor Message-ID", key)
		}
	}
}

func TestAssess(t *testing.T) {
	o := open(t)
	m := letter("a@water.gov.kg")
	o.readings[m.Fingerprint] = request("en")
	a := o.Assess(m, noon)
	if a.Record == nil || a.Routing == nil || a.Routing.Assignee != "ra-environment" || len(a.Plan) != 3 || a.Record.Status != intake.StatusAssigned {
		t.Errorf("%+v", a)
	}
	if o.asked[0].Open != nil {
		t.Error("explaining a mail looked at open work")
	}
	o.readings[m.Fingerprint] = reading(intake.KindOther, "invitation")
	if a := o.Assess(m, noon); a.Record != nil || a.Routing != nil || a.Plan != nil || !a.Reading.KindReason.Is("invitation") {
		t.Errorf("no request, but %+v", a)
	}
	if len(o.store.Records)+len(o.store.Aside) != 0 {
		t.Error("explaining a mail kept something")
	}
}

// A letter to another organisation, sent to the desk by mistake, is acknowledged only after the
// desk took it. It used to be answered with the date of a first reply.
func TestALetterToAnotherOrganisationIsAcknowledgedOnceTheDeskTakesIt(t *testing.T) {
	for name, operation := range map[string]bot.Operation{
		"as a request": bot.Settle{Field: intake.FieldKind, Value: string(intake.KindRequest)},
		"for a post":   bot.Advance{Verb: intake.VerbAssign, Owner: "ra-environment"},
	} {
		t.Run(name, func(t *testing.T) {
			o := slackOffice(t)
			o.route = unsure()
			r := request("en")
			r.AddDoubt(intake.FieldKind, intake.Remark{ID: intake.DoubtElsewhere, Args: map[string]string{"partner": "fao"}}, "request", "other")
			ref := o.arrives(letter("a@water.gov.kg"), r).Reference
			if slices.Contains(o.keys(), ackFirst) {
				t.Fatal("acknowledged before the desk decided")
			}
			o.must(triage, ref, operation)
			if !slices.Contains(o.keys(), ackFirst) {
				t.Errorf("not acknowledged; actions %v", o.keys())
			}
		})
	}
}
