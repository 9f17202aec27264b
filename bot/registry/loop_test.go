package registry_test

import (
	"fmt"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

func TestOurOwnMailComesBack(t *testing.T) {
	tests := []struct {
		name string
		mail func(*intake.Message)
	}{
		{"with our loop mark", func(m *intake.Message) { m.Signs.LoopMark = true }},
		{"from the desk", from("TC@desk.unece.example")},
		{"from another address of our domain", from("bot@desk.unece.example")},
		{"under a Message-ID of ours", func(m *intake.Message) { m.MessageID = "acknowledge.tc-2026-00042.0011223344@desk.unece.example" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			o.wantAside(o.arrives(letter("b@water.gov.kg", tt.mail), request("en")))
			o.wantActions(ackFirst, assigned, informed)
			o.wantHistory(first, "recorded")
		})
	}
}

// returned is an automatic answer to the mail of an action: it has a new Message-ID and the old
// subject. keep copies the headers that the answering program keeps.
func returned(o *office, key, id string, keep func(m *intake.Message, sent *bot.Mail)) *intake.Message {
	sent := o.action(key).Mail
	m := letter(id, from(sent.To[0].Address))
	m.Subject = "Re: " + sent.Subject
	keep(m, sent)
	return m
}

func TestAutomaticAnswersToUsEnd(t *testing.T) {
	tests := []struct {
		name    string
		keep    func(m *intake.Message, sent *bot.Mail)
		reading func() intake.Reading
		told    []string // mails to the owner about answers that look as if a person wrote them
	}{
		{"it says that it is automatic", func(m *intake.Message, _ *bot.Mail) { m.Signs.AutoSubmitted = "auto-replied" },
			func() intake.Reading { return reading(intake.KindAutoReply, "auto-submitted") }, nil},
		{"it keeps the thread alone", func(m *intake.Message, sent *bot.Mail) { m.InReplyTo = []string{sent.MessageID} },
			func() intake.Reading { return reading(intake.KindFollowUp, "answers our mail") }, []string{told("b@water.gov.kg")}},
		{"it keeps the subject alone", func(*intake.Message, *bot.Mail) {}, func() intake.Reading { return quoting(first) }, []string{told("b@water.gov.kg")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := opened(t)
			for _, id := range []string{"b@water.gov.kg", "c@water.gov.kg", "d@water.gov.kg"} {
				o.arrives(returned(o, ackFirst, id, tt.keep), tt.reading())
			}
			for n, key := range tt.told { // the owner's mailbox answers automatically too
				m := returned(o, key, fmt.Sprintf("%d@unece.example", n), tt.keep)
				o.arrives(m, tt.reading())
			}
			o.wantActions(append([]string{ackFirst, assigned, informed}, tt.told...)...)
			if len(o.store.Records) != 1 {
				t.Errorf("%d records after automatic answers", len(o.store.Records))
			}
		})
	}
}

// A request that must not be acknowledged is recorded, with the reason in its history.
func TestWhoIsNotAcknowledged(t *testing.T) {
	tests := []struct {
		name string
		mail func(*intake.Message)
		why  string
	}{
		{"mailing list", func(m *intake.Message) { m.Signs.ListID = "water.lists.example" }, "it came through a mailing list"},
		{"newsletter", func(m *intake.Message) { m.Signs.Unsubscribe = true }, "it came through a mailing list"},
		{"bulk", func(m *intake.Message) { m.Signs.Precedence = "bulk" }, "its precedence is bulk"},
		{"automatic", func(m *intake.Message) { m.Signs.AutoSubmitted = "auto-generated" }, "it was submitted automatically"},
		{"automatic reply", func(m *intake.Message) { m.Signs.AutoReply = true }, "it is an automatic reply"},
		{"empty return path", func(m *intake.Message) { m.Signs.NullReturn = true }, "its return path is empty"},
		{"delivery report", func(m *intake.Message) { m.Signs.Delivery = &intake.DeliveryReport{} }, "it is a delivery report"},
		{"marked as spam", func(m *intake.Message) { m.Signs.SpamFlag = true }, "the mail server marked it as spam"},
		{"nobody reads the sender", from("no-reply@portal.gov.kg"), "nobody reads the address that it comes from"},
		{"nobody reads Reply-To", replyTo("do_not_reply.2026@portal.gov.kg"), "nobody reads the address to answer to"},
		{"Reply-To is our own", replyTo("tc@desk.unece.example"), "the address to answer to is our own"},
		{"Reply-To is a colleague", replyTo("energy@unece.example"), "the address to answer to is a colleague's"},
		{"no address at all", from("undisclosed"), "it names no address to answer to"},
		{"half an address", from("office@"), "it names no address to answer to"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			o.arrives(letter("a@water.gov.kg", tt.mail), request("en"))
			o.wantActions(assigned, informed)
			o.wantHistory(first, "recorded", "not_acknowledged")
			if e := o.store.Histories[first][1]; e.Reason != tt.why {
				t.Errorf("not acknowledged because %q, want %q", e.Reason, tt.why)
			}
		})
	}
}

func replyTo(address string) func(*intake.Message) {
	return func(m *intake.Message) { m.ReplyTo = []intake.Address{{Address: address}} }
}

func TestAcknowledgementGoesToReplyTo(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg", replyTo("Registry@water.gov.kg")), request("en"))
	a := o.action(ackFirst)
	if len(a.Mail.To) != 1 || a.Mail.To[0].Address != "Registry@water.gov.kg" || a.RateGroup != "registry@water.gov.kg" || len(a.Mail.Cc) != 0 {
		t.Errorf("goes to %v, cc %v, counted against %q", a.Mail.To, a.Mail.Cc, a.RateGroup)
	}
}

func TestPlainNoInAutoSubmittedIsAPerson(t *testing.T) {
	o := open(t)
	o.arrives(letter("a@water.gov.kg", func(m *intake.Message) { m.Signs.AutoSubmitted = "no" }), request("en"))
	o.action(ackFirst)
}

// An adviser's mailbox may answer every mail with a text that resembles an instruction, and
// without marking it as automatic. It must not get more than one mail a day.
func TestUnmarkedAutomaticAnswersOfAdvisersEnd(t *testing.T) {
	for _, text := range []string{"Not before 3 May 2027, when I am back.", "Accept if needed", "Accept"} {
		o := assignment(t)
		last := o.action(assigned).Mail
		for n := range 5 {
			m := letter(fmt.Sprintf("%d@unece.example", n), from(adviser), inReplyTo(last.MessageID), saying(text))
			m.References = []string{o.action(assigned).Mail.MessageID, last.MessageID}
			o.arrives(m, quoting(first))
			for _, key := range o.keys() {
				if a := o.action(key); a.Mail.InReplyTo == m.MessageID {
					last = a.Mail
				}
			}
		}
		if n := len(o.keys()); n != 4 {
			t.Errorf("%q: %v", text, o.keys())
		}
	}
}
