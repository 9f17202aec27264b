package app_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"verbale/bot"
	"verbale/bot/mailbox"
	"verbale/bot/mailout"
	"verbale/intake"
)

func TestLettersArriveAreRecordedAndAnswered(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	letters := samples(t)
	cases := []struct{ name, language string }{
		{"01-statistics-training", "en"},
		{"02-water-accession", "fr"},
		{"03-etir-seminar", "ru"},
		{"04-energy-buildings-pdf", "en"},
		{"05-forest-inventory-docx", "ru"},
		{"06-road-safety-project-pdf", "fr"},
		{"08-auto-reply", ""},
		{"09-bounce", ""},
		{"10-invitation", ""},
		{"11-nomination", ""},
	}
	ids := make([]string, len(cases))
	for i, c := range cases {
		raw := written(t, letters[c.name])
		ids[i] = sent{raw: string(raw)}.header("Message-Id")
		k.deliver(raw)
	}
	s.settled(len(cases))

	answers := map[string]sent{} // by In-Reply-To
	for _, m := range k.sent() {
		if m.acknowledges() {
			answers[m.header("In-Reply-To")] = m
		}
	}
	for i, c := range cases {
		answer, answered := answers[ids[i]]
		if answered != (c.language != "") {
			t.Errorf("%s: acknowledged: %v", c.name, answered)
			continue
		}
		if answered {
			checkAnswer(t, c.name, c.language, ids[i], answer)
		}
	}
	t.Run("what is no request is set aside", func(t *testing.T) { setAsideHave(t, s, 4) })
	t.Run("colleagues", func(t *testing.T) { eachColleagueHasATokenOfItsOwn(t, k) })
	t.Run("on the server", func(t *testing.T) { flaggedAndUnseen(t, k) })
	t.Run("the log", func(t *testing.T) { logNamesNobody(t, k) })
	if balance := k.audit(); !strings.Contains(balance, "10 on the server = 6 recorded + 0 joined + 4 set aside + 0 repeats + 0 waiting") {
		t.Errorf("audit: %s", balance)
	}
}

var referenceForm = regexp.MustCompile(`TC-\d{4}-\d{5}`)

func checkAnswer(t *testing.T, name, language, id string, answer sent) {
	t.Helper()
	for header, want := range map[string]string{
		"Auto-Submitted":   "auto-replied",
		"Content-Language": language,
		"References":       id,
	} {
		if got := answer.header(header); got != want {
			t.Errorf("%s: %s is %q, want %q", name, header, got, want)
		}
	}
	if answer.header(mailout.LoopHeader) == "" {
		t.Errorf("%s: the acknowledgement has no loop header", name)
	}
	reference := referenceForm.FindString(answer.Subject)
	if reference == "" || !strings.Contains(strings.ToUpper(answer.MessageID), reference) || !strings.HasSuffix(answer.MessageID, "@desk.unece.example") {
		t.Errorf("%s: subject %q, Message-ID %q", name, answer.Subject, answer.MessageID)
	}
}

func setAsideHave(t *testing.T, s *service, want int) {
	aside, _, err := s.server.Store().SetAside(t.Context(), 100, "")
	if err != nil || len(aside) != want {
		t.Fatalf("%d set aside, want %d, %v", len(aside), want, err)
	}
	for _, a := range aside {
		if a.Kind == intake.KindRequest || a.KindReason.ID == "" || a.Origin.Place.UID == 0 || a.Origin.Place.Folder != "INBOX" {
			t.Errorf("%+v", a)
		}
	}
}

func eachColleagueHasATokenOfItsOwn(t *testing.T, k *desk) {
	tokens := map[string]string{}
	for _, m := range k.sent() {
		if m.acknowledges() {
			continue
		}
		local, _, _ := strings.Cut(m.MessageID, "@")
		token := strings.ToUpper(local[strings.LastIndex(local, ".")+1:])
		if other, known := tokens[token]; known || len(token) < 20 {
			t.Errorf("the mail to %s has the token %q, as has that to %q", m.to(), token, other)
		}
		if !strings.Contains(m.Text.Content, token) {
			t.Errorf("the mail to %s does not show its token", m.to())
		}
		if !strings.HasSuffix(m.to(), "@unece.example") {
			t.Errorf("%s is no colleague", m.to())
		}
		tokens[token] = m.to()
	}
	if len(tokens) < 6 {
		t.Errorf("%d mails to colleagues", len(tokens))
	}
}

