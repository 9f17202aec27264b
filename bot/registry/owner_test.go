package registry_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbale/bot"
	"verbale/bot/registry"
	"verbale/intake"
)

// told returns the key of the mail that tells the owner of a mail that joined the first record.
func told(id string) string {
	m := letter(id)
	return "inform:" + first + ":mail_in:" + bot.ShortHash(bot.NameOfAside(intake.Origin{MessageID: m.MessageID, Fingerprint: m.Fingerprint}))
}

// Some programs use the same Message-ID for all mails, or none. The owner is told of each letter
// once.
func TestOwnerIsToldOfEachLetterUnderOneMessageID(t *testing.T) {
	for _, id := range []string{"1@portal.gov.kg", ""} {
		o := opened(t)
		now := noon
		o.Options.Now = func() time.Time { return now }
		for _, print := range []string{"one", "another", "one"} {
			now = now.Add(2 * time.Hour)
			o.arrives(letter(id, func(m *intake.Message) { m.Fingerprint = print }), quoting(first))
		}
		if n := len(o.keys()); n != 3+2 {
			t.Errorf("Message-ID %q: actions are %v", id, o.keys())
		}
	}
}

// The limit of one mail an hour does not apply to a new owner, who was told of nothing before.
func TestWhoTakesARequestOverIsToldOfTheNextMail(t *testing.T) {
	o := assignment(t)
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	order := bot.Order{ID: "click", By: triage, Reference: first, Do: bot.Advance{Verb: intake.VerbHandOver, Owner: "ra-energy", Reason: "theirs"}}
	if _, err := o.Handle(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	o.arrives(letter("c@water.gov.kg"), quoting(first))
	if to := o.action(told("c@water.gov.kg")).Mail.To[0].Address; to != "ra-energy@unece.example" {
		t.Errorf("told is %s", to)
	}
}

func vacant(id, standIn string) func(*registry.Options) {
	return func(o *registry.Options) {
		for i := range o.Directory.Posts {
			if p := &o.Directory.Posts[i]; p.ID == id {
				p.Vacant, p.StandIn = true, standIn
			}
		}
	}
}

func TestWhoIsToldOfMailToARecord(t *testing.T) {
	tests := []struct {
		name   string
		office func(*registry.Options)
		record func(*intake.Record)
		to     string // "" for nobody
	}{
		{"the post that accepted", nil, nil, adviser},
		{"the post that has yet to accept", nil, func(r *intake.Record) { r.Status = intake.StatusAssigned }, adviser},
		{"the post whose question was answered", nil, func(r *intake.Record) { r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted }, adviser},
		{"a division", nil, func(r *intake.Record) { r.Owner = "energy" }, "energy@unece.example"},
		{"the last owner, where it is closed", nil, func(r *intake.Record) { r.Status = intake.StatusClosed }, adviser},
		{"who stands in", vacant("ra-environment", "ra-energy"), nil, "ra-energy@unece.example"},
		{"the division, where nobody stands in", vacant("ra-environment", ""), nil, "environment@unece.example"},
		{"nobody, where the desk has it", nil, func(r *intake.Record) { r.Status, r.Owner = intake.StatusNeedsTriage, intake.ToDesk }, ""},
		{"nobody, where the desk's own address is the owner's", func(o *registry.Options) {
			for i := range o.Directory.Posts {
				o.Directory.Posts[i].Address = "TC@desk.unece.example"
			}
		}, nil, ""},
		{"nobody, while the record is backfilled", nil, func(r *intake.Record) { r.Backfilled = true }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			if tt.office != nil {
				tt.office(&o.Options)
			}
			if tt.record != nil {
				o.change(first, tt.record)
			}
			o.arrives(letter("b@water.gov.kg"), quoting(first))
			if tt.to == "" {
				o.wantActions(ackFirst, assigned, informed)
				o.wantHistory(first, "recorded", "mail_in")
				return
			}
			a := o.action(told("b@water.gov.kg"))
			if len(a.Mail.To) != 1 || a.Mail.To[0].Address != tt.to || len(a.Mail.Cc) != 0 {
				t.Errorf("goes to %v, cc %v", a.Mail.To, a.Mail.Cc)
			}
			if a.Kind != bot.ActionInform || a.RateGroup != "" || !a.Mail.Automatic || a.State != bot.ActionPending {
				t.Errorf("%s is %s, automatic %t, counted against %q", a.Kind, a.State, a.Mail.Automatic, a.RateGroup)
			}
		})
	}
}

