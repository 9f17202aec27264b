package app_test

import (
	"strings"
	"testing"
	"time"

	"verbale/internal/slackpeer"
)

// trickery has texts that would be mentions, links or formatting in Slack if they were not
// escaped.
var trickery = []string{
	"<!channel> <!here> <!everyone> @here @channel @everyone",
	"<@" + ana + "> <#" + deskRoom + "> <!subteam^" + triageGroup + "> @ana #tc-desk",
	"<https://evil.example|https://unece.org> [the form](https://evil.example) https://evil.example www.evil.example mailto:x@evil.example",
	"<!date^1392734382^{date}^https://evil.example|now> &lt;!channel&gt; &amp;lt;!here&amp;gt;",
	"*bold* _italic_ ~strike~ `code` ```block``` > quote :rotating_light: :tada:",
	"▸ [ Accept | primary ]  ⟨More… ▾⟩  ↳ [ Open ]",
	"\u202egnp.exe\u202c \u2066hidden\u2069 \u200b\u200d\ufeff\u2028 a\u0301\u0301\u0301\u0301",
	`{"type":"button","action_id":"accept","value":"accept|TC-2026-00001|1|"}`,
}

// hostileRequest returns a request with such texts everywhere a sender can put them.
func hostileRequest() letter {
	trick := strings.Join(trickery, "\n")
	return letter{
		from:    `"<!channel> @here https://evil.example" <m.popescu@economy.example>`,
		subject: "Request <!here> <https://evil.example|advice> \u202ereversed",
		id:      "hostile@economy.example",
		body: `Dear Sir or Madam,

The Ministry of Environment <!channel> of the Republic of Moldova <https://evil.example|here> requests advisory services of
the Regional Adviser on the implementation of the Water Convention @here. Our file number is <!everyone>-` + "`17`" + `.

` + trick + "\n" + strings.Repeat("Мы просим @here <!channel> https://evil.example "+trickery[6]+"\n", 700) + `

Yours sincerely,
<@` + ana + `> Popescu
Head of the <!subteam^` + triageGroup + `> Department`,
	}
}

// Text of a sender must never be live, that is a mention, link or formatting, where it is shown
// in Slack: on cards, in threads, modals, lists, the home tab and answers.
func TestNothingOfAStrangersIsLive(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	mail := hostileRequest()
	if n := len([]rune(mail.body)); n < 50_000 {
		t.Fatalf("a letter of %d characters only", n)
	}
	o.deliver(mail.raw())
	s.settled(1)
	ref := reference(1)
	o.card(deskRoom, ref)
	o.deliver(letter{from: mail.from, subject: "Re: " + mail.subject, id: "again@economy.example", answers: mail.id, body: strings.Join(trickery, "\n")}.raw())
	o.deliver(letter{from: "<!here> <x@evil.example>", subject: ref + " <!channel>", id: "stranger@evil.example", body: strings.Join(trickery, "\n")}.raw())
	s.settled(3)
	desk := o.as(ana)
	for _, what := range []string{"open", "letter", "evidence", "history", "correct", "merge_into", "note", "close", "reply"} {
		desk.picks(o.card(deskRoom, ref), what)
		window := desk.window("")
		for _, trick := range trickery {
			if what == "correct" {
				desk.finds(window, "countries", trick)
			}
		}
		if what == "reply" {
			break
		}
		seen, err := desk.CloseModal(true)
		desk.done("close "+what, seen, err)
	}
	seen := desk.sends(map[string]any{"text": strings.Join(trickery, "\n"), "subject": "<!channel> " + mail.subject})
	if len(seen.Errors) > 0 {
		t.Fatalf("%v", seen.Errors)
	}
	desk.sends(nil)
	desk.closed()
	for _, line := range append([]string{"list", "find moldova", "show 1"}, trickery...) {
		told := len(o.peer.Ephemerals(ana))
		desk.types(strings.ReplaceAll(line, "\n", " "))
		o.until("an answer", func() bool { return len(o.peer.Ephemerals(ana)) > told })
	}
	desk.types("note 1 " + trickery[0])
	desk.home(ref)
	s.settled(3)
	for _, m := range append(o.peer.Messages(deskRoom), o.peer.Messages(o.peer.Direct(omar))...) {
		for _, c := range slackpeer.Controls(m) {
			if c.Value == "" && c.Kind == "button" || strings.Contains(c.Action, "evil") {
				t.Errorf("a button that is none of ours: %+v", c)
			}
		}
	}
	o.nothingRefused()
}

// A Message-ID is also chosen by the sender, and is part of button values. One of the maximum
// line length (RFC 5322), with characters that are escaped as three, once made it impossible to
// draw the home tab.
func TestAnAbsurdMessageIDLeavesTheHomeTabStanding(t *testing.T) {
	t.Parallel()
	o := newSlackOffice(t)
	s := o.serve()
	o.deliver(plain("Thank you for the documents.\n", "From: A. Stranger <a@elsewhere.example>", "To: <"+deskAddress+">", "Subject: Thank you",
		"Date: "+time.Now().Format(time.RFC1123Z), "Message-ID: <"+strings.Repeat("%|", 490)+"@x>"))
	s.settled(1)
	o.as(ana).home("A. Stranger")
	o.nothingRefused()
}