func flaggedAndUnseen(t *testing.T, k *desk) {
	k.await("the keyword on all mails", func() bool {
		return !slices.ContainsFunc(k.flags("INBOX"), func(f []imap.Flag) bool {
			return !hasFlag(f, mailbox.DefaultKeyword)
		})
	})
	for i, f := range k.flags("INBOX") {
		if hasFlag(f, string(imap.FlagSeen)) {
			t.Errorf("mail %d was marked as seen", i+1)
		}
	}
}

func hasFlag(flags []imap.Flag, flag string) bool {
	return slices.ContainsFunc(flags, func(f imap.Flag) bool { return strings.EqualFold(string(f), flag) })
}

// logNamesNobody checks that the log has one line per mail handled, and contains no addresses,
// names or text of letters.
func logNamesNobody(t *testing.T, k *desk) {
	log := k.logs.String()
	if n := strings.Count(log, `msg="mail handled"`); n != 10 {
		t.Errorf("%d mails are told of, want 10", n)
	}
	for _, word := range []string{"stat.gov.mk", "Trajkovska", "national accounts", "hydraulique", "customs.gov.kg", "eTIR", "Bénin"} {
		if strings.Contains(log, word) {
			t.Errorf("the log has %q:\n%s", word, log)
		}
	}
}

func TestMailIsMovedWhereTheOfficeWantsIt(t *testing.T) {
	t.Parallel()
	k := newDesk(t, func(c *configLines) { c.mailbox = "    after: move\n    move_to: Recorded" })
	k.createFolder("Recorded")
	s := k.serve()
	k.deliver(request(1), request(2))
	s.settled(2)
	k.await("the mails in the other folder", func() bool { return len(k.flags("Recorded")) == 2 })
	if left := k.flags("INBOX"); len(left) != 0 {
		t.Errorf("%d mails left in the INBOX", len(left))
	}
	if balance := k.audit(); !strings.Contains(balance, "2 more were moved or removed") {
		t.Errorf("audit: %s", balance)
	}
}

func TestOneMailTwiceAndTwoMailsOfOneName(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	once := requestFrom("m.popescu@economy.example", "copy")
	other := []byte(strings.Replace(string(once), "requests advisory", "now also requests further advisory", 1))
	k.deliver(once, once, other)
	s.settled(3)
	if balance := k.audit(); !strings.Contains(balance, "3 on the server = 2 recorded + 0 joined + 0 set aside + 1 repeats") {
		t.Errorf("audit: %s", balance)
	}
	if acks := k.acknowledgements(); len(acks) != 2 {
		t.Errorf("%d acknowledgements of 2 requests", len(acks))
	}
}

func TestStoppedInMidFlowAndStartedAgain(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	s := k.serve()
	const mails = 24
	for n := range mails {
		k.deliver(request(n))
		if n%6 == 5 { // at any point of its work
			s.stop()
			s = k.start()
		}
	}
	s.settled(mails)
	k.eachAcknowledgedOnce(mails)
	k.audit()
}

// eachAcknowledgedOnce fails the test unless the given number of requests have one
// acknowledgement each. A repeated mail counts as the same if its Message-ID and text are
// the same.
func (k *desk) eachAcknowledgedOnce(requests int) {
	k.t.Helper()
	answered := map[string]string{}
	for id, copies := range k.acknowledgements() {
		answers := copies[0].header("In-Reply-To")
		if first, twice := answered[answers]; twice {
			k.t.Errorf("%s was acknowledged by %s and by %s", answers, first, id)
		}
		answered[answers] = id
		for _, c := range copies {
			if c.Text.Content != copies[0].Text.Content {
				k.t.Errorf("%s went out with two texts", id)
			}
		}
	}
	if len(answered) != requests {
		k.t.Errorf("%d requests were acknowledged, want %d", len(answered), requests)
	}
}

func TestTwoProcessesShareMailboxAndStore(t *testing.T) {
	t.Parallel()
	k := newDesk(t)
	first, second := k.serve(), k.serve()
	const mails = 20
	for n := range mails {
		k.deliver(request(n))
		if n == mails/2 {
			first.stop() // the second process takes over the folder
		}
	}
	second.settled(mails)
	k.eachAcknowledgedOnce(mails)
	for id, copies := range k.acknowledgements() {
		if len(copies) != 1 {
			t.Errorf("%s went out %d times, though nothing broke", id, len(copies))
		}
	}
	records, _, err := second.server.Store().List(t.Context(), bot.Query{Limit: 100})
	if err != nil || len(records) != mails {
		t.Errorf("%d records, %v", len(records), err)
	}
	k.audit()
}