// If the owner is not told of a mail, the history has the reason.
func TestMailOfWhichTheOwnerIsNotTold(t *testing.T) {
	automatic := reading(intake.KindAutoReply, "out of office", intake.FieldKind)
	automatic.Reference = first
	tests := []struct {
		name    string
		mail    func(*intake.Message)
		reading intake.Reading
		why     string
	}{
		{"perhaps an automatic reply", nil, automatic, "out of office"},
		{"marked as automatic", func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-replied" }, quoting(first), "it was submitted automatically"},
		{"without a return path", func(m *intake.Message) { m.Signs.NullReturn = true }, quoting(first), "its return path is empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			m := letter("b@water.gov.kg")
			if tt.mail != nil {
				tt.mail(m)
			}
			o.arrives(m, tt.reading)
			o.wantActions(ackFirst, assigned, informed)
			o.wantHistory(first, "recorded", "mail_in", "owner_not_told")
			if e := o.store.Histories[first][2]; e.Reason != tt.why {
				t.Errorf("not told because %q, want %q", e.Reason, tt.why)
			}
		})
	}
}

// A colleague may be the author of a forwarded letter. Mail with a colleague's address whose
// sender is not verified must not cause mail to colleagues.
func TestUnverifiedMailOfAColleagueNotifiesNobody(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@staff.example", forwarding("energy@unece.example")), request("en"))
	before := o.keys()
	unsure := verdict("mx.unece.example; spf=fail; dkim=none")
	if done := o.arrives(letter("b@unece.example", from(adviser), unsure), quoting(first)); done.Outcome != bot.ArrivalJoined {
		t.Fatalf("outcome %s", done.Outcome)
	}
	o.wantActions(before...)
	o.wantHistory(first, "recorded", "mail_in", "owner_not_told")
}

func TestOwnerIsToldOncePerHour(t *testing.T) {
	o := opened(t)
	now := noon
	o.Options.Now = func() time.Time { return now }
	for _, step := range []struct {
		id    string
		after time.Duration
		told  bool
	}{
		{"b@water.gov.kg", 0, true},
		{"c@water.gov.kg", 59 * time.Minute, false},
		{"d@water.gov.kg", time.Hour, true},
		{"e@water.gov.kg", 90 * time.Minute, false},
		{"b@water.gov.kg", 3 * time.Hour, true}, // delivered again, and told only now
	} {
		now = noon.Add(step.after)
		o.arrives(letter(step.id), quoting(first))
		if got := slices.Contains(o.keys(), told(step.id)); got != step.told {
			t.Errorf("%s after %s: told %t", step.id, step.after, got)
		}
	}
	if n := len(o.keys()); n != 5 {
		t.Errorf("actions are %v", o.keys())
	}
	o.wantHistory(first, "recorded", "mail_in", "mail_in", "owner_not_told", "mail_in", "mail_in", "owner_not_told")
}

func TestOwnerIsNotToldWhileSendingIsOff(t *testing.T) {
	o := opened(t)
	o.Office.Send = false
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	if a := o.action(told("b@water.gov.kg")); a.State != bot.ActionWithheld {
		t.Errorf("%s", a.State)
	}
}

func TestOldMailTellsNobody(t *testing.T) {
	o := opened(t)
	backfilled := func(e *bot.MailArrived) { e.Backfilled = true }
	o.arrives(letter("b@water.gov.kg"), quoting(first), backfilled)
	o.arrives(letter("c@water.gov.kg", func(m *intake.Message) { m.Signs.NullReturn = true }), quoting(first), backfilled)
	o.wantActions(ackFirst, assigned, informed)
	o.wantHistory(first, "recorded", "mail_in", "mail_in") // no reason is recorded for old mail
}

func TestLetterSentAgainIsToldByItsAssignmentAlone(t *testing.T) {
	o := unopened(t)
	o.arrives(resent("We request help."), quoting(first))
	if keys := o.keys(); slices.Contains(keys, told("b@water.gov.kg")) {
		t.Errorf("actions are %v", keys)
	}
}

func TestStoreFailureTellsNobody(t *testing.T) {
	o := opened(t)
	o.store.LoadFault = bot.Temporary(errBroken)
	_, err := o.handle(letter("b@water.gov.kg"), quoting(first))
	if _, temporary := bot.IsTemporary(err); !temporary || !errors.Is(err, errBroken) {
		t.Errorf("error %v, want the store's own, still temporary", err)
	}
	o.wantHistory(first, "recorded")
}

// Whether the owner was told recently is known from the record alone. Reading all actions of the
// record for each mail would take longer and longer during a flood of answers, and delay all
// other mail.
func TestWhatWasSaidOfARecordIsNotReadForEachMailToIt(t *testing.T) {
	o := opened(t)
	for n := range 5 {
		o.arrives(letter(fmt.Sprintf("b%d@water.gov.kg", n)), quoting(first))
	}
	if o.store.ActionLoads > 0 {
		t.Errorf("actions were read %d times", o.store.ActionLoads)
	}
	if n := len(slices.DeleteFunc(o.keys(), func(key string) bool { return !strings.HasPrefix(key, "inform:"+first+":mail_in:") })); n != 1 {
		t.Errorf("the owner was told %d times", n)
	}
}

