package registry_test

import (
	"strings"
	"testing"

	"verbale/bot"
	"verbale/intake"
)

// The thread of a record lists the attachments of further mails, both the requester's and
// colleagues'.
func TestTheThreadNamesAttachments(t *testing.T) {
	attached := func(m *intake.Message) {
		m.Attachments = []intake.Attachment{{Filename: "law.txt"}, {Filename: ""}, {Filename: "annex\n1.pdf"}}
	}
	for name, mail := range map[string]*intake.Message{
		"of the requester": letter("b@water.gov.kg", saying("Please find the law."), attached),
		"of the adviser":   letter("b@unece.example", from(adviser), to("office@water.gov.kg", "tc@desk.unece.example"), saying("Our answer."), attached),
	} {
		o := slackOffice(t)
		o.arrives(letter("a@water.gov.kg"), request("en"))
		o.arrives(mail, quoting(first))
		named := false
		for _, key := range o.keys() {
			a := o.action(key)
			named = named || a.Post != nil && a.Room == bot.RoomDesk && strings.HasSuffix(a.Post.Body, "\n\n📎 law.txt, annex 1.pdf")
		}
		if !named {
			t.Errorf("%s: no post names the attachments", name)
		}
		if entry := o.store.Histories[first][1]; entry.Reason != "📎 law.txt, annex 1.pdf" {
			t.Errorf("%s: the history says %+v", name, entry)
		}
	}
}