// Before the owner accepted, further mails carry the token of the assignment, so that an answer
// to the assignment itself is still trusted.
func TestAnswerToFurtherMailMovesTheRequest(t *testing.T) {
	for name, tt := range map[string]struct {
		from   string
		quotes bool
		after  intake.Status
	}{
		"by the owner, quoting the token": {adviser, true, intake.StatusAccepted},
		"by the owner, without it":        {adviser, false, intake.StatusAssigned},
		"by a colleague, quoting it":      {"energy@unece.example", true, intake.StatusAssigned},
	} {
		o := assignment(t)
		tokens := o.record(first).Tokens
		o.arrives(letter("b@water.gov.kg"), quoting(first))
		if after := o.record(first).Tokens; after["ra-environment"] != tokens["ra-environment"] {
			t.Errorf("%s: token changed from %v to %v", name, tokens, after)
		}
		sent := o.action(told("b@water.gov.kg")).Mail
		m := letter("c@unece.example", from(tt.from), inReplyTo(sent.MessageID))
		m.Text.Content = "Accept"
		if tt.quotes {
			m.Text.Content += "\n\n" + sent.Text
		}
		o.arrives(m, quoting(first))
		if status := o.record(first).Status; status != tt.after {
			t.Errorf("%s: record is %s", name, status)
		}
	}
}

func TestStandInGetsNoToken(t *testing.T) {
	o := assignment(t)
	vacant("ra-environment", "ra-energy")(&o.Options)
	o.arrives(letter("b@water.gov.kg"), quoting(first))
	if text := o.action(told("b@water.gov.kg")).Mail.Text; strings.Contains(text, o.record(first).Tokens["ra-environment"]) {
		t.Errorf("the owner's token is shown to another:\n%s", text)
	}
}

func TestWordsOfAStrangerStayQuoted(t *testing.T) {
	o := opened(t)
	o.arrives(letter("b@water.gov.kg", func(m *intake.Message) {
		m.From.Name = "Line one\nToken of this mail: guess"
		m.Text = intake.Text{Content: "Any news?\r\n\r\nToken\rof this mail: guess\n" + strings.Repeat("ж", 5000)}
		m.Attachments = []intake.Attachment{{Filename: "note\nverbale.pdf"}, {Filename: "logo.png", Inline: true}}
	}), quoting(first))
	text := o.action(told("b@water.gov.kg")).Mail.Text
	for _, want := range []string{
		"Written by: Line one Token of this mail: guess <office@water.gov.kg>\n", "Attachments: note verbale.pdf\n",
		"\n> Any news?\n>\n> Tokenof this mail: guess\n> жж", "ж…\n\nThe text is shortened here",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "ж"); n > 4000 {
		t.Errorf("%d characters are shown", n)
	}
}

// A record that was entered by hand may have no request.
func TestMailToARecordWithoutARequest(t *testing.T) {
	o := opened(t)
	o.change(first, func(r *intake.Record) { r.Request, r.Plan, r.Origin.AnswerTo = nil, nil, intake.Address{} })
	m := letter("b@water.gov.kg", func(m *intake.Message) { m.Text = intake.Text{} })
	r := reading(intake.KindOther, intake.ReasonUnreadable)
	r.Reference = first
	o.arrives(m, r)
	wantGolden(t, "owner-bare.en", shown(o.action(told("b@water.gov.kg"))))
}

func TestMailsToOwners(t *testing.T) {
	for lang, subject := range subjects {
		for name, tt := range map[string]struct {
			record  func(*intake.Record)
			office  func(*registry.Options)
			reading intake.Reading
		}{
			"assigned": {func(r *intake.Record) { r.Status = intake.StatusAssigned }, nil, quoting(first)},
			"answer":   {func(r *intake.Record) { r.Status, r.Before = intake.StatusWaiting, intake.StatusAccepted }, nil, quoting(first)},
			"again":    {func(r *intake.Record) { r.Status = intake.StatusAnswered }, vacant("ra-environment", "ra-energy"), request(lang)},
			"closed":   {func(r *intake.Record) { r.Status, r.Plan = intake.StatusClosed, nil }, nil, quoting(first)},
		} {
			o := open(t, speaking(lang))
			o.arrives(letter("a@water.gov.kg"), fullRequest(lang))
			o.change(first, tt.record)
			if tt.office != nil {
				tt.office(&o.Options)
			}
			o.arrives(letter("b@water.gov.kg", inReplyTo("a@water.gov.kg"), func(m *intake.Message) {
				m.Subject = subject
				m.Text = intake.Text{Content: "Dear colleagues,\n\nIs there any news of our request?"}
			}), tt.reading)
			wantGolden(t, "owner-"+name+"."+lang, shown(o.action(told("b@water.gov.kg"))))
		}
	}
}
